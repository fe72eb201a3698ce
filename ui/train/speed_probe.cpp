// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/speed_probe.h"

#include <utility>

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
    m_active = true;
    m_tasks.run<std::string>([training](const std::stop_token&) { return ProbeCache::keyOf(training); },
                             [this, training](const std::string& key) { begin(training, key); },
                             [this](const Error& error) { end(errorLine(error)); });
}

void SpeedProbe::begin(const TrainJob& training, const std::string& key) {
    m_key = key;
    ProbeJob probe;
    probe.training = training;
    m_job = m_runner.start(std::move(probe));
}

void SpeedProbe::cancel() {
    if (!isActive()) return;
    m_tasks.cancel();
    if (std::exchange(m_job, 0) != 0) m_runner.stop();
    end({});
}

void SpeedProbe::finish(const JobOutcome& outcome) {
    m_job = 0;
    if (outcome.kind == JobOutcome::Kind::Failed) {
        const ErrorText text = errorText(outcome);
        return end(text.cause + QLatin1Char(' ') + text.nextStep);
    }
    const auto* result = std::get_if<ProbeResult>(&outcome.value);
    if (!result) return end({});
    m_tasks.run<bool>(
        [key = m_key, result = *result](const std::stop_token&) {
            ProbeCache().keep(key, result);
            return true;
        },
        [this](const bool&) { end({}); }, [this](const Error& error) { end(errorLine(error)); });
}

void SpeedProbe::end(const QString& problem) {
    m_active = false;
    Q_EMIT ended(problem);
}

}  // namespace studio::ui
