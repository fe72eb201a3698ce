// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/formats/json.h"

namespace studio {

/// Where in a tokenizer's file something stands: "tokenizer.json", "pre_tokenizer.pretokenizers[0].pattern".
struct JsonPlace {
    std::string file;
    std::string field;  ///< empty for the file as a whole; "line 3" in a file of lines

    JsonPlace at(const std::string& name) const { return {file, field.empty() ? name : field + "." + name}; }
    JsonPlace at(std::size_t index) const { return {file, field + "[" + std::to_string(index) + "]"}; }

    /// Throws TokenizerInvalid: "The field FIELD of FILE WHAT."
    [[noreturn]] void refuse(const std::string& what) const;
    /// The same for what is well-formed and not known to this version.
    [[noreturn]] void refuseUnknown(const std::string& what) const;

private:
    std::string subject() const;
};

/// The fields of an object of tokenizer.json. Whatever is not asked for by name is refused: a field that this
/// version does not know may change the ids.
class JsonFieldsReader {
public:
    /// Throws TokenizerInvalid when `json` is no object or has a field that is not among `known`.
    JsonFieldsReader(const OrderedJson& json, JsonPlace place, std::initializer_list<const char*> known);

    const JsonPlace& place() const { return m_place; }
    /// Null where there is none, or null stands there.
    const OrderedJson* find(const char* name) const;
    /// These throw TokenizerInvalid where the field is missing or of another kind.
    const OrderedJson& required(const char* name) const;
    std::string text(const char* name) const;
    bool flag(const char* name) const;
    bool flag(const char* name, bool otherwise) const;
    std::int64_t integer(const char* name) const;
    /// A text of exactly one character.
    std::string character(const char* name) const;

private:
    const OrderedJson& m_json;
    JsonPlace m_place;
};

/// The field "type" of an object. Throws TokenizerInvalid where there is none.
std::string jsonType(const OrderedJson& json, const JsonPlace& place);

/// The list in the field `name` of an object that has "type" and this field only.
const OrderedJson& jsonSequence(const OrderedJson& json, const JsonPlace& place, const char* name);

}  // namespace studio
