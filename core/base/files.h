// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/progress.h"

namespace studio {

/// The whole file as bytes. Throws FileNotFound or FileUnreadable (also for a folder).
std::string readFile(const std::filesystem::path& path);

/// Writes `bytes` so that after a crash or a kill the file holds either its old or its new content:
/// temporary file beside it, fsync, rename, fsync of the folder. Throws FileUnwritable or DiskFull.
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// Copies a file piece by piece with the same promise, reading each piece back. `progress` counts its bytes.
/// Throws FileNotFound, FileUnreadable, FileUnwritable, DiskFull, Cancelled.
void copyFile(const std::filesystem::path& from, const std::filesystem::path& to,
              const ProgressFunction& progress = {}, const std::stop_token& stop = {});

/// Writes one large file piece by piece with the same promise as writeFileAtomically: append(), then
/// commit(). Without commit() the destructor removes what was written. The disk is never far behind, so that
/// commit() has little left to wait for. Until its end the temporary file is locked (flock(2)), where the
/// file system has locks: what is not locked was left by a process that is gone. Not thread-safe.
class AtomicFile {
public:
    /// Throws FileUnwritable or DiskFull, as do append() and commit().
    explicit AtomicFile(std::filesystem::path destination);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void append(std::string_view bytes);
    /// append(), then reads them back. Throws FileUnwritable where the file has other ones.
    void appendChecked(std::string_view bytes);
    /// Where the bytes are until commit(), for a look at them before they get their name.
    const std::filesystem::path& temporaryPath() const { return m_temporary; }
    /// fsync, rename, fsync of the folder.
    void commit();

private:
    void keepPace();

    std::filesystem::path m_destination;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;     // bytes appended
    std::uint64_t m_sent = 0;     // of which so many are on their way to the disk
    std::uint64_t m_arrived = 0;  // or there
    bool m_committed = false;
};

/// Makes a folder and its parents. Throws FileUnwritable.
void makeFolders(const std::filesystem::path& path);

/// Writes a folder as a whole: fill `path()`, then commit() renames it into place. An older folder of that
/// name is swapped in one step where the file system can (renameat2 RENAME_EXCHANGE), so that after a kill
/// either the old or the new one stands there whole; where it cannot, the old one steps aside first. Without
/// commit() the destructor removes everything that was written. Until its end the folder is locked as
/// AtomicFile locks its file. Not thread-safe.
class AtomicFolder {
public:
    explicit AtomicFolder(std::filesystem::path destination);
    ~AtomicFolder();
    AtomicFolder(const AtomicFolder&) = delete;
    AtomicFolder& operator=(const AtomicFolder&) = delete;

    const std::filesystem::path& path() const { return m_temporary; }
    /// Syncs every file below path(), then renames. Throws FileUnwritable or DiskFull.
    void commit();
    /// Puts right what a killed writer of folders in `parent` left there: a folder that had stepped aside
    /// goes back to its place where nothing stands there, all else that was half-done is removed. Only for
    /// folders whose name begins with `stem`. Nobody may be writing them.
    static void cleanUp(const std::filesystem::path& parent, const std::string& stem);

private:
    std::filesystem::path m_destination;
    std::filesystem::path m_temporary;
    int m_lock = -1;
    bool m_committed = false;
};

/// The id of the process that gave a file or folder this name while it was being written by an AtomicFile or
/// AtomicFolder; nothing for all other names.
std::optional<std::int64_t> writerOfTemporary(const std::string& name);

/// Puts the folder `fresh` where `destination` is, in the way and with the promise of AtomicFolder::commit();
/// both are on one file system. What stood there before is removed. Throws FileUnwritable or DiskFull.
void moveFolderIntoPlace(const std::filesystem::path& fresh, const std::filesystem::path& destination);

/// Throws the Error for an `error` (errno) of writing `path`: DiskFull or FileUnwritable.
[[noreturn]] void throwWriteError(const std::filesystem::path& path, int error);

/// Appends whole lines to a file (metrics.jsonl); every append() reaches the kernel before it returns.
class LineAppender {
public:
    explicit LineAppender(const std::filesystem::path& path);
    ~LineAppender();
    LineAppender(const LineAppender&) = delete;
    LineAppender& operator=(const LineAppender&) = delete;
    /// `line` without its line break. Throws FileUnwritable or DiskFull: then nothing of it is in the file.
    void append(std::string_view line);
    /// What was appended outlives a power cut. Throws as append() does.
    void sync();

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
};

/// Bytes free for this user on the file system of `path` (its nearest existing parent).
std::uint64_t freeDiskBytes(const std::filesystem::path& path);

/// A folder of this program's own data (templates are compiled in; the embedded model and the sample project
/// are files): $STUDIO_RESOURCES, else beside the installed program, else the source tree.
/// Throws FileNotFound when `relative` is in none of them.
std::filesystem::path resourcePath(const std::filesystem::path& relative);

/// The version of this program, for example "0.1.0".
const char* programVersion();

/// Seconds since 1970-01-01 UTC.
std::int64_t unixTime();
/// "2026-11-21T22:17:32Z".
std::string isoTime(std::int64_t unixSeconds);

}  // namespace studio
