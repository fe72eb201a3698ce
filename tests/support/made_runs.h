// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/settings.h"
#include "core/formats/json.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace studio::test {

/// A run folder as a training leaves it, written without one.
struct MadeRun {
    std::string name = {};
    std::int64_t created = 1'000;
    TrainSettings settings = {};
    std::filesystem::path base = "/models/base";
    std::string baseHash = "aaaa1111", dataHash = "9c41d2e0ffff", templateText = "Alpaca text";
    std::int64_t trainRows = 2181, validationRows = 115;
    std::int64_t steps = 40, totalSteps = 40;
    std::int64_t evaluateEvery = 10;
    std::string state = "finished", code = {}, message = {};
    double firstLoss = 3.7, lastLoss = 2.2;  ///< of the curves' exponential way down
    bool diverges = false;                   ///< the loss rises from a third of the steps on
    bool hasModel = true, hasCheckpoint = false;
};

inline MetricsLine madeLine(const MadeRun& run, std::int64_t step) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const double share = static_cast<double>(step) / static_cast<double>(run.totalSteps);
    double level = run.lastLoss + (run.firstLoss - run.lastLoss) * std::exp(-4.5 * share);
    if (run.diverges && share > 0.12) level += 90.0 * (share - 0.12) * (share - 0.12);
    MetricsLine line;
    line.step = step;
    line.epoch = 3.0 * share;
    line.loss = step == 0 ? none : level - 0.1 + 0.09 * std::sin(static_cast<double>(step) * 2.7);
    const bool evaluates = step % run.evaluateEvery == 0 || step == run.totalSteps;
    line.evalLoss = evaluates ? level : none;
    line.learningRate = run.settings.learningRate * 0.5 * (1.0 + std::cos(3.14159 * share));
    line.gradNorm = 1.0 + 1.5 * std::exp(-8.0 * share) + 0.1 * std::sin(static_cast<double>(step));
    line.tokens = 400 * step;
    line.tokensPerSecond = 2480.0;
    line.memoryBytes = 1'700'000'000;
    line.seconds = 0.45 * static_cast<double>(step);
    return line;
}

inline OrderedJson madeDocument(const MadeRun& run) {
    OrderedJson json = {{"format", 1},
                        {"kind", "train"},
                        {"name", run.name},
                        {"created", isoTime(run.created)},
                        {"settings", toJson(run.settings)},
                        {"method", run.settings.method},
                        {"base_model", {{"path", run.base.string()}, {"sha256", run.baseHash}}},
                        {"template",
                         {{"name", "alpaca"},
                          {"title", "Alpaca"},
                          {"with_input", run.templateText + " {instruction} {input}"},
                          {"without_input", run.templateText + " {instruction}"},
                          {"separator", "\n"},
                          {"append_eos", true}}},
                        {"data",
                         {{"project", "facts"},
                          {"sha256", run.dataHash},
                          {"train", {{"rows", run.trainRows}}},
                          {"validation", {{"rows", run.validationRows}}}}},
                        {"environment", {{"device", "cpu"}, {"precision", "float32"}, {"threads", 2}}}};
    const bool ended = run.state == "finished" || run.state == "stopped";
    if (ended) {
        const MetricsLine last = madeLine(run, run.steps);
        json["result"] = {{"steps", run.steps},
                          {"last_eval_loss",
                           std::isfinite(last.evalLoss) ? OrderedJson(last.evalLoss) : OrderedJson(nullptr)},
                          {"seconds", last.seconds},
                          {"peak_memory", 1'700'000'000}};
    }
    return json;
}

/// Writes it below `runsFolder`. A state that goes on is written as one of this process, without a lock: take
/// RunLock to make it a run at work.
inline RunFolder makeRun(const std::filesystem::path& runsFolder, const MadeRun& run) {
    const RunFolder folder(runsFolder / run.name);
    makeFolders(folder.path());
    { const RunLock touched(folder.path()); }
    folder.writeRun(madeDocument(run));
    {
        LineAppender metrics(folder.metricsFile());
        for (std::int64_t step = 0; step <= run.steps; ++step)
            metrics.append(metricsJson(madeLine(run, step)).dump());
    }
    RunStatus status;
    status.state = run.state;
    status.step = run.steps;
    status.totalSteps = run.totalSteps;
    status.message = run.message;
    folder.writeStatus(status);
    if (!run.code.empty()) {
        OrderedJson json = readJsonFile(folder.path() / "status.json");
        json["error"] = {{"code", run.code}};
        writeJsonFile(folder.path() / "status.json", json);
    }
    if (run.hasModel) {
        makeFolders(folder.modelFolder());
        writeFileAtomically(folder.modelFolder() / "config.json", "{}");
        writeFileAtomically(folder.modelFolder() / "model.safetensors", "");
    }
    if (run.hasCheckpoint) makeFolders(folder.checkpointsFolder() / ("step-" + std::to_string(run.steps)));
    return folder;
}

/// The runs of the mock-up: full, LoRA, one that diverged, an earlier one with less data, and two more.
inline std::vector<MadeRun> sixRuns(const std::filesystem::path& runs, std::int64_t now = 1'700'000'000) {
    MadeRun full{.name = "round-3-full", .created = now - 600};
    full.settings.learningRate = 2e-5;
    full.settings.seed = 42;
    full.settings.cutoff = 128;
    full.steps = full.totalSteps = 411;
    full.evaluateEvery = 41;
    full.lastLoss = 2.34;
    MadeRun lora = full;
    lora.name = "round-3-lora";
    lora.created = now - 3'000;
    lora.settings.method = "lora";
    lora.settings.loraRank = 16;
    lora.settings.learningRate = 2e-4;
    lora.lastLoss = 2.5;
    MadeRun hot = full;
    hot.name = "round-3-hot";
    hot.created = now - 5'000;
    hot.settings.learningRate = 2e-4;
    hot.steps = 108;
    hot.evaluateEvery = 20;
    hot.state = "failed";
    hot.code = "loss_not_finite";
    hot.message = "The loss is not a finite number at step 108 (rows 4, 17).";
    hot.diverges = true;
    hot.hasModel = false;
    hot.hasCheckpoint = true;
    MadeRun before = full;
    before.name = "round-2-full";
    before.created = now - 90'000;
    before.trainRows = 1204;
    before.dataHash = "52e0aaaabbbb";
    before.steps = before.totalSteps = 228;
    before.evaluateEvery = 23;
    before.lastLoss = 2.5;
    MadeRun small = before;
    small.name = "round-2-300";
    small.created = now - 95'000;
    small.trainRows = 300;
    small.steps = small.totalSteps = 57;
    small.lastLoss = 2.87;
    MadeRun first = small;
    first.name = "round-1-lora";
    first.created = now - 300'000;
    first.settings.method = "lora";
    first.settings.learningRate = 1e-4;
    first.lastLoss = 2.93;
    before.base = runs / "round-1-lora" / "model";
    return {full, lora, hot, before, small, first};
}

}  // namespace studio::test
