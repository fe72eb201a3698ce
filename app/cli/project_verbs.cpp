// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_context.h"
#include "app/cli/verbs.h"
#include "core/storage/project.h"
#include "core/storage/run_folder.h"

namespace studio {
namespace {

struct ProjectOptions {
    std::string project;
};

OrderedJson countsJson(const RecordCounts& counts) {
    return {{"all", counts.all},           {"draft", counts.draft},
            {"accepted", counts.accepted}, {"rejected", counts.rejected},
            {"train", counts.train},       {"validation", counts.validation},
            {"test", counts.test},         {"unassigned", counts.unassigned}};
}

OrderedJson runJson(const RunSummary& run) {
    OrderedJson json{{"name", run.name},
                     {"state", run.state()},
                     {"method", run.method},
                     {"step", run.status.step},
                     {"total_steps", run.status.totalSteps},
                     {"template", run.templateName},
                     {"base_model", run.baseModel.string()},
                     {"has_model", run.hasModel}};
    json["loss"] = run.last ? OrderedJson(run.last->loss) : OrderedJson();
    json["best_eval_loss"] = run.bestEvalLoss;  // NaN is written as null
    return json;
}

int runCreate(CommandContext& context, const ProjectOptions& options) {
    const auto project = Project::create(options.project);
    if (context.output.json()) {
        context.output.jsonLine({{"project", project->folder().string()}, {"name", project->name()}});
    } else {
        context.output.line("Created " + project->folder().string());
    }
    return kExitOk;
}

int runInfo(CommandContext& context, const ProjectOptions& options) {
    const auto project = Project::open(options.project);
    const RecordCounts counts = project->counts();
    const std::vector<RunSummary> runs = listRuns(project->runsFolder());
    if (context.output.json()) {
        OrderedJson list = OrderedJson::array();
        for (const RunSummary& run : runs) list.push_back(runJson(run));
        context.output.jsonLine({{"project", project->folder().string()},
                                 {"name", project->name()},
                                 {"schema_version", project->schemaVersion()},
                                 {"records", countsJson(counts)},
                                 {"runs", list}});
        return kExitOk;
    }
    const auto number = [](std::int64_t count) { return std::to_string(count); };
    context.output.pairs(
        {{"Project", project->name()},
         {"Folder", project->folder().string()},
         {"Records", number(counts.all) + " (" + number(counts.accepted) + " accepted, " +
                         number(counts.draft) + " draft, " + number(counts.rejected) + " rejected)"},
         {"Splits", "train " + number(counts.train) + ", validation " + number(counts.validation) +
                        ", test " + number(counts.test) + ", none " + number(counts.unassigned)},
         {"Runs", number(static_cast<std::int64_t>(runs.size()))}});
    if (runs.empty()) return kExitOk;
    std::vector<std::vector<std::string>> rows;
    for (const RunSummary& run : runs) {
        const std::int64_t total = run.status.totalSteps;  // not known before the first step
        rows.push_back({run.name, run.state(),
                        number(run.status.step) + (total > 0 ? "/" + number(total) : std::string()),
                        run.last ? numberText(run.last->loss, 3) : "–", numberText(run.bestEvalLoss, 3),
                        run.templateName, run.baseModel.string()});
    }
    context.output.line("");
    context.output.table({"run", "state", "step", "loss", "best evaluation", "template", "base model"}, rows);
    return kExitOk;
}

}  // namespace

void addProjectVerbs(CLI::App& app, CommandContext& context) {
    CLI::App* group = app.add_subcommand("project", "Make a project folder or say what is in it");
    group->require_subcommand(1);
    const auto add = [&](const char* name, const char* help,
                         int (*run)(CommandContext&, const ProjectOptions&)) {
        auto options = std::make_shared<ProjectOptions>();
        CLI::App* verb = group->add_subcommand(name, help);
        verb->add_option("project", options->project, "Project folder, NAME.ftproj")->required();
        onVerb(verb, context, options, run);
    };
    add("create", "Make an empty project", runCreate);
    add("info", "Records, splits and runs of a project", runInfo);
}

}  // namespace studio
