// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace studio {

/// Streaming SHA-256 (FIPS 180-4) over libcrypto.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(std::string_view bytes);
    /// The bytes of a file, read in pieces. Throws FileNotFound, FileUnreadable, Cancelled.
    void updateFromFile(const std::filesystem::path& path, const std::stop_token& stop = {});
    /// Lower-case hexadecimal, 64 characters. Call once.
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string sha256(std::string_view bytes);
/// Throws FileNotFound/FileUnreadable, Cancelled.
std::string sha256File(const std::filesystem::path& path, const std::stop_token& stop = {});

}  // namespace studio
