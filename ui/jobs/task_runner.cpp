// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/task_runner.h"

#include <QMetaObject>
#include <utility>

namespace studio::ui {

TaskRunner::TaskRunner(QObject* parent)
    : QObject(parent), m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

TaskRunner::~TaskRunner() {
    m_running.request_stop();
    m_thread.request_stop();
    // Joined here and not by the member's destructor: the thread posts to this object, which must still be
    // whole.
    m_thread.join();
}

void TaskRunner::submit(Work work, std::function<void(const std::any&)> done,
                        std::function<void(const Error&)> failed) {
    m_running.request_stop();
    m_running = std::stop_source();
    m_busy = true;
    m_done = std::move(done);
    m_failed = std::move(failed);
    {
        const std::lock_guard lock(m_mutex);
        m_next = Task{++m_number, std::move(work), m_running};
    }
    m_wake.notify_all();
}

void TaskRunner::cancel() {
    m_running.request_stop();
    ++m_number;
    m_busy = false;
    const std::lock_guard lock(m_mutex);
    m_next.reset();
}

void TaskRunner::loop(const std::stop_token& stop) {
    for (;;) {
        std::optional<Task> task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return m_next.has_value(); });
            if (stop.stop_requested()) return;
            task = std::exchange(m_next, std::nullopt);
        }
        std::any result;
        std::optional<Error> error;
        try {
            result = task->work(task->stop.get_token());
        } catch (const Cancelled&) {
            continue;  // replaced by a newer one, nobody waits for it
        } catch (const Error& caught) {
            error = caught;
        } catch (const std::exception& caught) {
            error = Error(ErrorCode::Internal, std::string("A calculation failed: ") + caught.what() + ".",
                          "Copy the details and report them.");
        }
        QMetaObject::invokeMethod(
            this, [this, number = task->number, result, error] { report(number, result, error); },
            Qt::QueuedConnection);
    }
}

void TaskRunner::report(quint64 number, const std::any& result, const std::optional<Error>& error) {
    if (number != m_number) return;
    m_busy = false;
    // Moved out first: the function may start the next calculation.
    const auto done = std::move(m_done);
    const auto failed = std::move(m_failed);
    if (error)
        failed(*error);
    else
        done(result);
}

}  // namespace studio::ui
