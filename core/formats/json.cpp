// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/quoted.h"

namespace studio {

namespace {

constexpr std::size_t kDeepest = 256;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Place {
    std::size_t line = 1;
    std::size_t column = 1;  ///< in characters
};

Place placeOf(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t lineBreak = before.rfind('\n');
    const std::string_view lastLine =
        lineBreak == std::string_view::npos ? before : before.substr(lineBreak + 1);
    Place place;
    place.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const auto startsCharacter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    place.column +=
        static_cast<std::size_t>(std::count_if(lastLine.begin(), lastLine.end(), startsCharacter));
    return place;
}

[[noreturn]] void throwBadEncoding(std::string_view text, std::size_t offset, const std::string& source,
                                   const std::string& what) {
    const Place place = placeOf(text, offset);
    const std::string line = std::to_string(place.line);
    throw Error(ErrorCode::BadEncoding, source + ", line " + line + ": " + what + ".",
                "Save the file as UTF-8 and try again.", {source, line, std::to_string(place.column)});
}

/// Length of the UTF-8 character (RFC 3629) at `offset`, or 0 where the bytes are none.
std::size_t utf8Length(std::string_view text, std::size_t offset) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
    };
    const auto follows = [&](std::size_t i, unsigned char low = 0x80, unsigned char high = 0xBF) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned char lead = byte(offset);
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return follows(offset + 1) ? 2 : 0;
    if (lead < 0xF0) {
        const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;   // no overlong forms
        const unsigned char high = lead == 0xED ? 0x9F : 0xBF;  // no surrogates
        return follows(offset + 1, low, high) && follows(offset + 2) ? 3 : 0;
    }
    if (lead > 0xF4) return 0;
    const unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(offset + 1, low, high) && follows(offset + 2) && follows(offset + 3) ? 4 : 0;
}

/// What bytes that are no UTF-8 text look like, for the message.
std::string otherKind(std::string_view text) {
    if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF")
        return "the file is UTF-16 text, not UTF-8";
    if (text.substr(0, 2) == "\x1F\x8B") return "the file is gzip-compressed, not JSON";
    if (text.substr(0, 2) == "PK") return "the file is a ZIP archive, not JSON";
    return {};
}

/// nlohmann's lexer takes a NUL byte for the end of the input, so it would hide what follows: refused here.
void checkBytes(std::string_view text, const std::string& source) {
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t length = utf8Length(text, offset);
        if (length != 0 && text[offset] != '\0') {
            offset += length;
            continue;
        }
        const std::string kind = otherKind(text);
        if (!kind.empty()) throwBadEncoding(text, 0, source, kind);
        throwBadEncoding(text, offset, source,
                         length == 0 ? "the text is not valid UTF-8"
                                     : "there is a NUL byte, as in UTF-16 or binary files");
    }
}

/// Walks over the text and tells where it is, which nlohmann's SAX events do not.
class TrackedIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    TrackedIterator(const char* at, const char** reached) : m_at(at), m_reached(reached) {}
    reference operator*() const { return *m_at; }
    TrackedIterator& operator++() {
        *m_reached = ++m_at;
        return *this;
    }
    TrackedIterator operator++(int) {
        const TrackedIterator old = *this;
        ++*this;
        return old;
    }
    bool operator==(const TrackedIterator& other) const { return m_at == other.m_at; }
    bool operator!=(const TrackedIterator& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    const char** m_reached;
};

/// Builds the value from nlohmann's events (its own builder searches an object for every key, which is
/// quadratic, and neither counts depth nor tells of keys given twice).
class Builder final : public nlohmann::json_sax<OrderedJson> {
public:
    Builder(std::string_view text, std::string source, std::vector<JsonNote>* notes)
        : m_reached(text.data()), m_text(text), m_source(std::move(source)), m_notes(notes) {}

    OrderedJson parse() {
        const char* end = m_text.data() + m_text.size();
        OrderedJson::sax_parse(TrackedIterator(m_text.data(), &m_reached), TrackedIterator(end, &m_reached),
                               this);
        return std::move(m_root);
    }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }  // not a part of JSON text

    bool number_float(number_float_t value, const string_t& written) override {
        if (written.find_first_of(".eE") == std::string::npos) {
            note(JsonNote::Kind::InexactNumber, written,
                 "the integer " + inQuotes(written) + " is beyond 64 bits", "Write it as text, in quotes.");
        }
        return add(value);
    }

    bool start_object(std::size_t) override { return open(OrderedJson::object()); }
    bool start_array(std::size_t) override { return open(OrderedJson::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        Level& level = m_levels.back();
        auto& members = level.value->get_ref<OrderedJson::object_t&>();
        if (OrderedJson* given = level.find(members, name)) {
            note(JsonNote::Kind::DuplicateKey, name,
                 "the key " + inQuotes(name) + " is given twice in one object", "Keep one of them.");
            level.slot = given;
            return true;
        }
        level.remember(members, name);
        members.emplace_back(std::move(name), nullptr);
        level.slot = &members.back().second;
        return true;
    }

    bool parse_error(std::size_t position, const std::string& token,
                     const nlohmann::json::exception& error) override {
        // position counts bytes read, the offending one included
        const std::size_t offset = position == 0 ? 0 : position - 1;
        const std::size_t begin = wordBegin(offset);
        if (error.id == kNumberOutOfRange) {
            fail(offset, "the number " + inQuotes(token) + " is beyond what a double can hold",
                 "Write it as text, in quotes.");
        }
        for (const char* name : {"NaN", "Infinity", "-Infinity"}) {
            if (m_text.substr(begin, std::string_view(name).size()) != name) continue;
            fail(begin, std::string(name) + " is not JSON", "Write null or a number instead.");
        }
        if (offset + 1 >= m_text.size()) {
            const bool unexpectedEnd =
                std::string_view(error.what()).find("end of input") != std::string_view::npos ||
                std::string_view(error.what()).find("missing closing quote") != std::string_view::npos;
            if (unexpectedEnd)
                fail(m_text.size(), "the JSON text ends too early", "The file may be cut off: get it again.");
        }
        fail(offset, "this is not JSON here: " + reason(error.what()),
             "Correct the file there and try again.");
    }

private:
    static constexpr int kNumberOutOfRange = 406;  // nlohmann's id for a number that is no finite double
    static constexpr std::size_t kFewKeys = 16;

    /// An object or list that is not closed yet.
    struct Level {
        OrderedJson* value = nullptr;
        OrderedJson* slot = nullptr;                        ///< where the next value of an object goes
        std::unordered_map<std::string, std::size_t> rows;  ///< key -> place, once an object has many keys

        OrderedJson* find(OrderedJson::object_t& members, const std::string& name) const {
            if (rows.empty()) {
                const auto found = members.find(name);
                return found == members.end() ? nullptr : &found->second;
            }
            const auto row = rows.find(name);
            if (row == rows.end()) return nullptr;
            return &(members.begin() + static_cast<std::ptrdiff_t>(row->second))->second;
        }

        /// To be called before `name` is added to `members`.
        void remember(const OrderedJson::object_t& members, const std::string& name) {
            if (rows.empty() && members.size() < kFewKeys) return;
            if (rows.empty()) {
                for (const auto& member : members) rows.emplace(member.first, rows.size());
            }
            rows.emplace(name, members.size());
        }
    };

    OrderedJson* place(OrderedJson&& value) {
        if (m_levels.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Level& level = m_levels.back();
        if (level.value->is_object()) {
            *level.slot = std::move(value);
            return level.slot;
        }
        auto& elements = level.value->get_ref<OrderedJson::array_t&>();
        elements.push_back(std::move(value));
        return &elements.back();
    }

    template <typename Value>
    bool add(Value&& value) {
        place(OrderedJson(std::forward<Value>(value)));
        return true;
    }

    bool open(OrderedJson&& value) {
        if (m_levels.size() >= kDeepest) {
            fail(offsetReached() - 1,
                 "lists and objects are nested more than " + std::to_string(kDeepest) + " deep",
                 "Such a file is refused; check where it comes from.");
        }
        Level level;
        level.value = place(std::move(value));
        m_levels.push_back(std::move(level));
        return true;
    }

    bool close() {
        m_levels.pop_back();
        return true;
    }

    std::size_t offsetReached() const { return static_cast<std::size_t>(m_reached - m_text.data()); }

    void note(JsonNote::Kind kind, const std::string& what, const std::string& cause,
              const std::string& nextStep) {
        const std::size_t offset = offsetReached() - 1;
        if (!m_notes) fail(offset, cause, nextStep);
        // Notes come in the order of the text, so each line break is counted once.
        const std::string_view since = m_text.substr(m_notedOffset, offset - m_notedOffset);
        m_notedLine += static_cast<std::size_t>(std::count(since.begin(), since.end(), '\n'));
        m_notedOffset = offset;
        m_notes->push_back({kind, what, m_notedLine});
    }

    [[noreturn]] void fail(std::size_t offset, const std::string& what, const std::string& nextStep) const {
        const Place place = placeOf(m_text, offset);
        const std::string line = std::to_string(place.line);
        const std::string column = std::to_string(place.column);
        throw Error(ErrorCode::BadFormat,
                    m_source + ", line " + line + ", column " + column + ": " + what + ".", nextStep,
                    {m_source, line, column});
    }

    /// First byte of the word at `offset`, for the names of numbers that JSON has not.
    std::size_t wordBegin(std::size_t offset) const {
        constexpr std::size_t kLongestWord = 9;
        const auto inWord = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        };
        std::size_t begin = offset;
        while (begin > 0 && offset - begin < kLongestWord && inWord(m_text[begin - 1])) --begin;
        return begin;
    }

    /// nlohmann's words after "…: syntax error while parsing value - ".
    static std::string reason(const std::string& message) {
        const std::size_t dash = message.find(" - ");
        std::string text = dash == std::string::npos ? message : message.substr(dash + 3);
        constexpr std::size_t kLongest = 160;
        const std::size_t lastRead = text.find("; last read: ");  // repeats the file's text, of any length
        const std::size_t expected = text.rfind("; expected ");
        if (lastRead != std::string::npos) {
            const std::string tail =
                expected != std::string::npos && expected > lastRead ? text.substr(expected) : "";
            text = text.substr(0, lastRead) + tail;
        }
        if (text.size() > kLongest) text.resize(kLongest);
        return text;
    }

    const char* m_reached;
    std::string_view m_text;
    std::string m_source;
    std::vector<JsonNote>* m_notes;
    std::size_t m_notedOffset = 0;
    std::size_t m_notedLine = 1;
    OrderedJson m_root;
    std::vector<Level> m_levels;
};

OrderedJson parse(std::string_view text, const std::string& source, std::vector<JsonNote>* notes) {
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        throw Error(ErrorCode::EmptyInput, source + " is empty.", "Choose a file with content.", {source});
    }
    checkBytes(text, source);
    return Builder(text, source, notes).parse();
}

/// What is no file may never end, or make us wait for ever: a named pipe has no writer. The shell's own
/// (/dev/fd/63) has one. A folder says so itself when it is read.
void refuseEndless(const std::filesystem::path& path) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (!fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status)) return;
    const std::string name = path.string();
    if (name.starts_with("/dev/") || name.starts_with("/proc/")) return;
    throw Error(ErrorCode::FileUnreadable, "Cannot read " + name + ": this is not a regular file.",
                "Check that it is a file and that you may read it.", {name});
}

}  // namespace

OrderedJson parseJson(std::string_view text, const std::string& source) {
    return parse(text, source, nullptr);
}

OrderedJson parseJson(std::string_view text, const std::string& source, std::vector<JsonNote>& notes) {
    return parse(text, source, &notes);
}

OrderedJson readJsonFile(const std::filesystem::path& path) {
    refuseEndless(path);
    return parseJson(readFile(path), path.string());
}

void writeJsonFile(const std::filesystem::path& path, const OrderedJson& value) {
    std::string text;
    try {
        text = value.dump(2);
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::BadEncoding, "A text for " + path.string() + " is not valid UTF-8.",
                    "Correct the text and try again.", {path.string()});
    }
    writeFileAtomically(path, text + '\n');
}

}  // namespace studio
