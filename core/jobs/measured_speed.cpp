// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/measured_speed.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/formats/json_fields.h"
#include "core/jobs/probe_cache.h"
#include "core/jobs/run_forecast.h"
#include "core/jobs/training_size.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_folder.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr double kShortestSeconds = 2.0;

bool sameFolder(const fs::path& one, const fs::path& other) {
    std::error_code ignored;
    return !one.empty() && fs::weakly_canonical(one, ignored) == fs::weakly_canonical(other, ignored);
}

/// Another machine's rate says nothing here; a mark that is missing is an older version's.
bool ranHere(const RunSummary& run) {
    return run.status.processMark.empty() || onThisHost(run.status.processMark);
}

/// How an earlier run trained.
struct EarlierRun {
    TrainSettings settings;
    std::optional<ComputeNames> computed;  ///< by its record; none in that of an older version
};

std::optional<ComputeNames> recordedCompute(const OrderedJson& document) {
    const ComputeNames names{textOf(document, "/environment/device"),
                             textOf(document, "/environment/precision")};
    if (names.device.empty() || names.precision.empty()) return std::nullopt;
    return names;
}

/// By its run.json; nothing where that cannot be read.
std::optional<EarlierRun> earlierRun(const RunSummary& run) {
    try {
        const OrderedJson document = RunFolder(run.folder).readRun();
        const auto found = document.find("settings");
        if (found == document.end()) return std::nullopt;
        EarlierRun earlier;
        fromJson(*found, earlier.settings);  // what this version does not know does not matter here
        earlier.computed = recordedCompute(document);
        return earlier;
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// What the job will compute on and in; nothing where its model cannot be read.
std::optional<ComputeNames> computeOf(const TrainJob& job) {
    try {
        return computeNames(readModelConfig(job.modelFolder), job.settings);
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// Where either is not known, the settings must say the same.
bool sameCompute(const EarlierRun& run, const TrainSettings& settings,
                 const std::optional<ComputeNames>& wanted) {
    if (run.settings.threads != settings.threads) return false;
    if (run.computed && wanted) return *run.computed == *wanted;
    return run.settings.device == settings.device && run.settings.precision == settings.precision;
}

/// The median of its steps: the first ones are slow, and so are those that something else disturbed. 0 where
/// no step says it.
double rateOf(const RunSummary& run) {
    std::vector<double> rates;
    for (const MetricsLine& line : RunFolder(run.folder).readMetrics())
        if (line.tokensPerSecond > 0.0) rates.push_back(line.tokensPerSecond);
    if (rates.empty()) return 0.0;
    const auto middle = rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2);
    std::nth_element(rates.begin(), middle, rates.end());
    return *middle;
}

std::optional<MeasuredSpeed> speedOf(const RunSummary& run, const TrainSettings& ran, const TrainJob& job) {
    const double rate = rateOf(run);
    if (rate <= 0.0) return std::nullopt;
    return MeasuredSpeed{rate * stepParts(ran) / stepParts(job.settings), run.name};
}

}  // namespace

std::optional<MeasuredSpeed> measuredSpeed(const fs::path& runsFolder, const TrainJob& job) {
    const std::optional<ComputeNames> wanted = computeOf(job);
    std::optional<MeasuredSpeed> ofAnotherMethod;
    for (const RunSummary& run : listRuns(runsFolder)) {
        if (!run.last || run.last->seconds < kShortestSeconds || !sameFolder(run.baseModel, job.modelFolder))
            continue;
        const auto earlier = ranHere(run) ? earlierRun(run) : std::nullopt;
        if (!earlier || !sameCompute(*earlier, job.settings, wanted)) continue;
        const bool sameMethod = earlier->settings.method == job.settings.method;
        if (!sameMethod && ofAnotherMethod) continue;
        auto speed = speedOf(run, earlier->settings, job);
        if (speed && sameMethod) return speed;
        if (speed) ofAnotherMethod = speed;
    }
    return ofAnotherMethod;
}

PreflightMachine machineFor(const TrainJob& job) {
    PreflightMachine machine;
    machine.threads = job.settings.threads > 0
                          ? static_cast<int>(job.settings.threads)
                          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    machine.probe = ProbeCache().find(ProbeCache::keyOf(job));
    if (const auto speed = measuredSpeed(job.runFolder.parent_path(), job)) {
        machine.measuredTokensPerSecond = speed->tokensPerSecond;
        machine.measuredRun = speed->run;
    }
    return machine;
}

}  // namespace studio
