// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/weight_files.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/formats/pytorch_file.h"
#include "core/formats/quoted.h"
#include "core/formats/safetensors.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// How weights are stored, the best first.
struct Storage {
    const char* file;
    const char* index;
    std::unique_ptr<WeightFile> (*open)(const fs::path& path);
};

template <typename File>
std::unique_ptr<WeightFile> openAs(const fs::path& path) {
    return std::make_unique<File>(path);
}

constexpr std::array<Storage, 2> kStorages{
    {{"model.safetensors", "model.safetensors.index.json", openAs<SafetensorsFile>},
     {"pytorch_model.bin", "pytorch_model.bin.index.json", openAs<PytorchFile>}}};

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

using Shards = std::map<std::string, std::string>;  ///< tensor -> file

Shards readIndex(const fs::path& index) {
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
    Shards shards;
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

std::vector<fs::path> shardPaths(const fs::path& index, const Shards& shards) {
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

/// What of a folder is opened.
struct Found {
    const Storage* storage = nullptr;
    std::vector<fs::path> paths;
    fs::path index;  ///< empty: one file
    Shards shards{};
};

Found weightsIn(const fs::path& folder) {
    for (const Storage& storage : kStorages) {
        if (isThere(folder / storage.file)) return {&storage, {folder / storage.file}, {}};
        if (!isThere(folder / storage.index)) continue;
        const fs::path index = folder / storage.index;
        Shards shards = readIndex(index);
        std::vector<fs::path> paths = shardPaths(index, shards);
        return {&storage, std::move(paths), index, std::move(shards)};
    }
    throwInvalid(
        folder,
        "there are no weights, neither model.safetensors nor pytorch_model.bin, nor an index of either",
        "Download the model's weights.");
}

}  // namespace

std::vector<fs::path> weightPaths(const fs::path& folder) {
    return weightsIn(folder).paths;
}

WeightFiles::WeightFiles(const fs::path& folder) : m_folder(folder) {
    const Found found = weightsIn(folder);
    for (const fs::path& path : found.paths) {
        m_files.push_back(found.storage->open(path));
        addNames(m_files.size() - 1);
    }
    for (const auto& [tensor, shard] : found.shards) {
        const auto place = m_where.find(tensor);
        const bool inPlace = place != m_where.end() && m_files[place->second]->path().filename() == shard;
        const bool other =
            std::any_of(m_files.begin(), m_files.end(), [&, &name = tensor, &file = shard](const auto& one) {
                return one->path().filename() == file && one->otherTensors().count(name) != 0;
            });
        if (!inPlace && !other) {
            throwInvalid(found.index,
                         "the tensor " + inQuotes(tensor) + " is not in the shard " + inQuotes(shard),
                         "Get the model again, or choose another one.");
        }
    }
}

void WeightFiles::addNames(std::size_t file) {
    for (const auto& entry : m_files[file]->tensors()) {
        const auto [other, isNew] = m_where.emplace(entry.first, file);
        if (!isNew) {
            throwInvalid(m_files[file]->path(),
                         "the tensor " + inQuotes(entry.first) + " is also in " +
                             m_files[other->second]->path().filename().string(),
                         "Get the model again, or choose another one.");
        }
    }
}

std::vector<std::string> WeightFiles::names() const {
    std::vector<std::string> all;
    for (const auto& entry : m_where) all.push_back(entry.first);
    return all;
}

const WeightFile& WeightFiles::fileOf(const std::string& name) const {
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
