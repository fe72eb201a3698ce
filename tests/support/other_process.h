// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace studio::test {

/// Another process that keeps what `make` returned there, until it is killed. The constructor returns once it
/// has it, and throws std::runtime_error where that did not come about.
class OtherProcess {
public:
    template <typename Make>
    explicit OtherProcess(const Make& make) {
        int ready[2] = {-1, -1};
        if (::pipe(ready) != 0) throw std::runtime_error("no pipe to another process");
        m_process = ::fork();
        if (m_process == 0) keep(make, ready[1]);
        ::close(ready[1]);
        char told = 0;
        const bool has = ::read(ready[0], &told, 1) == 1;
        ::close(ready[0]);
        if (has) return;
        kill();
        throw std::runtime_error("another process did not begin");
    }
    ~OtherProcess() { kill(); }
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    pid_t id() const { return m_process; }
    /// It has no chance to let go of anything, and is gone when this returns.
    void kill() {
        if (m_process <= 0) return;
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
        m_process = -1;
    }

private:
    template <typename Make>
    [[noreturn]] static void keep(const Make& make, int ready) {
        try {
            [[maybe_unused]] const auto kept = make();
            if (::write(ready, "x", 1) != 1) ::_exit(1);
            for (;;) ::pause();
        } catch (...) {
            ::_exit(1);  // nothing may unwind into the test program of the parent
        }
    }

    pid_t m_process = -1;
};

/// The id of a process that has been and is no more.
inline pid_t endedProcess() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    return child;
}

}  // namespace studio::test
