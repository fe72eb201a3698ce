// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/cli/command_context.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/storage/project.h"
#include "core/text/unicode.h"

namespace studio {
namespace {

struct RowOptions {
    std::string project;
    std::int64_t row = 0;
    std::vector<std::int64_t> rows;
    std::vector<std::string> assignments;
};

struct SplitOptions {
    std::string project;
    double validation = SplitSettings().validationShare;
    double test = SplitSettings().testShare;
    std::uint64_t seed = SplitSettings().seed;
};

Record recordOf(const Project& project, std::int64_t row) {
    std::optional<Record> record = project.record(row);
    if (record) return *record;
    throw Error(ErrorCode::InvalidArgument,
                "The project " + project.name() + " has no row " + std::to_string(row) + ".",
                "List the rows with finetune data list.", {std::to_string(row)});
}

void showRecord(Output& output, const Record& record) {
    if (output.json()) {
        output.jsonLine(recordJson(record));
        return;
    }
    std::string tags;
    for (const std::string& tag : record.tags) tags += (tags.empty() ? "" : ", ") + tag;
    output.pairs({{"Row", std::to_string(record.id)},
                  {"Split", name(record.split)},
                  {"Status", name(record.status)},
                  {"Source", record.source + " (" + name(record.provenance) + ")"},
                  {"Tags", tags}});
    for (const auto& [title, text] :
         {std::pair<const char*, const std::string&>{"Instruction", record.instruction},
          {"Input", record.input},
          {"Output", record.output}}) {
        output.line(std::string("\n") + title + "\n" + text);
    }
    if (!record.extra.empty()) output.line("\nFurther fields\n" + record.extra.dump(2));
}

int runShow(CommandContext& context, const RowOptions& options) {
    const auto project = Project::open(options.project);
    showRecord(context.output, recordOf(*project, options.row));
    return kExitOk;
}

void setField(Record& record, const std::string& field, const std::string& value) {
    if (field == "instruction") {
        record.instruction = value;
    } else if (field == "input") {
        record.input = value;
    } else if (field == "output") {
        record.output = value;
    } else if (field == "source") {
        record.source = value;
    } else if (field == "status") {
        record.status = recordStatusFromName(value);
    } else if (field == "split") {
        record.split = splitFromName(value);
    } else {
        throw UsageError("There is no field \"" + field +
                         "\" to set: choose instruction, input, output, source, status or split.");
    }
}

int runEdit(CommandContext& context, const RowOptions& options) {
    const auto project = Project::open(options.project);
    Record record = recordOf(*project, options.row);
    for (const std::string& assignment : options.assignments) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos) throw UsageError("--set \"" + assignment + "\" is not FIELD=VALUE.");
        try {
            setField(record, assignment.substr(0, equals), assignment.substr(equals + 1));
        } catch (const Error& problem) {
            throw UsageError(problem.what());
        }
    }
    project->update(record);
    showRecord(context.output, recordOf(*project, options.row));
    if (trimmed(record.output).empty())
        context.output.note(
            "The row has no output, so training leaves it out. finetune data undo brings it back.");
    return kExitOk;
}

int runDelete(CommandContext& context, const RowOptions& options) {
    const auto project = Project::open(options.project);
    std::vector<std::int64_t> rows;  // each once, in the order given
    for (const std::int64_t row : options.rows) {
        if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
    for (const std::int64_t row : rows) {  // all or nothing
        if (project->record(row)) continue;
        throw Error(ErrorCode::InvalidArgument,
                    "The project " + project->name() + " has no row " + std::to_string(row) +
                        ", so nothing is deleted.",
                    "List the rows with finetune data list.", {std::to_string(row)});
    }
    project->remove(rows);
    const auto count = static_cast<std::int64_t>(rows.size());
    if (context.output.json()) {
        context.output.jsonLine({{"deleted", rows}});
    } else {
        context.output.line("Deleted " + counted(count, "record") + "; finetune data undo brings it back.");
    }
    return kExitOk;
}

int reportStep(CommandContext& context, const char* verb, const std::optional<ChangeInfo>& change,
               const std::optional<std::vector<std::int64_t>>& rows) {
    if (!change || !rows) {
        throw Error(ErrorCode::InvalidArgument,
                    std::string("There is nothing to ") + verb + " in this project.",
                    "Only changes of records are kept, the last 100 of them.");
    }
    if (context.output.json()) {
        context.output.jsonLine({{"change", change->kind}, {"changed", change->rows}, {"rows", *rows}});
    } else {
        context.output.line(std::string(verb) + ": " + change->kind + ", " + counted(change->rows, "record"));
    }
    return kExitOk;
}

int runUndo(CommandContext& context, const RowOptions& options) {
    const auto project = Project::open(options.project);
    const std::optional<ChangeInfo> change = project->undoInfo();
    return reportStep(context, "undo", change, project->undo());
}

int runRedo(CommandContext& context, const RowOptions& options) {
    const auto project = Project::open(options.project);
    const std::optional<ChangeInfo> change = project->redoInfo();
    return reportStep(context, "redo", change, project->redo());
}

int runSplit(CommandContext& context, const SplitOptions& options) {
    const auto project = Project::open(options.project);
    try {
        project->split(
            {.validationShare = options.validation, .testShare = options.test, .seed = options.seed});
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::SettingInvalid) throw;
        throw UsageError(problem.what());  // both shares are fine, but not together
    }
    const RecordCounts counts = project->counts();
    if (context.output.json()) {
        context.output.jsonLine({{"train", counts.train},
                                 {"validation", counts.validation},
                                 {"test", counts.test},
                                 {"unassigned", counts.unassigned},
                                 {"seed", options.seed}});
    } else {
        context.output.line("train " + std::to_string(counts.train) + ", validation " +
                            std::to_string(counts.validation) + ", test " + std::to_string(counts.test));
    }
    return kExitOk;
}

}  // namespace

void addDataEditVerbs(CLI::App& data, CommandContext& context) {
    const auto add = [&](const char* name, const char* help, int (*run)(CommandContext&, const RowOptions&)) {
        auto options = std::make_shared<RowOptions>();
        CLI::App* verb = data.add_subcommand(name, help);
        verb->add_option("project", options->project, "Project folder")->required();
        onVerb(verb, context, options, run);
        return std::pair(verb, options);
    };
    auto [show, shown] = add("show", "One record with all its fields", runShow);
    show->add_option("row", shown->row, "Row number, as data list shows it")
        ->required()
        ->transform(wholeNumber(1));

    auto [edit, edited] = add("edit", "Change fields of one record", runEdit);
    edit->add_option("row", edited->row, "Row number, as data list shows it")
        ->required()
        ->transform(wholeNumber(1));
    addOption(edit, "--set", edited->assignments,
              "FIELD=VALUE, for example output=Yes.; may be given several times")
        ->required();

    auto [removal, removed] = add("delete", "Delete records", runDelete);
    removal->add_option("row", removed->rows, "Row numbers")->required()->transform(wholeNumber(1));

    add("undo", "Take back the last change of records", runUndo);
    add("redo", "Make the change again that was taken back", runRedo);

    auto options = std::make_shared<SplitOptions>();
    CLI::App* verb = data.add_subcommand("split", "Deal all accepted records to train, validation and test");
    verb->add_option("project", options->project, "Project folder")->required();
    addOption(verb, "--validation", options->validation, "Share for validation")
        ->check(numberBetween(0.0, 0.99))
        ->capture_default_str();
    addOption(verb, "--test", options->test, "Share for test")
        ->check(numberBetween(0.0, 0.99))
        ->capture_default_str();
    addOption(verb, "--seed", options->seed, "The same seed deals the same way")
        ->transform(wholeNumber(0))
        ->capture_default_str();
    onVerb(verb, context, options, runSplit);
}

}  // namespace studio
