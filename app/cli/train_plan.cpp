// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_plan.h"

#include <algorithm>

#include "app/cli/job_display.h"
#include "core/base/byte_text.h"
#include "core/base/files.h"
#include "core/jobs/measured_speed.h"
#include "core/jobs/probe_cache.h"
#include "core/jobs/start_checks.h"
#include "core/storage/run_folder.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {
namespace {

/// Of this machine and these settings, and kept for later plans.
ProbeResult measuredNow(CommandContext& context, const TrainJob& job) {
    JobDisplay display(context.output);
    const JobValue value = runOrThrow(context.engine(), ProbeJob{job}, display, context.stop);
    context.output.clearProgress();
    const auto& result = std::get<ProbeResult>(value);
    ProbeCache().keep(ProbeCache::keyOf(job), result);
    return result;
}

const char* sourceOf(const Preflight& found) {
    if (found.secondsProbed) return "probe";
    return found.secondsMeasured ? "run" : "assumed";
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
                   part("answers", time.samples), part("loading", time.loading),
                   part("saving", time.saving)});
}

/// "about 0:12 (steps 0:09, …), measured with a few steps on this machine", or a range where it is computed.
std::string timeText(const PlannedTraining& plan) {
    const Preflight& found = plan.found;
    const std::string parts = timeParts(found.time);
    const std::string inParts = parts.empty() ? "" : " (" + parts + ")";
    const std::string about = "about " + durationText(found.seconds) + inParts;
    if (found.secondsProbed) return about + ", measured with a few steps on this machine";
    if (found.secondsMeasured) return about + ", as fast as the run " + plan.measuredRun;
    const std::string least = durationText(found.secondsLeast), most = durationText(found.secondsMost);
    return (least == most ? "about " + least : "between " + least + " and " + most) + inParts +
           ", estimated from this machine's speed; measure with --plan --measure";
}

void tellPeople(Output& output, const PlannedTraining& plan) {
    const Preflight& found = plan.found;
    const MemoryEstimate& memory = found.memory;
    const std::string validation = found.validationTakenFromTrain
                                       ? " train, and " + counted(found.validationRows, "row") +
                                             " of the split kept aside for the evaluation loss"
                                       : " train, " + std::to_string(found.validationRows) + " validation";
    std::vector<std::pair<std::string, std::string>> values{
        {"rows", std::to_string(found.trainRows) + validation},
        {"cut at " + std::to_string(found.cutoff) + " tokens", std::to_string(found.cutRows.size())},
        {"without a response within them", std::to_string(found.emptyRows.size())},
        {"tokens an epoch", std::to_string(found.tokensPerEpoch)},
        {"steps", std::to_string(found.plan.totalSteps) + ", an evaluation every " +
                      std::to_string(found.plan.evaluateEvery)},
        {"time", timeText(plan)},
        {"memory",
         "about " + byteText(memory.total()) + freeText(plan.freeMemory) + " (" +
             listed({partText("weights", memory.weights), partText("gradients", memory.gradients),
                     partText("optimizer", memory.optimizer), partText("activations", memory.activations),
                     partText("program", memory.program)}) +
             ")"}};
    if (found.probedPeakBytes > 0)
        values.emplace_back("memory measured", byteText(found.probedPeakBytes) + " at the highest");
    values.emplace_back(
        "disk",
        byteText(found.disk.total()) + freeText(plan.freeDisk) + " (" +
            listed({partText("model", found.disk.model), partText("checkpoints", found.disk.checkpoints),
                    partText("best", found.disk.best), partText("records", found.disk.records)}) +
            ")");
    output.pairs(values);
}

void warn(Output& output, const PlannedTraining& plan) {
    const Preflight& found = plan.found;
    for (const std::string& source : found.unknownSources) output.note(unknownSourceText(source));
    const bool cut = anyCut(found.cutRows) || anyCut(found.emptyRows) || anyCut(found.validationCutRows) ||
                     anyCut(found.validationEmptyRows);
    if (cut && found.cutoff < plan.cutoffAsked)
        output.note("cutoff=" + std::to_string(plan.cutoffAsked) +
                    " is more than the model's context: rows are cut at " + std::to_string(found.cutoff) +
                    " tokens.");
    const std::uint64_t freeMemory = plan.freeMemory, freeDisk = plan.freeDisk;
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

OrderedJson trainPlanJson(const TrainJob& job, const PlannedTraining& plan) {
    const Preflight& found = plan.found;
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
          {"seconds_least", found.secondsLeast},
          {"seconds_most", found.secondsMost},
          {"from", sourceOf(found)},
          {"from_run", plan.measuredRun.empty() ? OrderedJson() : OrderedJson(plan.measuredRun)},
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
          {"free", plan.freeMemory}}},
        {"disk",
         {{"bytes", found.disk.total()},
          {"model", found.disk.model},
          {"checkpoints", found.disk.checkpoints},
          {"best", found.disk.best},
          {"records", found.disk.records},
          {"free", plan.freeDisk}}}};
}

PlannedTraining planTraining(CommandContext& context, const TrainJob& job, bool measure) {
    const auto tokenizer = loadTokenizer(job.modelFolder);
    // Before a measurement, whose memory would count as taken.
    const std::uint64_t freeMemory = availableMemoryBytes(job.settings.device);
    const ModelConfig model = readModelConfig(job.modelFolder);
    checkStart(job, model, *tokenizer, [&] { return context.engine().devices(); });
    PreflightMachine machine = machineFor(job);
    if (measure && !machine.probe) machine.probe = measuredNow(context, job);
    PlannedTraining plan;
    plan.measuredRun = machine.probe ? std::string() : machine.measuredRun;
    plan.cutoffAsked = job.settings.cutoff;
    plan.freeMemory = freeMemory;
    plan.freeDisk = freeDiskBytes(job.runFolder);
    plan.found = computePreflight(job, *tokenizer, model, machine, context.stop);
    requireRows({*job.train, plan.found.trainRows, plan.found.cutoff, model.contextLength});
    return plan;
}

int tellTrainPlan(CommandContext& context, const TrainJob& job, bool measure) {
    const PlannedTraining plan = planTraining(context, job, measure);
    if (context.output.json()) {
        context.output.jsonLine(trainPlanJson(job, plan));
    } else {
        tellPeople(context.output, plan);
    }
    warn(context.output, plan);
    if (const std::string unread = unreadInstructionsText(job); !unread.empty()) context.output.note(unread);
    return kExitOk;
}

}  // namespace studio
