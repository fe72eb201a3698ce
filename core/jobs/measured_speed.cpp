// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/measured_speed.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/jobs/probe_cache.h"
#include "core/jobs/run_forecast.h"
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

/// The settings of its run.json; nothing where that cannot be read.
std::optional<TrainSettings> settingsOf(const RunSummary& run) {
    try {
        const OrderedJson document = RunFolder(run.folder).readRun();
        const auto found = document.find("settings");
        if (found == document.end()) return std::nullopt;
        TrainSettings settings;
        fromJson(*found, settings);  // what this version does not know does not matter here
        return settings;
    } catch (const Error&) {
        return std::nullopt;
    }
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

}  // namespace

namespace {

std::optional<MeasuredSpeed> newestSpeed(const std::vector<RunSummary>& runs, const TrainJob& job,
                                         bool sameMethod) {
    for (const RunSummary& run : runs) {
        if (!run.last || run.last->seconds < kShortestSeconds || !sameFolder(run.baseModel, job.modelFolder))
            continue;
        const auto settings = ranHere(run) ? settingsOf(run) : std::nullopt;
        if (!settings || settings->device != job.settings.device ||
            settings->precision != job.settings.precision || settings->threads != job.settings.threads ||
            (sameMethod && settings->method != job.settings.method))
            continue;
        const double rate = rateOf(run);
        if (rate > 0.0) return MeasuredSpeed{rate * stepParts(*settings) / stepParts(job.settings), run.name};
    }
    return std::nullopt;
}

}  // namespace

std::optional<MeasuredSpeed> measuredSpeed(const fs::path& runsFolder, const TrainJob& job) {
    const std::vector<RunSummary> runs = listRuns(runsFolder);
    const auto same = newestSpeed(runs, job, true);
    return same ? same : newestSpeed(runs, job, false);
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
