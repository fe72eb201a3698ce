// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/formats/weight_file.h"

namespace studio {

/// The weight files of a model folder in name order: the first that is there of `model.safetensors`, the
/// shards that `model.safetensors.index.json` names, `pytorch_model.bin`, and those of
/// `pytorch_model.bin.index.json`. Opens only an index. Throws WeightsInvalid when there are none, a shard is
/// missing, or a shard name leads outside the folder.
std::vector<std::filesystem::path> weightPaths(const std::filesystem::path& folder);

/// The weights of a model folder: all tensors of the files that weightPaths() names. Throws WeightsInvalid,
/// also for a tensor that is in two files, or in another one than the index says.
class WeightFiles {
public:
    explicit WeightFiles(const std::filesystem::path& folder);

    std::vector<std::string> names() const;
    bool contains(const std::string& name) const { return m_where.count(name) != 0; }
    const TensorEntry& entry(const std::string& name) const;
    const std::byte* data(const std::string& name) const;
    /// As WeightFile::letGo().
    void letGo(const std::string& name) const;
    /// Sum of all tensors' bytes.
    std::uint64_t totalBytes() const;
    const std::vector<std::unique_ptr<WeightFile>>& files() const { return m_files; }
    const std::filesystem::path& folder() const { return m_folder; }

private:
    const WeightFile& fileOf(const std::string& name) const;
    void addNames(std::size_t file);

    std::filesystem::path m_folder;
    std::vector<std::unique_ptr<WeightFile>> m_files;
    std::map<std::string, std::size_t> m_where;
};

}  // namespace studio
