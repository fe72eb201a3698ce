// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>

namespace studio {

/// Tokens a second over the newest steps that together took at least a second, or as long as is asked for:
/// steady enough to read, and soon true again when something else takes the processor. Not thread-safe.
class RecentRate {
public:
    explicit RecentRate(double windowSeconds = 1.0) : m_windowSeconds(windowSeconds) {}
    void add(std::int64_t tokens, double seconds) {
        m_steps.push_back({tokens, seconds});
        m_tokens += tokens;
        m_seconds += seconds;
        while (m_steps.size() > 1 && m_seconds - m_steps.front().seconds >= m_windowSeconds) {
            m_tokens -= m_steps.front().tokens;
            m_seconds -= m_steps.front().seconds;
            m_steps.pop_front();
        }
    }
    /// 0 before the first step.
    double perSecond() const { return m_seconds > 0.0 ? static_cast<double>(m_tokens) / m_seconds : 0.0; }

private:
    struct Step {
        std::int64_t tokens;
        double seconds;
    };
    double m_windowSeconds;
    std::deque<Step> m_steps;
    std::int64_t m_tokens = 0;
    double m_seconds = 0.0;
};

}  // namespace studio
