// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/storage/row_losses.h"
#include "core/tensor/torch.h"

namespace studio {

/// One optimizer step that was made, with what will be told of it.
struct MadeStep {
    std::int64_t step = 0;
    double loss = std::numeric_limits<double>::quiet_NaN();  ///< mean over the labels of the step
    double gradientNorm = std::numeric_limits<double>::quiet_NaN();
    double learningRate = std::numeric_limits<double>::quiet_NaN();
    double lossScale = 1.0;
    double epoch = 0.0;
    double seconds = 0.0;
    std::int64_t tokens = 0;       ///< of this step
    std::int64_t tokensSoFar = 0;  ///< of the run up to it
    std::vector<RowLoss> rows;     ///< of the step; their losses are known once it was read
    Tensor labelLosses;            ///< until then, of all rows; [labels] float32
    /// Loss, gradient norm and loss scale until they are read; undefined afterwards. // [3] float64
    Tensor onDevice;
};

/// Steps whose figures are still on the device: reading them one by one would make the host wait for every
/// step. They are read together, with one copy, when it is time to log.
class StepLog {
public:
    /// Most steps that are not yet told, and the longest time a watcher waits for them.
    static constexpr std::size_t kMostSteps = 10;
    static constexpr double kMostSeconds = 1.0;

    void add(MadeStep step);
    bool due() const;
    bool empty() const { return m_steps.empty(); }
    /// Waits for the device, then gives all steps, oldest first. Their seconds, which cannot be measured one
    /// by one, are equal parts of the time since begin().
    std::vector<MadeStep> read();
    /// A step begins now, for the clock.
    void begin();

private:
    using Clock = std::chrono::steady_clock;

    std::vector<MadeStep> m_steps;
    Clock::time_point m_begun;
};

}  // namespace studio
