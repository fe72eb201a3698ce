// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/running_training.h"

#include <stdlib.h>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/train/run_recorder.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

class PassingFolder {
public:
    PassingFolder() {
        std::string name = (fs::temp_directory_path() / "studio-bench-XXXXXX").string();
        if (!::mkdtemp(name.data())) {
            throw Error(ErrorCode::FileUnwritable, "No folder can be made in " + name + ".",
                        "Set TMPDIR to a folder that can be written.", {name});
        }
        m_path = name;
    }
    ~PassingFolder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

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
