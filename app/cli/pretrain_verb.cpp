// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"
#include "app/cli/settings_options.h"
#include "app/cli/training.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/files.h"
#include "core/config/pretraining.h"
#include "core/formats/json.h"
#include "core/storage/run_folder.h"

namespace studio {
namespace {

struct PretrainOptions {
    std::string config, out, tokenizer;
    std::vector<std::string> texts, assignments;
    double validation = PretrainJob().validationShare;
};

ArchitectureSettings architectureFrom(const std::string& file) {
    ArchitectureSettings architecture;
    std::vector<FieldIssue> issues = fromJson(readJsonFile(file), architecture);
    if (issues.empty()) issues = validate(architecture);
    for (FieldIssue& issue : issues) issue.message = file + ": " + issue.message;
    throwIfAny(issues);
    return architecture;
}

int runPretrain(CommandContext& context, const PretrainOptions& options) {
    PretrainJob job;
    job.settings = trainSettings(context, options.assignments);
    job.architecture = architectureFrom(options.config);
    job.texts.assign(options.texts.begin(), options.texts.end());
    if (!options.tokenizer.empty()) job.tokenizerFolder = modelFolderOf(options.tokenizer);
    job.validationShare = options.validation;
    const std::filesystem::path out = std::filesystem::absolute(options.out).lexically_normal();
    job.runFolder = out.has_filename() ? out : out.parent_path();
    job.runName = job.runFolder.filename().string();
    checkRunName(job.runFolder.parent_path(), job.runName);
    return runTraining(context, job);
}

}  // namespace

void addPretrainVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<PretrainOptions>();
    CLI::App* verb =
        app.add_subcommand("pretrain", "Train a model from random weights, and its tokenizer, on plain text");
    addOption(verb, "--config", options->config, "JSON file with the architecture; its keys stand below")
        ->required();
    verb->add_option("--text", options->texts, "Text files in UTF-8; blank lines part documents")->required();
    addOption(verb, "--out", options->out, "Run folder to make; the model comes into its model/")->required();
    addOption(verb, "--tokenizer", options->tokenizer,
              "Use the tokenizer of this folder instead of training one");
    addOption(verb, "--validation", options->validation,
              "Share of the text that is kept for the evaluation loss")
        ->check(numberBetween(0.0, 0.5))
        ->capture_default_str();
    addOption(verb, "--set", options->assignments,
              "SETTING=VALUE from the list below; may be given several times");
    verb->footer([] {
        return fieldHelp("Keys of the --config file:", architectureFields()) + "\n" +
               fieldHelp("Settings for --set:", pretrainFields());
    });
    onVerb(verb, context, options, runPretrain);
}

}  // namespace studio
