// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/download_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/progress.h"
#include "core/formats/quoted.h"
#include "core/formats/sha256.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr const char* kStateFile = "state.json";
constexpr const char* kLockFile = "lock";

bool isEmpty(const fs::path& folder) {
    std::error_code failed;
    return fs::directory_iterator(folder, failed) == fs::directory_iterator() && !failed;
}

[[noreturn]] void throwForeign(const fs::path& folder) {
    throw Error(ErrorCode::InvalidArgument,
                folder.string() + " is there already, and is not a download of this program.",
                "Choose another folder to download into, or move this one away.",
                {folder.string(), "no_download"});
}

void checkModel(const fs::path& folder, const std::string& there, const std::string& model) {
    if (there == model) return;
    throw Error(ErrorCode::InvalidArgument,
                folder.string() + " holds a download of " + inQuotes(there) + ", not of " + model + ".",
                "Choose another folder to download into, or remove this one.",
                {folder.string(), "download_of_other", there});
}

/// The link itself, not what it leads to.
void bringLink(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    if (fs::exists(fs::symlink_status(to, failed))) return;
    fs::copy_symlink(from, to, failed);
    if (failed) throwWriteError(to, failed.value());
}

/// The same file under another name where the file system can, else a copy of it.
void linkOrCopy(const fs::path& from, const fs::path& to) {
    if (::link(from.c_str(), to.c_str()) == 0 || errno == EEXIST) return;
    std::error_code failed;
    fs::copy_file(from, to, failed);
    if (failed) throwWriteError(to, failed.value());
}

}  // namespace

fs::path downloadTarget(const fs::path& folder) {
    std::error_code failed;
    fs::path target = fs::weakly_canonical(folder, failed);
    if (failed || !target.is_absolute()) target = fs::absolute(folder).lexically_normal();
    return target.has_filename() ? target : target.parent_path();
}

std::optional<DownloadReceipt> earlierDownload(const fs::path& target, const std::string& model) {
    std::error_code ignored;
    if (!fs::exists(target, ignored)) return std::nullopt;
    if (!fs::is_directory(target, ignored)) {
        throw Error(ErrorCode::InvalidArgument, target.string() + " is a file, not a folder.",
                    "Choose a folder to download into.", {target.string(), "not_a_folder"});
    }
    if (isEmpty(target)) return std::nullopt;
    auto receipt = readDownloadReceipt(target);
    if (!receipt) throwForeign(target);
    checkModel(target, receipt->origin.model, model);
    return receipt;
}

DownloadFolder::DownloadFolder(fs::path target, const DownloadOrigin& origin)
    : m_target(std::move(target)), m_part(m_target.string() + ".part") {
    std::error_code ignored;
    // What else is there of that name is nobody's to write into; a killed finish() leaves a receipt.
    if (fs::exists(m_part, ignored) && !isEmpty(m_part) && !fs::exists(m_part / kStateFolder, ignored) &&
        !fs::exists(m_part / kReceiptFile, ignored))
        throwForeign(m_part);
    makeFolders(m_part / kStateFolder);
    lock();
    try {
        adopt(origin);
    } catch (...) {
        ::close(m_lock);
        throw;
    }
}

DownloadFolder::~DownloadFolder() {
    std::error_code ignored;
    if (!m_isFinished && holdsNothing()) fs::remove_all(m_part, ignored);
    ::close(m_lock);
}

bool DownloadFolder::holdsNothing() const {
    std::error_code failed;
    fs::recursive_directory_iterator entry(m_part, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        const fs::path name = entry->path().lexically_relative(m_part);
        if (name != kStateFolder && name != fs::path(kStateFolder) / kStateFile &&
            name != fs::path(kStateFolder) / kLockFile)
            return false;
    }
    return !failed;
}

void DownloadFolder::lock() {
    const fs::path file = m_part / kStateFolder / kLockFile;
    m_lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (m_lock < 0) throwWriteError(file, errno);
    struct stat opened {
    }, named{};
    const bool busy = ::flock(m_lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    // Another process may have finished, and moved the folder away, between the two calls.
    const bool moved = ::fstat(m_lock, &opened) != 0 || ::stat(file.c_str(), &named) != 0 ||
                       opened.st_ino != named.st_ino || opened.st_dev != named.st_dev;
    if (!busy && !moved) return;
    ::close(m_lock);
    throw Error(
        ErrorCode::FileUnwritable, "Another process is downloading into " + m_target.string() + " just now.",
        "Wait for its end, or stop it; then the download can go on.", {m_target.string(), "download_busy"});
}

void DownloadFolder::adopt(const DownloadOrigin& origin) {
    const fs::path file = m_part / kStateFolder / kStateFile;
    if (auto state = readDownloadState(file)) {
        checkModel(m_part, state->origin.model, origin.model);
        m_state = std::move(*state);
    } else if (const auto receipt = readDownloadReceipt(m_part)) {
        checkModel(m_part, receipt->origin.model, origin.model);
    }
    m_state.origin = origin;
    writeDownloadState(file, m_state);
}

fs::path DownloadFolder::partialOf(const HubFile& file) const {
    const std::string content = file.sha256.empty() ? file.gitBlob : file.sha256;
    return m_part / kStateFolder / sha256(file.path + "\n" + content + "\n" + std::to_string(file.size));
}

void DownloadFolder::dropAllBut(const std::vector<HubFile>& files) const {
    const fs::path state = m_part / kStateFolder;
    std::set<fs::path> wanted{state / kStateFile, state / kLockFile}, parents{state};
    for (const HubFile& file : files) {
        wanted.insert(partialOf(file));
        wanted.insert(placeOf(file));
        for (fs::path path = placeOf(file).parent_path(); path != m_part; path = path.parent_path())
            parents.insert(path);
    }
    std::vector<fs::path> useless;
    std::error_code failed;
    fs::recursive_directory_iterator entry(m_part, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        std::error_code ignored;
        const auto type = entry->symlink_status(ignored).type();
        const auto& kept = type == fs::file_type::directory ? parents : wanted;
        const bool isPlain = type == fs::file_type::directory || type == fs::file_type::regular;
        if (isPlain && kept.count(entry->path()) > 0) continue;
        useless.push_back(entry->path());
        entry.disable_recursion_pending();
    }
    for (auto path = useless.begin(); !failed && path != useless.end(); ++path) fs::remove_all(*path, failed);
    if (failed) throwWriteError(m_part, failed.value());
}

void DownloadFolder::settle(const HubFile& file) const {
    const fs::path place = placeOf(file);
    makeFolders(place.parent_path());
    if (::rename(partialOf(file).c_str(), place.c_str()) != 0) throwWriteError(place, errno);
}

std::string DownloadFolder::etagOf(const HubFile& file) const {
    const auto found = m_state.etags.find(file.path);
    return found == m_state.etags.end() ? std::string() : found->second;
}

void DownloadFolder::rememberEtag(const HubFile& file, const std::string& etag) {
    if (etagOf(file) == etag) return;
    m_state.etags[file.path] = etag;
    writeDownloadState(m_part / kStateFolder / kStateFile, m_state);
}

void DownloadFolder::bringAlong(const std::stop_token& stop) const {
    std::error_code failed;
    fs::recursive_directory_iterator entry(m_target, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        throwIfStopped(stop);
        const fs::path relative = entry->path().lexically_relative(m_target);
        const fs::path to = m_part / relative;
        std::error_code ignored;
        if (relative == kReceiptFile || relative == kStateFolder) {
            entry.disable_recursion_pending();
        } else if (entry->is_symlink(ignored)) {
            bringLink(entry->path(), to);
        } else if (entry->is_directory(ignored)) {
            if (!fs::exists(to, ignored)) makeFolders(to);
        } else if (entry->is_regular_file(ignored)) {
            linkOrCopy(entry->path(), to);
        }
    }
    if (failed) throwWriteError(m_part, failed.value());
}

void DownloadFolder::finish(const DownloadReceipt& receipt, const std::stop_token& stop) {
    std::error_code ignored;
    if (fs::exists(m_target, ignored)) bringAlong(stop);
    writeDownloadReceipt(m_part, receipt);
    moveFolderIntoPlace(m_part, m_target);
    m_isFinished = true;
    // Only now: with it the lock goes from its place.
    fs::remove_all(m_target / kStateFolder, ignored);
}

}  // namespace studio
