// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/formats/json.h"

namespace studio {

enum class RecordKind { Pair, Conversation, Text, Preference };
enum class Provenance { Real, Generated, Edited };
enum class RecordStatus { Draft, Accepted, Rejected };
enum class Split { None, Train, Validation, Test };

/// One row of the data room. A value.
struct Record {
    std::int64_t id = 0;  ///< 0 until it is stored
    RecordKind kind = RecordKind::Pair;
    std::string instruction;
    std::string input;
    std::string output;
    std::string system;
    std::string messages;  ///< JSON array for conversations, else empty
    std::string chosen;
    std::string rejected;
    std::string source;  ///< name of the file it came from, or empty
    Provenance provenance = Provenance::Real;
    RecordStatus status = RecordStatus::Accepted;
    Split split = Split::None;
    std::vector<std::string> tags;
    OrderedJson extra = OrderedJson::object();  ///< unknown fields of the file, in order
    std::int64_t created = 0;                   ///< unix seconds
    std::int64_t updated = 0;
    /// Every key of the file's row in its own order, so that an export gives the row back as it came. Empty
    /// stands for the usual instruction, input, output and then `extra`.
    std::vector<std::string> keys;

    bool operator==(const Record&) const = default;
};

/// Stable lower-case names for JSON, SQLite and the command line ("pair", "real", "accepted", "train",
/// "none").
const char* name(RecordKind kind);
const char* name(Provenance provenance);
const char* name(RecordStatus status);
const char* name(Split split);
/// Throw InvalidArgument with the known names.
RecordKind recordKindFromName(const std::string& text);
Provenance provenanceFromName(const std::string& text);
RecordStatus recordStatusFromName(const std::string& text);
Split splitFromName(const std::string& text);

/// The record as one JSON object: for data show, export and the undo journal (all fields) …
OrderedJson recordJson(const Record& record);
Record recordFromJson(const OrderedJson& json);
/// … and as the Alpaca line it was imported from: instruction, input, output and the unknown fields, nothing
/// else.
OrderedJson alpacaJson(const Record& record);

}  // namespace studio
