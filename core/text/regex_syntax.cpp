// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From Oniguruma's Ruby syntax (https://github.com/kkos/oniguruma/blob/master/doc/RE) to ICU's.
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "core/base/error.h"
#include "core/text/regex.h"
#include "core/text/unicode_table.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

constexpr std::size_t kLongestPattern = 64 * 1024;
constexpr std::size_t kDeepest = 64;
constexpr int kMostRepeats = 1000;
constexpr int kMostClasses = 1000;
constexpr std::size_t kLongestTranslation = 4 * 1024 * 1024;

void addRanges(icu::UnicodeSet& set, std::uint32_t bits) {
    for (const auto& [first, last] : UnicodeTable::instance().ranges(bits))
        set.add(static_cast<UChar32>(first), static_cast<UChar32>(last));
}

void addWordCharacters(icu::UnicodeSet& set, WordRule rule) {
    for (UChar32 c = 0; c <= 0x10FFFF; ++c) {
        if (isWordCharacter(static_cast<char32_t>(c), rule)) set.add(c);
    }
}

std::string escaped(char32_t c) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "\\x{%X}", static_cast<unsigned>(c));
    return text.data();
}

std::string setText(const icu::UnicodeSet& set) {
    std::string text = "[";
    for (std::int32_t i = 0; i < set.getRangeCount(); ++i) {
        text += escaped(static_cast<char32_t>(set.getRangeStart(i)));
        if (set.getRangeEnd(i) == set.getRangeStart(i)) continue;
        text += '-' + escaped(static_cast<char32_t>(set.getRangeEnd(i)));
    }
    return text + "]";
}

/// Bits of a general category by its short name ("L", "Nd"), or nothing.
std::optional<std::uint32_t> categoryNamed(std::string_view name) {
    constexpr std::array<const char*, 30> kNames = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp",
        "Cc", "Cf", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"};
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        const std::string_view known = kNames[i];
        if (known != name && !(name.size() == 1 && known.substr(0, 1) == name)) continue;
        bits |= categoryBit(static_cast<Category>(i));
        if (known == "Cc") bits |= categoryBit(Category::ControlSpace);
    }
    return bits == 0 ? std::nullopt : std::optional(bits);
}

class Translator {
public:
    explicit Translator(std::string_view pattern) : m_pattern(pattern) {}

    std::string translate() {
        if (m_pattern.size() > kLongestPattern) unsupported("a pattern of more than 64 KiB");
        if (m_pattern.substr(0, 4) == "(?i)") {
            m_at = 4;
            m_output = "(?i:";
            alternatives(1, true);
            m_output += ')';
        } else {
            alternatives(0, false);
        }
        if (m_at != m_pattern.size()) broken("a group is closed that was not opened");
        return m_output;
    }

private:
    bool atEnd() const { return m_at >= m_pattern.size(); }
    bool looksAt(std::string_view text) const { return m_pattern.substr(m_at, text.size()) == text; }
    bool take(std::string_view text) {
        if (!looksAt(text)) return false;
        m_at += text.size();
        return true;
    }
    char32_t takeCharacter() {
        if (atEnd()) broken("it ends too early");
        const Utf8Step step = utf8At(m_pattern, m_at);
        if (step.state != Utf8::Valid) broken("it is not valid UTF-8");
        m_at += step.length;
        return step.codePoint;
    }

    [[noreturn]] void fail(ErrorCode code, const std::string& cause, const std::string& next) const {
        throw Error(code, cause + " at byte " + std::to_string(m_at + 1) + " of the pattern.", next,
                    {std::to_string(m_at + 1)});
    }
    [[noreturn]] void broken(const std::string& what) const {
        fail(ErrorCode::BadFormat, "The regular expression is broken: " + what, "Correct the pattern.");
    }
    [[noreturn]] void unsupported(const std::string& what) const {
        fail(ErrorCode::UnsupportedFormat,
             "The regular expression uses " + what + ", which this version does not read exactly,",
             "Choose a model whose tokenizer this version reads.");
    }

    /// Everything up to the end or the ")" of the group that is open.
    void alternatives(std::size_t depth, bool ignoreCase) {
        if (depth > kDeepest) unsupported("groups more than 64 deep");
        while (!atEnd() && !looksAt(")")) {
            if (take("|")) {
                m_output += '|';
                m_folded.clear();
                continue;
            }
            const std::size_t begin = m_output.size();
            const bool repeatable = atom(depth, ignoreCase);
            quantifier(repeatable, begin);
            if (m_output.size() > kLongestTranslation) unsupported("too many large classes");
        }
        m_folded.clear();
    }

    /// Returns whether a quantifier may follow.
    bool atom(std::size_t depth, bool ignoreCase) {
        if (take("(")) return group(depth, ignoreCase);
        if (looksAt("[")) {
            icu::UnicodeSet set = bracket(depth);
            if (ignoreCase) checkFoldable(set);
            m_output += setText(set);
            return true;
        }
        if (take(".")) {
            m_output += "[^\\x{A}]";
            return true;
        }
        // Both of Ruby's anchors are about lines, and only "\n" ends a line.
        if (take("^")) {
            m_output += "(?:\\A|(?<=\\x{A})(?!\\z))";
            return false;
        }
        if (take("$")) {
            m_output += "(?=\\x{A}|\\z)";
            return false;
        }
        if (take("\\A") || take("\\z")) {
            m_output += m_pattern.substr(m_at - 2, 2);
            return false;
        }
        if (looksAt("\\b") || looksAt("\\B")) {
            m_at += 2;
            wordBoundary(m_pattern[m_at - 1] == 'B');
            return false;
        }
        if (looksAt("*") || looksAt("+") || looksAt("?")) broken("there is nothing to repeat");
        if (looksAt("{")) unsupported("a brace that stands alone");
        if (looksAt("\\")) {
            ++m_at;
            icu::UnicodeSet set;
            if (classEscape(set, WordRule::Oniguruma)) {
                if (ignoreCase) checkFoldable(set);
                m_output += setText(set);
                return true;
            }
            literal(characterEscape(), ignoreCase);
            return true;
        }
        literal(takeCharacter(), ignoreCase);
        return true;
    }

    /// Spelled out, since ICU's words are others.
    void wordBoundary(bool inverted) {
        countClass();
        icu::UnicodeSet words;
        addWordCharacters(words, WordRule::Oniguruma);
        const std::string word = setText(words);
        m_output += "(?:(?<=" + word + (inverted ? ")(?=" : ")(?!") + word + ")|(?<!" + word +
                    (inverted ? ")(?!" : ")(?=") + word + "))";
    }

    void countClass() {
        if (++m_classes > kMostClasses) unsupported("more than 1000 classes and escapes");
    }

    bool group(std::size_t depth, bool ignoreCase) {
        bool lookaround = true;
        bool ignores = ignoreCase;
        if (take("?="))
            m_output += "(?=";
        else if (take("?!"))
            m_output += "(?!";
        else if (take("?<="))
            m_output += "(?<=";
        else if (take("?<!"))
            m_output += "(?<!";
        else {
            lookaround = false;
            if (take("?>"))
                m_output += "(?>";
            else if (take("?i:")) {
                m_output += "(?i:";
                ignores = true;
            } else if (take("?:") || !looksAt("?"))
                m_output += "(?:";
            else
                unsupported("a group of the kind \"(" + std::string(m_pattern.substr(m_at, 2)) + "\"");
        }
        alternatives(depth + 1, ignores);
        if (!take(")")) broken("a group is not closed");
        m_output += ')';
        return !lookaround;
    }

    /// The atom that it repeats begins at `begin` of the output.
    void quantifier(bool repeatable, std::size_t begin) {
        const bool simple = looksAt("*") || looksAt("+") || looksAt("?");
        const bool counted = looksAt("{");
        if (!simple && !counted) return;
        m_folded.clear();
        if (!repeatable) unsupported("a repeated anchor");
        if (simple) {
            m_output += m_pattern[m_at++];
            if (looksAt("?") || looksAt("+")) m_output += m_pattern[m_at++];
        } else {
            count();
            // In Ruby's syntax "{2}+" repeats the repetition and "{2}?" makes it optional.
            if (looksAt("?")) unsupported("a quantifier behind \"{…}\"");
            if (take("+")) {
                m_output.insert(begin, "(?:");
                m_output += ")+";
            }
        }
        if (looksAt("*") || looksAt("+") || looksAt("?") || looksAt("{"))
            unsupported("a quantifier behind another");
    }

    void count() {
        ++m_at;
        const std::optional<int> least = number();
        std::optional<int> most = least;
        bool open = false;
        if (take(",")) {
            most = number();
            open = !most;
        }
        if (!take("}") || (!least && open)) unsupported("a brace that stands alone");
        if (most && least.value_or(0) > *most) unsupported("a repetition whose end is before its beginning");
        m_output +=
            '{' + std::to_string(least.value_or(0)) + (open ? "," : "," + std::to_string(*most)) + '}';
    }

    std::optional<int> number() {
        int value = 0;
        const std::size_t begin = m_at;
        while (!atEnd() && m_pattern[m_at] >= '0' && m_pattern[m_at] <= '9') {
            value = value * 10 + (m_pattern[m_at++] - '0');
            if (value > kMostRepeats) unsupported("more than 1000 repetitions");
        }
        return m_at == begin ? std::nullopt : std::optional(value);
    }

    void literal(char32_t c, bool ignoreCase) {
        if (ignoreCase) {
            icu::UnicodeSet one;
            one.add(static_cast<UChar32>(c));
            checkFoldable(one);
            // ß, ﬁ and their like are one character whose other case is two: engines differ there.
            m_folded += static_cast<char>(u_tolower(static_cast<UChar32>(c)));
            for (const char* pair : {"ss", "ff", "fi", "fl", "st"}) {
                if (m_folded.size() >= 2 && m_folded.substr(m_folded.size() - 2) == pair)
                    unsupported("letters without regard to case that a ligature may stand for");
            }
        }
        m_output += escaped(c);
    }

    void checkFoldable(const icu::UnicodeSet& set) const {
        if (set.isEmpty() || set.getRangeEnd(set.getRangeCount() - 1) >= 0x80)
            unsupported("characters beyond ASCII without regard to case");
    }

    /// A class such as \s or \p{L}, behind the backslash; false (and nothing taken) when it is none.
    bool classEscape(icu::UnicodeSet& set, WordRule rule) {
        if (atEnd()) broken("it ends with a backslash");
        countClass();
        const char letter = m_pattern[m_at];
        const char lower = static_cast<char>(letter | 0x20);
        if (lower == 's')
            addRanges(set, category::kWhiteSpace);
        else if (lower == 'd')
            addRanges(set, categoryBit(Category::Nd));
        else if (lower == 'h')
            set.add('0', '9').add('a', 'f').add('A', 'F');
        else if (lower == 'w') {
            addWordCharacters(set, rule);
        } else if (lower == 'p') {
            ++m_at;
            property(set, letter == 'P');
            return true;
        } else {
            return false;
        }
        ++m_at;
        if (letter != lower) set.complement();
        return true;
    }

    void property(icu::UnicodeSet& set, bool inverted) {
        if (!take("{")) broken("\\p has no {…}");
        if (take("^")) inverted = !inverted;
        const std::size_t end = m_pattern.find('}', m_at);
        if (end == std::string_view::npos) broken("\\p{ is not closed");
        const std::string name(m_pattern.substr(m_at, end - m_at));
        const auto bits = categoryNamed(name);
        const std::int32_t script = bits || name.size() < 3 || name.size() > 40
                                        ? UCHAR_INVALID_CODE
                                        : u_getPropertyValueEnum(UCHAR_SCRIPT, name.c_str());
        if (bits) {
            addRanges(set, *bits);
        } else if (script != UCHAR_INVALID_CODE &&
                   name == u_getPropertyValueName(UCHAR_SCRIPT, script, U_LONG_PROPERTY_NAME)) {
            UErrorCode status = U_ZERO_ERROR;
            set.applyIntPropertyValue(UCHAR_SCRIPT, script, status);
            if (script == USCRIPT_HAN) set.add(0x2EBF0, 0x2EE5D);  // extension I, of Unicode 15.1
        } else {
            unsupported("the property \"" + name + "\"");
        }
        m_at = end + 1;
        if (inverted) set.complement();
    }

    /// A single character behind a backslash.
    char32_t characterEscape() {
        const char32_t c = takeCharacter();
        switch (c) {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'e':
                return 0x1B;
            case 'u':
                return hexadecimal(4, 4);
            case 'x': {
                if (!take("{")) {
                    const char32_t value = hexadecimal(2, 2);
                    if (value >= 0x80) unsupported("a byte beyond ASCII");
                    return value;
                }
                const char32_t value = hexadecimal(1, 6);
                if (!take("}")) broken("\\x{ is not closed");
                return value;
            }
            default:
                break;
        }
        if (c >= 0x80 || u_isalnum(static_cast<UChar32>(c))) {
            --m_at;
            unsupported("the escape \"\\" + std::string(m_pattern.substr(m_at, 1)) + "\"");
        }
        return c;
    }

    char32_t hexadecimal(int least, int most) {
        char32_t value = 0;
        int digits = 0;
        for (; digits < most && !atEnd(); ++digits, ++m_at) {
            const char c = m_pattern[m_at];
            if (c >= '0' && c <= '9')
                value = value * 16 + static_cast<char32_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                value = value * 16 + static_cast<char32_t>(c - 'a' + 10);
            else if (c >= 'A' && c <= 'F')
                value = value * 16 + static_cast<char32_t>(c - 'A' + 10);
            else
                break;
        }
        if (digits < least) broken("hexadecimal digits are missing");
        if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) broken("there is no such character");
        return value;
    }

    /// "[…]", with everything that may stand in it.
    icu::UnicodeSet bracket(std::size_t depth) {
        if (depth > kDeepest) unsupported("classes more than 64 deep");
        if (looksAt("[:")) unsupported("a POSIX bracket");
        ++m_at;
        const bool inverted = take("^");
        icu::UnicodeSet set;
        std::optional<icu::UnicodeSet> intersected;
        if (looksAt("]")) unsupported("a class that begins with \"]\"");
        while (!take("]")) {
            if (atEnd()) broken("a class is not closed");
            if (take("&&")) {
                intersected = intersected ? intersected->retainAll(set) : set;
                set.clear();
                continue;
            }
            member(set, depth);
        }
        if (intersected) set.retainAll(*intersected);
        if (inverted) set.complement();
        return set;
    }

    void member(icu::UnicodeSet& set, std::size_t depth) {
        if (looksAt("[")) {
            set.addAll(bracket(depth + 1));
            return;
        }
        char32_t first = 0;
        if (take("\\")) {
            icu::UnicodeSet inner;
            if (classEscape(inner, WordRule::OnigurumaInBrackets)) {
                if (looksAt("-") && !looksAt("-]")) unsupported("a range that begins with a class");
                set.addAll(inner);
                return;
            }
            first = characterEscape();
        } else {
            first = takeCharacter();
        }
        if (first == '-' && m_pattern[m_at - 1] == '-' && m_pattern[m_at - 2] != '\\' && !looksAt("]") &&
            m_pattern[m_at - 2] != '[' && m_pattern[m_at - 2] != '^')
            unsupported("a hyphen in the middle of a class");
        if (!looksAt("-") || looksAt("-]")) {
            set.add(static_cast<UChar32>(first));
            return;
        }
        ++m_at;
        if (looksAt("[")) unsupported("a range that ends with a class");
        char32_t last = 0;
        if (take("\\")) {
            icu::UnicodeSet inner;
            if (classEscape(inner, WordRule::OnigurumaInBrackets))
                unsupported("a range that ends with a class");
            last = characterEscape();
        } else {
            last = takeCharacter();
        }
        if (last < first) broken("a range ends before it begins");
        set.add(static_cast<UChar32>(first), static_cast<UChar32>(last));
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    int m_classes = 0;
    std::string m_output;
    std::string m_folded;  ///< letters in a row without regard to case
};

}  // namespace

std::string icuPattern(std::string_view pattern) {
    return Translator(pattern).translate();
}

}  // namespace studio
