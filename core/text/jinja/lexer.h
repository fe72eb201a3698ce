// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace studio::jinja {

struct Token {
    enum class Kind : std::uint8_t {
        Data,  ///< text between the tags, white space already taken away
        BlockBegin,
        BlockEnd,
        PrintBegin,
        PrintEnd,
        Name,
        Text,  ///< a string literal, its escapes resolved
        Whole,
        Real,
        Operator,
        End
    };
    Kind kind = Kind::End;
    std::string text;  ///< the data, name, literal or operator
    std::size_t line = 1;
    std::int64_t whole = 0;
    double real = 0;
};

/// Takes a template apart by the rules of Jinja 3 with trim_blocks, lstrip_blocks and without
/// keep_trailing_newline, as Hugging Face Transformers sets them: a line break behind a block or a comment is
/// dropped, as is white space before one that begins its line; "-" drops all white space on its side, "+"
/// keeps it; the template's own last line break is dropped; every kind of line break becomes "\n". `source`
/// is valid UTF-8. The last token is End. Throws Problem with its line.
std::vector<Token> tokensOf(std::string_view source);

/// "the end of the template", "\"endif\"": for messages.
std::string describe(const Token& token);

}  // namespace studio::jinja
