// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/regex.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <chrono>
#include <cstdint>

#include "core/base/error.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void takesTooLong() {
    throw Error(ErrorCode::InvalidArgument,
                "The tokenizer's regular expression takes far too long on this text.",
                "Part the text, or choose a model with another tokenizer.");
}

/// Tells where in the UTF-8 text a UTF-16 offset is, for offsets that only grow.
class Utf8Offsets {
public:
    explicit Utf8Offsets(std::string_view text) : m_text(text) {}

    std::size_t of(std::int64_t utf16) {
        while (m_utf16 < utf16 && m_utf8 < m_text.size()) {
            const auto lead = static_cast<unsigned char>(m_text[m_utf8]);
            m_utf8 += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            m_utf16 += lead < 0xF0 ? 1 : 2;
        }
        return m_utf8;
    }

private:
    std::string_view m_text;
    std::size_t m_utf8 = 0;
    std::int64_t m_utf16 = 0;
};

}  // namespace

struct Regex::Parts {
    std::unique_ptr<icu::RegexPattern> pattern;
};

Regex::Regex(std::string_view pattern) : m_parts(std::make_unique<Parts>()) {
    const icu::UnicodeString translated = icu::UnicodeString::fromUTF8(icuPattern(pattern));
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    m_parts->pattern.reset(icu::RegexPattern::compile(translated, 0, place, status));
    if (U_SUCCESS(status)) return;
    throw Error(status == U_REGEX_LOOK_BEHIND_LIMIT ? ErrorCode::UnsupportedFormat : ErrorCode::BadFormat,
                std::string("The regular expression cannot be compiled (") + u_errorName(status) + ").",
                "Correct the pattern.");
}

Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

std::vector<TextRange> Regex::matches(std::string_view text) const {
    const icu::UnicodeString utf16 =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(m_parts->pattern->matcher(utf16, status));
    constexpr std::int32_t kStackBytes = 512 * 1024 * 1024;
    constexpr std::int32_t kMillisecondsAMatch = 10'000;
    matcher->setStackLimit(kStackBytes, status);
    matcher->setTimeLimit(kMillisecondsAMatch, status);
    // A second for each 50 kB is a hundred times what the slowest known pattern takes.
    const auto deadline = Clock::now() + std::chrono::seconds(10 + text.size() / 50'000);
    std::vector<TextRange> found;
    Utf8Offsets offsets(text);
    std::int64_t from = 0;
    std::int64_t lastEnd = -1;
    while (from <= utf16.length() && matcher->find(from, status)) {
        const std::int64_t begin = matcher->start64(status);
        const std::int64_t end = matcher->end64(status);
        if (begin == end && end == lastEnd) {
            from = utf16.moveIndex32(static_cast<std::int32_t>(from), 1);
            if (end == utf16.length()) break;
            continue;
        }
        const std::size_t first = offsets.of(begin);
        found.push_back({first, offsets.of(end)});
        from = lastEnd = end;
        if (found.size() % 1024 == 0 && Clock::now() > deadline) takesTooLong();
    }
    if (status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW) takesTooLong();
    if (U_FAILURE(status)) {
        throw Error(ErrorCode::Internal,
                    std::string("ICU could not match a text (") + u_errorName(status) + ").",
                    "Check that the ICU data files of the system are installed completely.");
    }
    return found;
}

}  // namespace studio
