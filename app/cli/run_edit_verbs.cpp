// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// finetune runs: what changes runs. Their settings and figures are never changed.
#include <algorithm>

#include "app/cli/command_context.h"
#include "app/cli/run_of_project.h"
#include "app/cli/run_texts.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/storage/project.h"
#include "core/storage/run_trash.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

struct NoteOptions {
    std::string project, run, text;
    std::vector<std::string> add, remove;
};

struct DeleteOptions {
    std::string project, as;
    std::vector<std::string> runs;
};

void showNotes(CommandContext& context, const std::string& run, const RunNotes& notes) {
    if (context.output.json())
        context.output.jsonLine({{"run", run}, {"note", notes.note}, {"tags", notes.tags}});
    else
        context.output.pairs({{"Run", run}, {"Tags", joined(notes.tags)}, {"Note", notes.note}});
}

int runNote(CommandContext& context, const NoteOptions& options) {
    const auto project = Project::open(options.project);
    const fs::path folder = runOfProject(*project, options.run);
    RunNotes notes = readRunNotes(folder);
    notes.note = options.text;
    writeRunNotes(folder, notes);
    showNotes(context, options.run, notes);
    return kExitOk;
}

int runTag(CommandContext& context, const NoteOptions& options) {
    const auto project = Project::open(options.project);
    const fs::path folder = runOfProject(*project, options.run);
    RunNotes notes = readRunNotes(folder);
    try {
        changeTags(notes, options.add, options.remove);
    } catch (const Error& problem) {
        throw UsageError(problem.what());
    }
    if (!options.add.empty() || !options.remove.empty()) writeRunNotes(folder, notes);
    showNotes(context, options.run, notes);
    return kExitOk;
}

int runDelete(CommandContext& context, const DeleteOptions& options) {
    const auto project = Project::open(options.project);
    std::vector<std::string> names;  // each once
    for (const std::string& run : options.runs) {
        runOfProject(*project, run);  // a name that is wrong: nothing is deleted
        if (std::find(names.begin(), names.end(), run) == names.end()) names.push_back(run);
    }
    for (const std::string& run : names) moveRunToTrash(project->runsFolder(), run);
    if (context.output.json())
        context.output.jsonLine({{"deleted", names}});
    else
        context.output.line("Moved " + counted(static_cast<std::int64_t>(names.size()), "run") +
                            " to the trash; finetune runs restore brings it back within " +
                            std::to_string(kTrashDays) + " days.");
    return kExitOk;
}

int runRestore(CommandContext& context, const DeleteOptions& options) {
    const auto project = Project::open(options.project);
    const std::string& run = options.runs.front();
    const std::vector<TrashedRun> trash = listTrash(project->runsFolder());
    // Of several with one name the one that was deleted last.
    const auto found =
        std::find_if(trash.begin(), trash.end(), [&](const TrashedRun& each) { return each.name == run; });
    if (found == trash.end()) {
        throw Error(ErrorCode::FileNotFound,
                    "There is no run \"" + run + "\" in the trash of " + project->name() + ".",
                    "List it with finetune runs list --trash.", {run});
    }
    const std::string name = options.as.empty() ? run : options.as;
    try {
        restoreRun(project->runsFolder(), *found, name);
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::RunExists) throw;
        throw Error(problem.code(), problem.cause(), "Restore it under another name with --as NAME.",
                    problem.args());
    }
    if (context.output.json())
        context.output.jsonLine({{"restored", name}});
    else
        context.output.line("Restored the run " + name + ".");
    return kExitOk;
}

int runEmptyTrash(CommandContext& context, const DeleteOptions& options) {
    const auto project = Project::open(options.project);
    const std::int64_t removed = emptyTrash(project->runsFolder(), context.stop);
    if (context.output.json())
        context.output.jsonLine({{"removed", removed}});
    else
        context.output.line("Removed " + counted(removed, "deleted run") + " from the disk.");
    return kExitOk;
}

void addNoteVerbs(CLI::App& runs, CommandContext& context) {
    auto note = std::make_shared<NoteOptions>();
    CLI::App* verb = runs.add_subcommand("note", "Write down what a run was about; replaces the note before");
    verb->add_option("project", note->project, "Project folder")->required();
    verb->add_option("run", note->run, "Name of the run")->required();
    verb->add_option("text", note->text, "The note; an empty one (\"\") takes it away")->required();
    onVerb(verb, context, note, runNote);

    auto tags = std::make_shared<NoteOptions>();
    verb = runs.add_subcommand("tag", "Add tags to a run or take them away; without either: say them");
    verb->add_option("project", tags->project, "Project folder")->required();
    verb->add_option("run", tags->run, "Name of the run")->required();
    addOption(verb, "--add", tags->add, "Tag to add; may be given several times");
    addOption(verb, "--remove", tags->remove, "Tag to take away; may be given several times");
    onVerb(verb, context, tags, runTag);
}

void addTrashVerbs(CLI::App& runs, CommandContext& context) {
    auto gone = std::make_shared<DeleteOptions>();
    CLI::App* verb = runs.add_subcommand("delete", "Move runs to the trash of the project");
    verb->add_option("project", gone->project, "Project folder")->required();
    verb->add_option("run", gone->runs, "Names of runs")->required();
    onVerb(verb, context, gone, runDelete);

    auto back = std::make_shared<DeleteOptions>();
    verb = runs.add_subcommand("restore", "Bring a deleted run back");
    verb->add_option("project", back->project, "Project folder")->required();
    verb->add_option("run", back->runs, "Name of the run")->required()->expected(1);
    addOption(verb, "--as", back->as, "Another name, where its own is taken")->check(notEmpty());
    onVerb(verb, context, back, runRestore);

    auto trash = std::make_shared<DeleteOptions>();
    verb = runs.add_subcommand("empty-trash", "Remove the deleted runs from the disk, for good");
    verb->add_option("project", trash->project, "Project folder")->required();
    onVerb(verb, context, trash, runEmptyTrash);
}

}  // namespace

void addRunEditVerbs(CLI::App& runs, CommandContext& context) {
    addNoteVerbs(runs, context);
    addTrashVerbs(runs, context);
}

}  // namespace studio
