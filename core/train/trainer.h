// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/checkpoint/training_checkpoint.h"
#include "core/config/schedule.h"
#include "core/config/settings.h"
#include "core/data/batch.h"
#include "core/model/decoder.h"
#include "core/storage/run_folder.h"
#include "core/train/evaluator.h"
#include "core/train/optimizer.h"
#include "core/train/recent_rate.h"
#include "core/train/step_log.h"

namespace studio {

/// Hears of every step, on the trainer's thread: on the CPU at once, on other devices of some together, when
/// their figures are read.
class TrainerObserver {
public:
    virtual ~TrainerObserver() = default;
    /// "training" or "evaluating".
    virtual void onStage(const std::string& stage) = 0;
    virtual void onMetrics(const MetricsLine& line, double secondsLeft) = 0;
    /// The training goes on; older checkpoints stay.
    virtual void onCheckpointFailed(const std::string& problem) { static_cast<void>(problem); }
};

struct TrainerResult {
    std::int64_t steps = 0;
    double firstEvalLoss = 0.0;  ///< NaN without validation rows
    double lastEvalLoss = 0.0;
    double lastLoss = 0.0;
    double seconds = 0.0;
    double tokensPerSecond = 0.0;
    bool stoppedEarly = false;
};

/// The training loop: full fine-tuning of a decoder on packed rows. Holds references; one run for each
/// object.
class Trainer {
public:
    Trainer(Decoder& model, const std::vector<Example>& train, const std::vector<Example>& validation,
            const TrainSettings& settings, TrainerObserver& observer);

    const StepPlan& plan() const { return m_plan; }

    /// Checkpoints are kept there from now on: every so many steps, or minutes, as the settings say, and when
    /// the run is stopped.
    void keepCheckpoints(CheckpointStore& store) { m_checkpoints = &store; }
    /// The newest checkpoint that is whole becomes the model, and run() goes on from its step: on a CPU with
    /// the same threads to the same bits as if it had never stopped. False where there is none; `skipped`
    /// hears of damaged ones.
    bool resume(const std::function<void(const std::string&)>& skipped);
    std::int64_t stepsDone() const { return m_state.step; }

    /// Trains to the end of the plan, or until `stop`: then the model keeps what the finished steps taught
    /// it. Throws LossNotFinite naming the step and the rows, with advice.
    TrainerResult run(const std::stop_token& stop);

private:
    using Clock = std::chrono::steady_clock;

    void trainStep(std::int64_t step, const std::stop_token& stop);
    /// The step's gradients, and its loss on the device. // [] float64
    std::pair<MadeStep, Tensor> accumulateGradients(const std::stop_token& stop);
    void update(MadeStep& made, const Tensor& loss);
    void checkFinite(const MadeStep& made) const;
    double evaluate(const std::stop_token& stop);
    /// Reads and reports all steps of the log; with `keepLast` the last one is given back instead.
    std::optional<MadeStep> tellSteps(bool keepLast = false);
    void reportWithEvaluation(const MadeStep& made, const std::stop_token& stop);
    void report(const MadeStep& made, double evalLoss);
    bool evaluatesAt(std::int64_t step) const;
    double secondsLeft(std::int64_t step) const;
    double elapsed() const;
    TrainingTensors tensors();
    void saveCheckpointIfDue();
    void saveCheckpoint();

    Decoder& m_model;
    TrainSettings m_settings;
    TrainerObserver& m_observer;
    BatchSampler m_sampler;
    Evaluator m_evaluator;
    AdamW m_optimizer;
    std::optional<LossScaler> m_scaler;
    StepLog m_log;
    StepPlan m_plan;
    TrainingState m_state;
    CheckpointStore* m_checkpoints = nullptr;
    std::int64_t m_checkpointStep = 0;
    Clock::time_point m_checkpointTime;
    RecentRate m_recent;
    Clock::time_point m_started;
    double m_secondsBefore = 0.0;  ///< of the run's earlier parts
};

}  // namespace studio
