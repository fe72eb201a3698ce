// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace studio {

/// How fast all threads together read memory that is in no cache: the ceiling of decoding one sequence, which
/// reads every weight for every token.
class MemoryBandwidth {
public:
    MemoryBandwidth();
    void measure();
    /// The median of what was measured, in bytes a second; 0 before.
    double bytesPerSecond() const;

private:
    std::vector<float> m_values;
    std::vector<double> m_rates;
    float m_sum = 0.0F;  ///< so that the reading is not left out
};

}  // namespace studio
