// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <fstream>
#include <memory>
#include <optional>

#include "core/config/settings.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace studio::test {

/// A run folder as the process that trains keeps it, with its lock; release() stands for the end of that
/// process, however it ended.
class WrittenRun {
public:
    WrittenRun(const std::filesystem::path& folder, std::int64_t totalSteps)
        : m_folder(folder), m_totalSteps(totalSteps) {
        std::filesystem::create_directories(folder);
        m_lock = std::make_unique<RunLock>(folder);
        TrainSettings settings;
        settings.maxSteps = totalSteps;
        m_folder.writeRun(
            {{"format", 1},
             {"kind", "train"},
             {"method", "full"},
             {"base_model", {{"path", ""}}},
             {"template", {{"name", "alpaca"}}},
             {"settings", toJson(settings)},
             {"plan", {{"total_steps", totalSteps}}},
             {"data",
              {{"sha256", "9c41d2e0ffff"}, {"train", {{"rows", 57}}}, {"validation", {{"rows", 3}}}}}});
        setState("training", 0);
    }
    const std::filesystem::path& path() const { return m_folder.path(); }
    double peak = 0.0;  ///< the learning rate that setState() says is in force
    void setState(const std::string& state, std::int64_t step, std::optional<double> left = {}) {
        RunStatus status;
        status.state = state;
        status.step = step;
        status.totalSteps = m_totalSteps;
        status.secondsLeft = left;
        status.learningRate = peak;
        m_folder.writeStatus(status);
    }
    void add(const MetricsLine& line) { append(m_folder.metricsFile(), metricsJson(line).dump() + "\n"); }
    static void append(const std::filesystem::path& file, const std::string& text) {
        std::ofstream(file, std::ios::binary | std::ios::app) << text;
    }
    void addCheckpoint(std::int64_t step) {
        std::filesystem::create_directories(m_folder.checkpointsFolder() / ("step-" + std::to_string(step)));
    }
    void finish() {
        std::filesystem::create_directories(m_folder.modelFolder());
        append(m_folder.modelFolder() / "config.json", "{}");
        append(m_folder.modelFolder() / "model.safetensors", "");
        setState("finished", m_totalSteps);
        release();
    }
    void release() { m_lock.reset(); }

private:
    RunFolder m_folder;
    std::int64_t m_totalSteps;
    std::unique_ptr<RunLock> m_lock;
};

}  // namespace studio::test
