// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// finetune runs: the catalogue of a project's runs.
#include <algorithm>

#include "app/cli/command_context.h"
#include "app/cli/run_of_project.h"
#include "app/cli/run_texts.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/files.h"
#include "core/storage/project.h"
#include "core/storage/run_lineage.h"
#include "core/storage/run_trash.h"

namespace studio {
namespace {

/// How many there were to be is not known of a run without its status.
std::string stepsText(const RunEntry& run) {
    const std::int64_t total = run.summary.status.totalSteps;
    return std::to_string(run.steps) + (total > 0 ? " of " + std::to_string(total) : "");
}

struct ListOptions {
    std::string project, state, tag;
    bool trash = false;
};

struct ShowOptions {
    std::string project;
    std::vector<std::string> runs;
    bool all = false;
};

/// As the Studio does when it opens a project.
void removeWhatIsOld(CommandContext& context, const Project& project) {
    constexpr std::int64_t kDaySeconds = 24 * 60 * 60;
    try {
        removeOldTrash(project.runsFolder(), unixTime() - kTrashDays * kDaySeconds);
    } catch (const Error& problem) {
        context.output.note(problem.what());
    }
}

RunEntries runsOf(const Project& project, const std::vector<std::string>& names, RunEntries& all,
                  const std::stop_token& stop) {
    all = readRunEntries(project.runsFolder(), {}, stop);
    RunEntries found;
    for (const std::string& name : names) {
        const std::filesystem::path folder = runOfProject(project, name);
        const auto run = findRun(all, name);
        if (!run) RunFolder(folder).readRun();  // says what is wrong: without its run.json it is not listed
        if (run) found.push_back(run);
    }
    return found;
}

int listTrashed(CommandContext& context, const Project& project) {
    const std::vector<TrashedRun> trash = listTrash(project.runsFolder());
    std::vector<std::vector<std::string>> rows;
    for (const TrashedRun& run : trash) {
        if (context.output.json())
            context.output.jsonLine({{"name", run.name}, {"deleted", isoTime(run.deleted)}});
        rows.push_back({run.name, isoTime(run.deleted)});
    }
    if (context.output.json()) return kExitOk;
    if (rows.empty())
        context.output.note("The trash is empty.");
    else
        context.output.table({"run", "deleted"}, rows);
    return kExitOk;
}

/// Where figures of several runs stand side by side.
void noteDamage(CommandContext& context, const RunEntries& runs) {
    for (const auto& run : runs)
        if (const std::string text = metricsText(*run); !text.empty())
            context.output.note(run->name() + ": " + text);
}

bool listed(const ListOptions& options, const RunEntry& run) {
    const auto& tags = run.notes.tags;
    return (options.state.empty() || options.state == runStateName(run.state)) &&
           (options.tag.empty() || std::find(tags.begin(), tags.end(), options.tag) != tags.end());
}

int runList(CommandContext& context, const ListOptions& options) {
    const auto project = Project::open(options.project);
    removeWhatIsOld(context, *project);
    if (options.trash) return listTrashed(context, *project);
    std::vector<std::vector<std::string>> rows;
    RunEntries shown;
    for (const auto& run : readRunEntries(project->runsFolder(), {}, context.stop)) {
        if (!listed(options, *run)) continue;
        shown.push_back(run);
        if (context.output.json()) context.output.jsonLine(runEntryJson(*run));
        rows.push_back({run->name(), runStateName(run->state),
                        run->trainRows ? std::to_string(*run->trainRows) : "–", methodText(*run),
                        numberText(run->trainLoss, 3), numberText(run->evalLoss, 3),
                        run->seconds >= 0.0 ? durationText(run->seconds) : "–", startedText(*run),
                        joined(run->notes.tags)});
    }
    if (context.output.json()) return kExitOk;
    if (rows.empty())
        context.output.note("No run matches.");
    else
        context.output.table(
            {"run", "state", "rows", "method", "loss", "evaluation", "time", "started", "tags"}, rows);
    noteDamage(context, shown);
    return kExitOk;
}

OrderedJson namesJson(const RunEntries& runs) {
    OrderedJson names = OrderedJson::array();
    for (const auto& run : runs) names.push_back(run->name());
    return names;
}

std::string namesText(const RunEntries& runs) {
    std::vector<std::string> names;
    for (const auto& run : runs) names.push_back(run->name());
    return joined(names);
}

void showOne(CommandContext& context, const RunEntry& run, const RunEntries& all) {
    const RunLineage lineage = lineageOf(run, all);
    if (context.output.json()) {
        OrderedJson json = runEntryJson(run);
        json["settings"] = run.settings ? toJson(*run.settings) : OrderedJson();
        json["lineage"] = {{"ancestors", namesJson(lineage.ancestors)},
                           {"root", lineage.root.string()},
                           {"children", namesJson(lineage.children)}};
        context.output.jsonLine(json);
        return;
    }
    std::vector<std::pair<std::string, std::string>> lines = {
        {"Run", run.name()},
        {"Folder", run.summary.folder.string()},
        {"State", runStateName(run.state)},
        {"Started", startedText(run)},
        {"Time", run.seconds >= 0.0 ? durationText(run.seconds) : "–"},
        {"Rows", rowsText(run)},
        {"Steps", stepsText(run)},
        {"Computed on", computedText(run)},
        {"Method", methodText(run)},
        {"Train loss", numberText(run.trainLoss, 4)},
        {"Evaluation loss", evaluationText(run)},
        {"Base model", run.summary.baseModel.string()},
        {"Built on", lineage.ancestors.empty() ? "no run of this project" : namesText(lineage.ancestors)},
        {"Built on it", lineage.children.empty() ? "nothing yet" : namesText(lineage.children)},
        {"Template", run.summary.templateName},
        {"Data snapshot", run.dataHash},
        {"Tags", joined(run.notes.tags)},
        {"Note", run.notes.note}};
    if (!run.rateChanges.empty()) lines.push_back({"Learning rate", rateChangesText(run)});
    if (!run.summary.status.message.empty()) lines.push_back({"Message", run.summary.status.message});
    if (const std::string text = problemText(run); !text.empty()) lines.push_back({"Problem", text});
    if (const std::string text = metricsText(run); !text.empty()) lines.push_back({"Metrics", text});
    context.output.pairs(lines);
    if (!run.settings) return;
    std::vector<std::vector<std::string>> rows;
    for (const RunField& field : compareRuns({findRun(all, run.name())}).fields)
        if (field.isSetting) rows.push_back({field.name, fieldValueText(field, 0)});
    context.output.line("");
    context.output.table({"setting", "value"}, rows);
}

OrderedJson differenceJson(const RunEntries& runs, const RunDifference& difference) {
    OrderedJson differing = OrderedJson::object(), same = OrderedJson::object();
    for (const RunField& field : difference.fields) {
        if (!field.differs()) {
            same[field.name] = fieldValueJson(field.values.front());
            continue;
        }
        differing[field.name] = OrderedJson::array();
        for (const auto& value : field.values) differing[field.name].push_back(fieldValueJson(value));
    }
    return {{"runs", namesJson(runs)},
            {"figures", runFiguresJson(runs)},
            {"differences", differing},
            {"same", same},
            {"losses_not_comparable_for", incomparable(difference)}};
}

void showDifference(CommandContext& context, const RunEntries& runs, bool all) {
    const RunDifference difference = compareRuns(runs);
    if (context.output.json()) return context.output.jsonLine(differenceJson(runs, difference));
    std::vector<std::string> names, same;
    for (const auto& run : runs) names.push_back(run->name());
    const auto table = [&](const char* first, const std::vector<std::vector<std::string>>& rows) {
        std::vector<std::string> head = names;
        head.insert(head.begin(), first);
        context.output.table(head, rows);
        context.output.line("");
    };
    table("figure", runFigureRows(runs));
    std::vector<std::vector<std::string>> rows;
    for (const RunField& field : difference.fields) {
        if (!field.differs()) same.push_back(field.name);
        if (!field.differs() && !all) continue;
        std::vector<std::string> row = {field.name};
        for (std::size_t run = 0; run < runs.size(); ++run) row.push_back(fieldValueText(field, run));
        rows.push_back(std::move(row));
    }
    if (!rows.empty()) table("setting", rows);
    context.output.line(std::to_string(difference.differing()) + " of " +
                        std::to_string(difference.fields.size()) + " differ. Same in all: " + joined(same) +
                        ".");
    noteDamage(context, runs);
    const std::vector<std::string> apart = incomparable(difference);
    if (!apart.empty())
        context.output.note("The evaluation losses cannot be compared as they stand, because these differ: " +
                            joined(apart) + ".");
}

int runShow(CommandContext& context, const ShowOptions& options) {
    const auto project = Project::open(options.project);
    RunEntries all;
    const RunEntries runs = runsOf(*project, options.runs, all, context.stop);
    if (runs.size() == 1)
        showOne(context, *runs.front(), all);
    else
        showDifference(context, runs, options.all);
    return kExitOk;
}

void addListVerb(CLI::App* runs, CommandContext& context) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* verb = runs->add_subcommand("list", "The runs of a project, newest first");
    verb->add_option("project", options->project, "Project folder")->required();
    std::vector<std::string> states;
    for (const RunState state : kRunStates) states.emplace_back(runStateName(state));
    addOption(verb, "--state", options->state, "Only runs that are so")->check(CLI::IsMember(states));
    addOption(verb, "--tag", options->tag, "Only runs with this tag")->check(notEmpty());
    verb->add_flag("--trash", options->trash,
                   "The deleted runs instead; they are kept for " + std::to_string(kTrashDays) + " days");
    onVerb(verb, context, options, runList);
}

void addShowVerb(CLI::App* runs, CommandContext& context) {
    auto options = std::make_shared<ShowOptions>();
    CLI::App* verb = runs->add_subcommand(
        "show", "Everything about one run, or what several runs came to and in what they differ");
    verb->add_option("project", options->project, "Project folder")->required();
    verb->add_option("run", options->runs, "Names of runs")->required();
    verb->add_flag("--all", options->all, "With several runs: also what is the same in all of them");
    onVerb(verb, context, options, runShow);
}

}  // namespace

void addRunsVerbs(CLI::App& app, CommandContext& context) {
    CLI::App* runs =
        app.add_subcommand("runs", "List, show side by side, annotate and delete the runs of a project");
    runs->require_subcommand(1);
    addListVerb(runs, context);
    addShowVerb(runs, context);
    addRunEditVerbs(*runs, context);
}

}  // namespace studio
