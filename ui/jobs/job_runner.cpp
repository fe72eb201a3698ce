// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include <QPointer>
#include <QTimer>

#include "ui/jobs/event_mailbox.h"
#include "ui/jobs/job_worker.h"

namespace studio::ui {

namespace {

// Fast enough for a live chart, slow enough that 10,000 events a second cost ten repaints.
constexpr int kDrainMilliseconds = 100;

}  // namespace

class JobRunner::Private {
public:
    Private(JobRunner& runner, EngineFactory factory) : q(runner), worker(std::move(factory), mailbox) {
        timer.setInterval(kDrainMilliseconds);
        QObject::connect(&timer, &QTimer::timeout, &runner, [this] { drain(); });
    }

    void drain();
    bool deliver(const MailBatch& batch);

    JobRunner& q;
    QTimer timer;
    quint64 lastId = 0;
    int unfinished = 0;  // jobs whose finished() has not been emitted yet
    EventMailbox mailbox;
    JobWorker worker;  // after the mailbox, which it uses
};

void JobRunner::Private::drain() {
    const QPointer<JobRunner> alive(&q);
    for (const MailBatch& batch : mailbox.take()) {
        if (!deliver(batch) || !alive) return;
    }
    if (unfinished == 0) timer.stop();
}

// A slot may delete the runner; then false, and `this` is gone.
bool JobRunner::Private::deliver(const MailBatch& batch) {
    const QPointer<JobRunner> alive(&q);
    JobRunner& runner = q;
    if (!runner.deliverEvents(batch)) return false;
    if (batch.outcome) {
        --unfinished;  // before the signal: a slot may start the next job, and asks isBusy() first
        Q_EMIT runner.finished(batch.job, *batch.outcome);
    }
    return alive;
}

JobRunner::JobRunner(EngineFactory factory, QObject* parent)
    : JobFeed(parent), d(std::make_unique<Private>(*this, std::move(factory))) {}

JobRunner::~JobRunner() = default;

quint64 JobRunner::start(Job job) {
    const quint64 id = ++d->lastId;
    ++d->unfinished;
    d->worker.enqueue(id, std::move(job));
    d->timer.start();
    return id;
}

void JobRunner::stop() {
    d->worker.stop();
}

bool JobRunner::isBusy() const {
    return d->unfinished > 0;
}

void JobRunner::releaseModels() {
    d->worker.releaseModels();
}

}  // namespace studio::ui
