// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace studio {
namespace {

/// SIGUSR1 is what the destructor wakes the thread with.
sigset_t watchedSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGUSR1);
    return signals;
}

}  // namespace

Interrupt::Interrupt() {
    const sigset_t signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // every later thread inherits this
    m_thread = std::thread([this] { wait(); });
}

Interrupt::~Interrupt() {
    m_leaving = true;
    pthread_kill(m_thread.native_handle(), SIGUSR1);
    m_thread.join();
}

void Interrupt::wait() {
    const sigset_t signals = watchedSignals();
    while (!m_leaving) {
        int signal = 0;
        if (sigwait(&signals, &signal) != 0 || signal == SIGUSR1) continue;
        if (m_stop.stop_requested()) ::_exit(kExitCode);
        m_stop.request_stop();
    }
}

}  // namespace studio
