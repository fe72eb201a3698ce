// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// How often the rows of one source come in an epoch: 2 is twice, 0.5 is every other row, 0 is never.
struct SourceWeight {
    std::string source;
    double weight = 1.0;
};

inline constexpr double kMostSourceWeight = 1000.0;

/// "countries.json=2, alpaca.json=0.5". `problem` gets the part that is not source=weight with a weight of 0
/// to kMostSourceWeight, or that names a source a second time.
std::vector<SourceWeight> parseMixture(std::string_view text, std::optional<std::string>& problem);

}  // namespace studio
