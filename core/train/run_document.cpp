// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_document.h"

#include <cmath>

#include "core/base/files.h"
#include "core/data/row_mixture.h"
#include "core/formats/sha256.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

namespace {

constexpr const char* kResultBefore = "result_before";
constexpr const char* kRateChanges = "learning_rate_changes";

OrderedJson rowList(const std::vector<ExampleProblem>& problems) {
    OrderedJson rows = OrderedJson::array();
    for (const ExampleProblem& problem : problems) rows.push_back(problem.rowId);
    return rows;
}

OrderedJson describeSet(const ExampleSet& set) {
    return {{"rows", set.examples.size()},
            {"tokens", set.tokenCount},
            {"labels", set.labelCount},
            {"cut_rows", rowList(set.cutRows)},
            {"rows_without_label", rowList(set.emptyRows)}};
}

OrderedJson heading(const std::string& kind, const std::string& name, const TrainSettings& settings) {
    return {{"format", 1},
            {"kind", kind},
            {"name", name},
            {"created", isoTime(unixTime())},
            {"program", std::string("FineTune Studio ") + programVersion()},
            {"settings", toJson(settings)}};
}

OrderedJson numberOrNull(double value) {
    return std::isfinite(value) ? OrderedJson(value) : OrderedJson(nullptr);
}

}  // namespace

OrderedJson baseFileHashes(const std::filesystem::path& modelFolder, const std::stop_token& stop) {
    OrderedJson hashes = {{"config.json", sha256File(modelFolder / "config.json", stop)}};
    for (const std::string& name : tokenizerFiles(modelFolder))
        hashes[name] = sha256File(modelFolder / name, stop);
    return hashes;
}

OrderedJson describeTraining(const TrainJob& job) {
    OrderedJson run = heading("train", job.runName, job.settings);
    run["method"] = job.settings.method;
    run["base_model"] = {{"path", job.modelFolder.string()}};
    run["template"] = OrderedJson::parse(promptTemplateJson(job.promptTemplate));
    run["data"] = {{"project", job.projectName},
                   {"sha256", job.dataHash},
                   {"validation_taken_from_train", job.validationTakenFromTrain}};
    if (const std::string hash = mixtureHash(*job.train, job.settings); !hash.empty())
        run["data"][kMixtureHash] = hash;
    for (const SamplePrompt& prompt : job.samplePrompts)
        run[kSamplePrompts].push_back(
            {{"row", prompt.rowId}, {"title", prompt.title}, {"prompt", prompt.prompt}});
    return run;
}

void describeBaseModel(OrderedJson& run, const TrainJob& job, const std::stop_token& stop) {
    run["base_model"]["sha256"] = modelHash(job.modelFolder, stop);
    run["base_model"]["files"] = baseFileHashes(job.modelFolder, stop);
}

OrderedJson describePretraining(const PretrainJob& job) {
    OrderedJson run = heading("pretrain", job.runName, job.settings);
    run["method"] = "pretrain";
    run["architecture"] = toJson(job.architecture);
    OrderedJson texts = OrderedJson::array();
    for (const auto& text : job.texts) texts.push_back(text.string());
    run["data"] = {{"texts", texts}};
    return run;
}

void describeExamples(OrderedJson& run, const ExampleSet& train, const ExampleSet& validation) {
    run["data"]["train"] = describeSet(train);
    run["data"]["validation"] = describeSet(validation);
}

void describeModel(OrderedJson& run, const Decoder& model, const StepPlan& plan) {
    run["plan"] = {{"total_steps", plan.totalSteps},
                   {"warmup_steps", plan.warmupSteps},
                   {"evaluate_every", plan.evaluateEvery}};
    run["environment"] = {
        {"parameters", model.parameterCount()},   {"trained_parameters", model.trainedCount()},
        {"device", model.compute().deviceName()}, {"precision", model.compute().precisionName()},
        {"threads", model.compute().threads},     {"libtorch", TORCH_VERSION}};
}

void describeRates(OrderedJson& run, const PeakRates& rates) {
    run["settings"]["learning_rate"] = rates.last();
    if (rates.changes().empty()) {
        run.erase(kRateChanges);
        return;
    }
    OrderedJson changes = OrderedJson::array();
    double before = rates.first();
    for (const RateChange& change : rates.changes()) {
        changes.push_back({{"step", change.step}, {"from", before}, {"to", change.rate}});
        before = change.rate;
    }
    run[kRateChanges] = std::move(changes);
}

PeakRates peakRatesOf(const OrderedJson& run, double newest) {
    const auto list = run.find(kRateChanges);
    if (list == run.end() || !list->is_array() || list->empty()) return PeakRates(newest);
    const auto number = [](const OrderedJson& change, const char* key) {
        return change.is_object() && change.contains(key) && change[key].is_number();
    };
    std::vector<RateChange> changes;
    for (const OrderedJson& change : *list) {
        if (!number(change, "step") || !number(change, "to") || !number(change, "from")) continue;
        changes.push_back({change["step"].get<std::int64_t>(), change["to"].get<double>()});
    }
    const OrderedJson& first = list->front();
    return PeakRates(number(first, "from") ? first["from"].get<double>() : newest, std::move(changes));
}

void keepResultBefore(OrderedJson& run) {
    const auto result = run.find("result");
    if (result == run.end()) return;
    OrderedJson before = *result;
    run.erase("result");
    if (before.is_object() && !before.contains("discarded")) run[kResultBefore] = std::move(before);
}

void describeResult(OrderedJson& run, const TrainResult& result) {
    run.erase(kResultBefore);
    run["result"] = {{"steps", result.steps},
                     {"stopped_early", result.stoppedEarly},
                     {"patience_over", result.patienceOver},
                     {"kept_step", result.keptStep},
                     {"last_loss", numberOrNull(result.lastLoss)},
                     {"first_eval_loss", numberOrNull(result.firstEvalLoss)},
                     {"last_eval_loss", numberOrNull(result.lastEvalLoss)},
                     {"seconds", result.seconds},
                     {"tokens_per_second", result.tokensPerSecond},
                     {"peak_memory", result.peakMemoryBytes}};
}

}  // namespace studio
