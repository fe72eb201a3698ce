// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/train/trainer.h"
#include "tests/support/tiny_model.h"

namespace studio::test {

/// Keeps all that a trainer tells.
struct TrainingRecorder : TrainerObserver {
    std::vector<MetricsLine> lines;
    std::vector<StepRows> rows, evaluatedRows;
    std::vector<std::string> stages, notes;
    std::vector<std::int64_t> samples;
    std::function<void(const std::string&)> onStageChange;
    std::function<void(const MetricsLine&)> onLine;
    std::function<RunControl()> asked;
    std::vector<bool> ends;  ///< what was to be settled
    std::function<bool(bool)> settle;
    std::function<RunControl()> atHandOver;
    void onStage(const std::string& stage) override {
        stages.push_back(stage);
        if (onStageChange) onStageChange(stage);
    }
    void onMetrics(const MetricsLine& line, double) override {
        lines.push_back(line);
        if (onLine) onLine(line);
    }
    void onRows(const StepRows& step) override { rows.push_back(step); }
    void onEvaluatedRows(const StepRows& step) override { evaluatedRows.push_back(step); }
    void onSampleDue(std::int64_t step) override { samples.push_back(step); }
    void onNote(const std::string& rule, const std::string&, std::vector<std::string>) override {
        notes.push_back(rule);
    }
    RunControl control() override { return asked ? asked() : RunControl{}; }
    bool settleEnd(bool discard) override {
        ends.push_back(discard);
        return settle ? settle(discard) : discard;
    }
    RunControl settleHandOver() override { return atHandOver ? atHandOver() : control(); }
};

/// Twelve steps of six rows that learn quickly.
inline TrainSettings twelveSteps(std::int64_t evaluateEvery) {
    TrainSettings settings;
    settings.maxSteps = 12;
    settings.batchRows = 3;
    settings.accumulation = 2;
    settings.learningRate = 0.01;
    settings.evaluateEvery = evaluateEvery;
    settings.seed = 11;
    return settings;
}

/// A model in training, as a process has it: what another one is to go on with comes from the store alone.
struct TrainingProcess {
    std::unique_ptr<Decoder> model;
    std::vector<Example> train = randomRows({12, 5, 30, 9, 14, 7, 20}, 37, 1);
    std::vector<Example> validation = randomRows({10, 25}, 37, 2);
    TrainingRecorder recorder;
    std::vector<std::string> skipped;
    Trainer trainer;

    explicit TrainingProcess(const TrainSettings& settings, RowMixture mixture = {},
                             std::unique_ptr<Decoder> given = tinyModel(tinyConfig(), 3))
        : model(std::move(given)),
          trainer(*model, {train, validation, std::move(mixture)}, settings, recorder) {}
    bool resume() {
        return trainer.resume([this](const std::string& problem) { skipped.push_back(problem); });
    }
};

inline bool sameBits(const Tensor& a, const Tensor& b) {
    return a.nbytes() == b.nbytes() && std::memcmp(a.data_ptr(), b.data_ptr(), a.nbytes()) == 0;
}

}  // namespace studio::test
