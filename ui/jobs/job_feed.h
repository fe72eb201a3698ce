// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>

#include "core/jobs/job.h"

namespace studio::ui {

struct MailBatch;

/// What is told of jobs, whoever does them: this process (JobRunner) or another one that is followed
/// (RunWatcher). The number in a signal says of which job of the same feed it is. GUI thread.
class JobFeed : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void started(quint64 job);
    void stageChanged(quint64 job, const studio::StageEvent& stage);
    void trainingStarted(quint64 job, const studio::TrainingStarted& facts);
    void metricsArrived(quint64 job, const QVector<studio::MetricsEvent>& metrics);
    void logArrived(quint64 job, const studio::LogEvent& log);
    void sampleArrived(quint64 job, const studio::RunSample& sample);
    void textArrived(quint64 job, const studio::TextEvent& text);
    /// After the texts of the same drain.
    void answerArrived(quint64 job, const studio::AnswerEvent& answer);
    void finished(quint64 job, const studio::JobOutcome& outcome);

protected:
    /// Emits all signals but finished(). A slot may delete the feed; then false, and `this` is gone.
    bool deliverEvents(const MailBatch& batch);
};

}  // namespace studio::ui
