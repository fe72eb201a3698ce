// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace studio {

StepPlan planSteps(const TrainSettings& settings, std::int64_t batchesPerEpoch) {
    StepPlan plan;
    const auto accumulation = static_cast<double>(std::max<std::int64_t>(1, settings.accumulation));
    plan.stepsPerEpoch = static_cast<double>(batchesPerEpoch) / accumulation;
    const double byEpochs = std::ceil(settings.epochs * plan.stepsPerEpoch - 1e-9);
    plan.totalSteps = settings.maxSteps > 0 ? settings.maxSteps
                                            : std::max<std::int64_t>(1, static_cast<std::int64_t>(byEpochs));
    const auto warmup = settings.warmupSteps > 0
                            ? settings.warmupSteps
                            : static_cast<std::int64_t>(
                                  std::llround(settings.warmupShare * static_cast<double>(plan.totalSteps)));
    plan.warmupSteps = std::clamp<std::int64_t>(warmup, 0, plan.totalSteps);
    const std::int64_t tenth = std::max<std::int64_t>(1, plan.totalSteps / 10);
    plan.evaluateEvery = settings.evaluateEvery > 0 ? settings.evaluateEvery : tenth;
    return plan;
}

double learningRateAt(const TrainSettings& settings, const StepPlan& plan, std::int64_t step) {
    const double peak = settings.learningRate;
    if (step <= plan.warmupSteps)
        return peak * static_cast<double>(step) / static_cast<double>(plan.warmupSteps);
    if (settings.schedule == "constant") return peak;
    const double span = std::max<double>(1.0, static_cast<double>(plan.totalSteps - plan.warmupSteps));
    // The peak is the last step of the warm-up; without one it is the first step, so that a run of one step
    // learns.
    const std::int64_t sincePeak = plan.warmupSteps > 0 ? step - plan.warmupSteps : step - 1;
    const double share = std::clamp(static_cast<double>(sincePeak) / span, 0.0, 1.0);
    const double fall =
        settings.schedule == "linear" ? 1.0 - share : 0.5 * (1.0 + std::cos(std::numbers::pi * share));
    return peak * (settings.minLearningRateShare + (1.0 - settings.minLearningRateShare) * fall);
}

PeakRates::PeakRates(double first, std::vector<RateChange> changes)
    : m_first(first), m_changes(std::move(changes)) {
    std::stable_sort(m_changes.begin(), m_changes.end(),
                     [](const RateChange& a, const RateChange& b) { return a.step < b.step; });
}

double PeakRates::at(std::int64_t step) const {
    double rate = m_first;
    for (const RateChange& change : m_changes) {
        if (change.step > step) break;
        rate = change.rate;
    }
    return rate;
}

double PeakRates::last() const {
    return m_changes.empty() ? m_first : m_changes.back().rate;
}

void PeakRates::change(std::int64_t step, double rate) {
    std::erase_if(m_changes, [&](const RateChange& change) { return change.step >= step; });
    if (at(step) != rate) m_changes.push_back({step, rate});
}

}  // namespace studio
