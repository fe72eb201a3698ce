// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

#include "core/base/error.h"

namespace fs = std::filesystem;

namespace studio {

void throwWriteError(const fs::path& path, int error) {
    if (error == ENOSPC || error == EDQUOT) {
        throw Error(ErrorCode::DiskFull, "No space is left on the disk while writing " + path.string() + ".",
                    "Free some space and try again; nothing that was stored before is lost.",
                    {path.string()});
    }
    throw Error(ErrorCode::FileUnwritable,
                "Cannot write " + path.string() + ": " + std::strerror(error) + ".",
                "Check that the folder exists and that you may write there.", {path.string()});
}

namespace {

[[noreturn]] void throwReadError(const fs::path& path, int error) {
    if (error == ENOENT || error == ENOTDIR) {
        throw Error(ErrorCode::FileNotFound, "There is no file " + path.string() + ".", "Check the path.",
                    {path.string()});
    }
    throw Error(ErrorCode::FileUnreadable, "Cannot read " + path.string() + ": " + std::strerror(error) + ".",
                "Check that it is a file and that you may read it.", {path.string()});
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

void writeAll(int fd, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0) {
            if (errno == EINTR) continue;
            throwWriteError(path, errno);
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void syncPath(const fs::path& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0 || (::fsync(fd.get()) != 0 && errno != EINVAL)) throwWriteError(path, errno);
}

/// What is being written, and what stood there before and has stepped aside. Nobody else's files have that
/// name.
constexpr const char* kTemporary = ".finetune-studio.tmp-";
constexpr const char* kAnyTemporary = ".tmp-";
constexpr const char* kAside = ".old-";

constexpr std::size_t kPieceBytes = 8U << 20;
/// So much of a file may be ahead of the disk: what is left for commit(), which nobody can stop.
constexpr std::uint64_t kAheadOfDisk = 64U << 20;

/// The beginning of a name, without half of a character (UTF-8) at its end.
std::string beginningOf(std::string name, std::size_t most) {
    if (name.size() <= most) return name;
    while (most > 0 && (static_cast<unsigned char>(name[most]) & 0xC0U) == 0x80U) --most;
    name.resize(most);
    return name;
}

/// A name beside `path` that no other writer of this or another process uses. What has stepped aside keeps
/// its own name in it, so that it can come back.
fs::path nameBeside(const fs::path& path, const char* kind) {
    static std::atomic<unsigned> counter{0};
    constexpr std::size_t kLongestName = 255;
    const std::string end = kind + std::to_string(::getpid()) + "-" + std::to_string(counter++);
    std::string name = path.filename().string();
    if (kind == kTemporary) name = beginningOf(std::move(name), kLongestName - 1 - end.size());
    return path.parent_path() / ("." + name + end);
}

/// Shares of other machines, where a lock would keep even ourselves from reading what we write.
bool locksAreMandatory(int fd) {
    constexpr std::uint64_t kSmb = 0x517B, kCifs = 0xFF534D42, kSmb2 = 0xFE534D42;
    struct statfs status {};
    if (::fstatfs(fd, &status) != 0) return false;
    const auto type = static_cast<std::uint64_t>(status.f_type) & 0xFFFFFFFFU;
    return type == kSmb || type == kCifs || type == kSmb2;
}

/// For as long as the descriptor is open. Some file systems have no locks: there nobody takes an unlocked
/// file for one that was left. False where one who took it for that, before it was locked, has removed it.
bool lockForWriting(int fd, const fs::path& path) {
    if (fd < 0) return errno != ENOENT;
    if (locksAreMandatory(fd)) return true;
    int failed = 0;
    do failed = ::flock(fd, LOCK_EX);
    while (failed != 0 && errno == EINTR);
    if (failed != 0) return true;
    struct stat locked {
    }, named{};
    return ::fstat(fd, &locked) == 0 && ::lstat(path.c_str(), &named) == 0 && locked.st_ino == named.st_ino;
}

/// A file system whose numbers of files do not agree with themselves must not hold us up.
constexpr int kMostTries = 10;

/// The file's last bytes, as many as there are in `expected`.
bool endsWith(int fd, std::uint64_t size, std::string_view expected) {
    std::vector<char> bytes(std::min(expected.size(), kPieceBytes));
    std::uint64_t from = size - expected.size();
    while (!expected.empty()) {
        const std::size_t count = std::min(expected.size(), bytes.size());
        const ssize_t n = ::pread(fd, bytes.data(), count, static_cast<off_t>(from));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0 || std::memcmp(bytes.data(), expected.data(), static_cast<std::size_t>(n)) != 0)
            return false;
        expected.remove_prefix(static_cast<std::size_t>(n));
        from += static_cast<std::uint64_t>(n);
    }
    return true;
}

/// Sends a part of a file to the disk. What cannot be sent so is sent by the fsync at the end.
void sendRange(int fd, std::uint64_t from, std::uint64_t to, unsigned how, const fs::path& path) {
    if (from == to) return;  // which the system takes for all of the file
    const bool sent =
        ::sync_file_range(fd, static_cast<off64_t>(from), static_cast<off64_t>(to - from), how) == 0;
    if (!sent && (errno == ENOSPC || errno == EDQUOT || errno == EIO)) throwWriteError(path, errno);
}

fs::path parentOf(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// "models/tiny/" names the same folder as "models/tiny", but has no file name to put a temporary one beside.
fs::path withoutTrailingSlash(fs::path path) {
    return path.has_filename() ? path : path.parent_path();
}

void syncTree(const fs::path& folder) {
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (!entry->is_symlink(error)) syncPath(entry->path());
    }
    if (error) throwWriteError(folder, error.value());
    syncPath(folder);
}

/// Puts `fresh` where `destination` is. Returns where an older destination went, or an empty path.
fs::path swapFolders(const fs::path& fresh, const fs::path& destination) {
    if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, destination.c_str(), RENAME_EXCHANGE) == 0)
        return fresh;
    if (errno != ENOENT && errno != EINVAL && errno != ENOSYS && errno != EPERM)
        throwWriteError(destination, errno);
    // Nothing stands there, or the file system cannot exchange: rename() does not replace a folder that holds
    // files, so an old one steps aside first and goes last.
    const fs::path old = nameBeside(destination, kAside);
    const bool replaced = ::rename(destination.c_str(), old.c_str()) == 0;
    if (!replaced && errno != ENOENT) throwWriteError(destination, errno);
    if (::rename(fresh.c_str(), destination.c_str()) != 0) {
        const int error = errno;
        if (replaced) ::rename(old.c_str(), destination.c_str());
        throwWriteError(destination, error);
    }
    return replaced ? old : fs::path();
}

fs::path executableFolder() {
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

std::string readFile(const fs::path& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) throwReadError(path, errno);
    std::string bytes;
    std::error_code sizeUnknown;
    const auto size = fs::file_size(path, sizeUnknown);
    if (!sizeUnknown) bytes.reserve(size + 1);
    char buffer[1 << 16];
    for (;;) {
        const ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
        if (n == 0) return bytes;
        if (n < 0) {
            if (errno == EINTR) continue;
            throwReadError(path, errno);
        }
        bytes.append(buffer, static_cast<std::size_t>(n));
    }
}

void writeFileAtomically(const fs::path& path, std::string_view bytes) {
    AtomicFile file(path);
    file.append(bytes);
    file.commit();
}

void copyFile(const fs::path& from, const fs::path& to, const ProgressFunction& progress,
              const std::stop_token& stop) {
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (source.get() < 0) throwReadError(from, errno);
    std::error_code unknown;
    const auto size = fs::file_size(from, unknown);
    Progress done{0, unknown ? 0 : static_cast<std::int64_t>(size)};
    AtomicFile copy(to);
    std::vector<char> piece(kPieceBytes);
    for (;;) {
        throwIfStopped(stop);
        const ssize_t n = ::read(source.get(), piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throwReadError(from, errno);
        if (n == 0) break;
        copy.appendChecked({piece.data(), static_cast<std::size_t>(n)});
        done.done += n;
        if (progress) progress(done);
    }
    copy.commit();
}

AtomicFile::AtomicFile(fs::path destination)
    : m_destination(std::move(destination)), m_temporary(nameBeside(m_destination, kTemporary)) {
    // Said now: the rename at the end would only call the folder "busy".
    std::error_code ignored;
    if (fs::is_directory(m_destination, ignored)) {
        throw Error(ErrorCode::FileUnwritable, m_destination.string() + " is a folder, not a file.",
                    "Name a file in it.", {m_destination.string()});
    }
    int tries = 0;
    do {
        if (m_descriptor >= 0) ::close(m_descriptor);
        m_descriptor = ::open(m_temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (m_descriptor < 0) throwWriteError(m_destination, errno);
    } while (!lockForWriting(m_descriptor, m_temporary) && ++tries < kMostTries);
}

AtomicFile::~AtomicFile() {
    ::close(m_descriptor);
    if (!m_committed) ::unlink(m_temporary.c_str());
}

void AtomicFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kPieceBytes);
        writeAll(m_descriptor, piece, m_destination);
        m_size += piece.size();
        keepPace();
        bytes.remove_prefix(piece.size());
    }
}

void AtomicFile::appendChecked(std::string_view bytes) {
    append(bytes);
    if (endsWith(m_descriptor, m_size, bytes)) return;
    throw Error(ErrorCode::FileUnwritable,
                "What was read back from " + m_destination.string() + " differs from what was written.",
                "Check the disk and try again.", {m_destination.string()});
}

void AtomicFile::keepPace() {
    if (m_size - m_sent < kAheadOfDisk) return;
    constexpr unsigned kAndWait =
        SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
    sendRange(m_descriptor, m_arrived, m_sent, kAndWait, m_destination);
    m_arrived = m_sent;
    sendRange(m_descriptor, m_sent, m_size, SYNC_FILE_RANGE_WRITE, m_destination);
    m_sent = m_size;
}

void AtomicFile::commit() {
    if (::fsync(m_descriptor) != 0) throwWriteError(m_destination, errno);
    if (::rename(m_temporary.c_str(), m_destination.c_str()) != 0) throwWriteError(m_destination, errno);
    m_committed = true;
    syncPath(parentOf(m_destination));
}

void makeFolders(const fs::path& path) {
    if (path.empty()) return;  // what a plain name lies in: the folder one stands in
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throwWriteError(path, error.value());
}

void moveFolderIntoPlace(const fs::path& fresh, const fs::path& destination) {
    syncTree(fresh);
    const fs::path old = swapFolders(fresh, destination);
    syncPath(parentOf(destination));
    std::error_code ignored;
    if (!old.empty()) fs::remove_all(old, ignored);
}

AtomicFolder::AtomicFolder(fs::path destination)
    : m_destination(withoutTrailingSlash(std::move(destination))),
      m_temporary(nameBeside(m_destination, kTemporary)) {
    int tries = 0;
    do {
        if (m_lock >= 0) ::close(m_lock);
        makeFolders(m_temporary);
        m_lock = ::open(m_temporary.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (!lockForWriting(m_lock, m_temporary) && ++tries < kMostTries);
}

AtomicFolder::~AtomicFolder() {
    std::error_code ignored;
    if (!m_committed) fs::remove_all(m_temporary, ignored);
    if (m_lock >= 0) ::close(m_lock);
}

void AtomicFolder::commit() {
    moveFolderIntoPlace(m_temporary, m_destination);
    m_committed = true;
}

void AtomicFolder::cleanUp(const fs::path& parent, const std::string& stem) {
    std::vector<fs::path> leftovers;
    std::error_code error;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.rfind("." + stem, 0) == 0) leftovers.push_back(entry->path());
    }
    std::error_code ignored;
    for (const fs::path& each : leftovers) {
        const std::string name = each.filename().string();
        const std::size_t aside = name.rfind(kAside);
        const bool stepped = aside != std::string::npos;
        if (!stepped && name.rfind(kAnyTemporary) == std::string::npos) continue;  // not of our making
        // The writer was killed between two renames: what stood there before is whole.
        const fs::path place = stepped ? parent / name.substr(1, aside - 1) : fs::path();
        if (stepped && !fs::exists(place, ignored))
            fs::rename(each, place, ignored);
        else
            fs::remove_all(each, ignored);
    }
}

std::optional<std::int64_t> writerOfTemporary(const std::string& name) {
    const std::string_view kind(kTemporary);
    const std::size_t at = name.rfind(kind);
    if (!name.starts_with('.') || at == std::string::npos || at < 2) return std::nullopt;
    const char* const end = name.data() + name.size();
    std::int64_t processId = 0;
    std::uint64_t count = 0;
    const auto process = std::from_chars(name.data() + at + kind.size(), end, processId);
    if (process.ec != std::errc() || process.ptr == end || *process.ptr != '-') return std::nullopt;
    const auto number = std::from_chars(process.ptr + 1, end, count);
    if (number.ec != std::errc() || number.ptr != end || processId <= 0) return std::nullopt;
    return processId;
}

LineAppender::LineAppender(const fs::path& path) : m_path(path) {
    m_descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (m_descriptor < 0) throwWriteError(path, errno);
}

LineAppender::~LineAppender() {
    ::close(m_descriptor);
}

void LineAppender::append(std::string_view line) {
    std::string whole(line);
    whole += '\n';
    const off_t before = ::lseek(m_descriptor, 0, SEEK_END);
    try {
        writeAll(m_descriptor, whole, m_path);
    } catch (const Error&) {
        // A full disk may take half of it, to which the next line would be joined.
        if (before >= 0 && ::ftruncate(m_descriptor, before) != 0) throw;
        throw;
    }
}

void LineAppender::sync() {
    if (::fsync(m_descriptor) != 0 && errno != EINVAL) throwWriteError(m_path, errno);
}

std::uint64_t freeDiskBytes(const fs::path& path) {
    std::error_code ignored;
    fs::path existing = fs::absolute(path, ignored);
    while (!existing.empty() && !fs::exists(existing, ignored)) {
        if (existing == existing.parent_path()) break;
        existing = existing.parent_path();
    }
    struct statvfs status {};
    if (::statvfs(existing.c_str(), &status) != 0) return 0;
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

fs::path resourcePath(const fs::path& relative) {
    std::error_code ignored;
    if (const char* folder = std::getenv("STUDIO_RESOURCES")) {
        if (fs::exists(fs::path(folder) / relative, ignored)) return fs::path(folder) / relative;
    }
    for (const fs::path& root :
         {executableFolder() / "../share/finetune-studio", fs::path(STUDIO_SOURCE_RESOURCES)}) {
        if (fs::exists(root / relative, ignored)) return (root / relative).lexically_normal();
    }
    throw Error(ErrorCode::FileNotFound, "The program's own file " + relative.string() + " is not installed.",
                "Install FineTune Studio again, or set STUDIO_RESOURCES to its resources folder.",
                {relative.string()});
}

const char* programVersion() {
    return STUDIO_VERSION;
}

std::int64_t unixTime() {
    return static_cast<std::int64_t>(std::time(nullptr));
}

std::string isoTime(std::int64_t unixSeconds) {
    const std::time_t time = static_cast<std::time_t>(unixSeconds);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text, length};
}

}  // namespace studio
