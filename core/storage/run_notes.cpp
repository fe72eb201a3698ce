// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_notes.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kFile = "notes.json";
constexpr std::size_t kMaxTagCharacters = 40;

/// Code points: every byte of UTF-8 that does not go on with one.
std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool has(const std::vector<std::string>& tags, const std::string& tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

[[noreturn]] void throwDamaged(const fs::path& file) {
    throw Error(ErrorCode::BadFormat, file.string() + " does not hold a note and tags.",
                "Correct the file, or delete it; the run itself is not concerned.", {file.string()});
}

}  // namespace

RunNotes readRunNotes(const fs::path& runFolder) {
    const fs::path file = runFolder / kFile;
    std::error_code ignored;
    RunNotes notes;
    if (!fs::exists(file, ignored)) return notes;
    const OrderedJson json = readJsonFile(file);
    if (!json.is_object()) throwDamaged(file);
    if (const auto note = json.find("note"); note != json.end()) {
        if (!note->is_string()) throwDamaged(file);
        notes.note = note->get<std::string>();
    }
    if (const auto tags = json.find("tags"); tags != json.end()) {
        if (!tags->is_array()) throwDamaged(file);
        for (const OrderedJson& tag : *tags) {
            if (!tag.is_string()) throwDamaged(file);
            if (!has(notes.tags, tag.get<std::string>())) notes.tags.push_back(tag.get<std::string>());
        }
    }
    return notes;
}

void writeRunNotes(const fs::path& runFolder, const RunNotes& notes) {
    const fs::path file = runFolder / kFile;
    if (notes == RunNotes()) {
        std::error_code ignored;
        fs::remove(file, ignored);
        if (!fs::exists(file, ignored)) return;  // else the empty file says the same, or why it cannot
    }
    writeJsonFile(file, {{"note", notes.note}, {"tags", notes.tags}});
}

std::string normalTag(const std::string& tag) {
    std::string normal(trimmed(tag));
    const bool good = !normal.empty() && characters(normal) <= kMaxTagCharacters &&
                      normal.find_first_of(",\n\r") == std::string::npos;
    if (!good) {
        throw Error(ErrorCode::InvalidArgument, "\"" + tag + "\" cannot be a tag.",
                    "Use 1 to 40 characters without commas and line breaks.", {tag});
    }
    return normal;
}

std::vector<std::string> tagsFromText(const std::string& text) {
    std::vector<std::string> tags;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string part = text.substr(begin, end - begin);
        begin = end + 1;
        if (trimmed(part).empty()) continue;
        if (const std::string tag = normalTag(part); !has(tags, tag)) tags.push_back(tag);
    }
    return tags;
}

void changeTags(RunNotes& notes, const std::vector<std::string>& add,
                const std::vector<std::string>& remove) {
    for (const std::string& each : remove) {
        const std::string tag = normalTag(each);
        notes.tags.erase(std::remove(notes.tags.begin(), notes.tags.end(), tag), notes.tags.end());
    }
    for (const std::string& each : add) {
        const std::string tag = normalTag(each);
        if (!has(notes.tags, tag)) notes.tags.push_back(tag);
    }
}

}  // namespace studio
