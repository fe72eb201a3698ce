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
    readRows(steps);
    std::vector<Tensor> waiting;
    for (const MadeStep& step : steps) {
        if (step.onDevice.defined()) waiting.push_back(step.onDevice);
    }
    if (waiting.empty()) return steps;
    const Tensor figures = at::stack(waiting).to(at::kCPU);  // [steps, 3]
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begun).count();
    const auto* row = figures.data_ptr<double>();
    for (MadeStep& step : steps) {
        if (!step.onDevice.defined()) continue;
        step.loss = row[0];
        step.gradientNorm = row[1];
        step.lossScale = row[2];
        step.seconds = seconds / static_cast<double>(steps.size());
        step.onDevice = Tensor();
        row += 3;
    }
    return steps;
}

void StepLog::readRows(std::vector<MadeStep>& steps) {
    std::vector<Tensor> waiting;
    for (const MadeStep& step : steps)
        if (step.labelLosses.defined()) waiting.push_back(step.labelLosses);
    if (waiting.empty()) return;
    const Tensor all = (waiting.size() == 1 ? waiting.front() : at::cat(waiting)).to(at::kCPU);
    const float* losses = all.data_ptr<float>();
    for (MadeStep& step : steps) {
        if (!step.labelLosses.defined()) continue;
        fillLosses(step.rows, losses);
        losses += step.labelLosses.numel();
        step.labelLosses = Tensor();
    }
}

}  // namespace studio
