// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

namespace studio::test {

namespace detail {

/// Mounts a tmpfs in a user and a mount namespace of this process alone. The process must have one thread.
inline bool mountSmallDisk(const std::filesystem::path& folder, std::size_t bytes) {
    const unsigned user = ::getuid(), group = ::getgid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
    const std::string size = "size=" + std::to_string(bytes);
    return ::mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

}  // namespace detail

/// Runs `work` in a process of its own, in which `folder` is an empty disk of that size. What `work` returns:
/// an empty text where all was as it should be. Nothing where the system lets nobody make such a disk (user
/// namespaces are off): then the test must skip.
inline std::optional<std::string> onSmallDisk(const std::filesystem::path& folder, std::size_t bytes,
                                              const std::function<std::string()>& work) {
    int result[2];
    if (::pipe(result) != 0) return std::nullopt;
    const pid_t child = ::fork();
    if (child == 0) {
        // _exit: nothing may unwind into the test program of the parent.
        if (!detail::mountSmallDisk(folder, bytes)) ::_exit(77);
        std::string text;
        try {
            text = work();
        } catch (const std::exception& error) {
            text = std::string("thrown: ") + error.what();
        }
        const bool told = ::write(result[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
        ::_exit(told ? 0 : 1);
    }
    ::close(result[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t n = ::read(result[0], buffer, sizeof buffer); n > 0;
         n = ::read(result[0], buffer, sizeof buffer))
        text.append(buffer, static_cast<std::size_t>(n));
    ::close(result[0]);
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return std::nullopt;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) return std::nullopt;
    if (status != 0) text += " (the process ended with status " + std::to_string(status) + ")";
    return text;
}

}  // namespace studio::test

/// Runs the work on a small disk, and skips the test where there can be none.
#define STUDIO_ON_SMALL_DISK(folder, bytes, ...)                                                 \
    do {                                                                                         \
        const auto problem = studio::test::onSmallDisk(folder, bytes, __VA_ARGS__);              \
        if (!problem) QSKIP("this system lets nobody mount a small disk (user namespaces off)"); \
        QVERIFY2(problem->empty(), problem->c_str());                                            \
    } while (false)
