// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <string_view>

namespace studio {
namespace {

constexpr auto kOneInterrupt = std::chrono::seconds(1);

bool isIgnored(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Only for people: programs get the exit code.
void say(std::string_view line) {
    if (::isatty(STDERR_FILENO) == 0) return;
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

/// SIGUSR1 is what the destructor wakes the thread with.
sigset_t watchedSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (!isIgnored(SIGHUP)) sigaddset(&signals, SIGHUP);
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
        takeInterrupt(signal);
    }
}

void Interrupt::takeInterrupt(int signal) {
    if (!m_stop.stop_requested()) {
        m_asked = Clock::now();
        say("\nStopping; Ctrl-C again ends at once, without saving.\n");
        m_stop.request_stop();
    } else if (signal == SIGINT && Clock::now() - m_asked > kOneInterrupt) {
        say("\nEnded at once: what was not saved yet is lost.\n");
        ::_exit(kExitCode);
    }
}

}  // namespace studio
