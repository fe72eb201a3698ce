// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/model_card.h"

#include <cmath>
#include <cstdio>

#include "core/base/files.h"
#include "core/formats/model_licence.h"
#include "core/jobs/adapter_card.h"

namespace studio {

namespace {

std::string fixed(double value, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

/// What the weights are that a card stands beside.
enum class Saved { Model, Adapter };

std::string methodText(const TrainSettings& settings, Saved saved) {
    if (settings.method == "lora")
        return "LoRA of rank " + std::to_string(settings.loraRank) +
               (saved == Saved::Adapter ? ", as an adapter beside the base model"
                                        : ", merged into the model");
    return settings.freeze.empty() ? "all weights" : "all weights but " + settings.freeze;
}

/// Which step's weights these are, where it is not the last one.
std::string stepsText(const TrainResult& result) {
    std::string text = std::to_string(result.steps);
    if (result.stoppedEarly) text += " (stopped early)";
    if (result.patienceOver) text += " (no better evaluation came)";
    if (result.keptStep != result.steps) text += ", the best kept: " + std::to_string(result.keptStep);
    return text;
}

std::string line(const std::string& name, const std::string& value) {
    return "- " + name + ": " + value + "\n";
}

/// A line for what the run's description has.
std::string numberLine(const std::string& name, const OrderedJson& json, const char* key) {
    if (!json.is_object() || !json.contains(key) || !json[key].is_number_integer()) return {};
    return line(name, json[key].dump());
}

std::string listLine(const std::string& name, const OrderedJson& json, const char* key) {
    if (!json.is_object() || !json.contains(key) || !json[key].is_array() || json[key].empty()) return {};
    return line(name, std::to_string(json[key].size()));
}

OrderedJson part(const OrderedJson& json, const char* key) {
    return json.is_object() && json.contains(key) ? json[key] : OrderedJson::object();
}

std::string baseName(const TrainJob& job) {
    return job.modelFolder.filename().string();
}

std::string frontMatter(const TrainJob& job, Saved saved) {
    const bool adapter = saved == Saved::Adapter;
    std::string text = "---\nlibrary_name: " + std::string(adapter ? "peft" : "transformers") + "\n";
    if (adapter) text += "base_model: " + quotedText(baseName(job)) + "\n";
    const ModelLicence licence = statedLicence(job.modelFolder);
    if (!licence.name.empty()) text += "license: " + licence.name + "\n";
    return text + "tags:\n" + (adapter ? "- lora\n" : "") + "- fine-tuned\n- finetune-studio\n---\n\n";
}

std::string dataPart(const TrainJob& job, const OrderedJson& run) {
    const OrderedJson data = part(run, "data"), train = part(data, "train"),
                      validation = part(data, "validation");
    std::string text = "\n## Data\n\n";
    if (!job.projectName.empty()) text += line("project", job.projectName);
    if (!job.dataHash.empty()) text += line("SHA-256 of the rows", "`" + job.dataHash + "`");
    text += numberLine("rows trained on", train, "rows") + numberLine("their tokens", train, "tokens") +
            numberLine("of which learned", train, "labels") +
            listLine("rows that were cut at the longest row's length", train, "cut_rows") +
            listLine("rows left out, since nothing of their response fits", train, "rows_without_label") +
            numberLine("rows evaluated on", validation, "rows");
    if (job.validationTakenFromTrain)
        text += line("rows evaluated on were", "taken out of the training rows");
    return text;
}

std::string settingsPart(const TrainSettings& settings) {
    std::string text = "\n## Settings\n\n| setting | value |\n|---|---|\n";
    const OrderedJson values = toJson(settings);
    for (const Field& field : trainFields()) {
        if (!fieldApplies(settings, field) || !values.contains(field.name)) continue;
        const OrderedJson& value = values[field.name];
        if (value.is_string() && value.get<std::string>().empty()) continue;
        text += "| " + field.name + " | " + (value.is_string() ? value.get<std::string>() : value.dump()) +
                " |\n";
    }
    return text;
}

std::string resultPart(const OrderedJson& run, const TrainResult& result) {
    std::string text = "\n## Result\n\n" + line("steps", stepsText(result));
    if (std::isfinite(result.lastLoss))
        text += line("training loss of the last step", fixed(result.lastLoss, 4));
    if (std::isfinite(result.lastEvalLoss)) {
        text += line("evaluation loss",
                     fixed(result.firstEvalLoss, 4) + " before, " + fixed(result.lastEvalLoss, 4) + " after");
        text += line("perplexity", fixed(std::exp(result.firstEvalLoss), 2) + " before, " +
                                       fixed(std::exp(result.lastEvalLoss), 2) + " after");
    }
    const OrderedJson machine = part(run, "environment");
    if (machine.contains("device") && machine.contains("precision"))
        text += line("trained on", machine.value("device", "") + " in " + machine.value("precision", ""));
    return text + line("time", fixed(result.seconds, 0) + " s");
}

/// As it is filled in; the whole of it is in prompt_template.json.
std::string promptPart(const PromptTemplate& promptTemplate) {
    std::string text = "\n## Prompt\n\nThe model was trained with the prompt template \"" +
                       promptTemplate.title + "\" (`prompt_template.json`)";
    if (promptTemplate.isChat()) return text + ", the chat template of its base model.\n";
    const std::string fence = promptTemplate.withoutInput.find("```") == std::string::npos ? "```" : "~~~~";
    return text + ". A row without an input becomes\n\n" + fence + "\n" + promptTemplate.withoutInput +
           promptTemplate.separator + (promptTemplate.separator.empty() ? "\n" : "") + fence + "\n";
}

std::string cardOf(const TrainJob& job, Saved saved, const OrderedJson& run, const TrainResult& result) {
    return frontMatter(job, saved) + "# " + job.runName + "\n\nFine-tuned with FineTune Studio " +
           programVersion() + ".\n\n" + line("base model", baseName(job)) +
           line("method", methodText(job.settings, saved)) +
           (saved == Saved::Adapter ? "\n" + peftSection(baseName(job)) : std::string()) +
           dataPart(job, run) + settingsPart(job.settings) + resultPart(run, result) +
           promptPart(job.promptTemplate);
}

}  // namespace

std::string trainingCard(const TrainJob& job, const OrderedJson& run, const TrainResult& result) {
    return cardOf(job, Saved::Model, run, result);
}

std::string adapterCard(const TrainJob& job, const OrderedJson& run, const TrainResult& result) {
    return cardOf(job, Saved::Adapter, run, result);
}

std::string pretrainingCard(const PretrainJob& job, const TrainResult& result, const Decoder& model) {
    return "# " + job.runName + "\n\nTrained from random weights with FineTune Studio " + programVersion() +
           ".\n\n" + line("parameters", std::to_string(model.parameterCount())) + settingsPart(job.settings) +
           resultPart(OrderedJson::object(), result);
}

}  // namespace studio
