// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace studio::ui {

enum class DiffUnit { Words, Characters };

/// A stretch that both texts have, that only the answer has (Deleted), or that only the reference has
/// (Inserted).
struct DiffPart {
    enum class Kind { Equal, Deleted, Inserted } kind = Kind::Equal;
    std::string text;

    bool operator==(const DiffPart&) const = default;
};

/// What turns `answer` into `reference`, by longest common subsequence. Words are those of ICU (each Han,
/// Kana or Hangul character is one), white space and signs between them stand for themselves. Beyond about
/// four million comparisons the differing middle is shown as deleted and inserted as a whole. Both are valid
/// UTF-8.
std::vector<DiffPart> diffTexts(const std::string& answer, const std::string& reference, DiffUnit unit);

}  // namespace studio::ui
