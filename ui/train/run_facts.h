// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <limits>

#include "core/config/schedule.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_samples.h"

namespace studio::ui {

/// What the running view shows of a run before its first step.
struct RunFacts {
    QString name;
    std::filesystem::path folder;  ///< the run's own
    std::filesystem::path baseModel;
    QString method;
    TrainSettings settings;
    StepPlan plan;
    qint64 validationRows = 0;
    double secondsBefore = 0.0;  ///< that a run which goes on had taken at its checkpoint
};

/// A run that is over, read from its folder.
struct PastRun {
    RunFacts facts;
    RunStatus status;
    QVector<MetricsLine> metrics;
    QVector<RunSample> samples;
};

/// Reads a run folder, whoever wrote it; what run.json does not say stays empty. Throws Error where it is no
/// run.
PastRun readPastRun(const RunSummary& run);

}  // namespace studio::ui
