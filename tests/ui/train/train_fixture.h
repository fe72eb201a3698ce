// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include "tests/support/assets.h"
#include "tests/support/fake_engine.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/studio_test.h"
#include "ui/jobs/job_runner.h"
#include "ui/session/project_session.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

namespace studio::test {

inline Record pairOf(const std::string& instruction, const std::string& output, Split split = Split::None) {
    Record record;
    record.instruction = instruction;
    record.output = output;
    record.split = split;
    return record;
}

/// A training as the engine reports it, with the run folder that it leaves. Stops when asked to.
inline JobOutcome fakeTraining(const TrainJob& job, JobObserver& observer, const std::stop_token& stop,
                               std::int64_t steps, std::chrono::microseconds perStep) {
    observer.onEvent(StageEvent{"loading", 0, 0});
    TrainingStarted started;
    started.totalSteps = steps;
    started.trainRows = static_cast<std::int64_t>(job.train->size());
    started.validationRows = static_cast<std::int64_t>(job.validation->size());
    started.cutRows = 3;
    started.trainTokens = 4000;
    observer.onEvent(started);
    observer.onEvent(StageEvent{"training", 0, steps});
    std::int64_t step = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (; step <= steps && !stop.stop_requested(); ++step) {
        observer.onEvent(MetricsEvent{fakeLine(step, steps, 41), 0.4 * static_cast<double>(steps - step)});
        if (perStep.count() > 0) std::this_thread::sleep_until(begin + perStep * step);
    }
    --step;
    observer.onEvent(StageEvent{"saving", step, steps});
    observer.onEvent(
        LogEvent{LogEvent::Level::Info, "The model is there.", "saved", {job.runFolder.string()}});
    TrainResult result;
    result.modelFolder = job.runFolder / "model";
    result.steps = step;
    result.firstEvalLoss = 3.7;
    result.lastEvalLoss = 2.36;
    result.seconds = 0.4 * static_cast<double>(step);
    result.stoppedEarly = step < steps;
    JobOutcome outcome;
    outcome.value = result;
    return outcome;
}

/// An engine's answer to a training: fakeTraining() of so many steps.
inline FakeEngine::Run trainingOf(std::int64_t steps, std::chrono::microseconds perStep = {}) {
    return [=](const Job& job, JobObserver& observer, std::stop_token stop) {
        return fakeTraining(std::get<TrainJob>(job), observer, stop, steps, perStep);
    };
}

/// A project of `rows` pairs, the page on it and an engine that pretends.
class TrainFixture {
public:
    TrainFixture(const std::filesystem::path& model, int rows, FakeEngine::Run run)
        : runner([run] { return std::make_unique<FakeEngine>(run); }) {
        session.createProject(folder / "facts.ftproj");
        std::vector<Record> records;
        for (int i = 0; i < rows; ++i) {
            records.push_back(pairOf("What is the capital of country " + std::to_string(i) + "?",
                                     "It is town " + std::to_string(i) + "."));
        }
        if (rows > 0) session.addRecords(records, QStringLiteral("add"));
        if (!model.empty()) {
            session.addModelFolder(model);
            session.setBaseModel(model);
        }
        page = std::make_unique<ui::TrainPage>(session, runner, dialogs);
        page->resize(1104, 748);
        page->show();
        dialogs.answer = 0;
    }
    /// Presses Start as soon as the pre-flight lets it. False: it does not.
    bool start() {
        QPushButton* button = page->setup().startButton();
        if (!QTest::qWaitFor([button] { return button->isEnabled(); }, 5'000)) return false;
        button->click();
        return true;
    }

    TemporaryFolder folder;
    ui::ProjectSession session;
    ScriptedDialogs dialogs;
    ui::JobRunner runner;
    std::unique_ptr<ui::TrainPage> page;
};

inline QPushButton* startOf(TrainFixture& fixture) {
    return fixture.page->setup().startButton();
}

}  // namespace studio::test
