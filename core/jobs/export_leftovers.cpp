// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/export_leftovers.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

#include "core/base/files.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

/// A file or folder that was opened and locked by nobody else: its writer is gone. Never follows a link and
/// never waits.
class UnlockedEntry {
public:
    explicit UnlockedEntry(const fs::path& path)
        : m_path(path), m_descriptor(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {}
    ~UnlockedEntry() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    UnlockedEntry(const UnlockedEntry&) = delete;
    UnlockedEntry& operator=(const UnlockedEntry&) = delete;

    bool isOurs() const {
        struct stat opened {
        }, named{};
        if (m_descriptor < 0 || ::fstat(m_descriptor, &opened) != 0 || opened.st_uid != ::geteuid())
            return false;
        if (!S_ISREG(opened.st_mode) && !S_ISDIR(opened.st_mode)) return false;
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) return false;
        // Before the lock was had, the name may have come to be another one's.
        return ::lstat(m_path.c_str(), &named) == 0 && named.st_dev == opened.st_dev &&
               named.st_ino == opened.st_ino;
    }

private:
    const fs::path& m_path;
    int m_descriptor;
};

/// Whom the name says to have written it. Our own id may have been that of an earlier process; what we write
/// is locked.
bool writerIsGone(const fs::path& path) {
    const std::optional<std::int64_t> writer = writerOfTemporary(path.filename().string());
    return writer && (*writer == ownProcessId() || processGone(*writer, {}));
}

}  // namespace

std::size_t removeExportLeftovers(const fs::path& folder) {
    if (!lockDecides(folder)) return 0;
    std::vector<fs::path> left;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (writerIsGone(entry->path())) left.push_back(entry->path());
    std::size_t removed = 0;
    for (const fs::path& path : left) {
        const UnlockedEntry entry(path);
        std::error_code failed;
        if (entry.isOurs() && fs::remove_all(path, failed) > 0 && !failed) ++removed;
    }
    return removed;
}

std::size_t removeLeftoversBeside(const fs::path& out) {
    std::error_code unknown;
    const fs::path whole = fs::absolute(out, unknown).lexically_normal();
    return removeExportLeftovers((whole.has_filename() ? whole : whole.parent_path()).parent_path());
}

}  // namespace studio
