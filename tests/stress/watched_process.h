// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace studio::test {

/// A program whose standard error is a terminal, so that it shows what it is doing: the first words of its
/// progress line are the stage. Standard output is thrown away.
class WatchedProcess {
public:
    struct Stage {
        std::string label;  ///< "tokenizing", "training", "saving", …
        std::int64_t done = 0, total = 0;
        std::chrono::steady_clock::time_point begun;
    };

    /// Throws std::runtime_error where it cannot be started.
    explicit WatchedProcess(const std::vector<std::string>& command);
    /// Kills it if it still runs.
    ~WatchedProcess();
    WatchedProcess(const WatchedProcess&) = delete;
    WatchedProcess& operator=(const WatchedProcess&) = delete;

    /// Reads until `wanted` says yes to a stage that begins, the time is over, or the program has ended.
    /// Whether it said yes.
    bool watch(std::chrono::microseconds longest, const std::function<bool(const Stage&)>& wanted);
    /// SIGKILL, then reads what it had written before. False where it had ended by itself.
    bool kill();
    /// Waits for its end.
    void finish();

    bool ended() const { return m_ended; }
    int exitCode() const { return m_exitCode; }
    const std::vector<Stage>& stages() const { return m_stages; }
    const Stage* lastStage() const { return m_stages.empty() ? nullptr : &m_stages.back(); }
    /// The line that begins with "error: ", or nothing.
    std::string errorLine() const;

private:
    bool readSome(std::chrono::microseconds longest);
    void parse();
    void reap(bool wait);

    pid_t m_process = -1;
    int m_terminal = -1;
    std::string m_text, m_rest;
    std::vector<Stage> m_stages;
    bool m_ended = false, m_killed = false;
    int m_exitCode = -1;
};

}  // namespace studio::test
