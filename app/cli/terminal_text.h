// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text as a terminal shows it: how wide it is, where it breaks, and nothing in it that could command the
/// terminal.
namespace studio {

/// One Unicode character of a UTF-8 text and the columns it takes on a terminal: 0 for combining marks, 2 for
/// Han, Kana, Hangul, full-width forms and most emoji, else 1. Broken bytes count as one column each.
struct TerminalCharacter {
    std::string_view bytes;
    int columns = 1;
};
std::vector<TerminalCharacter> terminalCharacters(std::string_view text);

/// Columns that one line of text takes.
int displayWidth(std::string_view text);

/// Control characters other than line feed and tab as U+FFFD: the text of a model or of a data file must not
/// be able to move the cursor or recolour the terminal.
std::string withoutControls(std::string_view text);

/// Breaks text into lines of at most `columns` (at least 2), at spaces where there are some, between any two
/// wide characters, and inside a word only where it is longer than a line. Line feeds are kept as breaks.
std::vector<std::string> wrapText(std::string_view text, int columns);

/// `text` on one line (line breaks become "⏎"), filled up with spaces to `columns`, or cut with "…".
std::string fitted(std::string_view text, int columns);

/// Texts beside each other in columns of equal width, each wrapped, `gap` columns apart. Without a final line
/// feed.
std::string sideBySide(const std::vector<std::string>& texts, int totalColumns, int gap = 3);

}  // namespace studio
