// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

enum class NormalForm { Nfc, Nfd, Nfkc, Nfkd };

/// A part of a text that was replaced; all other bytes were kept. Offsets in bytes, in ascending order.
struct TextEdit {
    std::size_t oldBegin = 0;
    std::size_t oldEnd = 0;
    std::size_t newBegin = 0;
    std::size_t newEnd = 0;
};

/// A Unicode normalization form (UAX #15) of a text of less than 2 GiB, as Hugging Face's engine computes it:
/// its tables are those of Unicode 9.0, so characters that came later are left as they are. `edits` may be
/// null. Throws Internal when ICU fails.
std::string normalized(std::string_view text, NormalForm form, std::vector<TextEdit>* edits);

/// Whether normalized() would change nothing; fast, and for most texts no more is needed.
bool isNormalized(std::string_view text, NormalForm form);

}  // namespace studio
