// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace studio {

/// Speed over the last seconds, so that a line that becomes slow is noticed and a single hiccup is not.
class TransferRate {
public:
    using Clock = std::chrono::steady_clock;

    /// `bytes`: all that came since the beginning.
    void add(Clock::time_point now, std::int64_t bytes);
    /// 0 while it is not known.
    double bytesPerSecond() const;
    /// < 0 while it is not known.
    double secondsFor(std::int64_t bytesLeft) const;

private:
    struct Sample {
        Clock::time_point time;
        std::int64_t bytes = 0;
    };
    std::deque<Sample> m_samples;
};

}  // namespace studio
