// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/running_training.h"

#include "core/base/progress.h"
#include "core/bench/passing_folder.h"
#include "core/train/run_recorder.h"

namespace studio {

namespace {

/// Takes the events as a program does, and shows how far the run is.
class KeepingObserver final : public JobObserver {
public:
    KeepingObserver(JobObserver& outer, std::int64_t steps) : m_outer(outer), m_steps(steps) {}
    void onEvent(const JobEvent& event) override {
        if (const auto* metrics = std::get_if<MetricsEvent>(&event)) {
            lines.push_back(metrics->line);
            if (metrics->line.step % 100 == 0)
                m_outer.onEvent(StageEvent{"training", metrics->line.step, m_steps});
        }
    }
    std::vector<MetricsLine> lines;

private:
    JobObserver& m_outer;
    std::int64_t m_steps;
};

}  // namespace

double RunningTraining::computedSeconds() const {
    const double tokens = lines.empty() ? 0.0 : static_cast<double>(lines.back().tokens);
    return result.tokensPerSecond > 0.0 ? tokens / result.tokensPerSecond : 0.0;
}

RunningTraining trainHere(const ModelConfig& config, const std::vector<Example>& rows,
                          const TrainSettings& settings, JobObserver& observer, const std::stop_token& stop) {
    const PassingFolder folder;
    KeepingObserver keeping(observer, settings.maxSteps);
    keeping.lines.reserve(static_cast<std::size_t>(settings.maxSteps));
    RunRecorder recorder(folder.path() / "run", keeping);
    Decoder model(config, chooseCompute("cpu", settings.precision, settings.threads, config.hiddenSize));
    model.initialize(1);
    const std::vector<Example> none;
    Trainer trainer(model, {rows, none}, settings, recorder);
    recorder.setTotalSteps(trainer.plan().totalSteps);
    RunningTraining training;
    training.result = trainer.run(stop);
    throwIfStopped(stop);
    training.lines = std::move(keeping.lines);
    return training;
}

}  // namespace studio
