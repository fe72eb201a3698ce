// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/other_base.h"  // kReceiptFile

namespace studio {

/// In a folder that is being downloaded: the files that are not whole yet, the state and the lock.
inline constexpr const char* kStateFolder = ".download";
/// Which commit of which model a folder holds or is to hold.
struct DownloadOrigin {
    std::string hub, model, revision, commit;
};

/// What a download that is under way has to remember. Never a token.
struct DownloadState {
    DownloadOrigin origin;
    /// ETags of files that are half there, by path: what comes later must be of the same bytes.
    std::map<std::string, std::string> etags;
};

/// What a downloaded folder says of itself.
struct DownloadReceipt {
    struct File {
        std::string path, sha256;
    };
    DownloadOrigin origin;
    std::vector<File> files;
};

/// Nothing where there is no such file. Throw BadFormat for one that is damaged, FileUnreadable.
std::optional<DownloadState> readDownloadState(const std::filesystem::path& file);
std::optional<DownloadReceipt> readDownloadReceipt(const std::filesystem::path& folder);
/// Written atomically. Throw FileUnwritable, DiskFull.
void writeDownloadState(const std::filesystem::path& file, const DownloadState& state);
void writeDownloadReceipt(const std::filesystem::path& folder, const DownloadReceipt& receipt);

}  // namespace studio
