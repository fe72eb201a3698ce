// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <any>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "core/base/error.h"

namespace studio::ui {

/// Short calculations off the GUI thread of which only the newest matters (a pre-flight that is computed anew
/// with every key): a new one stops the one before, whose result never arrives. GUI thread; the destructor
/// asks the running calculation to stop and waits for it, so work must look at its stop token often.
class TaskRunner : public QObject {
    Q_OBJECT

public:
    explicit TaskRunner(QObject* parent = nullptr);
    ~TaskRunner() override;

    /// Runs `work` on the thread; then `done` or `failed` on the GUI thread, unless a later call replaced it.
    template <typename Result>
    void run(std::function<Result(const std::stop_token&)> work, std::function<void(const Result&)> done,
             std::function<void(const Error&)> failed) {
        submit(
            [work = std::move(work)](const std::stop_token& stop) { return std::any(work(stop)); },
            [done = std::move(done)](const std::any& result) { done(std::any_cast<const Result&>(result)); },
            std::move(failed));
    }
    /// Forgets the running calculation.
    void cancel();
    bool isBusy() const { return m_busy; }

private:
    using Work = std::function<std::any(const std::stop_token&)>;
    struct Task {
        quint64 number = 0;
        Work work;
        std::stop_source stop;
    };

    void submit(Work work, std::function<void(const std::any&)> done,
                std::function<void(const Error&)> failed);
    void loop(const std::stop_token& stop);
    void report(quint64 number, const std::any& result, const std::optional<Error>& error);

    // GUI thread only
    quint64 m_number = 0;
    bool m_busy = false;
    std::stop_source m_running;
    std::function<void(const std::any&)> m_done;
    std::function<void(const Error&)> m_failed;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Task> m_next;  // guarded by m_mutex
    std::jthread m_thread;       // last member: it uses all the others
};

}  // namespace studio::ui
