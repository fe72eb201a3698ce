// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <numeric>

#include "core/base/error.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

std::vector<char32_t> codePoints(std::string_view text) {
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < text.size();) points.push_back(nextCodePoint(text, at));
    return points;
}

void checkIcu(UErrorCode status, const char* what) {
    if (U_FAILURE(status)) {
        throw Error(ErrorCode::Internal,
                    std::string("ICU could not ") + what + " (" + u_errorName(status) + ").",
                    "Check that the ICU data files of the system are installed completely.");
    }
}

bool standsAlone(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
            return true;
        default:
            return false;
    }
}

bool isWordCharacter(char32_t c) {
    const auto point = static_cast<UChar32>(c);
    return u_isalnum(point) || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
}

std::string folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string result;
    icu::StringByteSink<std::string> sink(&result);
    icu::CaseMap::utf8Fold(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                           nullptr, status);
    checkIcu(status, "fold the case of a word");
    return result;
}

/// Adds the words of one segment between two ICU word boundaries.
void addSegment(std::string_view text, std::size_t begin, std::size_t end, std::vector<Word>& words) {
    std::size_t pending = begin;  // start of a word that is not one of the characters standing alone
    bool hasWord = false;
    const auto flush = [&](std::size_t until) {
        if (hasWord) words.push_back({folded(text.substr(pending, until - pending)), pending, until});
        hasWord = false;
    };
    for (std::size_t at = begin; at < end;) {
        const Utf8Step step = utf8At(text, at);
        if (step.state == Utf8::Valid && standsAlone(step.codePoint)) {
            flush(at);
            words.push_back({folded(text.substr(at, step.length)), at, at + step.length});
            pending = at + step.length;
        } else if (step.state == Utf8::Valid && isWordCharacter(step.codePoint)) {
            hasWord = true;
        }
        at += step.length;
    }
    flush(end);
}

}  // namespace

std::optional<std::size_t> firstInvalidUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        // Most text is ASCII: eight bytes at a time.
        std::uint64_t eight = 0;
        if (at + sizeof eight <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & 0x8080808080808080U) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const Utf8Step step = utf8At(text, at);
        if (step.state != Utf8::Valid) return at;
        at += step.length;
    }
    return std::nullopt;
}

std::size_t completeUtf8Prefix(std::string_view bytes) {
    // An unfinished character has at most three bytes, the first of them a lead byte.
    const std::size_t first = bytes.size() > 3 ? bytes.size() - 3 : 0;
    for (std::size_t at = bytes.size(); at-- > first;) {
        if ((static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80) continue;
        return utf8At(bytes, at).state == Utf8::Unfinished ? at : bytes.size();
    }
    return bytes.size();
}

std::string replaceInvalidUtf8(std::string_view bytes, InvalidUtf8 replacement) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Utf8Step step = utf8At(bytes, at);
        if (step.state == Utf8::Valid) {
            text.append(bytes, at, step.length);
        } else {
            const std::size_t count = replacement == InvalidUtf8::EachByte ? step.length : 1;
            for (std::size_t i = 0; i < count; ++i) text += "\xEF\xBF\xBD";
        }
        at += step.length;
    }
    return text;
}

char32_t nextCodePoint(std::string_view text, std::size_t& at) {
    const Utf8Step step = utf8At(text, at);
    at += step.state == Utf8::Valid ? step.length : 1;
    return step.state == Utf8::Valid ? step.codePoint : 0xFFFD;
}

std::size_t codePointCount(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<std::string> utf16ToUtf8(std::string_view bytes, bool bigEndian) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    const auto unit = [&](std::size_t at) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return bigEndian ? static_cast<char32_t>(first << 8 | second)
                         : static_cast<char32_t>(second << 8 | first);
    };
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        char32_t c = unit(at);
        if (c >= 0xDC00 && c < 0xE000) return std::nullopt;
        if (c >= 0xD800 && c < 0xDC00) {
            at += 2;
            if (at >= bytes.size()) return std::nullopt;
            const char32_t low = unit(at);
            if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
        appendUtf8(text, c);
    }
    return text;
}

std::vector<Word> searchWords(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, decltype(&utext_close)> source(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status), &utext_close);
    checkIcu(status, "read a text");
    // Making an iterator loads rules; one a thread is kept.
    thread_local const std::unique_ptr<icu::BreakIterator> boundaries = [] {
        UErrorCode created = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> iterator(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), created));
        checkIcu(created, "make a word iterator");
        return iterator;
    }();
    boundaries->setText(source.get(), status);
    checkIcu(status, "find the words of a text");
    std::vector<Word> words;
    std::int32_t begin = boundaries->first();
    for (std::int32_t end = boundaries->next(); end != icu::BreakIterator::DONE;
         begin = end, end = boundaries->next()) {
        addSegment(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), words);
    }
    return words;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\n\v\f\r";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    const std::vector<char32_t> left = codePoints(a);
    const std::vector<char32_t> right = codePoints(b);
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t above = row[j];
            const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            row[j] = std::min({above + 1, row[j - 1] + 1, replaced});
            diagonal = above;
        }
    }
    return row.back();
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
    std::optional<std::string> best;
    std::size_t bestDistance = codePointCount(word) / 3 + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

}  // namespace studio
