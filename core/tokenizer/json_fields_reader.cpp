// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/json_fields_reader.h"

#include <algorithm>
#include <string_view>

#include "core/formats/quoted.h"
#include "core/text/unicode.h"

namespace studio {

std::string JsonPlace::subject() const {
    if (field.empty()) return file;
    if (field.substr(0, 5) == "line ") return file + ", " + field + ",";
    return "The field " + field + " of " + file;
}

void JsonPlace::refuse(const std::string& what) const {
    throw Error(ErrorCode::TokenizerInvalid, subject() + " " + what + ".",
                "Copy the tokenizer's files again from where the model came from.", {file, field});
}

void JsonPlace::refuseUnknown(const std::string& what) const {
    throw Error(ErrorCode::TokenizerInvalid, subject() + " " + what + ".",
                "Choose a model whose tokenizer this version reads exactly: byte pair encoding, or "
                "sentencepiece (tokenizer.model).",
                {file, field});
}

JsonFieldsReader::JsonFieldsReader(const OrderedJson& json, JsonPlace place,
                                   std::initializer_list<const char*> known)
    : m_json(json), m_place(std::move(place)) {
    if (!json.is_object()) m_place.refuse("is not an object");
    for (const auto& member : json.items()) {
        const bool isKnown =
            std::any_of(known.begin(), known.end(), [&](const char* name) { return member.key() == name; });
        if (!isKnown) m_place.refuseUnknown("has a field " + inQuotes(member.key()) + " that is not known");
    }
}

const OrderedJson* JsonFieldsReader::find(const char* name) const {
    const auto it = m_json.find(name);
    return it == m_json.end() || it->is_null() ? nullptr : &*it;
}

const OrderedJson& JsonFieldsReader::required(const char* name) const {
    const OrderedJson* value = find(name);
    if (!value) m_place.at(name).refuse("is missing");
    return *value;
}

std::string JsonFieldsReader::text(const char* name) const {
    const OrderedJson& value = required(name);
    if (!value.is_string()) m_place.at(name).refuse("is not a text");
    return value.get<std::string>();
}

bool JsonFieldsReader::flag(const char* name) const {
    const OrderedJson& value = required(name);
    if (!value.is_boolean()) m_place.at(name).refuse("is neither true nor false");
    return value.get<bool>();
}

bool JsonFieldsReader::flag(const char* name, bool otherwise) const {
    return find(name) ? flag(name) : otherwise;
}

std::int64_t JsonFieldsReader::integer(const char* name) const {
    const OrderedJson& value = required(name);
    if (!value.is_number_integer()) m_place.at(name).refuse("is not a whole number");
    return value.get<std::int64_t>();
}

std::string JsonFieldsReader::character(const char* name) const {
    std::string value = text(name);
    if (codePointCount(value) != 1) m_place.at(name).refuse("is not a single character");
    return value;
}

std::string jsonType(const OrderedJson& json, const JsonPlace& place) {
    if (!json.is_object()) place.refuse("is not an object");
    const auto it = json.find("type");
    if (it == json.end() || !it->is_string()) place.at("type").refuse("is missing");
    return it->get<std::string>();
}

const OrderedJson& jsonSequence(const OrderedJson& json, const JsonPlace& place, const char* name) {
    const OrderedJson& list = JsonFieldsReader(json, place, {"type", name}).required(name);
    if (!list.is_array()) place.at(name).refuse("is not a list");
    return list;
}

}  // namespace studio
