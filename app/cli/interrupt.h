// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace studio {

/// Turns SIGINT and SIGTERM into a stop request. A thread of its own waits for them with sigwait, because a
/// stop callback may take locks, which a signal handler must not. A second signal ends the program at once
/// (130): all files are written atomically, so that is safe. Make it first in main, before any other thread.
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

    std::stop_source m_stop;
    std::atomic<bool> m_leaving = false;
    std::thread m_thread;
};

}  // namespace studio
