// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace studio {

/// A streaming digest over libcrypto: SHA-256 (FIPS 180-4), or SHA-1, which names the blobs of git and is
/// good for nothing else. Not thread-safe.
class Digest {
public:
    enum class Kind { Sha1, Sha256 };
    explicit Digest(Kind kind);
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    void update(std::string_view bytes);
    /// The bytes of a file, read in pieces. Throws FileNotFound, FileUnreadable, Cancelled.
    void updateFromFile(const std::filesystem::path& path, const std::stop_token& stop = {});
    /// Lower-case hexadecimal, 64 characters (SHA-1: 40). Call once.
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace studio
