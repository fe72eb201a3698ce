// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/transfer_rate.h"

namespace studio {
namespace {

constexpr std::chrono::seconds kWindow{8};
/// Sooner a speed would be a guess.
constexpr std::chrono::milliseconds kFirst{500};
/// Samples closer together than this say nothing new.
constexpr std::chrono::milliseconds kGap{100};

}  // namespace

void TransferRate::add(Clock::time_point now, std::int64_t bytes) {
    if (m_samples.size() > 1 && now - m_samples[m_samples.size() - 2].time < kGap) m_samples.pop_back();
    m_samples.push_back({now, bytes});
    while (m_samples.size() > 2 && now - m_samples[1].time >= kWindow) m_samples.pop_front();
}

double TransferRate::bytesPerSecond() const {
    if (m_samples.empty()) return 0.0;
    const auto time = m_samples.back().time - m_samples.front().time;
    if (time < kFirst) return 0.0;
    return static_cast<double>(m_samples.back().bytes - m_samples.front().bytes) /
           std::chrono::duration<double>(time).count();
}

double TransferRate::secondsFor(std::int64_t bytesLeft) const {
    const double rate = bytesPerSecond();
    return rate > 0.0 ? static_cast<double>(bytesLeft) / rate : -1.0;
}

}  // namespace studio
