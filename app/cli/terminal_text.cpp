// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace studio {
namespace {

struct Range {
    char32_t first, last;
};

// Blocks of East Asian Width W and F (Unicode 15, EastAsianWidth.txt), joined where only unassigned code
// points part them.
constexpr std::array<Range, 17> kWide{{{0x1100, 0x115f},
                                       {0x231a, 0x231b},
                                       {0x23e9, 0x23ec},
                                       {0x2614, 0x2615},
                                       {0x2648, 0x2653},
                                       {0x2705, 0x2705},
                                       {0x274c, 0x274c},
                                       {0x2e80, 0x303e},
                                       {0x3041, 0x4dbf},
                                       {0x4e00, 0xa4cf},
                                       {0xa960, 0xa97c},
                                       {0xac00, 0xd7a3},
                                       {0xf900, 0xfaff},
                                       {0xfe30, 0xfe6f},
                                       {0xff01, 0xff60},
                                       {0xffe0, 0xffe6},
                                       {0x1f300, 0x3fffd}}};
constexpr std::array<Range, 10> kZero{{{0x0300, 0x036f},
                                       {0x0483, 0x0489},
                                       {0x0591, 0x05bd},
                                       {0x0610, 0x061a},
                                       {0x064b, 0x065f},
                                       {0x1ab0, 0x1aff},
                                       {0x1dc0, 0x1dff},
                                       {0x200b, 0x200f},
                                       {0x20d0, 0x20ff},
                                       {0xfe00, 0xfe0f}}};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const Range& r) { return c >= r.first && c <= r.last; });
}

/// Length in bytes of the UTF-8 character at `text`'s beginning and its code point; length 1 for a broken
/// byte.
std::size_t decodeOne(std::string_view text, char32_t& codePoint) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    codePoint = lead;
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (length == 1 || length > text.size()) return 1;
    codePoint = lead & (0xff >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 1;
        codePoint = (codePoint << 6) | (byte(i) & 0x3f);
    }
    return length;
}

int columnsOf(char32_t c) {
    if (contains(kZero, c)) return 0;
    return contains(kWide, c) ? 2 : 1;
}

bool isControl(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (bytes.size() == 1) return first < 0x20 || first >= 0x7f;
    return first == 0xc2 && static_cast<unsigned char>(bytes[1]) < 0xa0;  // C1 controls
}

/// Breaks one paragraph (no line feeds) and appends its lines.
void wrapParagraph(std::string_view paragraph, int columns, std::vector<std::string>& lines) {
    std::string line;
    int lineColumns = 0;
    std::size_t breakAt =
        std::string::npos;  // where `line` may end: a byte offset just behind a space or wide character
    for (const TerminalCharacter& character : terminalCharacters(paragraph)) {
        if (lineColumns + character.columns > columns) {
            if (character.bytes == " ") {  // a space that does not fit ends the line by itself
                lines.push_back(std::exchange(line, {}));
                lineColumns = 0;
                breakAt = std::string::npos;
                continue;
            }
            if (breakAt == std::string::npos || character.columns == 2) breakAt = line.size();
            std::string rest = line.substr(breakAt);
            line.resize(breakAt);
            while (!line.empty() && line.back() == ' ') line.pop_back();
            lines.push_back(std::exchange(line, std::move(rest)));
            lineColumns = displayWidth(line);
            breakAt = std::string::npos;
        }
        line += character.bytes;
        lineColumns += character.columns;
        if (character.bytes == " " || character.columns == 2) breakAt = line.size();
    }
    lines.push_back(std::move(line));
}

}  // namespace

std::vector<TerminalCharacter> terminalCharacters(std::string_view text) {
    std::vector<TerminalCharacter> characters;
    characters.reserve(text.size());
    while (!text.empty()) {
        char32_t codePoint = 0;
        const std::size_t length = decodeOne(text, codePoint);
        characters.push_back({text.substr(0, length), columnsOf(codePoint)});
        text.remove_prefix(length);
    }
    return characters;
}

int displayWidth(std::string_view text) {
    int columns = 0;
    for (const TerminalCharacter& character : terminalCharacters(text)) columns += character.columns;
    return columns;
}

std::string withoutControls(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (const TerminalCharacter& character : terminalCharacters(text)) {
        const bool kept = character.bytes == "\n" || character.bytes == "\t" || !isControl(character.bytes);
        clean += kept ? character.bytes : std::string_view("\xef\xbf\xbd");
    }
    return clean;
}

std::vector<std::string> wrapText(std::string_view text, int columns) {
    columns = std::max(columns, 2);
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        wrapParagraph(text.substr(0, end), columns, lines);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::string fitted(std::string_view text, int columns) {
    std::string line;
    int used = 0;
    for (const TerminalCharacter& character : terminalCharacters(text)) {
        const bool isBreak = character.bytes == "\n" || character.bytes == "\t";
        line += isBreak ? std::string_view("⏎") : character.bytes;
        used += character.columns;
    }
    if (used > columns) {
        std::string cut;
        used = 0;
        for (const TerminalCharacter& character : terminalCharacters(line)) {
            if (used + character.columns > columns - 1) break;
            cut += character.bytes;
            used += character.columns;
        }
        line = cut + "…";
        ++used;
    }
    return line + std::string(static_cast<std::size_t>(std::max(0, columns - used)), ' ');
}

std::string sideBySide(const std::vector<std::string>& texts, int totalColumns, int gap) {
    const int count = std::max<int>(1, static_cast<int>(texts.size()));
    const int width = std::max(12, (totalColumns - gap * (count - 1)) / count);
    std::vector<std::vector<std::string>> columns;
    std::size_t height = 0;
    for (const std::string& text : texts) {
        columns.push_back(wrapText(text, width));
        height = std::max(height, columns.back().size());
    }
    std::string block;
    for (std::size_t row = 0; row < height; ++row) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string cell = row < columns[i].size() ? columns[i][row] : std::string();
            line += cell;
            if (i + 1 < columns.size()) {
                line +=
                    std::string(static_cast<std::size_t>(std::max(0, width + gap - displayWidth(cell))), ' ');
            }
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        block += (row == 0 ? "" : "\n") + line;
    }
    return block;
}

}  // namespace studio
