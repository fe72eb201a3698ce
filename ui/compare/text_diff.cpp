// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/text_diff.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/text/unicode.h"

namespace studio::ui {

namespace {

using Units = std::vector<std::string_view>;
using Kind = DiffPart::Kind;

constexpr std::size_t kMostComparisons = 4'000'000;

void addCharacters(std::string_view text, Units& units) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        units.push_back(text.substr(at, end - at));
        at = end;
    }
}

Units unitsOf(std::string_view text, DiffUnit unit) {
    Units units;
    if (unit == DiffUnit::Characters) {
        addCharacters(text, units);
        return units;
    }
    std::size_t at = 0;
    for (const Word& word : searchWords(text)) {
        addCharacters(text.substr(at, word.begin - at), units);
        units.push_back(text.substr(word.begin, word.end - word.begin));
        at = word.end;
    }
    addCharacters(text.substr(at), units);
    return units;
}

void append(std::vector<DiffPart>& parts, Kind kind, std::string_view text) {
    if (text.empty()) return;
    if (parts.empty() || parts.back().kind != kind) parts.push_back({kind, ""});
    parts.back().text += text;
}

void appendAll(std::vector<DiffPart>& parts, Kind kind, const Units& units, std::size_t begin,
               std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) append(parts, kind, units[i]);
}

/// Units [begin, endA) and [begin, endB): what lies between the common beginning and end.
void diffMiddle(const Units& a, const Units& b, std::size_t begin, std::size_t endA, std::size_t endB,
                std::vector<DiffPart>& parts) {
    const std::size_t rows = endA - begin;
    const std::size_t columns = endB - begin;
    if (rows * columns > kMostComparisons || rows == 0 || columns == 0) {
        appendAll(parts, Kind::Deleted, a, begin, endA);
        appendAll(parts, Kind::Inserted, b, begin, endB);
        return;
    }
    // Walked from the end, so that of several equal matches the last one, which is in one piece where the
    // answer ends with the reference, is taken. common[i][j]: units in common of the first i of a and the
    // first j of b.
    std::vector<std::vector<std::uint32_t>> common(rows + 1, std::vector<std::uint32_t>(columns + 1, 0));
    for (std::size_t i = 1; i <= rows; ++i) {
        for (std::size_t j = 1; j <= columns; ++j) {
            const bool equal = a[begin + i - 1] == b[begin + j - 1];
            common[i][j] = equal ? common[i - 1][j - 1] + 1 : std::max(common[i - 1][j], common[i][j - 1]);
        }
    }
    std::vector<std::pair<Kind, std::string_view>> steps;
    std::size_t i = rows;
    std::size_t j = columns;
    while (i > 0 || j > 0) {
        if (i > 0 && j > 0 && a[begin + i - 1] == b[begin + j - 1]) {
            steps.emplace_back(Kind::Equal, a[begin + --i]);
            --j;
        } else if (i == 0 || (j > 0 && common[i][j - 1] >= common[i - 1][j])) {
            steps.emplace_back(Kind::Inserted, b[begin + --j]);
        } else {
            steps.emplace_back(Kind::Deleted, a[begin + --i]);
        }
    }
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) append(parts, step->first, step->second);
}

bool isBlank(const std::string& text) {
    return trimmed(text).empty();
}

/// A lone space in common between two changed words makes a patchwork that nobody can read: it joins the
/// change.
std::vector<DiffPart> smoothed(const std::vector<DiffPart>& parts) {
    std::vector<DiffPart> result;
    std::string deleted;
    std::string inserted;
    const auto flush = [&] {
        append(result, Kind::Deleted, deleted);
        append(result, Kind::Inserted, inserted);
        deleted.clear();
        inserted.clear();
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool between = i > 0 && i + 1 < parts.size();
        if (parts[i].kind == Kind::Deleted) {
            deleted += parts[i].text;
        } else if (parts[i].kind == Kind::Inserted) {
            inserted += parts[i].text;
        } else if (between && isBlank(parts[i].text) && !deleted.empty() && !inserted.empty()) {
            deleted += parts[i].text;
            inserted += parts[i].text;
        } else {
            flush();
            append(result, Kind::Equal, parts[i].text);
        }
    }
    flush();
    return result;
}

}  // namespace

std::vector<DiffPart> diffTexts(const std::string& answer, const std::string& reference, DiffUnit unit) {
    const Units a = unitsOf(answer, unit);
    const Units b = unitsOf(reference, unit);
    std::size_t begin = 0;
    while (begin < a.size() && begin < b.size() && a[begin] == b[begin]) ++begin;
    std::size_t endA = a.size();
    std::size_t endB = b.size();
    while (endA > begin && endB > begin && a[endA - 1] == b[endB - 1]) {
        --endA;
        --endB;
    }
    std::vector<DiffPart> parts;
    appendAll(parts, Kind::Equal, a, 0, begin);
    diffMiddle(a, b, begin, endA, endB, parts);
    appendAll(parts, Kind::Equal, a, endA, a.size());
    return unit == DiffUnit::Words ? smoothed(parts) : parts;
}

}  // namespace studio::ui
