// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/train/number_text.h"

namespace studio {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
/// Gradients that overflow without any scaling are those of a training that diverged.
constexpr double kLeastLossScale = 1.0;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

RunShape shapeOf(const StepPlan& plan, const TrainSettings& settings, const TrainerRows& rows,
                 const BatchSampler& sampler, std::int64_t parameters) {
    RunShape shape;
    shape.plan = plan;
    shape.sampleEvery = settings.sampleEvery;
    shape.evaluates = !rows.validation.empty();
    shape.modelBytes = 4 * static_cast<std::uint64_t>(parameters);
    std::int64_t tokens = 0;
    for (const Example& row : rows.train) tokens += static_cast<std::int64_t>(row.ids.size());
    // With a mixture the rows that come more often are taken to be as long as the others.
    const auto share = static_cast<double>(sampler.rowsPerEpoch()) / static_cast<double>(rows.train.size());
    shape.tokensPerStep = static_cast<double>(tokens) * share / plan.stepsPerEpoch;
    return shape;
}

std::string listRows(const std::vector<RowLoss>& rows) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 8); ++i)
        text += (i ? ", " : "") + std::to_string(rows[i].rowId);
    return rows.size() > 8 ? text + " and " + std::to_string(rows.size() - 8) + " more" : text;
}

std::string adviceWhenNotFinite(std::int64_t step, std::int64_t checkpointStep) {
    if (step == 1)
        return "Check the base model with \"finetune model info --check\": its weights may be damaged.";
    const std::string anew =
        "Train again with a lower learning rate, a longer warm-up, or gradient clipping at 1";
    if (checkpointStep == 0) return anew + ".";
    return anew + "; or go on from step " + std::to_string(checkpointStep) +
           " with a lower rate: --resume --set learning_rate=…";
}

}  // namespace

Trainer::Trainer(Decoder& model, const TrainerRows& rows, const TrainSettings& settings,
                 TrainerObserver& observer)
    : m_model(model),
      m_settings(settings),
      m_observer(observer),
      m_sampler(rows.train, settings.batchRows, static_cast<std::uint64_t>(settings.seed), rows.mixture),
      m_gradients(model, m_sampler, m_settings),
      m_evaluator(rows.validation, kEvaluationTokens),
      m_optimizer(makeOptimizer(model.arena(), settings)),
      m_plan(planSteps(settings, m_sampler.batchesPerEpoch())),
      m_rates(settings.learningRate),
      m_timeLeft(shapeOf(m_plan, settings, rows, m_sampler, model.parameterCount())) {
    m_model.prepareTraining();
    m_model.setRecomputing(settings.gradientCheckpointing);
    if (model.compute().lossScaling) m_scaler.emplace(model.compute().device);
    m_state.firstEvalLoss = m_state.lastEvalLoss = m_state.bestEvalLoss = m_state.lastLoss = kNone;
}

void Trainer::keepCheckpoints(CheckpointStore& store) {
    m_checkpoints = &store;
    m_timeLeft.expectCheckpoints(m_settings.checkpointEvery, checkpointBytes());
}

TrainingTensors Trainer::tensors() {
    return {m_model.arena().values(), m_optimizer->state()};
}

bool Trainer::resume(const std::function<void(const std::string&)>& skipped) {
    const auto state = m_checkpoints->loadNewest(tensors(), skipped);
    if (!state) return false;
    m_state = *state;
    m_checkpointStep = m_state.step;
    m_checkpointRate = m_state.learningRate;
    m_checkpointBestStep = m_state.bestStep;
    m_secondsBefore = m_state.seconds;
    m_model.weightsChanged();
    m_optimizer->setSteps(m_state.optimizerSteps);
    if (m_scaler && m_state.lossScale > 0.0) m_scaler->restore({m_state.lossScale, m_state.goodSteps});
    m_sampler.goTo(m_state.epoch, m_state.position);
    restoreRate();
    m_timeLeft.restore(m_state);
    return true;
}

void Trainer::setRateChanges(std::vector<RateChange> changes) {
    m_rates = PeakRates(m_rates.first(), std::move(changes));
}

// The list of changes decides. The checkpoint knows a rate that the list does not have where run.json could
// not be written, or was written before it had the list.
void Trainer::restoreRate() {
    const double saved = m_state.learningRate;
    if (saved <= 0.0 || saved == m_rates.at(m_state.step) || saved == m_rates.at(m_state.step + 1)) return;
    m_rates.change(m_state.step + 1, saved);
}

TrainerResult Trainer::run(const std::stop_token& stop) {
    m_started = m_checkpointTime = Clock::now();
    try {
        trainSteps(stop);
        m_observer.settleEnd(false);
        return result(patienceIsOver() && m_state.step < m_plan.totalSteps ? TrainerResult::End::Patience
                                                                           : TrainerResult::End::Plan);
    } catch (const Cancelled&) {
        m_optimizer->zeroGradients();
        tellSteps();
        m_discarded = m_discarded || m_discard.stop_requested();
        // What is handed over goes on: others may ask it again there.
        if (m_discarded || !m_handedOver) m_discarded = m_observer.settleEnd(m_discarded);
        if (!m_discarded) {
            keepState();
            tellUnusedRate();
        }
        return result(TrainerResult::End::Stop);
    }
}

void Trainer::trainSteps(const std::stop_token& stop) {
    evaluateIfMissed(stop);
    // As the evaluation, the answers of a step may have been missed.
    if (m_state.sampledStep < m_state.step) sampleIfDue();
    for (std::int64_t step = m_state.step + 1; step <= m_plan.totalSteps && !patienceIsOver(); ++step) {
        throwIfStopped(stop);
        obey(stop);
        trainStep(step, stop);
        sampleIfDue();
        saveCheckpointIfDue();
    }
}

// A stop may have come between a step and its evaluation, which is then made first.
void Trainer::evaluateIfMissed(const std::stop_token& stop) {
    if (!evaluatesAt(m_state.step) || m_state.evaluatedStep == m_state.step) return;
    MadeStep before;
    before.step = m_state.step;
    before.epoch = m_state.step == 0 ? 0.0 : m_sampler.epochsDone();
    before.tokensSoFar = m_state.tokens;
    reportWithEvaluation(before, stop);
}

TrainerResult Trainer::result(TrainerResult::End end) {
    TrainerResult result;
    result.end = end;
    result.discarded = m_discarded;
    result.handedOver = m_handedOver;
    result.steps = m_state.step;
    result.keptStep = takeBest();
    result.firstEvalLoss = m_state.firstEvalLoss;
    result.lastEvalLoss = m_state.lastEvalLoss;
    result.bestEvalLoss = m_state.bestEvalLoss;
    result.lastLoss = m_state.lastLoss;
    result.seconds = elapsed();
    result.tokensPerSecond =
        m_state.trainSeconds > 0.0 ? static_cast<double>(m_state.tokens) / m_state.trainSeconds : 0.0;
    return result;
}

void Trainer::trainStep(std::int64_t step, const std::stop_token& stop) {
    const auto begun = Clock::now();
    m_log.begin();
    auto [made, loss] = m_gradients.compute(step, m_scaler ? m_scaler->scale() : Tensor(), stop);
    made.step = step;
    m_settings.learningRate = m_askedRate.value_or(m_rates.at(step));
    made.learningRate = learningRateAt(m_settings, m_plan, step);
    update(made, loss);
    // From here on the step is made, whatever happens.
    m_state.step = step;
    m_state.epoch = m_sampler.epoch();
    m_state.position = m_sampler.position();
    m_state.tokens += made.tokens;
    useAskedRate();
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
        made.gradientNorm = m_optimizer->gradientNorm();
        checkFinite(made);
        m_optimizer->step(made.learningRate, clipScale(made.gradientNorm, m_settings.clipNorm));
        return;
    }
    const Tensor lossScale = m_scaler ? m_scaler->scale() : Tensor();
    const GradientFigures figures =
        figuresOnDevice(m_model.arena().gradients(), m_settings.clipNorm, lossScale);
    made.onDevice =
        at::stack({loss, figures.norm, m_scaler ? lossScale.to(at::kDouble) : at::ones_like(loss)});
    m_optimizer->step(made.learningRate, figures.scale);
    if (m_scaler) m_scaler->update(figures.scale.notFinite);
}

std::optional<MadeStep> Trainer::tellSteps(bool keepLast) {
    std::vector<MadeStep> steps = m_log.read();
    for (MadeStep& made : steps) {
        if (m_model.compute().readingWaits()) checkFinite(made);
        m_state.lastLoss = made.loss;
        m_state.trainSeconds += made.seconds;
        m_recent.add(made.tokens, made.seconds);
        m_timeLeft.addStep(made.tokens, made.seconds);
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
    const bool due = m_settings.checkpointEvery > 0
                         ? m_state.step % m_settings.checkpointEvery == 0
                         : secondsSince(m_checkpointTime) >= kSecondsBetweenCheckpoints;
    if (!due) return;
    tellSteps();
    saveCheckpoint();
    m_observer.onStage("training");
}

std::int64_t Trainer::keepState() {
    const at::NoGradGuard noGrad;
    // A checkpoint is of the last step, whatever weights the model has been given since.
    if (m_lastValues.defined()) Tensor(m_model.arena().values()).copy_(m_lastValues);
    const bool lacksRate = m_askedRate && m_state.step > 0 && m_checkpointRate != m_state.learningRate;
    if (m_checkpoints && (m_state.step > m_checkpointStep || lacksRate)) saveCheckpoint();
    return m_checkpointStep;
}

void Trainer::saveCheckpoint() {
    m_observer.onStage("saving");
    m_state.seconds = elapsed();
    m_state.optimizerSteps = m_optimizer->steps();
    if (m_scaler) {
        const LossScaler::State scaling = m_scaler->state();
        m_state.lossScale = scaling.scale;
        m_state.goodSteps = scaling.goodSteps;
    }
    m_checkpointTime = Clock::now();
    try {
        translateTorchErrors("saving a checkpoint", [&] { m_checkpoints->save(m_state, tensors()); });
        m_checkpointBestStep = m_state.bestStep;
        m_checkpointStep = m_state.step;
        m_checkpointRate = m_state.learningRate;
        m_timeLeft.addCheckpoint(secondsSince(m_checkpointTime));
    } catch (const Error& problem) {
        m_observer.onCheckpointFailed(problem.what());
    }
}

double Trainer::elapsed() const {
    return m_secondsBefore + secondsSince(m_started);
}

void Trainer::checkFinite(const MadeStep& made) const {
    // Loss scaling looks for its scale by trying: gradients that overflow are no fault while it can go down.
    const bool searching = m_scaler && made.lossScale > kLeastLossScale;
    if (std::isfinite(made.loss) && (std::isfinite(made.gradientNorm) || searching)) return;
    const std::string what = std::isfinite(made.loss) ? "gradient" : "loss";
    throw Error(ErrorCode::LossNotFinite,
                "The " + what + " is not a finite number at step " + std::to_string(made.step) + " (rows " +
                    listRows(made.rows) + ").",
                adviceWhenNotFinite(made.step, m_checkpointStep),
                {std::to_string(made.step), listRows(made.rows)});
}

// A stop may come within the evaluation: the step before it was made, so it is told before the stop goes on.
void Trainer::reportWithEvaluation(const MadeStep& made, const std::stop_token& stop) {
    double loss = kNone;
    try {
        loss = evaluate(made.step, stop);
    } catch (const Cancelled&) {
        if (made.step > 0) report(made, kNone);
        throw;
    }
    if (made.step == 0) m_state.firstEvalLoss = loss;
    m_state.evaluatedStep = made.step;
    report(made, loss);
}

double Trainer::evaluate(std::int64_t step, const std::stop_token& stop) {
    if (!m_evaluator.hasRows()) return kNone;
    m_observer.onStage("evaluating");
    const auto begun = Clock::now();
    const Evaluator::Result found = m_evaluator.evaluate(m_model, stop);
    m_state.lastEvalLoss = found.meanLoss;
    m_observer.onEvaluatedRows({step, found.rows});
    noteBest(step, found.meanLoss);
    const double seconds = secondsSince(begun);  // with what it costs to keep the best
    m_state.evalSeconds += seconds;
    ++m_state.evaluations;
    m_timeLeft.addEvaluation(seconds);
    m_observer.onStage("training");
    return found.meanLoss;
}

// The model before its first step is what others must be better than; its weights need no keeping.
void Trainer::noteBest(std::int64_t step, double loss) {
    if (!std::isfinite(loss) || (std::isfinite(m_state.bestEvalLoss) && loss >= m_state.bestEvalLoss)) {
        ++m_state.evaluationsSinceBest;
        return;
    }
    m_state.evaluationsSinceBest = 0;
    if (step > 0 && m_settings.keepBest && m_best) {
        try {
            // A run that goes on from the last checkpoint may still want the best one known there.
            m_best->save(step, m_model.arena().values(), m_checkpointBestStep);
        } catch (const Error& problem) {
            noteBestLost(problem);
            return;
        }
    }
    m_state.bestStep = step;
    m_state.bestEvalLoss = loss;
}

void Trainer::noteBestLost(const Error& problem) {
    m_observer.onNote(
        "best_lost",
        "The best weights cannot be kept, so the last ones count: " + std::string(problem.what()),
        {problem.cause()});
}

bool Trainer::patienceIsOver() const {
    return m_settings.patience > 0 && m_state.evaluationsSinceBest >= m_settings.patience;
}

/// The best weights become the model's, if they are to be kept and are not the last ones. Returns their step.
std::int64_t Trainer::takeBest() {
    const bool wanted =
        m_settings.keepBest && m_best && m_state.bestStep > 0 && !m_discarded && !m_handedOver;
    if (!wanted || m_state.bestStep == m_state.step) return m_state.step;
    const Tensor last = m_model.arena().values().detach().clone();
    try {
        if (!m_best->load(m_state.bestStep, m_model.arena().values())) return m_state.step;
    } catch (const Error& problem) {
        noteBestLost(problem);
        return m_state.step;
    }
    m_lastValues = last;
    m_model.weightsChanged();
    const std::string step = std::to_string(m_state.bestStep), loss = fourDigits(m_state.bestEvalLoss);
    m_observer.onNote("best_kept", "The model of step " + step + " is kept: evaluation loss " + loss + ".",
                      {step, loss});
    return m_state.bestStep;
}

void Trainer::sampleIfDue() {
    const std::int64_t every = m_settings.sampleEvery;
    if (every <= 0 || (m_state.step % every != 0 && m_state.step != m_plan.totalSteps)) return;
    m_observer.onStage("sampling");
    const auto begun = Clock::now();
    tellSteps();
    m_observer.onSampleDue(m_state.step);
    const double seconds = secondsSince(begun);
    m_state.sampleSeconds += seconds;
    ++m_state.samples;
    m_state.sampledStep = m_state.step;
    m_timeLeft.addSample(seconds);
    m_observer.onStage("training");
}

void Trainer::setLearningRate(double peak) {
    m_rates.change(m_state.step + 1, peak);
    m_state.learningRate = peak;
    m_observer.onPeakRates(m_rates);
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
    line.memoryBytes = usedBytes(m_model.compute().device);
    line.seconds = elapsed();
    if (!made.rows.empty()) m_observer.onRows({made.step, made.rows});
    m_observer.onMetrics(line, m_timeLeft.after(made.step));
}

}  // namespace studio
