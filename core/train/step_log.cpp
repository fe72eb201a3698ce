// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_log.h"

#include <utility>

#include "core/train/row_loss_tensors.h"

namespace studio {

void StepLog::begin() {
    if (m_steps.empty()) m_begun = Clock::now();
}

void StepLog::add(MadeStep step) {
    m_steps.push_back(std::move(step));
}

bool StepLog::due() const {
    return m_steps.size() >= kMostSteps ||
           std::chrono::duration<double>(Clock::now() - m_begun).count() >= kMostSeconds;
}

std::vector<MadeStep> StepLog::read() {
    std::vector<MadeStep> steps = std::exchange(m_steps, {});
    std::vector<Tensor> waiting;
    bool onDevice = false;
    for (const MadeStep& step : steps) {
        onDevice = onDevice || step.onDevice.defined();
        for (const Tensor& part : {step.onDevice, step.labelLosses})
            if (part.defined()) waiting.push_back(part.to(at::kDouble));
    }
    if (waiting.empty()) return steps;
    const Tensor figures = at::cat(waiting).to(at::kCPU);
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begun).count();
    const auto* next = figures.data_ptr<double>();
    for (MadeStep& step : steps) {
        if (step.onDevice.defined()) {
            step.loss = next[0];
            step.gradientNorm = next[1];
            step.lossScale = next[2];
            next += 3;
            step.onDevice = Tensor();
        }
        if (step.labelLosses.defined()) {
            fillLosses(step.rows, next);
            next += step.labelLosses.numel();
            step.labelLosses = Tensor();
        }
        if (onDevice) step.seconds = seconds / static_cast<double>(steps.size());
    }
    return steps;
}

}  // namespace studio
