// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"
#include "app/cli/job_display.h"
#include "app/cli/model_choice.h"
#include "app/cli/settings_options.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/formats/other_base.h"

namespace studio {
namespace {

struct GenerateVerbOptions {
    std::string model, adapter, prompt, input, templateName;
    bool raw = false;
    GenerateOptions generate;
};

/// An adapter carries the template that it was trained with, too.
PromptTemplate templateFor(const GenerateVerbOptions& options, const GenerateJob& job) {
    if (options.templateName.empty() && !job.adapterFolder.empty())
        if (const auto own = templateOfModel(job.adapterFolder)) return *own;
    return chosenTemplate(options.templateName, {}, job.modelFolder);
}

int runGenerate(CommandContext& context, const GenerateVerbOptions& options) {
    if (options.raw && (!options.templateName.empty() || !options.input.empty())) {
        throw UsageError("--raw takes the prompt as it is, without --template and --input.");
    }
    GenerateJob job;
    job.settings = options.generate.settings();
    job.modelFolder = modelFolderOf(options.model);
    job.adapterFolder = adapterFolderOf(options.adapter, job.modelFolder);
    job.threads = context.threads;
    if (!context.device.empty()) job.device = context.device;
    if (!context.dtype.empty()) job.precision = context.dtype;
    job.raw = options.raw;
    if (options.raw) {
        job.prompt = options.prompt;
    } else {
        const PromptTemplate promptTemplate = templateFor(options, job);
        job.prompt = hydratedPrompt(promptTemplate, options.prompt, options.input);
        job.form = promptForm(promptTemplate);
        const std::string unread = unreadText(job.prompt, {options.prompt});
        if (!unread.empty()) context.output.note(unread);
    }
    JobDisplay display(context.output);
    if (!context.output.json()) {
        display.onText = [&context](const TextEvent& event) { context.output.bytes(event.text); };
    }
    const JobValue value = runOrThrow(context.engine(), job, display, context.stop);
    const auto& result = std::get<GenerateResult>(value);
    if (context.output.json()) {
        context.output.jsonLine({{"prompt_ids", result.promptIds},
                                 {"ids", result.ids},
                                 {"text", result.text},
                                 {"stop_reason", result.stopReason},
                                 {"tokens_per_second", result.tokensPerSecond}});
    } else {
        context.output.line("");
        context.output.note(counted(static_cast<std::int64_t>(result.ids.size()), "token") + ", " +
                            numberText(result.tokensPerSecond, 0) + " tokens/s, ended by " +
                            result.stopReason + ".");
    }
    if (const auto note = otherBaseNote(job.adapterFolder, job.modelFolder, result.weightsHash))
        context.output.note(note->message);
    return result.stopReason == "cancelled" ? Interrupt::kExitCode : kExitOk;
}

}  // namespace

void addGenerateVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<GenerateVerbOptions>();
    CLI::App* verb = app.add_subcommand("generate", "One answer of a model, token by token");
    addOption(verb, "--model", options->model, "Model folder, or a run folder")->required();
    addOption(
        verb, "--adapter", options->adapter,
        "LoRA adapter beside the model: a folder as PEFT writes it, or the run folder of a LoRA training")
        ->check(notEmpty());
    addOption(verb, "--prompt", options->prompt, "Instruction or, with --raw, the text to go on from")
        ->required();
    addOption(verb, "--input", options->input, "Input that belongs to the instruction");
    addOption(
        verb, "--template", options->templateName,
        "Prompt template: a name, a file, or chat for the model's chat template; left out, the one that the "
        "model was trained with, or else its chat template, or else alpaca")
        ->check(notEmpty());
    verb->add_flag("--raw", options->raw, "No template, no special tokens beyond what the tokenizer adds");
    options->generate.addTo(verb);
    onVerb(verb, context, options, runGenerate);
}

}  // namespace studio
