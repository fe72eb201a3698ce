// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include "core/base/error.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

constexpr std::size_t kDeepest = 256;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr const char* kCorrect = "Correct the file there, or get it again.";

std::string lineOf(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    return std::to_string(std::count(before.begin(), before.end(), '\n') + 1);
}

std::string columnOf(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t lineBreak = before.rfind('\n');
    const std::size_t begin = lineBreak == std::string_view::npos ? 0 : lineBreak + 1;
    return std::to_string(codePointCount(before.substr(begin)) + 1);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

JsonReader::JsonReader(std::string_view text, std::string source)
    : m_text(text), m_source(std::move(source)) {
    if (m_text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
        m_text.remove_prefix(kByteOrderMark.size());
    if (m_text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        throw Error(ErrorCode::EmptyInput, m_source + " is empty.", "Choose a file with content.",
                    {m_source});
    if (const auto bad = firstInvalidUtf8(m_text)) {
        const std::string line = lineOf(m_text, *bad);
        throw Error(ErrorCode::BadEncoding, m_source + ", line " + line + ": the text is not valid UTF-8.",
                    "Get the file again from where it came from.", {m_source, line, columnOf(m_text, *bad)});
    }
}

void JsonReader::fail(const std::string& what, const std::string& nextStep) const {
    const std::string line = lineOf(m_text, m_at);
    const std::string column = columnOf(m_text, m_at);
    throw Error(ErrorCode::BadFormat, m_source + ", line " + line + ", column " + column + ": " + what + ".",
                nextStep, {m_source, line, column});
}

char JsonReader::skipSpace() {
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return c;
        ++m_at;
    }
    fail("the JSON text ends too early", "The file may be cut off: get it again.");
}

void JsonReader::expect(char c, const char* what) {
    if (skipSpace() != c) fail(what, kCorrect);
    ++m_at;
}

JsonReader::Kind JsonReader::peek() {
    const char c = skipSpace();
    switch (c) {
        case '{':
            return Kind::Object;
        case '[':
            return Kind::Array;
        case '"':
            return Kind::String;
        case 't':
        case 'f':
            return Kind::Boolean;
        case 'n':
            return Kind::Null;
        default:
            break;
    }
    if (c != '-' && !isDigit(c)) fail("there is no JSON value here", kCorrect);
    return Kind::Number;
}

void JsonReader::open(char c, const char* what) {
    expect(c, what);
    if (m_begun.size() >= kDeepest) {
        fail("lists and objects are nested more than " + std::to_string(kDeepest) + " deep",
             "Such a file is refused; check where it comes from.");
    }
    m_begun.push_back(false);
}

/// Steps over the comma before an entry, or the closing bracket.
bool JsonReader::next(char closing, const char* what) {
    const char c = skipSpace();
    if (c == closing) {
        ++m_at;
        m_begun.pop_back();
        return false;
    }
    if (m_begun.back()) {
        expect(',', what);
        if (skipSpace() == closing) fail("there is a comma before the closing bracket", kCorrect);
    }
    m_begun.back() = true;
    return true;
}

void JsonReader::enterObject() {
    open('{', "an object is expected here");
}

bool JsonReader::nextKey(std::string_view& key) {
    if (!next('}', "a comma or a closing brace is missing here")) return false;
    if (skipSpace() != '"') fail("a key in quotes is expected here", kCorrect);
    key = string();
    expect(':', "a colon is missing here");
    return true;
}

void JsonReader::enterArray() {
    open('[', "a list is expected here");
}

bool JsonReader::nextElement() {
    return next(']', "a comma or a closing bracket is missing here");
}

std::string_view JsonReader::string() {
    expect('"', "a text in quotes is expected here");
    const std::size_t begin = m_at;
    const auto isPlain = [](char c) {
        return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
    };
    while (m_at < m_text.size() && isPlain(m_text[m_at])) ++m_at;
    if (m_at < m_text.size() && m_text[m_at] == '"') return m_text.substr(begin, m_at++ - begin);
    m_scratch.assign(m_text, begin, m_at - begin);
    while (true) {
        if (m_at >= m_text.size())
            fail("the JSON text ends too early", "The file may be cut off: get it again.");
        const char c = m_text[m_at];
        if (c == '"') break;
        if (c == '\\') {
            escape();
        } else if (static_cast<unsigned char>(c) < 0x20) {
            fail("a control character stands within a text", kCorrect);
        } else {
            m_scratch += c;
            ++m_at;
        }
    }
    ++m_at;
    return m_scratch;
}

void JsonReader::escape() {
    ++m_at;
    const char c = m_at < m_text.size() ? m_text[m_at] : '\0';
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t known = kEscapes.find(c);
    if (c != '\0' && known != std::string_view::npos) {
        m_scratch += kMeanings[known];
        ++m_at;
        return;
    }
    if (c != 'u') fail("there is no such escape in JSON", kCorrect);
    ++m_at;
    char32_t value = fourDigits();
    if (value >= 0xD800 && value < 0xDC00) {
        if (m_text.substr(m_at, 2) != "\\u") fail("half of a surrogate pair is missing", kCorrect);
        m_at += 2;
        const char32_t low = fourDigits();
        if (low < 0xDC00 || low >= 0xE000) fail("half of a surrogate pair is missing", kCorrect);
        value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
    } else if (value >= 0xDC00 && value < 0xE000) {
        fail("half of a surrogate pair is missing", kCorrect);
    }
    appendUtf8(m_scratch, value);
}

char32_t JsonReader::fourDigits() {
    unsigned value = 0;
    const std::string_view digits = m_text.substr(m_at, 4);
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 4 || result.ptr != digits.data() + 4 || result.ec != std::errc())
        fail("four hexadecimal digits are expected here", kCorrect);
    m_at += 4;
    return value;
}

/// The bytes of a number by the grammar of RFC 8259, section 6.
std::string_view JsonReader::number() {
    skipSpace();
    const std::size_t begin = m_at;
    const auto at = [&] { return m_at < m_text.size() ? m_text[m_at] : '\0'; };
    const auto digits = [&] {
        if (!isDigit(at())) fail("a number is expected here", kCorrect);
        while (isDigit(at())) ++m_at;
    };
    if (at() == '-') ++m_at;
    if (at() == '0')
        ++m_at;
    else
        digits();
    if (at() == '.') {
        ++m_at;
        digits();
    }
    if (at() == 'e' || at() == 'E') {
        ++m_at;
        if (at() == '+' || at() == '-') ++m_at;
        digits();
    }
    if (isDigit(at())) fail("a number begins with 0", kCorrect);
    return m_text.substr(begin, m_at - begin);
}

std::int64_t JsonReader::integer() {
    if (peek() != Kind::Number) fail("a whole number is expected here", kCorrect);
    const std::size_t begin = m_at;
    const std::string_view written = number();
    std::int64_t value = 0;
    const auto result = std::from_chars(written.data(), written.data() + written.size(), value);
    if (result.ec != std::errc() || result.ptr != written.data() + written.size()) {
        m_at = begin;
        fail("a whole number of at most 63 bits is expected here", kCorrect);
    }
    return value;
}

OrderedJson JsonReader::numberValue() {
    const std::size_t begin = m_at;
    const std::string_view written = number();
    const char* end = written.data() + written.size();
    if (written.find_first_of(".eE") == std::string_view::npos) {
        std::int64_t value = 0;
        if (std::from_chars(written.data(), end, value).ec == std::errc()) return value;
        std::uint64_t large = 0;
        if (written[0] != '-' && std::from_chars(written.data(), end, large).ec == std::errc()) return large;
    }
    double value = 0;
    if (std::from_chars(written.data(), end, value).ec != std::errc() || !std::isfinite(value)) {
        m_at = begin;
        fail("a number is beyond what a double can hold", kCorrect);
    }
    return value;
}

void JsonReader::word(std::string_view text) {
    if (m_text.substr(m_at, text.size()) != text) fail("there is no JSON value here", kCorrect);
    m_at += text.size();
}

bool JsonReader::boolean() {
    if (peek() != Kind::Boolean) fail("true or false is expected here", kCorrect);
    const bool value = m_text[m_at] == 't';
    word(value ? "true" : "false");
    return value;
}

void JsonReader::null() {
    skipSpace();
    word("null");
}

OrderedJson JsonReader::value() {
    std::string_view key;
    switch (peek()) {
        case Kind::String:
            return std::string(string());
        case Kind::Number:
            return numberValue();
        case Kind::Boolean:
            return boolean();
        case Kind::Null:
            null();
            return nullptr;
        case Kind::Array: {
            OrderedJson list = OrderedJson::array();
            enterArray();
            while (nextElement()) list.push_back(value());
            return list;
        }
        case Kind::Object:
            break;
    }
    OrderedJson object = OrderedJson::object();
    auto& members = object.get_ref<OrderedJson::object_t&>();
    std::unordered_set<std::string> keys;
    enterObject();
    while (nextKey(key)) {
        std::string name(key);
        if (!keys.insert(name).second) fail("a key is given twice in one object", "Keep one of them.");
        // emplace() would search all members first; that there is none was just seen.
        members.emplace_back(std::move(name), value());
    }
    return object;
}

void JsonReader::skip() {
    std::string_view key;
    switch (peek()) {
        case Kind::String:
            string();
            break;
        case Kind::Number:
            number();
            break;
        case Kind::Boolean:
            boolean();
            break;
        case Kind::Null:
            null();
            break;
        case Kind::Array:
            enterArray();
            while (nextElement()) skip();
            break;
        case Kind::Object:
            enterObject();
            while (nextKey(key)) skip();
            break;
    }
}

void JsonReader::finish() {
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            fail("something follows the JSON value", kCorrect);
        ++m_at;
    }
}

}  // namespace studio
