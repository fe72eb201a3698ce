// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/cli/command_context.h"
#include "app/cli/job_display.h"
#include "app/cli/model_choice.h"
#include "app/cli/token_ids.h"
#include "app/cli/verbs.h"
#include "core/formats/model_config.h"

namespace studio {
namespace {

struct ModelOptions {
    std::string model, text, ids;
    bool last = false, check = false;
    CLI::Option* textOption = nullptr;
};

OrderedJson summaryJson(const ModelSummary& model) {
    const ModelConfig& config = model.config;
    const auto optionalId = [](const std::optional<std::int64_t>& id) {
        return id ? OrderedJson(*id) : OrderedJson();
    };
    return {{"name", model.name},
            {"folder", model.folder.string()},
            {"architecture", config.architecture},
            {"model_type", config.modelType},
            {"parameters", config.parameterCount()},
            {"vocab_size", config.vocabSize},
            {"hidden_size", config.hiddenSize},
            {"intermediate_size", config.intermediateSize},
            {"layers", config.layerCount},
            {"heads", config.headCount},
            {"key_value_heads", config.keyValueHeadCount},
            {"head_size", config.headSize},
            {"context_length", config.contextLength},
            {"rope_theta", config.ropeTheta},
            {"norm_epsilon", config.normEpsilon},
            {"tied_embeddings", config.tiedEmbeddings},
            {"bos_id", optionalId(config.bosId)},
            {"eos_ids", config.eosIds},
            {"pad_id", optionalId(config.padId)},
            {"stored_type", tensorTypeName(model.storedType)},
            {"weight_bytes", model.weightBytes},
            {"tokenizer", model.tokenizerKind},
            {"has_prompt_template", model.hasPromptTemplate}};
}

/// What only the engine can say: loads the weights and looks for values that are not finite.
OrderedJson checkJson(CommandContext& context, const std::filesystem::path& folder) {
    JobDisplay display(context.output);
    const JobValue value = runOrThrow(context.engine(), CheckModelJob{folder}, display, context.stop);
    const auto& result = std::get<CheckModelResult>(value);
    return {{"finite", result.finite}, {"not_finite", result.notFinite}};
}

int runInfo(CommandContext& context, const ModelOptions& options) {
    const std::filesystem::path folder = modelFolderOf(options.model);
    const ModelSummary model = summarizeModel(folder);
    OrderedJson json = summaryJson(model);
    if (options.check) json.update(checkJson(context, folder));
    if (context.output.json()) {
        context.output.jsonLine(json);
        return kExitOk;
    }
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto& [key, value] : json.items()) {
        lines.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
    }
    context.output.pairs(lines);
    return kExitOk;
}

int runLogits(CommandContext& context, const ModelOptions& options) {
    const bool fromText = options.textOption->count() > 0;
    if (fromText == !options.ids.empty()) throw UsageError("Give either --text or --ids.");
    LogitsJob job;
    job.modelFolder = modelFolderOf(options.model);
    if (fromText) {
        job.text = options.text;
    } else {
        job.ids = parseIds(options.ids);
    }
    job.lastOnly = options.last;
    job.threads = context.threads;
    if (!context.device.empty()) job.device = context.device;
    if (!context.dtype.empty()) job.precision = context.dtype;
    JobDisplay display(context.output);
    const JobValue value = runOrThrow(context.engine(), job, display, context.stop);
    const auto& result = std::get<LogitsResult>(value);
    if (context.output.json()) {
        context.output.jsonLine({{"ids", result.ids}, {"logits", result.logits}});
        return kExitOk;
    }
    // For people: each position's most likely next token.
    std::vector<std::vector<std::string>> rows;
    const std::size_t first = result.ids.size() - result.logits.size();
    for (std::size_t i = 0; i < result.logits.size(); ++i) {
        const auto& row = result.logits[i];
        const auto best = std::max_element(row.begin(), row.end());
        if (best == row.end()) continue;
        rows.push_back({std::to_string(first + i), std::to_string(result.ids[first + i]),
                        std::to_string(best - row.begin()), numberText(*best, 4)});
    }
    context.output.table({"position", "id", "most likely next id", "logit"}, rows);
    return kExitOk;
}

}  // namespace

void addModelVerbs(CLI::App& app, CommandContext& context) {
    CLI::App* group = app.add_subcommand("model", "Look at a model folder");
    group->require_subcommand(1);

    auto info = std::make_shared<ModelOptions>();
    CLI::App* verb = group->add_subcommand("info", "Sizes, tokenizer and prompt template of a model");
    addOption(verb, "--model,model", info->model, "Model folder, or a run folder")->required();
    verb->add_flag("--check", info->check, "Also load the weights and look for values that are not finite");
    onVerb(verb, context, info, runInfo);

    auto logits = std::make_shared<ModelOptions>();
    verb = group->add_subcommand("logits", "The scores of all next tokens, at every position of a text");
    addOption(verb, "--model,model", logits->model, "Model folder, or a run folder")->required();
    logits->textOption = addOption(verb, "--text", logits->text, "The text");
    addOption(verb, "--ids", logits->ids, "Token ids: 1,2,3");
    verb->add_flag("--last", logits->last, "Only the last position");
    onVerb(verb, context, logits, runLogits);
}

}  // namespace studio
