// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/progress.h"

namespace studio {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
/// Evaluation has no gradients to hold, so that it takes more tokens at once than a training batch needs.
constexpr std::int64_t kEvaluationTokens = 8192;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string listRows(const std::vector<std::int64_t>& rows) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 8); ++i)
        text += (i ? ", " : "") + std::to_string(rows[i]);
    return rows.size() > 8 ? text + " and " + std::to_string(rows.size() - 8) + " more" : text;
}

}  // namespace

Trainer::Trainer(Decoder& model, const std::vector<Example>& train, const std::vector<Example>& validation,
                 const TrainSettings& settings, TrainerObserver& observer)
    : m_model(model),
      m_settings(settings),
      m_observer(observer),
      m_sampler(train, settings.batchRows, static_cast<std::uint64_t>(settings.seed)),
      m_evaluator(validation, kEvaluationTokens),
      m_optimizer(model.arena(), {settings.beta1, settings.beta2, settings.epsilon, settings.weightDecay}),
      m_plan(planSteps(settings, m_sampler.batchesPerEpoch())) {
    m_model.prepareTraining();
}

TrainerResult Trainer::run(const std::stop_token& stop) {
    m_started = Clock::now();
    m_result.firstEvalLoss = m_result.lastEvalLoss = m_result.lastLoss = kNone;
    try {
        m_result.firstEvalLoss = evaluate(stop);
        report(0, {kNone, kNone, 0, {}}, kNone, m_result.firstEvalLoss);
        for (std::int64_t step = 1; step <= m_plan.totalSteps; ++step) {
            throwIfStopped(stop);
            const auto begun = Clock::now();
            const StepFigures figures = accumulateGradients(stop);
            checkFinite(figures, step);
            const double learningRate = learningRateAt(m_settings, m_plan, step);
            m_optimizer.step(learningRate, clipScale(figures.gradientNorm, m_settings.clipNorm));
            m_result.steps = step;
            m_result.lastLoss = figures.loss;
            m_tokens += figures.tokens;
            const double seconds = secondsSince(begun);
            m_trainSeconds += seconds;
            m_recent.add(figures.tokens, seconds);
            const bool evaluates = step % m_plan.evaluateEvery == 0 || step == m_plan.totalSteps;
            report(step, figures, learningRate,
                   evaluates ? evaluationOf(step, figures, learningRate, stop) : kNone);
        }
    } catch (const Cancelled&) {
        m_optimizer.zeroGradients();
        m_result.stoppedEarly = true;
    }
    m_result.seconds = secondsSince(m_started);
    m_result.tokensPerSecond = m_trainSeconds > 0.0 ? static_cast<double>(m_tokens) / m_trainSeconds : 0.0;
    return m_result;
}

Trainer::StepFigures Trainer::accumulateGradients(const std::stop_token& stop) {
    // The step's mean is over all its labels, so the count must be known before the first backward pass.
    std::vector<PackedBatch> batches;
    std::int64_t labels = 0;
    for (std::int64_t i = 0; i < m_settings.accumulation; ++i) {
        batches.push_back(m_sampler.next());
        labels += batches.back().labelCount;
    }
    StepFigures figures;
    for (const PackedBatch& batch : batches) {
        throwIfStopped(stop);
        const double share = 1.0 / static_cast<double>(labels);
        const Tensor sum = m_model.accumulateGradients(toDevice(batch, m_model.compute()), {share, 0.0});
        figures.loss += sum.item<double>() * share;
        figures.tokens += static_cast<std::int64_t>(batch.ids.size());
        figures.rowIds.insert(figures.rowIds.end(), batch.rowIds.begin(), batch.rowIds.end());
    }
    figures.gradientNorm = m_optimizer.gradientNorm();
    return figures;
}

void Trainer::checkFinite(const StepFigures& figures, std::int64_t step) const {
    if (std::isfinite(figures.loss) && std::isfinite(figures.gradientNorm)) return;
    const std::string what = std::isfinite(figures.loss) ? "gradient" : "loss";
    throw Error(ErrorCode::LossNotFinite,
                "The " + what + " is not a finite number at step " + std::to_string(step) + " (rows " +
                    listRows(figures.rowIds) + ").",
                step == 1
                    ? "Check the base model with \"finetune model info --check\": its weights may be damaged."
                    : "Train again with a lower learning rate, a longer warm-up, or gradient clipping at 1.",
                {std::to_string(step), listRows(figures.rowIds)});
}

// A stop may come within the evaluation: the step before it was made, so it is told before the stop goes on.
double Trainer::evaluationOf(std::int64_t step, const StepFigures& figures, double learningRate,
                             const std::stop_token& stop) {
    try {
        return evaluate(stop);
    } catch (const Cancelled&) {
        report(step, figures, learningRate, kNone);
        throw;
    }
}

double Trainer::evaluate(const std::stop_token& stop) {
    if (!m_evaluator.hasRows()) return kNone;
    m_observer.onStage("evaluating");
    const auto begun = Clock::now();
    const double loss = m_evaluator.meanLoss(m_model, stop);
    m_evalSeconds += secondsSince(begun);
    ++m_evaluations;
    m_result.lastEvalLoss = loss;
    m_observer.onStage("training");
    return loss;
}

void Trainer::report(std::int64_t step, const StepFigures& figures, double learningRate, double evalLoss) {
    MetricsLine line;
    line.step = step;
    line.epoch = step == 0 ? 0.0 : m_sampler.epochsDone();
    line.loss = figures.loss;
    line.evalLoss = evalLoss;
    line.learningRate = learningRate;
    line.gradNorm = figures.gradientNorm;
    line.tokens = m_tokens;
    line.tokensPerSecond = step > 0 ? m_recent.perSecond() : kNone;
    line.memoryBytes = residentBytes();
    line.seconds = secondsSince(m_started);
    m_observer.onMetrics(line, secondsLeft(step));
}

double Trainer::secondsLeft(std::int64_t step) const {
    if (step == 0) return kNone;
    const double steps =
        m_trainSeconds / static_cast<double>(step) * static_cast<double>(m_plan.totalSteps - step);
    if (m_evaluations == 0) return steps;
    const std::int64_t evaluationsLeft =
        (m_plan.totalSteps - step + m_plan.evaluateEvery - 1) / m_plan.evaluateEvery;
    return steps + m_evalSeconds / static_cast<double>(m_evaluations) * static_cast<double>(evaluationsLeft);
}

}  // namespace studio
