// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/measured_speed.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "core/base/error.h"
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
    const auto environment = document.find("environment");
    if (environment == document.end() || !environment->is_object()) return std::nullopt;
    const auto device = environment->find("device"), precision = environment->find("precision");
    const bool said = device != environment->end() && device->is_string() &&
                      precision != environment->end() && precision->is_string();
    if (!said) return std::nullopt;
    return ComputeNames{device->get<std::string>(), precision->get<std::string>()};
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

std::optional<MeasuredSpeed> newestSpeed(const std::vector<RunSummary>& runs, const TrainJob& job,
                                         const std::optional<ComputeNames>& wanted, bool sameMethod) {
    for (const RunSummary& run : runs) {
        if (!run.last || run.last->seconds < kShortestSeconds || !sameFolder(run.baseModel, job.modelFolder))
            continue;
        const auto earlier = ranHere(run) ? earlierRun(run) : std::nullopt;
        if (!earlier || !sameCompute(*earlier, job.settings, wanted) ||
            (sameMethod && earlier->settings.method != job.settings.method))
            continue;
        const double rate = rateOf(run);
        if (rate > 0.0)
            return MeasuredSpeed{rate * stepParts(earlier->settings) / stepParts(job.settings), run.name};
    }
    return std::nullopt;
}

}  // namespace

std::optional<MeasuredSpeed> measuredSpeed(const fs::path& runsFolder, const TrainJob& job) {
    const std::vector<RunSummary> runs = listRuns(runsFolder);
    const std::optional<ComputeNames> wanted = computeOf(job);
    const auto same = newestSpeed(runs, job, wanted, true);
    return same ? same : newestSpeed(runs, job, wanted, false);
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
