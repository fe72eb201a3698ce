// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"
#include "app/cli/settings_options.h"
#include "app/cli/training.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/storage/project.h"
#include "core/storage/run_folder.h"

namespace studio {
namespace {

struct TrainOptions {
    std::string project, model, method, templateName, run;
    std::vector<std::string> assignments;
    bool resume = false;
};

int runTrain(CommandContext& context, const TrainOptions& options) {
    std::vector<std::string> assignments = options.assignments;
    if (!options.method.empty()) assignments.insert(assignments.begin(), "method=" + options.method);
    TrainJob job;
    job.settings = trainSettings(context, assignments);

    const auto project = Project::open(options.project);
    job.runName = options.run.empty() ? freeRunName(project->runsFolder()) : options.run;
    checkRunName(project->runsFolder(), job.runName);
    job.runFolder = project->runsFolder() / job.runName;
    job.projectName = project->name();
    job.modelFolder = modelFolderOf(options.model);
    job.promptTemplate =
        chosenTemplate(options.templateName, project->templatesFolder(), templateOfModel(job.modelFolder));

    TrainingRecords records = trainingRecords(*project);
    if (!records.leftOut.empty()) {
        context.output.note(counted(static_cast<std::int64_t>(records.leftOut.size()), "accepted row") +
                            " in no split, not used. finetune data split deals all rows anew.");
    }
    std::vector<Record> snapshot = records.train;
    snapshot.insert(snapshot.end(), records.validation.begin(), records.validation.end());
    job.dataHash = Project::snapshotHash(snapshot);
    job.validationTakenFromTrain = records.validationTakenFromTrain;
    job.train = std::make_shared<const std::vector<Record>>(std::move(records.train));
    job.validation = std::make_shared<const std::vector<Record>>(std::move(records.validation));
    return runTraining(context, job,
                       "Run " + job.runName + ": " + job.modelFolder.string() + " with the template " +
                           job.promptTemplate.name);
}

}  // namespace

void addTrainVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<TrainOptions>();
    CLI::App* verb = app.add_subcommand("train", "Fine-tune a model on the train records of a project");
    addOption(verb, "--project", options->project, "Project folder")->required();
    addOption(verb, "--model", options->model, "Base model folder, or the run folder of an earlier run")
        ->required();
    addOption(verb, "--method", options->method, "full: train all weights");
    addOption(verb, "--set", options->assignments,
              "SETTING=VALUE from the list below; may be given several times");
    addOption(verb, "--run", options->run,
              "Name of the run: its folder is PROJECT/runs/NAME; run-1, run-2, … when left out")
        ->check(notEmpty());
    addOption(verb, "--template", options->templateName,
              "Prompt template; the model's own, or else alpaca, when left out");
    verb->footer([] { return fieldHelp("Settings for --set:", trainFields()); });
    onVerb(verb, context, options, runTrain);
}

}  // namespace studio
