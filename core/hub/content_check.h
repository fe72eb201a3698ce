// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/formats/digest.h"
#include "core/hub/hub_file.h"

namespace studio {

/// How a file's bytes were found to be right.
enum class Verified {
    Sha256,   ///< by the SHA-256 that the hub states
    GitBlob,  ///< by the name of git's blob: SHA-1 of "blob SIZE\0" and the bytes
    Size      ///< by the size alone: the hub states nothing more
};
/// "sha256", "git_blob", "size".
const char* verifiedName(Verified verified);

/// Checks a file's bytes as they come. Not thread-safe.
class ContentCheck {
public:
    explicit ContentCheck(const HubFile& file);

    void update(std::string_view bytes);
    /// Throws as Digest does.
    void updateFromFile(const std::filesystem::path& path, const std::stop_token& stop);

    struct Result {
        bool right = false;
        Verified by = Verified::Size;
        std::string sha256;           ///< of the bytes, in any case
        std::string expected, found;  ///< the sums that were compared
    };
    /// Whether the bytes are the file's; call once, when all were given.
    Result finish();

private:
    HubFile m_file;
    Digest m_sha256{Digest::Kind::Sha256};
    std::optional<Digest> m_gitBlob;
};

/// The check of a whole file that is there, or nothing where it is none or has another size. Throws
/// FileUnreadable, Cancelled.
std::optional<ContentCheck::Result> checkFile(const std::filesystem::path& path, const HubFile& file,
                                              const std::stop_token& stop);

}  // namespace studio
