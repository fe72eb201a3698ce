// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

#include "tests/support/obedient_training.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/train/event_model.h"
#include "ui/train/run_view.h"

// A run that does what it is asked, at work on the Train page.
namespace studio::test {

/// Makes steps of this length until it is told otherwise.
inline FakeEngine::Run obedient(std::int64_t steps = 100'000,
                                std::chrono::microseconds perStep = std::chrono::milliseconds(1)) {
    return [=](const Job& job, JobObserver& observer, std::stop_token stop) {
        return ObedientTraining(std::get<TrainJob>(job), observer, std::move(stop)).run(steps, perStep);
    };
}

/// Fails the test where it does not begin.
inline void startTraining(TrainFixture& fixture) {
    QVERIFY(fixture.start());
    QTRY_VERIFY(fixture.page->runView().step() > 3);
}

inline QStringList eventsOf(TrainFixture& fixture) {
    const ui::EventModel& events = fixture.page->runView().events();
    QStringList texts;
    for (int row = 0; row < events.rowCount(); ++row) texts << events.index(row).data().toString();
    return texts;
}

}  // namespace studio::test
