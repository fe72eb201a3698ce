// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Python's view of characters and of text made of them. Texts are valid UTF-8; places count code points.
namespace studio::jinja {

/// str.isspace of one character, which is also what \s matches.
bool isSpace(char32_t c);
/// Where str.splitlines parts a text.
bool isLineBreak(char32_t c);
/// What repr() shows as it is.
bool isPrintable(char32_t c);
/// What \w matches.
bool isWordCharacter(char32_t c);
bool isAlphabetic(char32_t c);  ///< str.isalpha of one character
bool isNumeric(char32_t c);     ///< str.isnumeric
bool isDigit(char32_t c);       ///< str.isdigit
bool isDecimal(char32_t c);     ///< str.isdecimal
bool isCased(char32_t c);
bool isUpper(char32_t c);
bool isLower(char32_t c);

std::string upperCase(std::string_view text);
std::string lowerCase(std::string_view text);
std::string foldedCase(std::string_view text);
/// str.title(): every run of cased characters begins large and goes on small.
std::string titleCase(std::string_view text);
/// str.capitalize().
std::string capitalized(std::string_view text);
std::string swappedCase(std::string_view text);

/// The byte where the character of number `place` begins; the size where there are fewer.
std::size_t offsetOf(std::string_view text, std::size_t place);
/// What lies from the character `begin` up to `end`.
std::string_view sliced(std::string_view text, std::size_t begin, std::size_t end);

enum class Side { Left, Right, Both };
/// White space removed.
std::string_view stripped(std::string_view text, Side side);
/// Every character that is in `set` removed from the ends.
std::string_view stripped(std::string_view text, std::string_view set, Side side);

/// str.split and str.rsplit at white space; `most` < 0: no limit.
std::vector<std::string_view> splitAtSpace(std::string_view text, long most, bool fromRight);
/// At a separator, which is not empty.
std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator, long most,
                                      bool fromRight);
std::vector<std::string_view> splitLines(std::string_view text, bool keepEnds);

/// How often `part` stands in `text` without overlap; an empty one stands between all characters.
std::size_t countOf(std::string_view text, std::string_view part);
/// str.replace; `most` < 0: all of them.
std::string replaced(std::string_view text, std::string_view part, std::string_view by, long most);
/// The five characters of HTML as entities.
std::string escaped(std::string_view text);

}  // namespace studio::jinja
