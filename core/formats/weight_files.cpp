// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/formats/quoted.h"
#include "core/formats/safetensors.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kWeights = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr const char* kWeightMap = "weight_map";
constexpr std::size_t kMostShards = 4096;

[[noreturn]] void throwInvalid(const fs::path& path, const std::string& what, const std::string& nextStep) {
    throw Error(ErrorCode::WeightsInvalid, path.string() + ": " + what + ".", nextStep, {path.string()});
}

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

/// The index comes from a download: a shard must be a plain name, so that nothing outside the folder is
/// opened.
void checkShardName(const fs::path& index, const std::string& name) {
    const bool plain = !name.empty() && name != "." && name != ".." &&
                       name.find_first_of("/\\") == std::string::npos && name.find('\0') == std::string::npos;
    if (!plain) {
        throwInvalid(index, "the shard name " + inQuotes(name) + " leads outside the model folder",
                     "Do not use this model; get it from another place.");
    }
}

/// Tensor name -> shard name.
std::map<std::string, std::string> readIndex(const fs::path& index) {
    OrderedJson json;
    try {
        json = readJsonFile(index);
    } catch (const Error& error) {
        throw Error(ErrorCode::WeightsInvalid, error.cause(), "Get the file again, or choose another model.",
                    {index.string()});
    }
    const auto map = json.is_object() ? json.find(kWeightMap) : json.end();
    if (map == json.end() || !map->is_object() || map->empty()) {
        throwInvalid(index, "weight_map, an object from tensor to file, is missing",
                     "Get the file again, or choose another model.");
    }
    std::map<std::string, std::string> shards;
    for (const auto& [tensor, shard] : map->items()) {
        if (!shard.is_string()) {
            throwInvalid(index, "the shard of tensor " + inQuotes(tensor) + " is not a text",
                         "Get the file again, or choose another model.");
        }
        checkShardName(index, shard.get_ref<const std::string&>());
        shards.emplace(tensor, shard.get<std::string>());
    }
    return shards;
}

std::vector<fs::path> shardPaths(const fs::path& index, const std::map<std::string, std::string>& shards) {
    std::set<std::string> names;
    for (const auto& entry : shards) names.insert(entry.second);
    if (names.size() > kMostShards) {
        throwInvalid(index,
                     "it names " + std::to_string(names.size()) + " shards, more than this program opens",
                     "Choose another model.");
    }
    std::vector<fs::path> paths;
    for (const std::string& name : names) {
        paths.push_back(index.parent_path() / name);
        if (!isThere(paths.back())) {
            throwInvalid(index, "the shard " + inQuotes(name) + " is not in the folder",
                         "Download the model completely.");
        }
    }
    return paths;
}

[[noreturn]] void throwNoWeights(const fs::path& folder) {
    const bool pickle =
        isThere(folder / "pytorch_model.bin") || isThere(folder / "pytorch_model.bin.index.json");
    if (pickle) {
        throwInvalid(folder,
                     "the weights are a Python pickle (pytorch_model.bin), which is never read because it "
                     "can run code",
                     "Get the model as safetensors.");
    }
    throwInvalid(folder, "there is no model.safetensors and no model.safetensors.index.json",
                 "Download the model's weights.");
}

}  // namespace

std::vector<fs::path> weightPaths(const fs::path& folder) {
    if (isThere(folder / kWeights)) return {folder / kWeights};
    if (!isThere(folder / kIndex)) throwNoWeights(folder);
    return shardPaths(folder / kIndex, readIndex(folder / kIndex));
}

WeightFiles::WeightFiles(const fs::path& folder) : m_folder(folder) {
    for (const fs::path& path : weightPaths(folder)) {
        m_files.push_back(std::make_unique<SafetensorsFile>(path));
        for (const auto& entry : m_files.back()->otherTensors())
            m_otherWhere.emplace(entry.first, m_files.size() - 1);
        for (const auto& entry : m_files.back()->tensors()) {
            const auto [other, isNew] = m_where.emplace(entry.first, m_files.size() - 1);
            if (!isNew) {
                throwInvalid(path,
                             "the tensor " + inQuotes(entry.first) + " is also in " +
                                 m_files[other->second]->path().filename().string(),
                             "Get the model again, or choose another one.");
            }
        }
    }
    if (isThere(folder / kWeights)) return;
    for (const auto& [tensor, shard] : readIndex(folder / kIndex)) {
        const auto& where = m_where.count(tensor) != 0 ? m_where : m_otherWhere;
        const auto found = where.find(tensor);
        if (found == where.end() || m_files[found->second]->path().filename() != shard) {
            throwInvalid(folder / kIndex,
                         "the tensor " + inQuotes(tensor) + " is not in the shard " + inQuotes(shard),
                         "Get the model again, or choose another one.");
        }
    }
}

std::vector<std::string> WeightFiles::names() const {
    std::vector<std::string> all;
    for (const auto& entry : m_where) all.push_back(entry.first);
    return all;
}

std::map<std::string, std::string> WeightFiles::otherTensors() const {
    std::map<std::string, std::string> all;
    for (const auto& file : m_files) all.insert(file->otherTensors().begin(), file->otherTensors().end());
    return all;
}

const SafetensorsFile& WeightFiles::fileOf(const std::string& name) const {
    const auto found = m_where.find(name);
    if (found == m_where.end()) {
        throwInvalid(m_folder, "there is no tensor " + inQuotes(name),
                     "Get the model again, or choose another one.");
    }
    return *m_files[found->second];
}

const TensorEntry& WeightFiles::entry(const std::string& name) const {
    return fileOf(name).tensors().at(name);
}

const std::byte* WeightFiles::data(const std::string& name) const {
    return fileOf(name).data(name);
}

void WeightFiles::letGo(const std::string& name) const {
    fileOf(name).letGo(name);
}

std::uint64_t WeightFiles::totalBytes() const {
    std::uint64_t total = 0;
    for (const auto& file : m_files) {
        for (const auto& entry : file->tensors()) total += entry.second.end - entry.second.begin;
    }
    return total;
}

}  // namespace studio
