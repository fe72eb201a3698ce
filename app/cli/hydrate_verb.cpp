// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/chat_hydration.h"
#include "app/cli/command_context.h"
#include "app/cli/model_choice.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/formats/model_config.h"
#include "core/storage/project.h"

namespace studio {
namespace {

struct HydrateOptions {
    std::string project, instruction, input, model, templateName;
    std::int64_t row = 0;
    CLI::Option* instructionOption = nullptr;
    bool isChat = false;
    ChatHydration chat;
};

/// Empty where no model is named. The prompt of a folder that holds none would be that of no model; more of
/// the configuration is not asked for: a prompt needs no architecture that is known.
std::filesystem::path namedModel(const HydrateOptions& options) {
    if (options.model.empty()) return {};
    std::filesystem::path folder = modelFolderOf(options.model);
    checkHoldsModel(folder);
    return folder;
}

int runHydrate(CommandContext& context, const HydrateOptions& options) {
    const bool fromProject = !options.project.empty();
    const bool fromText = options.instructionOption->count() > 0;
    if (int{fromProject} + int{fromText} + int{options.isChat} != 1)
        throw UsageError("Give either --project and --row, or --instruction, or --chat.");
    if (options.isChat && !options.templateName.empty())
        throw UsageError(
            "--chat takes the chat template of --model: give no --template. --chat-template names one of "
            "several.");
    const std::filesystem::path model = namedModel(options);
    if (options.isChat) return hydrateChat(context, model, options.chat);
    Record record;
    std::filesystem::path templates;
    if (fromProject) {
        const auto project = Project::open(options.project);
        templates = project->templatesFolder();
        const std::optional<Record> found = project->record(options.row);
        if (!found) {
            throw Error(ErrorCode::InvalidArgument,
                        "The project " + project->name() + " has no row " + std::to_string(options.row) + ".",
                        "List the rows with finetune data list.");
        }
        record = *found;
    } else {
        record.instruction = options.instruction;
        record.input = options.input;
    }
    const PromptTemplate promptTemplate = chosenTemplate(options.templateName, templates, model);
    const HydratedPrompt prompt = hydrate(promptTemplate, record.instruction, record.input);
    const std::string unread = unreadText(prompt.text, {record.instruction});
    if (!unread.empty()) context.output.note(unread);
    if (!context.output.json()) {
        context.output.bytes(prompt.text);  // exactly these bytes, so no line break at the end
        return kExitOk;
    }
    OrderedJson spans = OrderedJson::array();
    for (const HydratedPrompt::Span& span : prompt.spans) {
        spans.push_back({{"field", span.field}, {"begin", span.begin}, {"end", span.end}});
    }
    context.output.jsonLine({{"prompt", prompt.text},
                             {"separator", promptTemplate.separator},
                             {"template", promptTemplate.name},
                             {"append_eos", promptTemplate.appendEos},
                             {"spans", spans}});
    return kExitOk;
}

}  // namespace

void addHydrateVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<HydrateOptions>();
    CLI::App* verb = app.add_subcommand(
        "hydrate", "The exact prompt bytes of a record, a text or a chat; nothing is added");
    CLI::Option* project = addOption(verb, "--project", options->project, "Project folder");
    CLI::Option* row = addOption(verb, "--row", options->row, "Row number, as data list shows it")
                           ->transform(wholeNumber(1));
    project->needs(row);
    row->needs(project);
    options->instructionOption =
        addOption(verb, "--instruction", options->instruction, "Instruction, in place of a record");
    addOption(verb, "--input", options->input, "Input that belongs to the instruction")
        ->needs(options->instructionOption);
    addOption(verb, "--template", options->templateName,
              "Prompt template: a name (built in, or of the project), a file, or chat for the chat template "
              "of --model; left out, what the model of --model is asked with: the one that it was trained "
              "with, or else its chat template, or else alpaca")
        ->check(notEmpty());
    CLI::Option* model =
        addOption(verb, "--model", options->model, "Model folder, or a run folder")->check(notEmpty());
    CLI::Option* chat =
        verb->add_flag("--chat", options->isChat,
                       "In place of one instruction, a whole conversation, --messages, by the "
                       "chat template of --model");
    chat->needs(model);
    addChatOptions(verb, chat, options->chat);
    onVerb(verb, context, options, runHydrate);
}

}  // namespace studio
