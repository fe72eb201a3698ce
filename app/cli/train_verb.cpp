// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"
#include "app/cli/settings_options.h"
#include "app/cli/train_plan.h"
#include "app/cli/training.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/config/recipes.h"
#include "core/jobs/project_rows.h"
#include "core/storage/project.h"
#include "core/storage/run_folder.h"

namespace studio {
namespace {

struct TrainOptions {
    std::string project, model, method, recipe, templateName, run;
    std::vector<std::string> assignments;
    std::vector<std::int64_t> sampleRows;
    bool resume = false, takeOver = false, plan = false, measure = false;
};

Recipe chosenRecipe(const std::string& name, const Project& project) {
    try {
        return name.empty() ? Recipe{} : findRecipe(name, project.recipesFolder());
    } catch (const Error& problem) {
        throw UsageError(problem.what());
    }
}

/// --method is --set method=… said shorter; both are not to say different things.
std::vector<std::string> assignmentsOf(const TrainOptions& options) {
    std::vector<std::string> assignments = options.assignments;
    if (options.method.empty()) return assignments;
    const std::string method = "method=" + options.method;
    for (const std::string& other : assignments)
        if (other.starts_with("method=") && other != method)
            throw UsageError("--method " + options.method + " and --set " + other +
                             " contradict each other: leave one out.");
    assignments.insert(assignments.begin(), method);
    return assignments;
}

std::string recipeList() {
    std::string list;
    for (const Recipe& recipe : recipes()) list += (list.empty() ? "" : ", ") + recipe.name;
    return list;
}

void chooseNewRun(CommandContext& context, const TrainOptions& options, const Project& project,
                  TrainJob& job) {
    if (options.model.empty()) throw UsageError("--model is required.");
    const Recipe recipe = chosenRecipe(options.recipe, project);
    job.settings = trainSettings(context, assignmentsOf(options), recipe.settings);
    if (!options.recipe.empty())
        if (const std::string text = overridesText(recipe, job.settings); !text.empty())
            context.output.note(text);
    if (const std::string text = idleText(options.assignments, job.settings); !text.empty())
        context.output.note(text);
    job.runName = options.run.empty() ? freeRunName(project.runsFolder()) : options.run;
    checkRunName(project.runsFolder(), job.runName);
    job.modelFolder = std::filesystem::absolute(modelFolderOf(options.model)).lexically_normal();
    job.promptTemplate = chosenTemplate(options.templateName, project.templatesFolder(), job.modelFolder);
    job.samplePrompts = samplePromptsOfRows(project, options.sampleRows, job.promptTemplate);
    if (job.samplePrompts.size() != options.sampleRows.size())
        throw UsageError("--sample-row: a row that it names is not in the project.");
}

/// Everything but the records is the run's own.
void chooseOldRun(CommandContext& context, const TrainOptions& options, TrainJob& job) {
    if (options.run.empty()) throw UsageError("--resume needs --run NAME: the run that is to go on.");
    if (!options.model.empty() || !options.method.empty() || !options.recipe.empty() ||
        !options.templateName.empty() || !options.sampleRows.empty())
        throw UsageError(
            "--resume takes no model, method, recipe, template or sample row: a run goes on with its own.");
    job.resume = true;
    job.takeOver = options.takeOver;
    trainSettings(context, options.assignments);  // a mistake is the request's; what may change, the run's
    job.changes = options.assignments;
    job.runName = options.run;
}

void takeRecords(CommandContext& context, const Project& project, TrainJob& job) {
    const std::vector<std::int64_t> leftOut = takeProjectRows(project, job, context.stop);
    if (leftOut.empty()) return;
    context.output.note(counted(static_cast<std::int64_t>(leftOut.size()), "accepted row") +
                        " in no split, not used. finetune data split deals all rows anew.");
}

int runTrain(CommandContext& context, const TrainOptions& options) {
    const auto project = Project::open(options.project);
    TrainJob job;
    if (options.plan && options.resume) throw UsageError("--plan is for a new run: --resume takes none.");
    if (options.measure && !options.plan) throw UsageError("--measure belongs to --plan.");
    if (options.takeOver && !options.resume) throw UsageError("--take-over belongs to --resume.");
    if (options.resume)
        chooseOldRun(context, options, job);
    else
        chooseNewRun(context, options, *project, job);
    takeRecords(context, *project, job);
    if (options.plan) return tellTrainPlan(context, job, options.measure);
    return runFineTuning(context, std::move(job), options.run.empty());
}

}  // namespace

void addTrainVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<TrainOptions>();
    CLI::App* verb = app.add_subcommand("train", "Fine-tune a model on the train records of a project");
    addOption(verb, "--project", options->project, "Project folder")->required();
    addOption(verb, "--model", options->model,
              "Base model folder, or the run folder of an earlier run; required for a new run");
    addOption(verb, "--method", options->method, "full: train all weights; lora: adapters beside them");
    addOption(verb, "--recipe", options->recipe,
              "Settings to begin with: " + recipeList() +
                  ", one that was saved in the project, or a file with a recipe or with settings alone; "
                  "--method and "
                  "--set go before it");
    addOption(verb, "--set", options->assignments,
              "SETTING=VALUE from the list below; may be given several times");
    addOption(
        verb, "--sample-row", options->sampleRows,
        "A row whose prompt is answered every sample_every steps; may be given several times; the first "
        "validation rows when left out");
    addOption(verb, "--run", options->run,
              "Name of the run: its folder is PROJECT/runs/NAME; run-1, run-2, … when left out")
        ->check(notEmpty());
    addOption(
        verb, "--template", options->templateName,
        "Prompt template: a name, a file, or chat for the model's chat template; left out, the one that the "
        "model was trained with, or else its chat template, or else alpaca")
        ->check(notEmpty());
    verb->add_flag(
        "--resume", options->resume,
        "Go on with a run that was stopped or killed, from its newest checkpoint; --set may change "
        "learning_rate, clip_norm and checkpoint_every");
    verb->add_flag("--take-over", options->takeOver,
                   "With --resume: go on also where it cannot be known that no other machine writes the run");
    verb->add_flag("--plan,--dry-run", options->plan,
                   "Train nothing; say which rows, steps, time, memory and disk the run would take");
    verb->add_flag(
        "--measure", options->measure,
        "With --plan: make a few real steps for it, once for each model and settings on this machine");
    verb->footer([] { return fieldHelp("Settings for --set:", trainFields()); });
    onVerb(verb, context, options, runTrain);
}

}  // namespace studio
