// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/sha256.h"

namespace studio {

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

std::string sha256File(const std::filesystem::path& path, const std::stop_token& stop) {
    Sha256 hash;
    hash.updateFromFile(path, stop);
    return hash.finish();
}

}  // namespace studio
