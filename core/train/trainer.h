// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/checkpoint/best_weights.h"
#include "core/checkpoint/training_checkpoint.h"
#include "core/config/schedule.h"
#include "core/config/settings.h"
#include "core/data/batch.h"
#include "core/model/decoder.h"
#include "core/storage/row_losses.h"
#include "core/storage/run_control.h"
#include "core/storage/run_folder.h"
#include "core/train/evaluator.h"
#include "core/train/optimizer.h"
#include "core/train/recent_rate.h"
#include "core/train/step_gradients.h"
#include "core/train/step_log.h"
#include "core/train/time_left.h"

namespace studio {

/// Hears of every step, on the trainer's thread: on the CPU at once, on other devices of some together, when
/// their figures are read.
class TrainerObserver {
public:
    virtual ~TrainerObserver() = default;
    /// "training", "evaluating", "sampling", "saving" or "paused".
    virtual void onStage(const std::string& stage) = 0;
    virtual void onMetrics(const MetricsLine& line, double secondsLeft) = 0;
    /// The rows of a step; the line of the same step follows.
    virtual void onRows(const StepRows& rows) { static_cast<void>(rows); }
    /// The rows of an evaluation.
    virtual void onEvaluatedRows(const StepRows& rows) { static_cast<void>(rows); }
    /// The model is to answer the run's fixed prompts now. May throw Cancelled.
    virtual void onSampleDue(std::int64_t step) { static_cast<void>(step); }
    /// The training goes on; older checkpoints stay.
    virtual void onCheckpointFailed(const std::string& problem) { static_cast<void>(problem); }
    /// Something that people should read, by a stable name; see ui/text/rule_texts.
    virtual void onNote(const std::string& rule, const std::string& message, std::vector<std::string> args) {
        static_cast<void>(rule), static_cast<void>(message), static_cast<void>(args);
    }
    /// The peak learning rate was changed; the rates of the whole run.
    virtual void onPeakRates(const PeakRates& rates) { static_cast<void>(rates); }
    /// What is asked of the run; called between steps.
    virtual RunControl control() { return {}; }
    /// The training ends, and what it has learned is to be thrown away if `discard`. Returns whether that is
    /// so: a stop that keeps, asked for in the same moment, goes before.
    virtual bool settleEnd(bool discard) { return discard; }
    /// The checkpoint of a hand-over is there. Returns what is asked now: another stop may have come
    /// meanwhile.
    virtual RunControl settleHandOver() { return control(); }
};

struct TrainerResult {
    enum class End { Plan, Patience, Stop };
    End end = End::Plan;
    bool discarded = false;   ///< the stop asked for nothing to be kept
    bool handedOver = false;  ///< the stop asked for a checkpoint only, which is there
    std::int64_t steps = 0;
    std::int64_t keptStep = 0;   ///< whose weights the model has
    double firstEvalLoss = 0.0;  ///< NaN without validation rows
    double lastEvalLoss = 0.0;
    double bestEvalLoss = 0.0;
    double lastLoss = 0.0;
    double seconds = 0.0;
    double tokensPerSecond = 0.0;
};

/// The rows of a run. References.
struct TrainerRows {
    const std::vector<Example>& train;
    const std::vector<Example>& validation;
    RowMixture mixture{};
};

/// The training loop of a decoder on packed rows. Holds references; one run for each object.
class Trainer {
public:
    Trainer(Decoder& model, const TrainerRows& rows, const TrainSettings& settings,
            TrainerObserver& observer);

    const StepPlan& plan() const { return m_plan; }

    /// Checkpoints are kept there from now on: every so many steps, or minutes, as the settings say, and when
    /// the run is stopped or paused.
    void keepCheckpoints(CheckpointStore& store);
    /// Where the best weights go if the settings want them kept.
    void keepBestIn(const BestWeights& best) { m_best = &best; }
    /// A stop with this one asked for besides leaves no checkpoint: nothing is to be kept.
    void discardOn(std::stop_token discard) { m_discard = std::move(discard); }
    /// A checkpoint of where the run stands, unless there is one. The step of the newest then, 0 for none.
    std::int64_t keepState();
    std::uint64_t checkpointBytes() { return studio::checkpointBytes(tensors()); }
    /// The newest checkpoint that is whole becomes the model, and run() goes on from its step: on a CPU with
    /// the same threads to the same bits as if it had never stopped. False where there is none; `skipped`
    /// hears of damaged ones.
    bool resume(const std::function<void(const std::string&)>& skipped);
    std::int64_t stepsDone() const { return m_state.step; }
    std::int64_t sampledStep() const { return m_state.sampledStep; }
    /// Before resume() and run(): what the peak learning rate was changed to in earlier parts of the run.
    void setRateChanges(std::vector<RateChange> changes);
    /// Another peak from the next step on; the schedule's shape stays.
    void setLearningRate(double peak);
    const PeakRates& peakRates() const { return m_rates; }

    /// Trains to the end of the plan, until the patience is over, or until `stop`; then the model keeps what
    /// the finished steps taught it, or the best of it. Throws LossNotFinite naming the step and the rows,
    /// with advice.
    TrainerResult run(const std::stop_token& stop);

private:
    using Clock = std::chrono::steady_clock;

    void trainSteps(const std::stop_token& stop);
    void trainStep(std::int64_t step, const std::stop_token& stop);
    void update(MadeStep& made, const Tensor& loss);
    void checkFinite(const MadeStep& made) const;
    double evaluate(std::int64_t step, const std::stop_token& stop);
    /// Reads and reports all steps of the log; with `keepLast` the last one is given back instead.
    std::optional<MadeStep> tellSteps(bool keepLast = false);
    void reportWithEvaluation(const MadeStep& made, const std::stop_token& stop);
    void report(const MadeStep& made, double evalLoss);
    void evaluateIfMissed(const std::stop_token& stop);
    bool evaluatesAt(std::int64_t step) const;
    void noteBest(std::int64_t step, double loss);
    bool patienceIsOver() const;
    std::int64_t takeBest();
    void noteBestLost(const Error& problem);
    void sampleIfDue();
    void obey(const std::stop_token& stop);
    void askForRate(double peak);
    void useAskedRate();
    void tellUnusedRate();
    bool mayHandOver();
    void pause(const std::stop_token& stop);
    double elapsed() const;
    TrainingTensors tensors();
    void saveCheckpointIfDue();
    void saveCheckpoint();
    void restoreRate();
    TrainerResult result(TrainerResult::End end);

    Decoder& m_model;
    TrainSettings m_settings;
    TrainerObserver& m_observer;
    BatchSampler m_sampler;
    StepGradients m_gradients;
    Evaluator m_evaluator;
    std::unique_ptr<Optimizer> m_optimizer;
    std::optional<LossScaler> m_scaler;
    StepLog m_log;
    StepPlan m_plan;
    PeakRates m_rates;
    TimeLeft m_timeLeft;
    TrainingState m_state;
    CheckpointStore* m_checkpoints = nullptr;
    const BestWeights* m_best = nullptr;
    bool m_discarded = false;
    bool m_handedOver = false, m_handOverRefused = false;
    Tensor m_lastValues;  ///< of the last step, once the best ones have taken their place
    std::stop_token m_discard;
    std::optional<double> m_askedRate;  ///< another peak that no step was made with yet
    std::int64_t m_checkpointStep = 0;
    double m_checkpointRate = 0.0;           ///< the peak that the newest checkpoint says was asked for
    std::int64_t m_checkpointBestStep = -1;  ///< the best one that the newest checkpoint knows
    Clock::time_point m_checkpointTime;
    RecentRate m_recent;
    Clock::time_point m_started;
    double m_secondsBefore = 0.0;  ///< of the run's earlier parts
};

}  // namespace studio
