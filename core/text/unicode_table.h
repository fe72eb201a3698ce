// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace studio {

/// General categories of Unicode (UAX #44), in ICU's order, and one of our own: the control characters that
/// are white space (tab, line feed, vertical tab, form feed, carriage return, U+0085).
enum class Category : std::uint8_t {
    Cn,
    Lu,
    Ll,
    Lt,
    Lm,
    Lo,
    Mn,
    Me,
    Mc,
    Nd,
    Nl,
    No,
    Zs,
    Zl,
    Zp,  // clang-format off
    Cc, Cf, Co, Cs, Pd, Ps, Pe, Pc, Po, Sm, Sc, Sk, So, Pi, Pf, ControlSpace  // clang-format on
};

constexpr std::uint32_t categoryBit(Category category) {
    return std::uint32_t{1} << static_cast<unsigned>(category);
}

namespace category {
constexpr std::uint32_t kLetter = categoryBit(Category::Lu) | categoryBit(Category::Ll) |
                                  categoryBit(Category::Lt) | categoryBit(Category::Lm) |
                                  categoryBit(Category::Lo);
constexpr std::uint32_t kMark =
    categoryBit(Category::Mn) | categoryBit(Category::Me) | categoryBit(Category::Mc);
constexpr std::uint32_t kNumber =
    categoryBit(Category::Nd) | categoryBit(Category::Nl) | categoryBit(Category::No);
/// The property White_Space: it is made up of whole categories.
constexpr std::uint32_t kWhiteSpace = categoryBit(Category::Zs) | categoryBit(Category::Zl) |
                                      categoryBit(Category::Zp) | categoryBit(Category::ControlSpace);
}  // namespace category

/// Categories of all characters as Unicode 16.0 has them, whatever version the ICU of this machine knows
/// (15.0 or later): tokenizers must give the same ids everywhere, and 16.0 is what the regular expressions of
/// Hugging Face's engine (Oniguruma 6.9.10) go by. Immutable, any thread; made at the first use in a few
/// milliseconds.
class UnicodeTable {
public:
    static const UnicodeTable& instance();

    Category category(char32_t c) const { return static_cast<Category>(m_blocks[m_index[c >> 8]][c & 0xFF]); }
    /// categoryBit() of the character's category.
    std::uint32_t bit(char32_t c) const { return categoryBit(category(c)); }
    /// The ranges (both ends inside) of all characters whose category is in `bits`, ascending.
    std::vector<std::pair<char32_t, char32_t>> ranges(std::uint32_t bits) const;

private:
    UnicodeTable();

    using Block = std::array<std::uint8_t, 256>;
    std::array<std::uint16_t, 0x1100> m_index{};
    std::vector<Block> m_blocks;
};

/// What \w matches: letters, marks, digits, letter numbers, connectors, circled letters, and more by the
/// engine.
enum class WordRule {
    Oniguruma,            ///< in Ruby's syntax also ² ³ ¹ ¼ ½ ¾
    OnigurumaInBrackets,  ///< but not where it stands in a class ("[\w]")
    Rust                  ///< by UTS #18 also the joiners U+200C and U+200D
};
bool isWordCharacter(char32_t c, WordRule rule);

/// What Hugging Face's Punctuation pre-tokenizer splits at: ASCII punctuation, and the punctuation of Unicode
/// 8.0 (its tables are that old).
bool isOldPunctuation(char32_t c);

/// Marks (Mn, Mc, Me) of Unicode 9.0, which Hugging Face's StripAccents takes away.
bool isOldMark(char32_t c);

/// What Rust's char::is_numeric says, by which Hugging Face's Digits pre-tokenizer splits (Unicode 17.0).
bool isNumeric(char32_t c);

/// Whether char::to_lowercase changes `c`, one character at a time and without regard to its neighbours;
/// appended to `text` as UTF-8.
void appendLowerCase(std::string& text, char32_t c);

}  // namespace studio
