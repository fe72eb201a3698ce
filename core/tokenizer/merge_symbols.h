// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/tokenizer/merge_table.h"

namespace studio {

/// A token of a word, and where it ends in the word's bytes.
struct WordToken {
    TokenId id = 0;
    std::uint32_t end = 0;
};

/// Byte pair encoding proper (Sennrich et al., https://arxiv.org/abs/1508.07909): as long as two neighbours
/// have a merge, the one with the smallest rank is made, the leftmost first. `symbols` are the word's first
/// tokens and become its last ones.
///
/// Up to 64 symbols the next merge is searched, which is fastest for words; more are kept in a queue. The
/// time is O(n log n) at most, and for a text without spaces of many megabytes almost linear: there the queue
/// is a list of places for each rank, so that a rank's merges are made in one pass over the text.
void mergeSymbols(const MergeTable& merges, std::vector<WordToken>& symbols);

}  // namespace studio
