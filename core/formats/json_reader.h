// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// Reads JSON text (RFC 8259) value by value, for files whose tables are too large to be built as a tree
/// first: the caller asks for what it expects next and keeps what it needs. The text must outlive the reader.
/// At most 256 levels deep. Not thread-safe.
///
/// Every function throws BadFormat, naming file, line and column, for what is no JSON there or of another
/// kind than was asked for; Error::args() are {source, line, column}.
class JsonReader {
public:
    enum class Kind { Object, Array, String, Number, Boolean, Null };

    /// `source` names the file in messages. Throws EmptyInput for blank text, BadEncoding for invalid UTF-8.
    JsonReader(std::string_view text, std::string source);

    /// The kind of the value that comes next.
    Kind peek();

    /// An object: enterObject(), then nextKey() until it returns false; after each key exactly one value is
    /// read. The key is valid until the next call.
    void enterObject();
    bool nextKey(std::string_view& key);
    /// A list: enterArray(), then nextElement() until it returns false; after each one exactly one value is
    /// read.
    void enterArray();
    bool nextElement();

    /// A text; valid until the next call.
    std::string_view string();
    std::int64_t integer();
    bool boolean();
    void null();
    /// Any value as a tree. Keys given twice in an object are refused; an integer beyond 64 bits, as some
    /// write for "no limit", becomes a double.
    OrderedJson value();
    /// Any value, only checked.
    void skip();
    /// To be called after the last value: nothing but white space may follow.
    void finish();

    /// Throws BadFormat with the place that was reached. `what` is a clause ("this is no number").
    [[noreturn]] void fail(const std::string& what, const std::string& nextStep) const;
    const std::string& source() const { return m_source; }

private:
    char skipSpace();
    void expect(char c, const char* what);
    std::string_view number();
    void escape();
    char32_t fourDigits();
    void word(std::string_view text);
    void open(char c, const char* what);
    bool next(char closing, const char* what);
    OrderedJson numberValue();

    std::string_view m_text;
    std::string m_source;
    std::size_t m_at = 0;
    std::string m_scratch;      ///< a text that holds escapes
    std::vector<bool> m_begun;  ///< for each open object or list: whether it has an entry already
};

}  // namespace studio
