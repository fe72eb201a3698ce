// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/speed_probe.h"

#include "core/jobs/probe_cache.h"
#include "ui/jobs/job_runner.h"
#include "ui/text/error_text.h"

namespace studio::ui {

SpeedProbe::SpeedProbe(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {
    connect(&runner, &JobRunner::finished, this, [this](quint64 job, const JobOutcome& outcome) {
        if (m_job != 0 && job == m_job) finish(outcome);
    });
}

void SpeedProbe::start(const TrainJob& training) {
    if (isActive()) return;
    m_key = ProbeCache::keyOf(training);
    ProbeJob probe;
    probe.training = training;
    m_job = m_runner.start(std::move(probe));
}

void SpeedProbe::cancel() {
    if (!isActive()) return;
    m_job = 0;
    m_runner.stop();
    Q_EMIT ended({});
}

void SpeedProbe::finish(const JobOutcome& outcome) {
    m_job = 0;
    if (outcome.kind == JobOutcome::Kind::Failed) {
        const ErrorText text = errorText(outcome);
        Q_EMIT ended(text.cause + QLatin1Char(' ') + text.nextStep);
        return;
    }
    const auto* result = std::get_if<ProbeResult>(&outcome.value);
    if (result) ProbeCache().keep(m_key, *result);
    Q_EMIT ended({});
}

}  // namespace studio::ui
