// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>

#include "core/config/schedule.h"
#include "core/jobs/job.h"

namespace studio {

/// A run that goes on. The learning rate of the job's settings is the one that the run began with.
struct ResumedRun {
    TrainJob job;
    std::vector<RateChange> rateChanges;  ///< made since, by the run's control.json or an earlier resume
    std::optional<double> newRate;        ///< asked for from here on
};

/// The job as the run in its folder was begun: model, settings, template and chosen prompts come from
/// run.json, but for `changes`. Throws RunBusy where somebody trains it, FileNotFound where there is no such
/// run, BadFormat where run.json is damaged, SettingInvalid for a change that is none, InvalidArgument where
/// the run is finished, is no fine-tuning, was discarded, has no checkpoint, or where its base model, its
/// records or the sources that its mixture counts by are no longer those it began with: then it says what has
/// changed. Throws Cancelled: adapters have the whole base model read.
ResumedRun resumedRun(const TrainJob& asked, const std::stop_token& stop = {});

}  // namespace studio
