// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/jobs/job.h"
#include "core/storage/run_folder.h"
#include "core/text/prompt_template.h"
#include "core/train/training_run.h"

namespace studio::test {

inline const std::filesystem::path kBaseModel =
    std::filesystem::path(STUDIO_SOURCE_DIR) / "resources/embedded/base-model";

/// Hands on what a job tells.
struct HeardEvents final : JobObserver {
    std::function<void(const JobEvent&)> onAny;
    void onEvent(const JobEvent& event) override {
        if (onAny) onAny(event);
    }
};

inline std::shared_ptr<const std::vector<Record>> recordsOf(int first, int count,
                                                            const std::string& source = "") {
    auto records = std::make_shared<std::vector<Record>>();
    for (int i = first; i < first + count; ++i) {
        Record record;
        record.id = i + 1;
        record.instruction = "Name the number after " + std::to_string(i) + ".";
        record.output = "It is " + std::to_string(i + 1) + ".";
        record.source = i % 2 == 0 ? source : "other.json";
        records->push_back(record);
    }
    return records;
}

/// Whole runs of a small real model in a folder of their own, as the programs start them.
class SmallRuns {
protected:
    void beginAnew() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_heard = {};
    }
    std::filesystem::path runs() const { return m_folder->path().toStdString(); }
    TrainJob jobOf(const std::string& name) const {
        TrainJob job;
        job.modelFolder = kBaseModel;
        job.runFolder = runs() / name;
        job.runName = name;
        job.promptTemplate = builtInTemplates().front();
        job.train = recordsOf(0, 24, "numbers.json");
        job.validation = recordsOf(100, 6);
        job.settings.device = "cpu";
        job.settings.precision = "float32";
        job.settings.threads = 2;
        job.settings.maxSteps = 6;
        job.settings.batchRows = 4;
        job.settings.evaluateEvery = 2;
        job.settings.checkpointEvery = 2;
        return job;
    }
    /// Ends the run after a step, as an interrupt does.
    void runUntil(const TrainJob& job, std::int64_t step, const AnswerWith& answer = {}) {
        std::stop_source stop;
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            if (metrics && metrics->line.step == step) stop.request_stop();
        };
        runTraining(job, m_heard, stop.get_token(), answer);
        m_heard.onAny = {};
    }
    OrderedJson runJson(const std::string& name) const { return RunFolder(runs() / name).readRun(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    HeardEvents m_heard;
};

}  // namespace studio::test
