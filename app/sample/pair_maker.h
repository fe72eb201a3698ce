// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/sample/fact_table.h"

namespace studio {

/// The seed of the committed pairs.
inline constexpr std::uint64_t kDefaultPairSeed = 1;

/// One instruction–response pair and the country it is about.
struct SamplePair {
    std::string country;
    std::string instruction;
    std::string output;
};

/// The pairs of the sample project. No country is in both lists.
struct SamplePairs {
    std::vector<SamplePair> train;  ///< two thirds of the countries, two of the three kinds for each in turn
    std::vector<SamplePair> test;   ///< the other third, all three kinds for each
};

/// Asks for capital, continent and currency; a fact that the table leaves out gives no pair. Which countries
/// are held out, and the order, depend on the seed only. Throws InvalidArgument for fewer than three
/// countries.
SamplePairs makePairs(const std::vector<Country>& countries, std::uint64_t seed);

/// An Alpaca JSON array, one key a line, with a line break at the end.
std::string alpacaJson(const std::vector<SamplePair>& pairs);

}  // namespace studio
