// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/cli/command_context.h"
#include "app/cli/job_display.h"
#include "app/cli/model_choice.h"
#include "app/cli/model_texts.h"
#include "app/cli/run_texts.h"
#include "app/cli/token_ids.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/formats/model_config.h"
#include "core/formats/model_family.h"
#include "core/formats/other_base.h"
#include "core/formats/tokenizer_choice.h"
#include "core/storage/project.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {
namespace {

struct ModelOptions {
    std::string model, adapter, text, ids, project;
    bool last = false, check = false;
    ForecastLoad load;
    CLI::Option* textOption = nullptr;
};

/// What only the engine can say: loads the weights and looks for values that are not finite.
OrderedJson checkJson(CommandContext& context, const std::filesystem::path& folder) {
    JobDisplay display(context.output);
    const JobValue value = runOrThrow(context.engine(), CheckModelJob{folder}, display, context.stop);
    const auto& result = std::get<CheckModelResult>(value);
    return {{"finite", result.finite}, {"not_finite", result.notFinite}};
}

/// What device the global options name, or all that this program can use.
std::vector<MemoryDevice> devicesOf(const CommandContext& context) {
    if (context.device.empty() || context.device == "auto") return memoryDevices();
    return {{context.device, availableMemoryBytes(context.device)}};
}

ForecastLoad loadOf(const CommandContext& context, const ModelOptions& options) {
    ForecastLoad load = options.load;
    if (!context.dtype.empty()) load.precision = context.dtype;
    return load;
}

void printForecasts(CommandContext& context, const ModelConfig& config, const ModelOptions& options) {
    const ForecastLoad load = loadOf(context, options);
    std::vector<std::vector<std::string>> rows;
    std::int64_t length = load.length;
    for (const MemoryDevice& device : devicesOf(context)) {
        const ModelForecast forecast = forecastMemory(config, load, device);
        length = forecast.length;
        rows.push_back({device.name,
                        device.freeBytes > 0
                            ? numberText(static_cast<double>(device.freeBytes) / 1e9, 1) + " GB"
                            : std::string("–"),
                        needText(forecast.answering), needText(forecast.lora), needText(forecast.full)});
    }
    context.output.line("");
    context.output.line("Memory for " + counted(load.rows, "row") + " of " + counted(length, "token") + ":");
    context.output.table({"device", "free", "answering", "LoRA", "all weights"}, rows);
}

/// The same for people.
void printInfo(CommandContext& context, const OrderedJson& json) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto& [key, value] : json.items()) {
        std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        if (key == "chat_template") text = chatTemplateText(value);
        lines.emplace_back(key, value.is_null() || text.empty() ? "–" : text);
    }
    context.output.pairs(lines);
}

/// Loads the model's tokenizer, where it has one: its kind alone, which a glance at the files gives, does not
/// say that it is sound. Its end token ends answers beside those of the model.
void addTokenizer(const std::filesystem::path& folder, OrderedJson& json,
                  std::vector<std::string>& problems) {
    if (chooseTokenizer(folder).file == TokenizerFile::None) return;
    try {
        const std::optional<std::int64_t> end = loadTokenizer(folder)->eosId();
        OrderedJson& ends = json["eos_ids"];
        if (end && std::find(ends.begin(), ends.end(), OrderedJson(*end)) == ends.end()) ends.push_back(*end);
    } catch (const Error& problem) {
        problems.emplace_back(problem.what());
    }
}

int runInfo(CommandContext& context, const ModelOptions& options) {
    const std::filesystem::path folder = modelFolderOf(options.model);
    const ModelSummary model = summarizeModel(folder);
    OrderedJson json = summaryJson(model);
    std::vector<std::string> problems;
    addTokenizer(folder, json, problems);
    json.update(templatesJson(folder, problems));
    for (const std::string& problem : problems) context.output.note(problem);
    const ModelLicence licence = statedLicence(folder);
    json["licence"] = licence.isStated() ? OrderedJson(licenceText(licence)) : OrderedJson();
    if (options.check) json.update(checkJson(context, folder));
    if (context.output.json()) {
        json["forecast"] = OrderedJson::array();
        for (const MemoryDevice& device : devicesOf(context))
            json["forecast"].push_back(
                forecastJson(forecastMemory(model.config, loadOf(context, options), device), device));
        context.output.jsonLine(json);
    } else {
        printInfo(context, json);
        printForecasts(context, model.config, options);
    }
    if (!options.check || json["finite"].get<bool>()) return kExitOk;
    context.output.error(
        "The weights hold NaN or infinity. Get the model anew, or train again with a lower learning rate.");
    return kExitFailed;
}

int runList(CommandContext& context, const ModelOptions& options) {
    LibraryRequest request;
    if (!options.project.empty()) request.project = Project::open(options.project)->folder();
    const KnownModels known;
    if (!known.problem().empty()) context.output.note(known.problem());
    const ModelEntries models = readModelLibrary(request, known, {}, {}, context.stop);
    const std::vector<MemoryDevice> devices = devicesOf(context);
    const ForecastLoad load = loadOf(context, options);
    std::vector<std::vector<std::string>> rows;
    for (const auto& model : models) {
        if (context.output.json()) {
            context.output.jsonLine(modelEntryJson(*model, load, devices));
            continue;
        }
        if (model->problem) context.output.note(model->name() + ": " + withCommand(*model->problem).what());
        rows.push_back(modelEntryRow(*model, forecastOf(*model, load, devices.front())));
    }
    if (context.output.json()) return kExitOk;
    if (rows.empty())
        context.output.note("There is no model.");
    else
        context.output.table(
            {"model", "from", "family", "weights", "licence", "answering", "LoRA", "all weights"}, rows);
    return kExitOk;
}

void addForecastOptions(CLI::App* verb, ModelOptions& options) {
    addOption(verb, "--length", options.load.length, "Tokens of a row that the forecast of memory is for")
        ->transform(wholeNumber(1, kMostForecastLength))
        ->capture_default_str();
    addOption(verb, "--batch", options.load.rows, "Rows of a batch, or answers at the same time")
        ->transform(wholeNumber(1, kMostForecastRows))
        ->capture_default_str();
}

void sayOtherBase(CommandContext& context, const LogitsJob& job) {
    if (const auto note = otherBaseNote(job.adapterFolder, job.modelFolder, {}, context.stop))
        context.output.note(note->message);
}

int runLogits(CommandContext& context, const ModelOptions& options) {
    const bool fromText = options.textOption->count() > 0;
    if (fromText == !options.ids.empty()) throw UsageError("Give either --text or --ids.");
    if (context.dtype == "int8")
        throw UsageError(
            "--dtype int8 is for generate and compare; for logits it can be auto, float32, "
            "bfloat16 or float16.");
    LogitsJob job;
    job.modelFolder = modelFolderOf(options.model);
    job.adapterFolder = adapterFolderOf(options.adapter, job.modelFolder);
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
        sayOtherBase(context, job);
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
    sayOtherBase(context, job);
    return kExitOk;
}

}  // namespace

void addModelVerbs(CLI::App& app, CommandContext& context) {
    CLI::App* group = app.add_subcommand("model", "Look at models, export or download one");
    group->require_subcommand(1);

    auto info = std::make_shared<ModelOptions>();
    CLI::App* verb = group->add_subcommand(
        "info", "Sizes, tokenizer, templates and licence of a model, and the memory that it needs");
    addOption(verb, "--model,model", info->model, "Model folder, or a run folder")->required();
    verb->add_flag("--check", info->check, "Also load the weights and look for values that are not finite");
    addForecastOptions(verb, *info);
    onVerb(verb, context, info, runInfo);

    auto list = std::make_shared<ModelOptions>();
    verb = group->add_subcommand(
        "list", "The models that are known: embedded, opened, and of a project, with the memory they need");
    addOption(verb, "--project", list->project, "Project folder, whose runs' models are listed, too");
    addForecastOptions(verb, *list);
    onVerb(verb, context, list, runList);

    auto logits = std::make_shared<ModelOptions>();
    verb = group->add_subcommand("logits", "The scores of all next tokens, at every position of a text");
    addOption(verb, "--model,model", logits->model, "Model folder, or a run folder")->required();
    addOption(verb, "--adapter", logits->adapter, "LoRA adapter beside it: its folder, or a LoRA run's")
        ->check(notEmpty());
    logits->textOption = addOption(verb, "--text", logits->text, "Text; this or --ids is needed");
    addOption(verb, "--ids", logits->ids, "Token ids: 1,2,3");
    verb->add_flag("--last", logits->last, "Only the last position");
    onVerb(verb, context, logits, runLogits);

    addDownloadVerb(*group, context);
    addModelExportVerb(*group, context);
}

}  // namespace studio
