// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/split_scanner.h"

#include <array>

#include "core/text/unicode_table.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

constexpr std::string_view kGpt2 =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view kLlama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kQwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// What the patterns tell apart: \p{L}, \p{N}, \s and everything else.
enum class Kind : std::uint8_t { Other, Letter, Number, Space };

Kind kindOf(char32_t c) {
    const std::uint32_t bit = UnicodeTable::instance().bit(c);
    if ((bit & category::kLetter) != 0) return Kind::Letter;
    if ((bit & category::kNumber) != 0) return Kind::Number;
    return (bit & category::kWhiteSpace) != 0 ? Kind::Space : Kind::Other;
}

const std::array<Kind, 128>& asciiKinds() {
    static const std::array<Kind, 128> all = [] {
        std::array<Kind, 128> kinds{};
        for (char32_t c = 0; c < kinds.size(); ++c) kinds[c] = kindOf(c);
        return kinds;
    }();
    return all;
}

struct Character {
    Kind kind = Kind::Other;
    std::uint32_t length = 1;
};

class Scanner {
public:
    Scanner(std::string_view text, std::vector<std::uint32_t>& ends)
        : m_ascii(asciiKinds()), m_text(text), m_ends(ends) {}

    void scanGpt2() {
        while (m_at < m_text.size()) {
            const std::size_t contraction = m_text[m_at] == '\'' ? plainContraction() : 0;
            std::size_t word = m_at;
            if (contraction > 0) {
                m_at += contraction;
            } else {
                if (m_text[word] == ' ') ++word;  // " ?"
                const Kind kind = word < m_text.size() ? at(word).kind : Kind::Space;
                if (kind == Kind::Space)
                    takeSpace();
                else
                    m_at = runEnd(word, kind);
            }
            m_ends.push_back(static_cast<std::uint32_t>(m_at));
        }
    }

    void scanLlama3(int mostDigits) {
        while (m_at < m_text.size()) {
            m_at = llama3WordEnd(mostDigits);
            m_ends.push_back(static_cast<std::uint32_t>(m_at));
        }
    }

private:
    Character at(std::size_t place) const {
        const auto byte = static_cast<unsigned char>(m_text[place]);
        if (byte < 0x80) return {m_ascii[byte], 1};
        const Utf8Step step = utf8At(m_text, place);
        return {kindOf(step.codePoint), static_cast<std::uint32_t>(step.length)};
    }

    std::size_t runEnd(std::size_t place, Kind kind) const {
        while (place < m_text.size()) {
            const Character next = at(place);
            if (next.kind != kind) break;
            place += next.length;
        }
        return place;
    }

    bool isLineBreak(std::size_t place) const {
        return place < m_text.size() && (m_text[place] == '\r' || m_text[place] == '\n');
    }

    /// Length of 's, 't, 're, 've, 'm, 'll or 'd at the apostrophe here, or 0.
    std::size_t plainContraction() const {
        const std::string_view rest = m_text.substr(m_at + 1, 2);
        if (rest.empty()) return 0;
        if (rest[0] == 's' || rest[0] == 't' || rest[0] == 'm' || rest[0] == 'd') return 2;
        return rest == "re" || rest == "ve" || rest == "ll" ? 3 : 0;
    }

    /// The same whatever the case; "ſ" (U+017F) is another case of "s".
    std::size_t anyCaseContraction() const {
        constexpr std::string_view kLongS = "\xC5\xBF";
        const auto lower = [&](std::size_t place) {
            const char c = place < m_text.size() ? m_text[place] : '\0';
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        };
        const char first = lower(m_at + 1);
        const char second = lower(m_at + 2);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') return 2;
        if (m_text.substr(m_at + 1, 2) == kLongS) return 3;
        const bool pair =
            ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
        return pair ? 3 : 0;
    }

    /// "\s+(?!\S)|\s+": a run of white space up to the text's end, or without its last character, which
    /// belongs to the next word, or that character alone.
    void takeSpace() { m_at = spaceEnd(runEnd(m_at, Kind::Space)); }

    std::size_t spaceEnd(std::size_t end) const {
        if (end == m_text.size()) return end;
        std::size_t last = end - 1;
        while (last > m_at && (static_cast<unsigned char>(m_text[last]) & 0xC0) == 0x80) --last;
        return last > m_at ? last : end;
    }

    std::size_t llama3WordEnd(int mostDigits) const {
        if (m_text[m_at] == '\'') {
            const std::size_t contraction = anyCaseContraction();
            if (contraction > 0) return m_at + contraction;
        }
        const Character first = at(m_at);
        const std::size_t second = m_at + first.length;
        if (first.kind == Kind::Letter) return runEnd(second, Kind::Letter);
        if (first.kind == Kind::Number) return digitsEnd(second, mostDigits - 1);
        const Kind next = second < m_text.size() ? at(second).kind : Kind::Space;
        if (next == Kind::Letter && !isLineBreak(m_at)) return runEnd(second, Kind::Letter);
        if (first.kind == Kind::Other) return otherEnd(second);
        if (m_text[m_at] == ' ' && next == Kind::Other) return otherEnd(second);
        const std::size_t end = runEnd(m_at, Kind::Space);
        for (std::size_t place = end; place > m_at;
             --place) {  // "\s*[\r\n]+": up to the run's last line break
            if (isLineBreak(place - 1)) return place;
        }
        return spaceEnd(end);
    }

    std::size_t digitsEnd(std::size_t place, int most) const {
        for (; most > 0 && place < m_text.size(); --most) {
            const Character next = at(place);
            if (next.kind != Kind::Number) break;
            place += next.length;
        }
        return place;
    }

    /// The rest of "[^\s\p{L}\p{N}]+[\r\n]*".
    std::size_t otherEnd(std::size_t place) const {
        place = runEnd(place, Kind::Other);
        while (isLineBreak(place)) ++place;
        return place;
    }

    const std::array<Kind, 128>& m_ascii;
    std::string_view m_text;
    std::vector<std::uint32_t>& m_ends;
    std::size_t m_at = 0;
};

}  // namespace

std::optional<SplitPattern> knownSplitPattern(std::string_view regex) {
    if (regex == kGpt2) return SplitPattern::Gpt2;
    if (regex == kLlama3) return SplitPattern::Llama3;
    if (regex == kQwen2) return SplitPattern::Qwen2;
    return std::nullopt;
}

void scanWords(SplitPattern pattern, std::string_view text, std::vector<std::uint32_t>& ends) {
    constexpr int kDigitsLlama3 = 3;
    Scanner scanner(text, ends);
    if (pattern == SplitPattern::Gpt2)
        scanner.scanGpt2();
    else
        scanner.scanLlama3(pattern == SplitPattern::Llama3 ? kDigitsLlama3 : 1);
}

}  // namespace studio
