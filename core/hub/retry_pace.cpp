// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/retry_pace.h"

#include <algorithm>
#include <cmath>

namespace studio {
namespace {

/// A server that sends a byte a connection must not hold us for ever.
constexpr std::int64_t kForgivingBytes = std::int64_t{1} << 20U;

}  // namespace

std::optional<double> RetryPace::afterFailure(double retryAfter) {
    ++m_failures;
    if (m_failures >= m_patience.attempts) return std::nullopt;
    if (retryAfter > m_patience.longestRetryAfterSeconds) return std::nullopt;
    const double doubled = m_patience.firstPauseSeconds * std::exp2(m_failures - 1);
    return std::max(retryAfter, std::min(doubled, m_patience.longestPauseSeconds));
}

void RetryPace::received(std::int64_t bytes) {
    m_bytes += bytes;
    if (m_bytes < kForgivingBytes) return;
    m_bytes = 0;
    m_failures = 0;
}

}  // namespace studio
