// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of core/text/jinja/characters.h that takes texts apart and puts them together.
#include <algorithm>
#include <limits>

#include "core/text/jinja/characters.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

std::size_t limitOf(long most) {
    return most < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(most);
}

/// Where the character before `end` begins.
std::size_t previousStart(std::string_view text, std::size_t end) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return end;
}

template <typename Removed>
std::string_view strippedWhere(std::string_view text, Side side, Removed removed) {
    std::size_t begin = 0;
    std::size_t end = text.size();
    while (side != Side::Right && begin < end) {
        std::size_t next = begin;
        if (!removed(nextCodePoint(text, next))) break;
        begin = next;
    }
    while (side != Side::Left && end > begin) {
        const std::size_t start = previousStart(text, end);
        std::size_t at = start;
        if (!removed(nextCodePoint(text, at))) break;
        end = start;
    }
    return text.substr(begin, end - begin);
}

/// The end of the run at `begin` that is all space, or all no space.
std::size_t runEnd(std::string_view text, std::size_t begin, bool space) {
    while (begin < text.size()) {
        std::size_t next = begin;
        if (isSpace(nextCodePoint(text, next)) != space) break;
        begin = next;
    }
    return begin;
}

std::size_t runBegin(std::string_view text, std::size_t end, bool space) {
    while (end > 0) {
        const std::size_t start = previousStart(text, end);
        std::size_t at = start;
        if (isSpace(nextCodePoint(text, at)) != space) break;
        end = start;
    }
    return end;
}

}  // namespace

std::size_t offsetOf(std::string_view text, std::size_t place) {
    std::size_t at = 0;
    while (place > 0 && at < text.size()) {
        nextCodePoint(text, at);
        --place;
    }
    return at;
}

std::string_view sliced(std::string_view text, std::size_t begin, std::size_t end) {
    if (end <= begin) return {};
    const std::string_view rest = text.substr(offsetOf(text, begin));
    return rest.substr(0, offsetOf(rest, end - begin));
}

std::string_view stripped(std::string_view text, Side side) {
    return strippedWhere(text, side, isSpace);
}

std::string_view stripped(std::string_view text, std::string_view set, Side side) {
    std::vector<char32_t> sorted;
    for (std::size_t at = 0; at < set.size();) sorted.push_back(nextCodePoint(set, at));
    std::sort(sorted.begin(), sorted.end());
    return strippedWhere(text, side,
                         [&](char32_t c) { return std::binary_search(sorted.begin(), sorted.end(), c); });
}

std::vector<std::string_view> splitAtSpace(std::string_view text, long most, bool fromRight) {
    const std::size_t limit = limitOf(most);
    std::vector<std::string_view> parts;
    if (!fromRight) {
        for (std::size_t at = runEnd(text, 0, true); at < text.size();) {
            const std::size_t end = parts.size() < limit ? runEnd(text, at, false) : text.size();
            parts.push_back(text.substr(at, end - at));
            at = runEnd(text, end, true);
        }
        return parts;
    }
    for (std::size_t at = runBegin(text, text.size(), true); at > 0;) {
        const std::size_t begin = parts.size() < limit ? runBegin(text, at, false) : 0;
        parts.push_back(text.substr(begin, at - begin));
        at = runBegin(text, begin, true);
    }
    std::reverse(parts.begin(), parts.end());
    return parts;
}

std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator, long most,
                                      bool fromRight) {
    const std::size_t limit = limitOf(most);
    std::vector<std::string_view> parts;
    while (parts.size() < limit) {
        const std::size_t found = fromRight ? text.rfind(separator) : text.find(separator);
        if (found == std::string_view::npos) break;
        const std::size_t behind = found + separator.size();
        parts.push_back(fromRight ? text.substr(behind) : text.substr(0, found));
        text = fromRight ? text.substr(0, found) : text.substr(behind);
    }
    parts.push_back(text);
    if (fromRight) std::reverse(parts.begin(), parts.end());
    return parts;
}

std::vector<std::string_view> splitLines(std::string_view text, bool keepEnds) {
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = at;
        const char32_t c = nextCodePoint(text, at);
        if (!isLineBreak(c)) continue;
        if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
        lines.push_back(text.substr(begin, (keepEnds ? at : end) - begin));
        begin = at;
    }
    if (begin < text.size()) lines.push_back(text.substr(begin));
    return lines;
}

std::size_t countOf(std::string_view text, std::string_view part) {
    if (part.empty()) return codePointCount(text) + 1;
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size()))
        ++count;
    return count;
}

std::string replaced(std::string_view text, std::string_view part, std::string_view by, long most) {
    std::size_t left = limitOf(most);
    std::string result;
    if (part.empty()) {
        std::size_t at = 0;
        while (left > 0) {
            --left;
            result += by;
            if (at == text.size()) return result;
            const std::size_t begin = at;
            nextCodePoint(text, at);
            result += text.substr(begin, at - begin);
        }
        return result.append(text.substr(at));
    }
    std::size_t begin = 0;
    for (; left > 0; --left) {
        const std::size_t found = text.find(part, begin);
        if (found == std::string_view::npos) break;
        result += text.substr(begin, found - begin);
        result += by;
        begin = found + part.size();
    }
    return result.append(text.substr(begin));
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&#34;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

}  // namespace studio::jinja
