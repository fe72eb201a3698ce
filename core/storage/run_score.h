// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace studio {

/// How many rows of the test split the run's model answered exactly: exact_match.json in its folder, written
/// by who asked them all.
struct RunScore {
    std::int64_t matched = 0;
    std::int64_t all = 0;       ///< above 0
    std::int64_t measured = 0;  ///< unix seconds

    double percent() const { return 100.0 * static_cast<double>(matched) / static_cast<double>(all); }
    bool operator==(const RunScore&) const = default;
};

std::filesystem::path runScoreFile(const std::filesystem::path& runFolder);
/// Nothing where it was not measured, or the file is damaged.
std::optional<RunScore> readRunScore(const std::filesystem::path& runFolder);
/// Written as a whole or not at all. Throws FileUnwritable, DiskFull.
void writeRunScore(const std::filesystem::path& runFolder, const RunScore& score);

}  // namespace studio
