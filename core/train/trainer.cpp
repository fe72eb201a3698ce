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
/// How much of a long run may be lost to a power cut.
constexpr double kCheckpointSeconds = 300.0;

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
    m_state.firstEvalLoss = m_state.lastEvalLoss = m_state.lastLoss = kNone;
}

TrainingTensors Trainer::tensors() {
    return {m_model.arena().values(), m_optimizer.means(), m_optimizer.variances()};
}

bool Trainer::resume(const std::function<void(const std::string&)>& skipped) {
    const auto state = m_checkpoints->loadNewest(tensors(), skipped);
    if (!state) return false;
    m_state = *state;
    m_checkpointStep = m_state.step;
    m_secondsBefore = m_state.seconds;
    m_model.weightsChanged();
    m_optimizer.setSteps(m_state.step);
    m_sampler.goTo(m_state.epoch, m_state.position);
    return true;
}

TrainerResult Trainer::run(const std::stop_token& stop) {
    m_started = m_checkpointTime = Clock::now();
    bool stopped = false;
    try {
        // A stop may have come between a step and its evaluation, which is then made first.
        if (evaluatesAt(m_state.step) && m_state.evaluatedStep != m_state.step)
            reportWithEvaluation(m_state.step, {kNone, kNone, 0, {}}, kNone, stop);
        for (std::int64_t step = m_state.step + 1; step <= m_plan.totalSteps; ++step) {
            throwIfStopped(stop);
            trainStep(step, stop);
            saveCheckpointIfDue();
        }
    } catch (const Cancelled&) {
        m_optimizer.zeroGradients();
        stopped = true;
        if (m_checkpoints && m_state.step > m_checkpointStep) saveCheckpoint();
    }
    TrainerResult result;
    result.steps = m_state.step;
    result.firstEvalLoss = m_state.firstEvalLoss;
    result.lastEvalLoss = m_state.lastEvalLoss;
    result.lastLoss = m_state.lastLoss;
    result.seconds = elapsed();
    result.tokensPerSecond =
        m_state.trainSeconds > 0.0 ? static_cast<double>(m_state.tokens) / m_state.trainSeconds : 0.0;
    result.stoppedEarly = stopped;
    return result;
}

void Trainer::trainStep(std::int64_t step, const std::stop_token& stop) {
    const auto begun = Clock::now();
    const StepFigures figures = accumulateGradients(stop);
    checkFinite(figures, step);
    const double learningRate = learningRateAt(m_settings, m_plan, step);
    m_optimizer.step(learningRate, clipScale(figures.gradientNorm, m_settings.clipNorm));
    // From here on the step is made, whatever happens.
    m_state.step = step;
    m_state.epoch = m_sampler.epoch();
    m_state.position = m_sampler.position();
    m_state.lastLoss = figures.loss;
    m_state.tokens += figures.tokens;
    const double seconds = secondsSince(begun);
    m_state.trainSeconds += seconds;
    m_recent.add(figures.tokens, seconds);
    if (evaluatesAt(step))
        reportWithEvaluation(step, figures, learningRate, stop);
    else
        report(step, figures, learningRate, kNone);
}

bool Trainer::evaluatesAt(std::int64_t step) const {
    return step % m_plan.evaluateEvery == 0 || step == m_plan.totalSteps;
}

void Trainer::saveCheckpointIfDue() {
    if (!m_checkpoints || m_state.step == m_plan.totalSteps) return;  // the end is saved as a model
    const bool due = m_settings.checkpointEvery > 0 ? m_state.step % m_settings.checkpointEvery == 0
                                                    : secondsSince(m_checkpointTime) >= kCheckpointSeconds;
    if (!due) return;
    saveCheckpoint();
    m_observer.onStage("training");
}

void Trainer::saveCheckpoint() {
    m_observer.onStage("saving");
    m_state.seconds = elapsed();
    m_checkpointTime = Clock::now();
    try {
        m_checkpoints->save(m_state, tensors());
        m_checkpointStep = m_state.step;
    } catch (const Error& problem) {
        m_observer.onCheckpointFailed(problem.what());
    }
}

double Trainer::elapsed() const {
    return m_secondsBefore + secondsSince(m_started);
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
        const Tensor losses =
            m_model.accumulateGradients(toDevice(batch, m_model.compute()), {share, 0.0, {}});
        figures.loss += losses.sum(at::kDouble).item<double>() * share;
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
void Trainer::reportWithEvaluation(std::int64_t step, const StepFigures& figures, double learningRate,
                                   const std::stop_token& stop) {
    double loss = kNone;
    try {
        loss = evaluate(stop);
    } catch (const Cancelled&) {
        if (step > 0) report(step, figures, learningRate, kNone);
        throw;
    }
    if (step == 0) m_state.firstEvalLoss = loss;
    m_state.evaluatedStep = step;
    report(step, figures, learningRate, loss);
}

double Trainer::evaluate(const std::stop_token& stop) {
    if (!m_evaluator.hasRows()) return kNone;
    m_observer.onStage("evaluating");
    const auto begun = Clock::now();
    const double loss = m_evaluator.meanLoss(m_model, stop);
    m_state.evalSeconds += secondsSince(begun);
    ++m_state.evaluations;
    m_state.lastEvalLoss = loss;
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
    line.tokens = m_state.tokens;
    line.tokensPerSecond = step > 0 ? m_recent.perSecond() : kNone;
    line.memoryBytes = residentBytes();
    line.seconds = elapsed();
    m_observer.onMetrics(line, secondsLeft(step));
}

double Trainer::secondsLeft(std::int64_t step) const {
    if (step == 0) return kNone;
    const double steps =
        m_state.trainSeconds / static_cast<double>(step) * static_cast<double>(m_plan.totalSteps - step);
    if (m_state.evaluations == 0) return steps;
    const std::int64_t evaluationsLeft =
        (m_plan.totalSteps - step + m_plan.evaluateEvery - 1) / m_plan.evaluateEvery;
    return steps + m_state.evalSeconds / static_cast<double>(m_state.evaluations) *
                       static_cast<double>(evaluationsLeft);
}

}  // namespace studio
