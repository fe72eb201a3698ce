// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/process_mark.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

namespace studio {

namespace {

std::string firstLine(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string hostName() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 && name[0] != 0 ? std::string(name)
                                                                     : std::string("localhost");
}

struct ProcessState {
    std::string start;      // clock ticks since boot
    bool finished = false;  // a zombie has ended, though its id is still taken
};

/// Fields 3 (state) and 22 (start time) of /proc/PID/stat. The name in brackets before them may hold
/// anything.
ProcessState processState(std::int64_t processId) {
    const std::string line = firstLine("/proc/" + std::to_string(processId) + "/stat");
    const std::size_t bracket = line.rfind(')');
    if (bracket == std::string::npos) return {};
    std::istringstream fields(line.substr(bracket + 1));
    ProcessState state;
    std::string field;
    for (int number = 3; number <= 22 && fields >> field; ++number) {
        if (number == 3) state.finished = field == "Z" || field == "X";
        if (number == 22) state.start = field;
    }
    return state;
}

}  // namespace

std::int64_t ownProcessId() {
    return ::getpid();
}

std::string processMark(std::int64_t processId) {
    const std::string start = processState(processId).start;
    const std::string boot = firstLine("/proc/sys/kernel/random/boot_id");
    return start.empty() || boot.empty() ? std::string() : hostName() + " " + boot + " " + start;
}

bool onThisHost(const std::string& mark) {
    return mark.substr(0, mark.find(' ')) == hostName();
}

bool processGone(std::int64_t processId, const std::string& mark) {
    if (!mark.empty() && !onThisHost(mark)) return false;
    if (::kill(static_cast<pid_t>(processId), 0) != 0 && errno == ESRCH) return true;
    if (processState(processId).finished) return true;
    return !mark.empty() && processMark(processId) != mark;
}

}  // namespace studio
