// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace studio {

/// A process as status.json and the lock file name it.
struct RunWriter {
    std::int64_t processId = 0;  ///< 0: unknown
    std::string mark;            ///< as processMark() gives it

    bool operator==(const RunWriter&) const = default;
    /// "process 123 on this machine", "process 123 on HOST", "another process".
    std::string text() const;
};

/// The right to write into a run folder, held by one process at a time: flock(2) on RUN/.lock, which the
/// system takes back when the process ends, however it ends. Other processes are kept out where the file
/// system tells them of locks; see lockDecides().
class RunLock {
public:
    /// Throws RunBusy, naming the run and its holder, where another process, or another object of this one,
    /// has the lock, or the folder was moved or its lock removed meanwhile: a lock is always that of the
    /// folder that has the path now; FileUnwritable, DiskFull. A file system without locks gives none, in
    /// silence: what status.json says must do there.
    explicit RunLock(const std::filesystem::path& runFolder);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    /// Whom the lock file named before. Nobody: no process that takes locks has written here.
    const RunWriter& before() const { return m_before; }

private:
    int m_descriptor = -1;
    RunWriter m_before;
};

/// Whether a lock on the file system of `path` is seen by everyone who can write there: true for those of one
/// machine (ext4, XFS, Btrfs, tmpfs, …), false for network and unknown ones.
bool lockDecides(const std::filesystem::path& path);

/// Whether a run has a lock file that nobody holds, where that decides. Takes the lock for a moment.
bool lockIsFree(const std::filesystem::path& runFolder);

/// Who has the run's lock now, as far as it can be seen from here; nothing where nobody has it. Takes nothing
/// and writes nothing, so that one who wants the run later still learns who had it before.
std::optional<RunWriter> lockHolder(const std::filesystem::path& runFolder);
/// Throws RunBusy, as RunLock does, where somebody has the lock.
void throwIfHeld(const std::filesystem::path& runFolder);

/// What is known of the process that wrote a run last, by one that has the run's lock now.
enum class Writer { Gone, Alive, Unknown };
/// `said` is what status.json names (nobody where it is missing or damaged), `locked` whom the lock file
/// named, `decides` as lockDecides() gives it.
Writer writerOf(const RunWriter& said, const RunWriter& locked, bool decides);

}  // namespace studio
