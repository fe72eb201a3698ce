// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/other_base.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/formats/adapter_files.h"
#include "core/formats/json_fields.h"
#include "core/formats/model_config.h"
#include "core/formats/model_folders.h"
#include "core/formats/quoted.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

std::string lowered(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool isOf(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == std::string_view::npos;
}

/// What many folders are called, whatever they hold.
bool saysNothing(const std::string& name) {
    constexpr std::string_view kCheckpoint = "checkpoint-";
    constexpr std::size_t kCommit = 40;
    const std::string lower = lowered(name);
    const bool checkpoint = lower.starts_with(kCheckpoint) &&
                            isOf(std::string_view(lower).substr(kCheckpoint.size()), "0123456789");
    const bool commit = lower.size() == kCommit && isOf(lower, "0123456789abcdef");
    return lower.empty() || lower == "." || lower == ".." || lower == "model" || lower == "adapter" ||
           checkpoint || commit;
}

/// The hub's own cache and this program's downloads are called ORGANISATION--NAME.
std::string behindOrganisation(const std::string& name) {
    const std::size_t dashes = name.rfind("--");
    return dashes == std::string::npos || dashes + 2 == name.size() ? name : name.substr(dashes + 2);
}

/// The parts of a path of any system, or of a name on the hub.
std::vector<std::string> partsOf(const std::string& path) {
    std::vector<std::string> parts(1);
    for (const char c : path) {
        if (c != '/' && c != '\\')
            parts.back() += c;
        else if (!parts.back().empty())
            parts.emplace_back();
    }
    if (parts.back().empty()) parts.pop_back();
    return parts;
}

}  // namespace

std::string modelNameIn(const std::string& path) {
    const std::vector<std::string> parts = partsOf(path);
    if (parts.empty()) return {};
    const std::size_t count = parts.size();
    // models--ORGANISATION--NAME/snapshots/COMMIT
    if (count >= 3 && parts[count - 2] == "snapshots" && parts[count - 3].starts_with("models--"))
        return behindOrganisation(parts[count - 3]);
    // The "model" of a run on this machine is called as the run.
    const bool ofRun = saysNothing(parts.back()) && fs::path(path).is_absolute();
    const std::string name = ofRun ? runOrFolderName(path) : parts.back();
    return saysNothing(name) ? std::string() : behindOrganisation(name);
}

namespace {

/// A text of a JSON file that may be missing or damaged.
std::string textIn(const fs::path& file, const char* place) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return {};
    try {
        return textOf(readJsonFile(file), place);
    } catch (const Error&) {
        return {};
    }
}

/// The run whose part (its "model" or its "adapter") a folder is; empty where it is none's.
fs::path runWith(const fs::path& folder, const char* part) {
    const fs::path real = resolvedFolder(folder);
    std::error_code ignored;
    const bool isOne =
        real.filename() == part && fs::is_regular_file(real.parent_path() / "run.json", ignored);
    return isOne ? real.parent_path() : fs::path();
}

/// What to call it first. What a run made is another model than the one that it began with, whose name its
/// config.json may still hold.
std::vector<std::string> namesOf(const fs::path& model) {
    const fs::path real = resolvedFolder(model);
    std::vector<std::string> paths{fs::absolute(model).lexically_normal().string(), real.string()};
    if (runWith(model, "model").empty()) {
        paths.push_back(textIn(real / kReceiptFile, "model"));
        paths.push_back(textIn(real / "config.json", "_name_or_path"));
    }
    std::vector<std::string> names;
    for (const std::string& path : paths) {
        std::string name = modelNameIn(path);
        if (!name.empty()) names.push_back(std::move(name));
    }
    return names;
}

std::optional<ExportNote> noteOf(const AdapterConfig& adapter, const fs::path& modelFolder) {
    const std::string stated = modelNameIn(adapter.baseModel);
    const std::vector<std::string> names = namesOf(modelFolder);
    if (stated.empty() || names.empty()) return std::nullopt;
    const bool same = std::any_of(names.begin(), names.end(),
                                  [&](const std::string& name) { return lowered(name) == lowered(stated); });
    if (same) return std::nullopt;
    return ExportNote{"adapter_of_another_base",
                      "This adapter was made for " + inQuotes(adapter.baseModel) + "; it is used with " +
                          inQuotes(names.front()) + ".",
                      {adapter.baseModel, names.front()}};
}

/// modelHash() of what an adapter's run trained beside; empty where nobody knows.
std::string hashOfBase(const fs::path& adapter) {
    const fs::path run = runWith(adapter, "adapter");
    return run.empty() ? std::string() : textIn(run / "run.json", "/base_model/sha256");
}

/// Where the names say nothing, or are the same.
ExportNote otherWeightsNote(const fs::path& modelFolder) {
    return {"adapter_of_other_weights",
            "This adapter was trained beside other weights than those that are now in " +
                inQuotes(modelFolder.string()) + ".",
            {modelFolder.string()}};
}

}  // namespace

std::optional<ExportNote> otherBaseNote(const fs::path& adapterFolder, const fs::path& modelFolder,
                                        const std::string& weightsHash, const std::stop_token& stop) {
    if (adapterFolder.empty() || modelFolder.empty()) return std::nullopt;
    try {
        const AdapterConfig adapter = readAdapterConfig(adapterFolder);
        if (const std::string trained = hashOfBase(adapterFolder); !trained.empty()) {
            const std::string own = weightsHash.substr(0, weightsHash.find('+'));
            if (trained == (own.empty() ? modelHash(modelFolder, stop) : own)) return std::nullopt;
            const std::optional<ExportNote> named = noteOf(adapter, modelFolder);
            return named ? named : otherWeightsNote(modelFolder);
        }
        if (sameFolder(adapterBase(adapterFolder, adapter), modelFolder)) return std::nullopt;
        return noteOf(adapter, modelFolder);
    } catch (const std::exception&) {
        return std::nullopt;  // who uses the adapter hears what is wrong with it
    }
}

}  // namespace studio
