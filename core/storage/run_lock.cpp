// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/base/error.h"
#include "core/storage/process_mark.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kLockFile = ".lock";
constexpr int kTries = 20;
constexpr std::chrono::milliseconds kPause{10};

/// "PID MARK".
RunWriter readWriter(int descriptor) {
    char text[512];
    const ssize_t length = ::pread(descriptor, text, sizeof text, 0);
    RunWriter writer;
    if (length <= 0) return writer;
    const char* end = std::find(text, text + length, '\n');
    const auto number = std::from_chars(text, end, writer.processId);
    if (number.ec == std::errc() && number.ptr < end) writer.mark.assign(number.ptr + 1, end);
    return writer;
}

/// Only for the message of the next one who wants the lock: a full disk must not keep a run from going on.
void writeWriter(int descriptor) {
    const std::int64_t processId = ownProcessId();
    const std::string text = std::to_string(processId) + " " + processMark(processId) + "\n";
    if (::ftruncate(descriptor, 0) != 0) return;
    if (::pwrite(descriptor, text.data(), text.size(), 0) < 0) return;
}

/// True: locked. False: the file system has no locks. A look of lockIsFree() passes in no time, so that a
/// lock which is taken is tried a few times.
bool locked(int descriptor, bool& busy) {
    for (int tries = 0; tries < kTries; ++tries) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
        if (errno != EWOULDBLOCK && errno != EINTR) return false;
        std::this_thread::sleep_for(kPause);
    }
    busy = true;
    return false;
}

/// Between open and flock another process may have moved the folder, or removed the file: whoever locks the
/// file of before locks nothing that others see.
bool isStill(int descriptor, const fs::path& file) {
    struct stat locked {
    }, named{};
    return ::fstat(descriptor, &locked) == 0 && ::stat(file.c_str(), &named) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

[[noreturn]] void throwMoved(const fs::path& runFolder) {
    const std::string name = runFolder.filename().string();
    throw Error(ErrorCode::RunBusy, "The run " + name + " has just been moved by another process.",
                "List the runs to see what has become of it.", {name});
}

[[noreturn]] void throwBusy(const fs::path& runFolder, const RunWriter& holder) {
    const std::string name = runFolder.filename().string();
    throw Error(ErrorCode::RunBusy, "The run " + name + " is in the hands of " + holder.text() + ".",
                "Wait for its end, or stop it; then the run can go on.", {name});
}

}  // namespace

std::string RunWriter::text() const {
    if (processId == 0) return "another process";
    const std::string host = mark.substr(0, mark.find(' '));
    return "process " + std::to_string(processId) + " on " +
           (host.empty() || onThisHost(mark) ? "this machine" : host);
}

RunLock::RunLock(const fs::path& runFolder) {
    const fs::path file = runFolder / kLockFile;
    m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (m_descriptor < 0) {
        throw Error(ErrorCode::FileUnwritable,
                    "Cannot write " + file.string() + ": " + std::strerror(errno) + ".",
                    "Check that the folder exists and that you may write there.", {file.string()});
    }
    m_before = readWriter(m_descriptor);
    bool busy = false;
    if (locked(m_descriptor, busy)) {
        if (!isStill(m_descriptor, file)) {
            ::close(m_descriptor);
            throwMoved(runFolder);
        }
        m_before = readWriter(m_descriptor);
        writeWriter(m_descriptor);
        return;
    }
    if (!busy) return;
    ::close(m_descriptor);
    throwBusy(runFolder, m_before);
}

RunLock::~RunLock() {
    ::close(m_descriptor);
}

bool lockDecides(const fs::path& path) {
    // From linux/magic.h and the file systems' own headers: those that only one machine can have mounted.
    static constexpr std::array<std::uint64_t, 15> kLocal = {
        0xEF53,      // ext2, ext3, ext4
        0x58465342,  // XFS
        0x9123683E,  // Btrfs
        0x2FC12FC1,  // ZFS
        0xF2F52010,  // F2FS
        0xCA451A4E,  // bcachefs
        0x01021994,  // tmpfs
        0x858458F6,  // ramfs
        0x794C7630,  // overlayfs
        0x4D44,      // FAT
        0x2011BAB0,  // exFAT
        0x7366746E,  // NTFS3
        0x3153464A,  // JFS
        0x52654973,  // ReiserFS
        0x3434,      // NILFS2
    };
    struct statfs status {};
    if (::statfs(path.c_str(), &status) != 0) return false;
    const auto type = static_cast<std::uint64_t>(status.f_type) & 0xFFFFFFFFU;
    return std::find(kLocal.begin(), kLocal.end(), type) != kLocal.end();
}

bool lockIsFree(const fs::path& runFolder) {
    const int descriptor = ::open((runFolder / kLockFile).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool free = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
    ::close(descriptor);
    return free && lockDecides(runFolder);
}

std::optional<RunWriter> lockHolder(const fs::path& runFolder) {
    const int descriptor = ::open((runFolder / kLockFile).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    std::optional<RunWriter> holder;
    if (::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) holder = readWriter(descriptor);
    ::close(descriptor);
    return holder;
}

void throwIfHeld(const fs::path& runFolder) {
    std::optional<RunWriter> holder = lockHolder(runFolder);
    // One who only looks, or puts leftovers right, lets go at once.
    for (int tries = 0; holder && tries < kTries; ++tries) {
        std::this_thread::sleep_for(kPause);
        holder = lockHolder(runFolder);
    }
    if (holder) throwBusy(runFolder, *holder);
}

Writer writerOf(const RunWriter& said, const RunWriter& locked, bool decides) {
    const RunWriter& last = said.processId != 0 ? said : locked;
    if (last.processId == 0) return Writer::Unknown;
    // It took the lock, which is ours now: so it has let it go. Between machines that is not certain.
    const bool tookLocks = last == locked;
    if (tookLocks && (decides || onThisHost(last.mark))) return Writer::Gone;
    if (processGone(last.processId, last.mark)) return Writer::Gone;
    return onThisHost(last.mark) || last.mark.empty() ? Writer::Alive : Writer::Unknown;
}

}  // namespace studio
