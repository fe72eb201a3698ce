// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace studio {

/// Seconds by the steady clock since it was made.
class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_begun).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_begun = Clock::now();
};

template <typename Work>
double secondsOf(Work&& work) {
    const Stopwatch watch;
    work();
    return watch.seconds();
}

}  // namespace studio
