// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/time_left.h"

#include <cmath>
#include <limits>

namespace studio {

namespace {

/// Written, synced, read back and hashed, on an ordinary disk; until a checkpoint has been measured.
constexpr double kAssumedSavedBytesPerSecond = 150e6;

/// Multiples of `every` in (after, last].
std::int64_t timesWithin(std::int64_t after, std::int64_t last, std::int64_t every) {
    return every > 0 && last > after ? last / every - after / every : 0;
}

/// The same to the end of the plan, which counts whether it is a multiple or not.
std::int64_t timesToTheEnd(std::int64_t after, std::int64_t last, std::int64_t every) {
    if (every <= 0 || after >= last) return 0;
    return timesWithin(after, last - 1, every) + 1;
}

}  // namespace

void TimeLeft::Price::add(double seconds) {
    if (times++ == 0)
        first = seconds;
    else
        others += seconds;
}

std::optional<double> TimeLeft::Price::each() const {
    if (times == 0) return std::nullopt;
    return times == 1 ? first : others / static_cast<double>(times - 1);
}

void TimeLeft::expectCheckpoints(std::int64_t everySteps, std::uint64_t bytes) {
    m_checkpointEvery = everySteps;
    m_checkpointBytes = bytes;
}

void TimeLeft::restore(const TrainingState& state) {
    const auto mean = [](double seconds, std::int64_t times, Price& price) {
        if (times > 0) price.add(seconds / static_cast<double>(times));
    };
    mean(state.evalSeconds, state.evaluations, m_evaluation);
    mean(state.sampleSeconds, state.samples, m_sample);
    m_firstTokens = state.tokens;
    m_firstSeconds = state.trainSeconds;
}

void TimeLeft::addStep(std::int64_t tokens, double seconds) {
    if (m_stepped) {
        m_rate.add(tokens, seconds);
        return;
    }
    m_stepped = true;
    if (m_firstTokens > 0) return;
    m_firstTokens = tokens;
    m_firstSeconds = seconds;
}

double TimeLeft::savingSeconds(std::uint64_t bytes) const {
    const auto measured = m_checkpoint.each();
    if (!measured || m_checkpointBytes == 0) return static_cast<double>(bytes) / kAssumedSavedBytesPerSecond;
    return *measured * static_cast<double>(bytes) / static_cast<double>(m_checkpointBytes);
}

double TimeLeft::after(std::int64_t step) const {
    double rate = m_rate.perSecond();
    if (rate <= 0.0 && m_firstSeconds > 0.0) rate = static_cast<double>(m_firstTokens) / m_firstSeconds;
    if (step <= 0 || rate <= 0.0) return std::numeric_limits<double>::quiet_NaN();
    const std::int64_t total = m_shape.plan.totalSteps;
    const auto times = [](std::int64_t count, const std::optional<double>& each) {
        return each ? static_cast<double>(count) * *each : 0.0;
    };
    double seconds = static_cast<double>(total - step) * m_shape.tokensPerStep / rate;
    if (m_shape.evaluates)
        seconds += times(timesToTheEnd(step, total, m_shape.plan.evaluateEvery), m_evaluation.each());
    // The answers of a step come after it was told.
    seconds += times(timesToTheEnd(step - 1, total, m_shape.sampleEvery), m_sample.each());
    if (m_checkpointBytes > 0) {
        const std::int64_t checkpoints =
            m_checkpointEvery > 0
                ? timesWithin(step - 1, total - 1, m_checkpointEvery)
                : static_cast<std::int64_t>(std::floor(seconds / kSecondsBetweenCheckpoints));
        seconds += static_cast<double>(checkpoints) * savingSeconds(m_checkpointBytes);
    }
    return seconds + savingSeconds(m_shape.modelBytes);
}

}  // namespace studio
