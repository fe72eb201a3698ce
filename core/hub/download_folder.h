// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/hub/download_state.h"
#include "core/hub/hub_file.h"

namespace studio {

/// Where a download goes: absolute, links resolved, without a slash at its end.
std::filesystem::path downloadTarget(const std::filesystem::path& folder);

/// The receipt of an earlier download into `target`; nothing where that is not there or empty. Throws
/// InvalidArgument where it is a file, holds something that this program did not download, or another model.
std::optional<DownloadReceipt> earlierDownload(const std::filesystem::path& target, const std::string& model);

/// TARGET.part, in which a download grows until it is whole and takes TARGET's place. It stays when a
/// download ends early, and the next one into the same target goes on with it. One process at a time has it:
/// flock(2) on a file in it. Not thread-safe.
class DownloadFolder {
public:
    /// Makes it, or takes one that is there. Throws FileUnwritable, also where another process has it,
    /// DiskFull, InvalidArgument where it holds something else than this model's download.
    DownloadFolder(std::filesystem::path target, const DownloadOrigin& origin);
    ~DownloadFolder();
    DownloadFolder(const DownloadFolder&) = delete;
    DownloadFolder& operator=(const DownloadFolder&) = delete;

    const std::filesystem::path& target() const { return m_target; }
    const std::filesystem::path& path() const { return m_part; }
    /// Where a file is once it is whole and checked.
    std::filesystem::path placeOf(const HubFile& file) const { return m_part / file.path; }
    /// Where it grows: a name made of its path and its stated content, so that nothing is ever taken for the
    /// beginning of other bytes of which the hub says more than a size.
    std::filesystem::path partialOf(const HubFile& file) const;
    /// Removes all that is of no use for these files: whole files of another choice or commit, which must not
    /// get into the model's folder, and beginnings of others.
    void dropAllBut(const std::vector<HubFile>& files) const;
    /// Moves a whole file to its place. Throws FileUnwritable, DiskFull.
    void settle(const HubFile& file) const;

    /// The ETag that is known of a half file, or an empty text.
    std::string etagOf(const HubFile& file) const;
    /// Remembers it beyond this process. Throws FileUnwritable, DiskFull.
    void rememberEtag(const HubFile& file, const std::string& etag);

    /// Everything is in its place: brings along what `target` has and this folder has not (as links to the
    /// same files where the file system can), writes the receipt and takes the target's place in one step.
    /// Throws FileUnwritable, DiskFull, Cancelled.
    void finish(const DownloadReceipt& receipt, const std::stop_token& stop);

private:
    void lock();
    bool holdsNothing() const;
    void adopt(const DownloadOrigin& origin);
    void bringAlong(const std::stop_token& stop) const;

    std::filesystem::path m_target, m_part;
    DownloadState m_state;
    int m_lock = -1;
    bool m_isFinished = false;
};

}  // namespace studio
