// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/stress/watched_process.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace studio::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kLineBegin = "\r\x1b[K";  // as app/cli draws its progress line

/// "training [####....] 3/24 · loss 2.1": the words before the bar, and the counts after it.
WatchedProcess::Stage stageOf(const std::string& line) {
    WatchedProcess::Stage stage;
    std::size_t end = 0;
    while (end < line.size() && (std::islower(static_cast<unsigned char>(line[end])) || line[end] == ' '))
        ++end;
    stage.label = line.substr(0, end);
    while (!stage.label.empty() && stage.label.back() == ' ') stage.label.pop_back();
    const std::size_t bar = line.find("] ");
    if (bar != std::string::npos) std::sscanf(line.c_str() + bar + 2, "%ld/%ld", &stage.done, &stage.total);
    stage.begun = Clock::now();
    return stage;
}

}  // namespace

WatchedProcess::WatchedProcess(const std::vector<std::string>& command) {
    int slave = -1;
    winsize size{};
    size.ws_col = 120;
    size.ws_row = 24;
    if (::openpty(&m_terminal, &slave, nullptr, nullptr, &size) != 0)
        throw std::runtime_error("no pseudo-terminal can be opened");
    ::fcntl(m_terminal, F_SETFD, FD_CLOEXEC);
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    m_process = ::fork();
    if (m_process < 0) throw std::runtime_error("no process can be started");
    if (m_process == 0) {
        const int nowhere = ::open("/dev/null", O_RDWR);
        ::dup2(nowhere, 0);
        ::dup2(nowhere, 1);
        ::dup2(slave, 2);
        ::close(slave);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(slave);
}

WatchedProcess::~WatchedProcess() {
    if (!m_ended) kill();
    ::close(m_terminal);
}

bool WatchedProcess::watch(std::chrono::microseconds longest,
                           const std::function<bool(const Stage&)>& wanted) {
    const auto until = Clock::now() + longest;
    std::size_t seen = m_stages.size();
    while (!m_ended) {
        for (; seen < m_stages.size(); ++seen) {
            if (wanted(m_stages[seen])) return true;
        }
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(until - Clock::now());
        if (left.count() <= 0) return false;
        if (!readSome(left)) reap(true);
    }
    return false;
}

// False at the end of the terminal: the program has closed it.
bool WatchedProcess::readSome(std::chrono::microseconds longest) {
    pollfd wait{m_terminal, POLLIN, 0};
    const timespec time{longest.count() / 1'000'000, (longest.count() % 1'000'000) * 1000};
    if (::ppoll(&wait, 1, &time, nullptr) <= 0) return true;
    char buffer[4096];
    const ssize_t length = ::read(m_terminal, buffer, sizeof buffer);
    if (length <= 0) return false;
    m_text.append(buffer, static_cast<std::size_t>(length));
    m_rest.append(buffer, static_cast<std::size_t>(length));
    parse();
    return true;
}

void WatchedProcess::parse() {
    const std::string begin = kLineBegin;
    for (std::size_t at = m_rest.find(begin); at != std::string::npos; at = m_rest.find(begin)) {
        const std::size_t from = at + begin.size();
        if (from == m_rest.size()) return;  // its text follows
        const std::size_t to = m_rest.find('\r', from);
        // A line is drawn in one write; where it is the last, it is complete.
        const Stage stage = stageOf(m_rest.substr(from, to == std::string::npos ? to : to - from));
        if (!stage.label.empty()) {
            if (m_stages.empty() || m_stages.back().label != stage.label) {
                m_stages.push_back(stage);
            } else {
                m_stages.back().done = stage.done;
                m_stages.back().total = stage.total;
            }
        }
        if (to == std::string::npos) {
            m_rest.clear();
            return;
        }
        m_rest.erase(0, to);
    }
}

bool WatchedProcess::kill() {
    if (m_ended) return false;
    ::kill(m_process, SIGKILL);
    finish();
    return m_killed;
}

void WatchedProcess::finish() {
    while (readSome(std::chrono::seconds(600))) {
    }
    reap(true);
}

void WatchedProcess::reap(bool wait) {
    if (m_ended) return;
    int status = 0;
    if (::waitpid(m_process, &status, wait ? 0 : WNOHANG) != m_process) return;
    m_ended = true;
    m_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string WatchedProcess::errorLine() const {
    const std::size_t begin = m_text.rfind("error: ");
    if (begin == std::string::npos) return {};
    return m_text.substr(begin, m_text.find('\r', begin) - begin);
}

}  // namespace studio::test
