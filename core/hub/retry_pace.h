// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace studio {

/// How long a hub is waited for, and how often it is asked again.
struct HubPatience {
    double connectSeconds = 30.0;
    double stallSeconds = 30.0;    ///< nothing comes for so long: the connection is given up
    double answerSeconds = 120.0;  ///< for an answer of the API as a whole
    double firstPauseSeconds = 1.0;
    double longestPauseSeconds = 30.0;
    double longestRetryAfterSeconds = 120.0;  ///< a hub that wants more is not waited for
    int attempts = 6;                         ///< in a row without anything to show for it
};

/// When to ask again after a failure: pauses that double, or as long as the server asks (RFC 9110, 10.2.3).
/// As long as data comes in between, there is no end to trying: a large file over a bad line is got in the
/// end.
class RetryPace {
public:
    explicit RetryPace(const HubPatience& patience) : m_patience(patience) {}

    /// The seconds to wait before the next attempt; nothing where it is time to give up. `retryAfter` < 0:
    /// the server did not say.
    std::optional<double> afterFailure(double retryAfter = -1.0);
    /// So many bytes came that had not come before; a mebibyte forgives what failed before.
    void received(std::int64_t bytes);

private:
    HubPatience m_patience;
    int m_failures = 0;
    std::int64_t m_bytes = 0;
};

}  // namespace studio
