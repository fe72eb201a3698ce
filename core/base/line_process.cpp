// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/line_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>

#include "core/base/progress.h"

namespace studio {

namespace {

using Clock = std::chrono::steady_clock;

/// How soon a stop is noticed.
constexpr int kPollMilliseconds = 50;

Clock::time_point after(double seconds) {
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

void addEntry(Environment& environment, const std::string& entry) {
    const std::size_t equals = entry.find('=');
    if (equals != std::string::npos && equals > 0)
        environment[entry.substr(0, equals)] = entry.substr(equals + 1);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// -1 where it cannot be started.
pid_t spawned(std::vector<std::string> arguments, const Environment& environment, int socket) {
    std::vector<std::string> entries;
    for (const auto& [name, value] : environment) entries.push_back(name + "=" + value);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (::posix_spawn_file_actions_init(&actions) != 0) return -1;
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // The program waits for signals with all of them blocked; a child that inherits that could not be ended.
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = -1;
    const int result = ::posix_spawnp(&child, arguments.front().c_str(), &actions, &attributes,
                                      pointers(arguments).data(), pointers(entries).data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return result == 0 ? child : -1;
}

/// Waits until the socket is ready for `events`.
bool ready(int socket, short events, Clock::time_point deadline, const std::stop_token& stop) {
    while (Clock::now() < deadline) {
        throwIfStopped(stop);
        pollfd waited{socket, events, 0};
        const int count = ::poll(&waited, 1, kPollMilliseconds);
        if (count > 0) return true;
        if (count < 0 && errno != EINTR) return false;
    }
    return false;
}

}  // namespace

Environment initialEnvironment() {
    std::ifstream file("/proc/self/environ", std::ios::binary);
    Environment environment;
    for (std::string entry; std::getline(file, entry, '\0');) addEntry(environment, entry);
    return environment;
}

LineProcess::LineProcess(const std::vector<std::string>& arguments, const Environment& environment) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    m_child = spawned(arguments, environment, ends[1]);
    ::close(ends[1]);
    m_socket = ends[0];
    if (m_child < 0) end();
}

LineProcess::~LineProcess() {
    end();
}

void LineProcess::end() {
    if (m_socket >= 0) ::close(m_socket);
    m_socket = -1;
    if (m_child < 0) return;
    ::kill(m_child, SIGKILL);  // it has nothing to lose
    while (::waitpid(m_child, nullptr, 0) < 0 && errno == EINTR) {
    }
    m_child = -1;
}

bool LineProcess::say(const std::string& line, double seconds, const std::stop_token& stop) {
    const std::string bytes = line + "\n";
    const Clock::time_point deadline = after(seconds);
    for (std::size_t done = 0; m_socket >= 0 && done < bytes.size();) {
        const bool writable = ready(m_socket, POLLOUT, deadline, stop);
        const ssize_t count =
            writable ? ::send(m_socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL | MSG_DONTWAIT)
                     : 0;
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (!writable || (errno != EINTR && errno != EAGAIN))
            end();
    }
    return m_socket >= 0;
}

std::optional<std::string> LineProcess::hear(double seconds, const std::stop_token& stop) {
    const Clock::time_point deadline = after(seconds);
    while (m_socket >= 0) {
        if (const std::size_t end = m_heard.find('\n'); end != std::string::npos) {
            std::string line = m_heard.substr(0, end);
            m_heard.erase(0, end + 1);
            return line;
        }
        char piece[4096];
        const bool readable = ready(m_socket, POLLIN, deadline, stop);
        const ssize_t count = readable ? ::recv(m_socket, piece, sizeof piece, MSG_DONTWAIT) : 0;
        if (count > 0)
            m_heard.append(piece, static_cast<std::size_t>(count));
        else if (count == 0 || (errno != EINTR && errno != EAGAIN))
            end();
    }
    return std::nullopt;
}

}  // namespace studio
