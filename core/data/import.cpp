// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/data/import_source.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kAuto = "auto";
constexpr const char* kAlpaca = "alpaca";
constexpr const char* kAlpacaLines = "alpaca-jsonl";

void checkFormat(const std::string& format) {
    const std::vector<std::string> known = importFormats();
    if (std::find(known.begin(), known.end(), format) != known.end()) return;
    static const std::unordered_set<std::string> kLater = {"sharegpt", "messages", "preference", "csv",
                                                           "faq",      "slack",    "text"};
    if (kLater.count(format) != 0) {
        throw Error(ErrorCode::UnsupportedFormat,
                    "The format \"" + format + "\" is not read by this version.", kUnderstoodFormats,
                    {format});
    }
    throw Error(ErrorCode::InvalidArgument, "There is no import format \"" + format + "\".",
                "Use auto, alpaca or alpaca-jsonl.", {format});
}

void noteLayout(const fs::path& path, JsonLayout layout, std::vector<ImportNote>& notes) {
    const std::string extension = path.extension().string();
    if (layout == JsonLayout::Lines && extension == ".json") {
        notes.push_back({path.string(),
                         "The file is named .json but holds one record a line; it was read as JSONL.",
                         "jsonl_by_content", 1});
    }
    if (layout == JsonLayout::Array && extension == ".jsonl") {
        notes.push_back({path.string(),
                         "The file is named .jsonl but holds one JSON array; it was read as that.",
                         "array_by_content", 1});
    }
}

ImportResult readOne(const fs::path& path, const std::string& format, const ProgressFunction& progress,
                     const std::stop_token& stop) {
    throwIfStopped(stop);
    ImportResult result;
    const SourceText source = readSource(path, result.notes);
    const JsonLayout layout = format == kAlpacaLines ? JsonLayout::Lines : detectLayout(source);
    if (format != kAlpacaLines) noteLayout(path, layout, result.notes);
    result.format = layout == JsonLayout::Lines ? kAlpacaLines : kAlpaca;
    const auto read = layout == JsonLayout::Lines   ? readAlpacaLines
                      : layout == JsonLayout::Array ? readAlpacaArray
                                                    : readAlpacaRoot;
    read(source, result, progress, stop);
    if (progress) {
        const auto size = static_cast<std::int64_t>(source.text.size());
        progress({size, size});
    }
    return result;
}

/// What a folder has for an import, and what else, which is passed over.
struct FolderFiles {
    std::vector<fs::path> read;
    std::vector<std::string> others, folders;
};

bool hasRecords(const fs::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return extension == ".json" || extension == ".jsonl";
}

FolderFiles filesOfFolder(const fs::path& folder) {
    FolderFiles found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::error_code ignored;
        if (hasRecords(entry->path()) && entry->is_regular_file(ignored))
            found.read.push_back(entry->path());
        else if (!name.starts_with('.'))
            (entry->is_directory(ignored) ? found.folders : found.others).push_back(name);
    }
    if (error) {
        throw Error(ErrorCode::FileUnreadable,
                    "The folder " + folder.string() + " cannot be read: " + error.message() + ".",
                    "Check that you may read it.", {folder.string()});
    }
    std::sort(found.read.begin(), found.read.end());
    return found;
}

/// "a.txt and 2 more".
std::string firstAndMore(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    const std::string more = names.size() > 1 ? " and " + std::to_string(names.size() - 1) + " more" : "";
    return names.front() + more;
}

void notePassedOver(const fs::path& folder, const FolderFiles& found, std::vector<ImportNote>& notes) {
    const auto count = [](const auto& names) { return static_cast<std::int64_t>(names.size()); };
    if (!found.others.empty()) {
        notes.push_back({folder.string(),
                         "Not read, because only .json and .jsonl files of a folder are: " +
                             firstAndMore(found.others) + ".",
                         "passed_over", count(found.others)});
    }
    if (!found.folders.empty()) {
        notes.push_back(
            {folder.string(),
             "Folders within the folder are not looked into: " + firstAndMore(found.folders) + ".",
             "folders_passed_over", count(found.folders)});
    }
}

void append(ImportResult& all, ImportResult one) {
    if (all.format.empty()) all.format = one.format;
    std::move(one.records.begin(), one.records.end(), std::back_inserter(all.records));
    std::move(one.refused.begin(), one.refused.end(), std::back_inserter(all.refused));
    std::move(one.notes.begin(), one.notes.end(), std::back_inserter(all.notes));
}

ImportResult readFolder(const fs::path& folder, const std::string& format, const ProgressFunction& progress,
                        const std::stop_token& stop) {
    std::error_code ignored;
    if (fs::exists(folder / "channels.json", ignored)) {
        throw Error(ErrorCode::UnsupportedFormat, "The folder " + folder.string() + " is a Slack export.",
                    kUnderstoodFormats, {folder.string(), "a Slack export"});
    }
    const FolderFiles found = filesOfFolder(folder);
    const std::vector<fs::path>& files = found.read;
    if (files.empty()) {
        throw Error(ErrorCode::EmptyInput,
                    "The folder " + folder.string() + " holds no .json or .jsonl file.", kUnderstoodFormats,
                    {folder.string()});
    }
    ImportResult all;
    for (const fs::path& file : files) {
        try {
            append(all, readOne(file, format, progress, stop));
        } catch (const Error& error) {
            if (files.size() == 1) throw;
            all.refused.push_back({file.string(), 0, error.cause(), errorCodeName(error.code()), {}});
        }
    }
    if (all.records.empty()) {
        throw Error(ErrorCode::BadFormat,
                    "None of the " + std::to_string(files.size()) + " files of " + folder.string() +
                        " can be used; the first: " + all.refused.front().reason,
                    kUnderstoodFormats, {folder.string()});
    }
    notePassedOver(folder, found, all.notes);
    return all;
}

/// Equal rows are imported as they are, but told: they weigh more in training.
void noteDuplicates(const fs::path& path, ImportResult& result) {
    std::unordered_set<std::string> seen;
    std::int64_t count = 0;
    for (const Record& record : result.records) {
        const std::string key = std::to_string(record.instruction.size()) + ":" +
                                std::to_string(record.input.size()) + ":" + record.instruction +
                                record.input + record.output;
        if (!seen.insert(key).second) ++count;
    }
    if (count == 0) return;
    const std::string rows = count == 1 ? "1 row is equal" : std::to_string(count) + " rows are equal";
    result.notes.push_back({path.string(),
                            rows + " to an earlier one in instruction, input and output; all were kept.",
                            "duplicates", count});
}

}  // namespace

std::vector<std::string> importFormats() {
    return {kAuto, kAlpaca, kAlpacaLines};
}

ImportResult importRecords(const fs::path& path, const std::string& format, const ProgressFunction& progress,
                           const std::stop_token& stop) {
    checkFormat(format);
    std::error_code ignored;
    ImportResult result = fs::is_directory(path, ignored) ? readFolder(path, format, progress, stop)
                                                          : readOne(path, format, progress, stop);
    noteDuplicates(path, result);
    return result;
}

}  // namespace studio
