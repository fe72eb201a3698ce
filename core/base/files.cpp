// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
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

/// What is being written, and what stood there before and has stepped aside.
constexpr const char* kTemporary = ".tmp-";
constexpr const char* kAside = ".old-";

/// A name beside `path` that no other writer of this or another process uses.
fs::path nameBeside(const fs::path& path, const char* kind) {
    static std::atomic<unsigned> counter{0};
    return path.parent_path() / ("." + path.filename().string() + kind + std::to_string(::getpid()) + "-" +
                                 std::to_string(counter++));
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

AtomicFile::AtomicFile(fs::path destination)
    : m_destination(std::move(destination)), m_temporary(nameBeside(m_destination, kTemporary)) {
    // Said now: the rename at the end would only call the folder "busy".
    std::error_code ignored;
    if (fs::is_directory(m_destination, ignored)) {
        throw Error(ErrorCode::FileUnwritable, m_destination.string() + " is a folder, not a file.",
                    "Name a file in it.", {m_destination.string()});
    }
    m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (m_descriptor < 0) throwWriteError(m_destination, errno);
}

AtomicFile::~AtomicFile() {
    ::close(m_descriptor);
    if (!m_committed) ::unlink(m_temporary.c_str());
}

void AtomicFile::append(std::string_view bytes) {
    writeAll(m_descriptor, bytes, m_destination);
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
    makeFolders(m_temporary);
}

AtomicFolder::~AtomicFolder() {
    std::error_code ignored;
    if (!m_committed) fs::remove_all(m_temporary, ignored);
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
        if (!stepped && name.rfind(kTemporary) == std::string::npos) continue;  // not of our making
        // The writer was killed between two renames: what stood there before is whole.
        const fs::path place = stepped ? parent / name.substr(1, aside - 1) : fs::path();
        if (stepped && !fs::exists(place, ignored))
            fs::rename(each, place, ignored);
        else
            fs::remove_all(each, ignored);
    }
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
