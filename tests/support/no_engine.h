// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "tests/support/fake_engine.h"
#include "ui/jobs/job_runner.h"

namespace studio::test {

/// For tests in which no job is to run: one that does fails.
inline ui::EngineFactory noEngine() {
    return []() -> std::unique_ptr<Engine> {
        return std::make_unique<FakeEngine>([](const Job&, JobObserver&, std::stop_token) {
            JobOutcome outcome;
            outcome.kind = JobOutcome::Kind::Failed;
            outcome.cause = "No job was expected.";
            return outcome;
        });
    };
}

}  // namespace studio::test
