// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/record.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace studio {

namespace {

// The order is the one of the enumerations.
constexpr std::array kKinds = {"pair", "conversation", "text", "preference"};
constexpr std::array kProvenances = {"real", "generated", "edited"};
constexpr std::array kStatuses = {"draft", "accepted", "rejected"};
constexpr std::array kSplits = {"none", "train", "validation", "test"};

template <typename Enum, std::size_t N>
Enum fromName(const std::array<const char*, N>& names, const std::string& text, const std::string& what) {
    for (std::size_t i = 0; i < N; ++i) {
        if (text == names[i]) return static_cast<Enum>(i);
    }
    std::string known;
    for (const char* entry : names) known += (known.empty() ? "" : ", ") + std::string(entry);
    throw Error(ErrorCode::InvalidArgument, "There is no " + what + " \"" + text + "\".",
                "Use one of: " + known + ".", {text});
}

OrderedJson stringList(const std::vector<std::string>& texts) {
    OrderedJson list = OrderedJson::array();
    for (const std::string& text : texts) list.push_back(text);
    return list;
}

}  // namespace

const char* name(RecordKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}
const char* name(Provenance provenance) {
    return kProvenances[static_cast<std::size_t>(provenance)];
}
const char* name(RecordStatus status) {
    return kStatuses[static_cast<std::size_t>(status)];
}
const char* name(Split split) {
    return kSplits[static_cast<std::size_t>(split)];
}

RecordKind recordKindFromName(const std::string& text) {
    return fromName<RecordKind>(kKinds, text, "record kind");
}
Provenance provenanceFromName(const std::string& text) {
    return fromName<Provenance>(kProvenances, text, "provenance");
}
RecordStatus recordStatusFromName(const std::string& text) {
    return fromName<RecordStatus>(kStatuses, text, "record status");
}
Split splitFromName(const std::string& text) {
    return fromName<Split>(kSplits, text, "split");
}

OrderedJson recordJson(const Record& record) {
    OrderedJson json = OrderedJson::object();
    json["id"] = record.id;
    json["kind"] = name(record.kind);
    json["instruction"] = record.instruction;
    json["input"] = record.input;
    json["output"] = record.output;
    json["system"] = record.system;
    json["messages"] = record.messages;
    json["chosen"] = record.chosen;
    json["rejected"] = record.rejected;
    json["source"] = record.source;
    json["provenance"] = name(record.provenance);
    json["status"] = name(record.status);
    json["split"] = name(record.split);
    json["tags"] = stringList(record.tags);
    json["extra"] = record.extra;
    json["created"] = record.created;
    json["updated"] = record.updated;
    if (!record.keys.empty()) json["keys"] = stringList(record.keys);
    return json;
}

Record recordFromJson(const OrderedJson& json) {
    try {
        Record record;
        const auto text = [&json](const char* key) { return json.value(key, std::string()); };
        record.id = json.value("id", std::int64_t{0});
        record.kind = recordKindFromName(json.value("kind", std::string(name(record.kind))));
        record.instruction = text("instruction");
        record.input = text("input");
        record.output = text("output");
        record.system = text("system");
        record.messages = text("messages");
        record.chosen = text("chosen");
        record.rejected = text("rejected");
        record.source = text("source");
        record.provenance =
            provenanceFromName(json.value("provenance", std::string(name(record.provenance))));
        record.status = recordStatusFromName(json.value("status", std::string(name(record.status))));
        record.split = splitFromName(json.value("split", std::string(name(record.split))));
        record.tags = json.value("tags", std::vector<std::string>());
        if (json.contains("extra") && json.at("extra").is_object()) record.extra = json.at("extra");
        record.created = json.value("created", std::int64_t{0});
        record.updated = json.value("updated", std::int64_t{0});
        record.keys = json.value("keys", std::vector<std::string>());
        return record;
    } catch (const OrderedJson::exception&) {
        throw Error(ErrorCode::BadFormat, "A stored record has a field of the wrong type.",
                    "Compare it with the fields that \"data show\" prints.");
    }
}

OrderedJson alpacaJson(const Record& record) {
    OrderedJson json = OrderedJson::object();
    for (const std::string& key : record.keys) {
        if (key == "instruction") json[key] = record.instruction;
        if (key == "input") json[key] = record.input;
        if (key == "output") json[key] = record.output;
        if (const auto found = record.extra.find(key); found != record.extra.end()) json[key] = *found;
    }
    // What the row did not have when it came in, but has now.
    const bool usual = record.keys.empty();
    if (!json.contains("instruction")) json["instruction"] = record.instruction;
    if (!json.contains("input") && (usual || !record.input.empty())) json["input"] = record.input;
    if (!json.contains("output")) json["output"] = record.output;
    for (const auto& [key, value] : record.extra.items()) {
        if (!json.contains(key)) json[key] = value;
    }
    return json;
}

}  // namespace studio
