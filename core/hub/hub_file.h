// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace studio {

/// A file of a model as the hub lists it.
struct HubFile {
    std::string path;  ///< as the hub names it: relative, "/" between folders; see unsafePath()
    std::int64_t size = 0;
    std::string sha256;   ///< empty where the hub states none (small files)
    std::string gitBlob;  ///< SHA-1 of git's blob; empty where there is none, or that of a pointer

    bool isHashed() const { return !sha256.empty() || !gitBlob.empty(); }
    bool operator==(const HubFile&) const = default;
};

/// All files of one commit of a model.
struct HubListing {
    std::string hub, model, revision;
    std::string commit;  ///< to which the revision pointed, 40 hexadecimal digits
    std::vector<HubFile> files;
};

/// Why a file of this name is not written, or an empty text: a path that is absolute, leads out of its
/// folder, is longer than file systems take, holds a backslash or a control character, or means this
/// program's own files. Names from a hub are nobody's promise.
std::string unsafePath(const std::string& path);

}  // namespace studio
