// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/tensor/torch.h"

namespace studio {

/// How fast all threads together go through memory that is in no cache: reading is the ceiling of decoding
/// one sequence, which reads every weight for every token; copying is that of the optimizer, which reads and
/// writes.
class MemoryBandwidth {
public:
    MemoryBandwidth();
    /// Reads once.
    void measure();
    /// Copies once.
    void measureCopy();
    /// The median of what was measured, in bytes a second; 0 before.
    double bytesPerSecond() const;
    /// Bytes read and bytes written, both counted.
    double copiedBytesPerSecond() const;

private:
    Tensor m_values, m_copy;  // on huge pages, as weights are
    std::vector<double> m_rates, m_copyRates;
    float m_sum = 0.0F;  ///< so that the reading is not left out
};

}  // namespace studio
