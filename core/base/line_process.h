// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace studio {

/// A process's environment by names.
using Environment = std::map<std::string, std::string>;

/// This process's environment as it was when the process began: the engine changes it for itself, which
/// nobody else's program should profit or suffer from.
Environment initialEnvironment();

/// Another program with which lines are exchanged through its standard input and output; what it says on its
/// standard error is dropped. It ends with the object. Not thread-safe.
class LineProcess {
public:
    /// `arguments`: program, looked for in PATH, and its arguments. A program that cannot be started says
    /// nothing.
    LineProcess(const std::vector<std::string>& arguments, const Environment& environment);
    ~LineProcess();
    LineProcess(const LineProcess&) = delete;
    LineProcess& operator=(const LineProcess&) = delete;

    /// False where the program has ended, or does not take the line (without its line break) within
    /// `seconds`, after which it is ended. Throws Cancelled soon after a stop, as hear() does.
    bool say(const std::string& line, double seconds, const std::stop_token& stop);
    /// The next line without its line break; nothing where the program has ended, or says nothing for
    /// `seconds`, after which it is ended.
    std::optional<std::string> hear(double seconds, const std::stop_token& stop);
    /// What followed the last line break, when hear() has given nothing.
    const std::string& rest() const { return m_heard; }

private:
    void end();

    pid_t m_child = -1;
    int m_socket = -1;  ///< both directions
    std::string m_heard;
};

}  // namespace studio
