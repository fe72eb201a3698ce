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
/// Gradients that overflow without any scaling are those of a training that diverged.
constexpr double kLeastLossScale = 1.0;

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
    if (model.compute().lossScaling) m_scaler.emplace(model.compute().device);
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
    m_optimizer.setSteps(m_state.optimizerSteps);
    if (m_scaler && m_state.lossScale > 0.0) m_scaler->restore({m_state.lossScale, m_state.goodSteps});
    m_sampler.goTo(m_state.epoch, m_state.position);
    return true;
}

TrainerResult Trainer::run(const std::stop_token& stop) {
    m_started = m_checkpointTime = Clock::now();
    bool stopped = false;
    try {
        // A stop may have come between a step and its evaluation, which is then made first.
        if (evaluatesAt(m_state.step) && m_state.evaluatedStep != m_state.step) {
            MadeStep before;
            before.step = m_state.step;
            before.epoch = m_state.step == 0 ? 0.0 : m_sampler.epochsDone();
            before.tokensSoFar = m_state.tokens;
            reportWithEvaluation(before, stop);
        }
        for (std::int64_t step = m_state.step + 1; step <= m_plan.totalSteps; ++step) {
            throwIfStopped(stop);
            trainStep(step, stop);
            saveCheckpointIfDue();
        }
    } catch (const Cancelled&) {
        m_optimizer.zeroGradients();
        stopped = true;
        tellSteps();
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
    m_log.begin();
    auto [made, loss] = accumulateGradients(stop);
    made.step = step;
    made.learningRate = learningRateAt(m_settings, m_plan, step);
    update(made, loss);
    // From here on the step is made, whatever happens.
    m_state.step = step;
    m_state.epoch = m_sampler.epoch();
    m_state.position = m_sampler.position();
    m_state.tokens += made.tokens;
    made.epoch = m_sampler.epochsDone();
    made.tokensSoFar = m_state.tokens;
    made.seconds = secondsSince(begun);
    m_log.add(std::move(made));
    if (evaluatesAt(step))
        reportWithEvaluation(*tellSteps(/*keepLast=*/true), stop);
    else if (!m_model.compute().readingWaits() || m_log.due())
        tellSteps();
}

// On the CPU a number is there as soon as it is computed: nothing is updated with what is not finite.
// Elsewhere the device itself leaves such a step out, and the host hears of it when it reads.
void Trainer::update(MadeStep& made, const Tensor& loss) {
    if (!m_model.compute().readingWaits()) {
        made.loss = loss.item<double>();
        made.gradientNorm = m_optimizer.gradientNorm();
        checkFinite(made);
        m_optimizer.step(made.learningRate, clipScale(made.gradientNorm, m_settings.clipNorm));
        return;
    }
    const Tensor lossScale = m_scaler ? m_scaler->scale() : Tensor();
    const GradientFigures figures =
        figuresOnDevice(m_model.arena().gradients(), m_settings.clipNorm, lossScale);
    made.onDevice =
        at::stack({loss, figures.norm, m_scaler ? lossScale.to(at::kDouble) : at::ones_like(loss)});
    m_optimizer.step(made.learningRate, figures.scale);
    if (m_scaler) m_scaler->update(figures.scale.notFinite);
}

std::optional<MadeStep> Trainer::tellSteps(bool keepLast) {
    std::vector<MadeStep> steps = m_log.read();
    for (MadeStep& made : steps) {
        if (m_model.compute().readingWaits()) checkFinite(made);
        m_state.lastLoss = made.loss;
        m_state.trainSeconds += made.seconds;
        m_recent.add(made.tokens, made.seconds);
        if (keepLast && &made == &steps.back()) return std::move(made);
        report(made, kNone);
    }
    return std::nullopt;
}

bool Trainer::evaluatesAt(std::int64_t step) const {
    return step % m_plan.evaluateEvery == 0 || step == m_plan.totalSteps;
}

void Trainer::saveCheckpointIfDue() {
    if (!m_checkpoints || m_state.step == m_plan.totalSteps) return;  // the end is saved as a model
    const bool due = m_settings.checkpointEvery > 0 ? m_state.step % m_settings.checkpointEvery == 0
                                                    : secondsSince(m_checkpointTime) >= kCheckpointSeconds;
    if (!due) return;
    tellSteps();
    saveCheckpoint();
    m_observer.onStage("training");
}

void Trainer::saveCheckpoint() {
    m_observer.onStage("saving");
    m_state.seconds = elapsed();
    m_state.optimizerSteps = m_optimizer.steps();
    if (m_scaler) {
        const LossScaler::State scaling = m_scaler->state();
        m_state.lossScale = scaling.scale;
        m_state.goodSteps = scaling.goodSteps;
    }
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

std::pair<MadeStep, Tensor> Trainer::accumulateGradients(const std::stop_token& stop) {
    // The step's mean is over all its labels, so the count must be known before the first backward pass.
    std::vector<PackedBatch> batches;
    std::int64_t labels = 0;
    for (std::int64_t i = 0; i < m_settings.accumulation; ++i) {
        batches.push_back(m_sampler.next());
        labels += batches.back().labelCount;
    }
    const double share = 1.0 / static_cast<double>(labels);
    const Tensor lossScale = m_scaler ? m_scaler->scale() : Tensor();
    MadeStep made;
    Tensor loss;
    for (const PackedBatch& batch : batches) {
        throwIfStopped(stop);
        const Tensor losses =
            m_model.accumulateGradients(toDevice(batch, m_model.compute()), {share, 0.0, {}}, lossScale);
        const Tensor part = losses.sum(at::kDouble) * share;
        loss = loss.defined() ? loss + part : part;
        made.tokens += static_cast<std::int64_t>(batch.ids.size());
        made.rowIds.insert(made.rowIds.end(), batch.rowIds.begin(), batch.rowIds.end());
    }
    return {std::move(made), loss};
}

void Trainer::checkFinite(const MadeStep& made) const {
    // Loss scaling looks for its scale by trying: gradients that overflow are no fault while it can go down.
    const bool searching = m_scaler && made.lossScale > kLeastLossScale;
    if (std::isfinite(made.loss) && (std::isfinite(made.gradientNorm) || searching)) return;
    const std::string what = std::isfinite(made.loss) ? "gradient" : "loss";
    throw Error(ErrorCode::LossNotFinite,
                "The " + what + " is not a finite number at step " + std::to_string(made.step) + " (rows " +
                    listRows(made.rowIds) + ").",
                made.step == 1
                    ? "Check the base model with \"finetune model info --check\": its weights may be damaged."
                    : "Train again with a lower learning rate, a longer warm-up, or gradient clipping at 1.",
                {std::to_string(made.step), listRows(made.rowIds)});
}

// A stop may come within the evaluation: the step before it was made, so it is told before the stop goes on.
void Trainer::reportWithEvaluation(const MadeStep& made, const std::stop_token& stop) {
    double loss = kNone;
    try {
        loss = evaluate(stop);
    } catch (const Cancelled&) {
        if (made.step > 0) report(made, kNone);
        throw;
    }
    if (made.step == 0) m_state.firstEvalLoss = loss;
    m_state.evaluatedStep = made.step;
    report(made, loss);
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

void Trainer::report(const MadeStep& made, double evalLoss) {
    MetricsLine line;
    line.step = made.step;
    line.epoch = made.epoch;
    line.loss = made.loss;
    line.evalLoss = evalLoss;
    line.learningRate = made.learningRate;
    line.gradNorm = made.gradientNorm;
    line.tokens = made.tokensSoFar;
    line.tokensPerSecond = made.step > 0 ? m_recent.perSecond() : kNone;
    line.memoryBytes = residentBytes();
    line.seconds = elapsed();
    m_observer.onMetrics(line, secondsLeft(made.step));
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
