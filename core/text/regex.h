// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// Bytes [begin, end) of a text.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const TextRange&) const = default;
};

/// A regular expression as Oniguruma reads it in Ruby's syntax (the engine of Hugging Face's tokenizers),
/// matched by ICU. What the two understand differently is written anew for ICU: all classes of characters
/// become explicit sets by Unicode 16.0. What cannot be carried over exactly is refused: back references,
/// look-behind of no fixed form, absent operators, options other than (?i:…) around ASCII letters, word
/// boundaries, POSIX brackets. Immutable; may be used from several threads.
class Regex {
public:
    /// Throws BadFormat for what is no regular expression and UnsupportedFormat for what is not carried over,
    /// both naming the place within the pattern.
    explicit Regex(std::string_view pattern);
    ~Regex();
    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;

    /// All matches from left to right without overlap, in bytes of `text` (valid UTF-8, less than 1 GiB). An
    /// empty match right behind the previous match is none. Throws InvalidArgument when matching takes far
    /// longer than the text's length can explain (a pattern with catastrophic backtracking).
    std::vector<TextRange> matches(std::string_view text) const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// `pattern` in ICU's syntax, as Regex compiles it. Throws as Regex does.
std::string icuPattern(std::string_view pattern);

}  // namespace studio
