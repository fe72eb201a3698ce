// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/alpaca_rows.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/base/error.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

constexpr std::int64_t kMaxDepth = 256;  // as parseJson
constexpr std::size_t kListedKeys = 5;

bool isBlank(const std::string& text) {
    return trimmed(text).empty();
}

bool isKnownKey(const std::string& key) {
    return key == "instruction" || key == "input" || key == "output";
}

std::string lowerTrimmed(const std::string& key) {
    std::string lower(trimmed(key));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// The key of the row that probably means `wanted`.
std::optional<std::string> lookalike(const OrderedJson& row, const std::string& wanted) {
    static const std::set<std::string> kLikeInstruction = {"prompt", "question", "query", "task",
                                                           "instructions"};
    static const std::set<std::string> kLikeOutput = {"response", "answer", "completion", "target",
                                                      "label",    "reply",  "result",     "outputs"};
    const std::set<std::string>& names = wanted == "instruction" ? kLikeInstruction : kLikeOutput;
    for (const auto& [key, value] : row.items()) {
        const std::string plain = lowerTrimmed(key);
        if (plain == wanted || names.count(plain) != 0) return key;
    }
    for (const auto& [key, value] : row.items()) {
        if (!isKnownKey(key) && nearest(lowerTrimmed(key), {wanted})) return key;
    }
    return std::nullopt;
}

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

std::string typeName(const OrderedJson& value) {
    if (value.is_null()) return "null";
    if (value.is_boolean()) return "true or false";
    if (value.is_number()) return "a number";
    if (value.is_array()) return "a list";
    if (value.is_object()) return "an object";
    return "a text";
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (std::size_t i = 0; i < texts.size() && i < kListedKeys; ++i) all += (i ? ", " : "") + texts[i];
    return texts.size() > kListedKeys ? all + ", …" : all;
}

}  // namespace

std::optional<std::string> otherFormatOf(const OrderedJson& row) {
    const auto has = [&row](const char* key) { return row.contains(key); };
    if (has("chosen") || has("rejected")) return "a preference pair (chosen and rejected)";
    if (has("conversations")) return "a ShareGPT conversation";
    if (has("messages")) return "a conversation in the messages format";
    if (has("instances")) return "a Self-Instruct task";
    if (has("ts") && (has("type") || has("user"))) return "a Slack message";
    if (has("members") && has("name")) return "a Slack channel";
    if (has("instruction") || has("output")) return std::nullopt;
    if (has("prompt") && (has("completion") || has("response"))) return "a prompt and completion pair";
    if (has("text")) return "a plain text";
    return std::nullopt;
}

void AlpacaRows::notice(const std::string& rule, std::int64_t row, const std::string& detail) {
    Noticed& noticed = m_noticed[rule];
    if (noticed.count++ == 0) {
        noticed.firstRow = row;
        noticed.detail = detail;
    }
}

void AlpacaRows::refuse(std::int64_t row, const std::string& rule, const std::string& reason,
                        const std::string& field) {
    m_result.refused.push_back({m_source.path.string(), row, reason, rule, field});
}

bool AlpacaRows::refuseScanned(const ScannedValue& value, std::int64_t row) {
    if (value.depth > kMaxDepth) {
        refuse(row, "too_deep", "The row is nested more than " + std::to_string(kMaxDepth) + " levels deep.");
        return true;
    }
    if (value.loneSurrogate) {
        refuse(row, "lone_surrogate",
               "The row holds " + quoted(m_source.text.substr(*value.loneSurrogate, 6)) +
                   ", one half of a character whose other half is missing.");
        return true;
    }
    return false;
}

bool AlpacaRows::takeText(const OrderedJson& json, const char* key, std::int64_t row, std::string& into) {
    const auto found = json.find(key);
    if (found == json.end()) return true;
    if (found->is_string()) {
        into = found->get<std::string>();
        return true;
    }
    if (found->is_null() && std::string_view(key) == "input") {
        notice("null_input", row, {});
        return true;
    }
    refuse(row, found->is_null() ? std::string("missing_") + key : "wrong_type",
           "The field " + quoted(key) + " is " + typeName(*found) + "; it must be a text.", key);
    return false;
}

void AlpacaRows::refuseMissing(const OrderedJson& json, const char* key, std::int64_t row) {
    std::string reason = std::string("The row has no field ") + quoted(key);
    if (const std::optional<std::string> similar = lookalike(json, key)) {
        reason += "; its field " + quoted(*similar) + " looks like it: rename it to " + quoted(key) + ".";
    } else if (json.empty()) {
        reason += ": it is empty.";
    } else {
        std::vector<std::string> keys;
        for (const auto& [name, value] : json.items()) keys.push_back(name);
        reason += "; it has " + joined(keys) + ".";
    }
    refuse(row, std::string("missing_") + key, reason, key);
}

void AlpacaRows::add(const ScannedValue& value, ParsedValue parsed, std::int64_t row) {
    ++m_rows;
    OrderedJson& json = parsed.json;
    if (!json.is_object()) {
        return refuse(row, "wrong_type",
                      "The row is " + typeName(json) + "; it must be an object with instruction and output.");
    }
    const bool complete = json.contains("instruction") && json.contains("output");
    if (const std::optional<std::string> other = complete ? std::nullopt : otherFormatOf(json)) {
        ++m_otherFormats[*other];
        return refuse(row, "other_format", "The row is " + *other + ", which this version does not read.");
    }
    for (const char* key : {"instruction", "output"}) {
        if (!json.contains(key)) return refuseMissing(json, key, row);
    }
    Record record;
    if (!takeText(json, "instruction", row, record.instruction) ||
        !takeText(json, "input", row, record.input) || !takeText(json, "output", row, record.output)) {
        return;
    }
    if (isBlank(record.output)) {
        const bool all = isBlank(record.instruction) && isBlank(record.input);
        return refuse(row, all ? "empty" : "missing_output",
                      all ? "All fields of the row are empty."
                          : "The field \"output\" is empty: there is nothing to learn.",
                      all ? "" : "output");
    }
    if (isBlank(record.instruction) && isBlank(record.input)) {
        return refuse(row, "missing_instruction",
                      "The fields \"instruction\" and \"input\" are empty: there is no question.",
                      "instruction");
    }
    record.source = m_source.name();
    static const std::vector<std::string> kUsual = {"instruction", "input", "output"};
    std::vector<std::string> known, all;
    for (auto& [key, field] : json.items()) {
        all.push_back(key);
        if (isKnownKey(key)) {
            known.push_back(key);
            continue;
        }
        record.extra[key] = std::move(field);
        if (std::find(m_extraKeys.begin(), m_extraKeys.end(), key) == m_extraKeys.end())
            m_extraKeys.push_back(key);
    }
    // The layout is worth keeping only where it is not the usual one.
    const bool knownFirst = known == kUsual && std::equal(kUsual.begin(), kUsual.end(), all.begin());
    if (!knownFirst) record.keys = std::move(all);
    if (isBlank(record.instruction)) notice("empty_instruction", row, {});
    if (!value.hugeNumbers.empty()) {
        const ScannedValue::Range& first = value.hugeNumbers.front();
        notice("numbers_as_text", row,
               m_source.text.substr(first.begin, std::min<std::size_t>(first.end - first.begin, 40)));
    }
    if (!parsed.duplicateKeys.empty()) notice("duplicate_keys", row, parsed.duplicateKeys.front());
    m_result.records.push_back(std::move(record));
}

void AlpacaRows::addNotes() {
    const auto note = [this](const std::string& rule, std::int64_t count, const std::string& message) {
        m_result.notes.push_back({m_source.path.string(), message, rule, count});
    };
    for (const auto& [rule, noticed] : m_noticed) {
        const std::string rows = std::to_string(noticed.count) + (noticed.count == 1 ? " row" : " rows");
        const std::string first = " (the first is row " + std::to_string(noticed.firstRow) + ")";
        if (rule == "null_input")
            note(rule, noticed.count, rows + " with input null" + first + ": read as no input.");
        if (rule == "empty_instruction") {
            note(rule, noticed.count,
                 rows + " with an empty instruction" + first + ": the input alone is the question.");
        }
        if (rule == "numbers_as_text") {
            note(rule, noticed.count,
                 rows + " with a number too large to keep exactly" + first + ": " + noticed.detail +
                     " was kept as text.");
        }
        if (rule == "duplicate_keys") {
            note(rule, noticed.count,
                 rows + " with a key given twice" + first + ": of " + quoted(noticed.detail) +
                     " the last value was taken.");
        }
    }
    if (!m_extraKeys.empty()) {
        note("extra_fields", static_cast<std::int64_t>(m_extraKeys.size()),
             "Other fields (" + joined(m_extraKeys) +
                 ") are kept with the rows and exported again; training does not use them.");
    }
}

void AlpacaRows::throwNothingUsable() const {
    const std::string file = m_source.path.string();
    if (m_result.refused.empty()) {
        throw Error(ErrorCode::EmptyInput, file + " holds no records.",
                    "Choose a file with at least one record.", {file});
    }
    const RefusedRow& first = m_result.refused.front();
    if (!m_otherFormats.empty()) {
        const auto most = std::max_element(m_otherFormats.begin(), m_otherFormats.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        throw Error(ErrorCode::UnsupportedFormat,
                    file + " cannot be read: its rows are of another format, each " + most->first + ".",
                    kUnderstoodFormats, {file, most->first});
    }
    const bool onlyEmpty = std::all_of(m_result.refused.begin(), m_result.refused.end(),
                                       [](const RefusedRow& row) { return row.rule == "empty"; });
    const std::size_t count = m_result.refused.size();
    throw Error(onlyEmpty ? ErrorCode::EmptyInput : ErrorCode::BadFormat,
                (count == 1 ? "The only row of " : "None of the " + std::to_string(count) + " rows of ") +
                    file + (count == 1 ? " cannot be used" : " can be used") + ", row " +
                    std::to_string(first.row) + ": " + first.reason,
                "Each record needs the texts \"instruction\" and \"output\", and may have \"input\".",
                {file, std::to_string(first.row), first.reason});
}

void AlpacaRows::finish() {
    if (m_result.records.empty()) throwNothingUsable();
    addNotes();
}

}  // namespace studio
