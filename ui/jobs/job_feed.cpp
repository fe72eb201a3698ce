// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_feed.h"

#include <QPointer>

#include "ui/jobs/event_mailbox.h"

namespace studio::ui {

bool JobFeed::deliverEvents(const MailBatch& batch) {
    const QPointer<JobFeed> alive(this);
    if (batch.started) Q_EMIT started(batch.job);
    if (alive && batch.stage) Q_EMIT stageChanged(batch.job, *batch.stage);
    if (alive && batch.training) Q_EMIT trainingStarted(batch.job, *batch.training);
    if (alive && !batch.metrics.isEmpty()) Q_EMIT metricsArrived(batch.job, batch.metrics);
    for (const LogEvent& log : batch.logs) {
        if (alive) Q_EMIT logArrived(batch.job, log);
    }
    for (const RunSample& sample : batch.samples) {
        if (alive) Q_EMIT sampleArrived(batch.job, sample);
    }
    for (const TextEvent& text : batch.texts) {
        if (alive) Q_EMIT textArrived(batch.job, text);
    }
    for (const AnswerEvent& answer : batch.answers) {
        if (alive) Q_EMIT answerArrived(batch.job, answer);
    }
    return alive;
}

}  // namespace studio::ui
