// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_plan.h"

#include <algorithm>
#include <thread>

#include "app/cli/job_display.h"
#include "core/base/byte_text.h"
#include "core/base/files.h"
#include "core/jobs/probe_cache.h"
#include "core/storage/run_folder.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {
namespace {

/// Of this machine and these settings, measured now where it was not yet.
std::optional<ProbeResult> probeFor(CommandContext& context, const TrainJob& job, bool measure) {
    const ProbeCache cache;
    const std::string key = ProbeCache::keyOf(job);
    if (auto found = cache.find(key)) return found;
    if (!measure) return std::nullopt;
    JobDisplay display(context.output);
    const JobValue value = runOrThrow(context.engine(), ProbeJob{job}, display, context.stop);
    context.output.clearProgress();
    const auto& result = std::get<ProbeResult>(value);
    cache.keep(key, result);
    return result;
}

const char* sourceOf(const Preflight& found) {
    if (found.secondsProbed) return "probe";
    return found.secondsMeasured ? "run" : "assumed";
}

std::string peopleSource(const Preflight& found) {
    return found.secondsProbed ? "measured with a few steps on this machine"
                               : "computed; measure with --plan --measure";
}

std::string freeText(std::uint64_t bytes) {
    return bytes > 0 ? ", " + byteText(bytes) + " free" : std::string();
}

std::string partText(const std::string& name, std::uint64_t bytes) {
    return bytes > 0 ? name + " " + byteText(bytes) : std::string();
}

std::string listed(const std::vector<std::string>& parts) {
    std::string list;
    for (const std::string& part : parts)
        if (!part.empty()) list += (list.empty() ? "" : ", ") + part;
    return list;
}

std::string timeParts(const RunSeconds& time) {
    const auto part = [](const std::string& name, double seconds) {
        return seconds >= 0.5 ? name + " " + durationText(seconds) : std::string();
    };
    return listed({part("steps", time.training), part("evaluations", time.evaluations),
                   part("answers", time.samples), part("saving", time.saving)});
}

void tellPeople(Output& output, const Preflight& found, std::uint64_t freeMemory, std::uint64_t freeDisk) {
    const std::string parts = timeParts(found.time);
    const MemoryEstimate& memory = found.memory;
    std::vector<std::pair<std::string, std::string>> values{
        {"rows", std::to_string(found.trainRows) + " train, " + std::to_string(found.validationRows) +
                     (found.validationTakenFromTrain ? " of them kept aside for the evaluation loss"
                                                     : " validation")},
        {"cut at " + std::to_string(found.cutoff) + " tokens", std::to_string(found.cutRows.size())},
        {"without a response", std::to_string(found.emptyRows.size())},
        {"tokens an epoch", std::to_string(found.tokensPerEpoch)},
        {"steps", std::to_string(found.plan.totalSteps) + ", an evaluation every " +
                      std::to_string(found.plan.evaluateEvery)},
        {"time", "about " + durationText(found.seconds) + (parts.empty() ? "" : " (" + parts + ")") + ", " +
                     peopleSource(found)},
        {"memory",
         "about " + byteText(memory.total()) + freeText(freeMemory) + " (" +
             listed({partText("weights", memory.weights), partText("gradients", memory.gradients),
                     partText("optimizer", memory.optimizer), partText("activations", memory.activations),
                     partText("program", memory.program)}) +
             ")"}};
    if (found.probedPeakBytes > 0)
        values.emplace_back("memory measured", byteText(found.probedPeakBytes) + " at the highest");
    values.emplace_back(
        "disk",
        byteText(found.disk.total()) + freeText(freeDisk) + " (" +
            listed({partText("model", found.disk.model), partText("checkpoints", found.disk.checkpoints),
                    partText("best", found.disk.best), partText("records", found.disk.records)}) +
            ")");
    output.pairs(values);
}

void warn(Output& output, const Preflight& found, std::uint64_t freeMemory, std::uint64_t freeDisk) {
    const std::uint64_t memory = std::max(found.memory.total(), found.probedPeakBytes);
    if (freeMemory > 0 && memory > freeMemory)
        output.note("About " + byteText(memory) + " of memory are needed and " + byteText(freeMemory) +
                    " are free: choose a token budget (batch_tokens), gradient_checkpointing, "
                    "optimizer=adamw8bit or method=lora.");
    if (found.disk.total() > freeDisk)
        output.note("The run needs " + byteText(found.disk.total()) + " on the disk and " +
                    byteText(freeDisk) + " are free: make room, or lower keep_checkpoints.");
}

}  // namespace

OrderedJson trainPlanJson(const TrainJob& job, const Preflight& found, std::uint64_t freeMemory,
                          std::uint64_t freeDisk) {
    const auto ids = [](const std::vector<ExampleProblem>& rows) {
        OrderedJson list = OrderedJson::array();
        for (const ExampleProblem& row : rows) list.push_back(row.rowId);
        return list;
    };
    const MemoryEstimate& memory = found.memory;
    return {
        {"run", job.runName},
        {"model", job.modelFolder.string()},
        {"template", job.promptTemplate.name},
        {"settings", toJson(job.settings)},
        {"rows",
         {{"train", found.trainRows},
          {"validation", found.validationRows},
          {"validation_taken_from_train", found.validationTakenFromTrain},
          {"cut", ids(found.cutRows)},
          {"without_response", ids(found.emptyRows)}}},
        {"cutoff", found.cutoff},
        {"longest_row", found.longestRow},
        {"tokens_per_epoch", found.tokensPerEpoch},
        {"steps",
         {{"total", found.plan.totalSteps},
          {"warmup", found.plan.warmupSteps},
          {"evaluate_every", found.plan.evaluateEvery}}},
        {"time",
         {{"seconds", found.seconds},
          {"from", sourceOf(found)},
          {"tokens_per_second", found.tokensPerSecond},
          {"loading", found.time.loading},
          {"steps", found.time.training},
          {"evaluations", found.time.evaluations},
          {"answers", found.time.samples},
          {"saving", found.time.saving}}},
        {"memory",
         {{"bytes", memory.total()},
          {"weights", memory.weights},
          {"gradients", memory.gradients},
          {"optimizer", memory.optimizer},
          {"activations", memory.activations},
          {"program", memory.program},
          {"measured_peak", found.probedPeakBytes > 0 ? OrderedJson(found.probedPeakBytes) : OrderedJson()},
          {"free", freeMemory}}},
        {"disk",
         {{"bytes", found.disk.total()},
          {"model", found.disk.model},
          {"checkpoints", found.disk.checkpoints},
          {"best", found.disk.best},
          {"records", found.disk.records},
          {"free", freeDisk}}}};
}

int tellTrainPlan(CommandContext& context, const TrainJob& job, bool measure) {
    throwIfAny(validate(job.settings));
    PreflightMachine machine;
    machine.threads = job.settings.threads > 0
                          ? static_cast<int>(job.settings.threads)
                          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const std::uint64_t freeMemory = availableMemoryBytes();
    const auto tokenizer = loadTokenizer(job.modelFolder);
    const ModelConfig model = readModelConfig(job.modelFolder);
    machine.probe = probeFor(context, job, measure);
    const Preflight found = computePreflight(job, *tokenizer, model, machine, context.stop);
    const std::uint64_t freeDisk = freeDiskBytes(job.runFolder);
    if (context.output.json()) {
        context.output.jsonLine(trainPlanJson(job, found, freeMemory, freeDisk));
    } else {
        tellPeople(context.output, found, freeMemory, freeDisk);
    }
    warn(context.output, found, freeMemory, freeDisk);
    return kExitOk;
}

}  // namespace studio
