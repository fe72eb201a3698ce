// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

namespace studio {

/// Turns SIGINT, SIGTERM and, unless it is ignored as by nohup, SIGHUP into a stop request. A thread of its
/// own waits for them with sigwait, because a stop callback may take locks, which a signal handler must not.
/// A second SIGINT ends the program at once (130), but not within the first second: one that came twice, as
/// some programs send it, must not throw away what is being saved. Files are written atomically, so that none
/// is torn. Make it first in main, before any other thread.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }
    static constexpr int kExitCode = 130;

private:
    void wait();
    void takeInterrupt(int signal);

    using Clock = std::chrono::steady_clock;
    Clock::time_point m_asked;
    std::stop_source m_stop;
    std::atomic<bool> m_leaving = false;
    std::thread m_thread;
};

}  // namespace studio
