// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/digest.h"

namespace studio {

/// Streaming SHA-256.
class Sha256 : public Digest {
public:
    Sha256() : Digest(Kind::Sha256) {}
};

std::string sha256(std::string_view bytes);
/// Throws FileNotFound/FileUnreadable, Cancelled.
std::string sha256File(const std::filesystem::path& path, const std::stop_token& stop = {});

}  // namespace studio
