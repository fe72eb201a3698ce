// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode_table.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>

#include "core/text/utf8.h"

namespace studio {

namespace {

constexpr char32_t kCharacters = 0x110000;

struct CategoryRange {
    char32_t first;
    char32_t last;
    Category category;
};

/// What Unicode 15.1 and 16.0 added to 15.0 (DerivedGeneralCategory-16.0.0.txt), and the one character whose
/// category they changed (U+1171E).
constexpr CategoryRange kSince15[] = {
    {0x0897, 0x0897, Category::Mn},   {0x1B4E, 0x1B4F, Category::Po},   {0x1B7F, 0x1B7F, Category::Po},
    {0x1C89, 0x1C89, Category::Lu},   {0x1C8A, 0x1C8A, Category::Ll},   {0x2427, 0x2429, Category::So},
    {0x2FFC, 0x2FFF, Category::So},   {0x31E4, 0x31E5, Category::So},   {0x31EF, 0x31EF, Category::So},
    {0xA7CB, 0xA7CC, Category::Lu},   {0xA7CD, 0xA7CD, Category::Ll},   {0xA7DA, 0xA7DA, Category::Lu},
    {0xA7DB, 0xA7DB, Category::Ll},   {0xA7DC, 0xA7DC, Category::Lu},   {0x105C0, 0x105F3, Category::Lo},
    {0x10D40, 0x10D49, Category::Nd}, {0x10D4A, 0x10D4D, Category::Lo}, {0x10D4E, 0x10D4E, Category::Lm},
    {0x10D4F, 0x10D4F, Category::Lo}, {0x10D50, 0x10D65, Category::Lu}, {0x10D69, 0x10D6D, Category::Mn},
    {0x10D6E, 0x10D6E, Category::Pd}, {0x10D6F, 0x10D6F, Category::Lm}, {0x10D70, 0x10D85, Category::Ll},
    {0x10D8E, 0x10D8F, Category::Sm}, {0x10EC2, 0x10EC4, Category::Lo}, {0x10EFC, 0x10EFC, Category::Mn},
    {0x11380, 0x11389, Category::Lo}, {0x1138B, 0x1138B, Category::Lo}, {0x1138E, 0x1138E, Category::Lo},
    {0x11390, 0x113B5, Category::Lo}, {0x113B7, 0x113B7, Category::Lo}, {0x113B8, 0x113BA, Category::Mc},
    {0x113BB, 0x113C0, Category::Mn}, {0x113C2, 0x113C2, Category::Mc}, {0x113C5, 0x113C5, Category::Mc},
    {0x113C7, 0x113CA, Category::Mc}, {0x113CC, 0x113CD, Category::Mc}, {0x113CE, 0x113CE, Category::Mn},
    {0x113CF, 0x113CF, Category::Mc}, {0x113D0, 0x113D0, Category::Mn}, {0x113D1, 0x113D1, Category::Lo},
    {0x113D2, 0x113D2, Category::Mn}, {0x113D3, 0x113D3, Category::Lo}, {0x113D4, 0x113D5, Category::Po},
    {0x113D7, 0x113D8, Category::Po}, {0x113E1, 0x113E2, Category::Mn}, {0x116D0, 0x116E3, Category::Nd},
    {0x1171E, 0x1171E, Category::Mc}, {0x11BC0, 0x11BE0, Category::Lo}, {0x11BE1, 0x11BE1, Category::Po},
    {0x11BF0, 0x11BF9, Category::Nd}, {0x11F5A, 0x11F5A, Category::Mn}, {0x13460, 0x143FA, Category::Lo},
    {0x16100, 0x1611D, Category::Lo}, {0x1611E, 0x16129, Category::Mn}, {0x1612A, 0x1612C, Category::Mc},
    {0x1612D, 0x1612F, Category::Mn}, {0x16130, 0x16139, Category::Nd}, {0x16D40, 0x16D42, Category::Lm},
    {0x16D43, 0x16D6A, Category::Lo}, {0x16D6B, 0x16D6C, Category::Lm}, {0x16D6D, 0x16D6F, Category::Po},
    {0x16D70, 0x16D79, Category::Nd}, {0x18CFF, 0x18CFF, Category::Lo}, {0x1CC00, 0x1CCEF, Category::So},
    {0x1CCF0, 0x1CCF9, Category::Nd}, {0x1CD00, 0x1CEB3, Category::So}, {0x1E5D0, 0x1E5ED, Category::Lo},
    {0x1E5EE, 0x1E5EF, Category::Mn}, {0x1E5F0, 0x1E5F0, Category::Lo}, {0x1E5F1, 0x1E5FA, Category::Nd},
    {0x1E5FF, 0x1E5FF, Category::Po}, {0x1F8B2, 0x1F8BB, Category::So}, {0x1F8C0, 0x1F8C1, Category::So},
    {0x1FA89, 0x1FA89, Category::So}, {0x1FA8F, 0x1FA8F, Category::So}, {0x1FABE, 0x1FABE, Category::So},
    {0x1FAC6, 0x1FAC6, Category::So}, {0x1FADC, 0x1FADC, Category::So}, {0x1FADF, 0x1FADF, Category::So},
    {0x1FAE9, 0x1FAE9, Category::So}, {0x1FBCB, 0x1FBEF, Category::So}, {0x2EBF0, 0x2EE5D, Category::Lo}};

/// Lower case of what came after Unicode 15.0 (UnicodeData-17.0.0.txt).
struct LowerCaseRange {
    char32_t first;
    char32_t last;
    std::int32_t distance;
};
constexpr LowerCaseRange kLowerCaseSince15[] = {{0x1C89, 0x1C89, 1},    {0xA7CB, 0xA7CB, 0x264 - 0xA7CB},
                                                {0xA7CC, 0xA7CC, 1},    {0xA7CE, 0xA7CE, 1},
                                                {0xA7D2, 0xA7D2, 1},    {0xA7D4, 0xA7D4, 1},
                                                {0xA7DA, 0xA7DA, 1},    {0xA7DC, 0xA7DC, 0x19B - 0xA7DC},
                                                {0x10D50, 0x10D65, 32}, {0x16EA0, 0x16EB8, 27}};

/// Characters of version 15.0 and before have the category that this ICU says.
bool isOlderThan15Point1(UChar32 c) {
    UVersionInfo age;
    u_charAge(c, age);
    return age[0] != 0 && age[0] <= 15 && !(age[0] == 15 && age[1] > 0);
}

bool isControlSpace(char32_t c) {
    return (c >= '\t' && c <= '\r') || c == 0x85;
}

bool isOtherAlphabetic(char32_t c) {
    return (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) || (c >= 0x1F150 && c <= 0x1F169) ||
           (c >= 0x1F170 && c <= 0x1F189);
}

std::vector<std::uint8_t> allCategories() {
    std::vector<std::uint8_t> categories(kCharacters);
    const auto fill = [](const void* context, UChar32 start, UChar32 limit, UCharCategory type) -> UBool {
        auto& all = *static_cast<std::vector<std::uint8_t>*>(const_cast<void*>(context));
        std::fill(all.begin() + start, all.begin() + limit, static_cast<std::uint8_t>(type));
        return true;
    };
    u_enumCharTypes(fill, &categories);
    UVersionInfo version;
    u_getUnicodeVersion(version);
    if (version[0] > 15 || (version[0] == 15 && version[1] > 0)) {
        for (char32_t c = 0; c < kCharacters; ++c) {
            if (categories[c] != 0 && !isOlderThan15Point1(static_cast<UChar32>(c))) categories[c] = 0;
        }
    }
    for (const CategoryRange& range : kSince15) {
        std::fill(categories.begin() + range.first, categories.begin() + range.last + 1,
                  static_cast<std::uint8_t>(range.category));
    }
    for (char32_t c = 0; c < 0x100; ++c) {
        if (isControlSpace(c)) categories[c] = static_cast<std::uint8_t>(Category::ControlSpace);
    }
    return categories;
}

}  // namespace

const UnicodeTable& UnicodeTable::instance() {
    static const UnicodeTable table;
    return table;
}

UnicodeTable::UnicodeTable() {
    const std::vector<std::uint8_t> categories = allCategories();
    std::map<Block, std::uint16_t> known;  // most of the 4352 blocks are one of some 250
    for (std::size_t block = 0; block < m_index.size(); ++block) {
        Block values;
        std::copy_n(categories.begin() + static_cast<std::ptrdiff_t>(block * values.size()), values.size(),
                    values.begin());
        const auto [at, isNew] = known.emplace(values, static_cast<std::uint16_t>(m_blocks.size()));
        if (isNew) m_blocks.push_back(values);
        m_index[block] = at->second;
    }
}

std::vector<std::pair<char32_t, char32_t>> UnicodeTable::ranges(std::uint32_t bits) const {
    std::vector<std::pair<char32_t, char32_t>> found;
    for (char32_t c = 0; c < kCharacters; ++c) {
        if ((bit(c) & bits) == 0) continue;
        if (!found.empty() && found.back().second == c - 1) {
            found.back().second = c;
        } else {
            found.emplace_back(c, c);
        }
    }
    return found;
}

bool isWordCharacter(char32_t c, WordRule rule) {
    constexpr std::uint32_t kWord = category::kLetter | category::kMark | categoryBit(Category::Nd) |
                                    categoryBit(Category::Nl) | categoryBit(Category::Pc);
    if ((UnicodeTable::instance().bit(c) & kWord) != 0 || isOtherAlphabetic(c)) return true;
    switch (rule) {
        case WordRule::Oniguruma:
            return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE);
        case WordRule::OnigurumaInBrackets:
            return false;
        case WordRule::Rust:
            break;
    }
    return c == 0x200C || c == 0x200D;
}

bool isOldPunctuation(char32_t c) {
    if (c < 0x80) return c > ' ' && c < 0x7F && !u_isalnum(static_cast<UChar32>(c));
    if (c == 0x166D || c == 0x111C9) return true;  // punctuation until Unicode 12 and 11
    if ((U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) == 0) return false;
    UVersionInfo age;
    u_charAge(static_cast<UChar32>(c), age);
    return age[0] <= 8;
}

bool isOldMark(char32_t c) {
    if ((U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) == 0) return false;
    UVersionInfo age;
    u_charAge(static_cast<UChar32>(c), age);
    return age[0] <= 9;
}

bool isNumeric(char32_t c) {
    return (UnicodeTable::instance().bit(c) & category::kNumber) != 0 || (c >= 0x11DE0 && c <= 0x11DE9) ||
           (c >= 0x16FF4 && c <= 0x16FF6);
}

void appendLowerCase(std::string& text, char32_t c) {
    if (c == 0x130) {
        text += "i\xCC\x87";  // İ is the one character with two in lower case (SpecialCasing.txt)
        return;
    }
    for (const LowerCaseRange& range : kLowerCaseSince15) {
        if (c < range.first || c > range.last) continue;
        appendUtf8(text, static_cast<char32_t>(static_cast<std::int32_t>(c) + range.distance));
        return;
    }
    appendUtf8(text, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
}

}  // namespace studio
