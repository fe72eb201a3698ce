// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace studio {

/// Element types of the safetensors format that this program reads.
enum class TensorType { Float32, Float16, BFloat16 };

std::size_t tensorTypeBytes(TensorType type);
/// "F32", "F16", "BF16" as the format spells them.
const char* tensorTypeName(TensorType type);
/// "the dtype … is not one that this version reads (F32, F16, BF16)".
std::string otherTypeText(const std::string& name);

/// Where one tensor lies in the data section of its file.
struct TensorEntry {
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;  ///< bytes from the start of the data section
    std::uint64_t end = 0;

    std::uint64_t elementCount() const;
};

/// A read-only memory map of one .safetensors file (https://github.com/huggingface/safetensors, format
/// section). Everything is checked when it is opened: header length, JSON, names, dtypes, shapes (no
/// overflow), offsets (in range, not overlapping, no holes, no trailing bytes). Throws Error WeightsInvalid
/// naming file and tensor. Tensors of the format's other types, such as the BOOL masks of old checkpoints, do
/// not make the file unreadable, but cannot be read. Immutable afterwards; may be read from several threads.
/// Views stay valid while the object lives. Do not truncate a file that is mapped (this program replaces
/// files by renaming, which leaves the map as it was).
class SafetensorsFile {
public:
    explicit SafetensorsFile(const std::filesystem::path& path);
    ~SafetensorsFile();
    SafetensorsFile(const SafetensorsFile&) = delete;
    SafetensorsFile& operator=(const SafetensorsFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    const std::map<std::string, TensorEntry>& tensors() const { return m_tensors; }
    /// What cannot be read, with the type's name in the file: "F8_E4M3", "BOOL".
    const std::map<std::string, std::string>& otherTensors() const { return m_otherTensors; }
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }
    bool contains(const std::string& name) const { return m_tensors.count(name) != 0; }
    /// First byte of a tensor's data, little-endian. The format does not promise alignment: copy, or check
    /// the address before it is read as numbers. Throws WeightsInvalid when there is none of that name, or
    /// none that can be read.
    const std::byte* data(const std::string& name) const;
    /// What was read of a tensor no longer counts as memory of this process; reading it again is allowed and
    /// takes it from the file. For readers that go through a file once.
    void letGo(const std::string& name) const;

private:
    void map();
    void unmap();
    void parseHeader();
    void readMetadata(const nlohmann::ordered_json& json);

    std::filesystem::path m_path;
    std::map<std::string, TensorEntry> m_tensors;
    std::map<std::string, std::string> m_otherTensors;
    std::map<std::string, std::string> m_metadata;
    const std::byte* m_bytes = nullptr;
    std::uint64_t m_size = 0;
    std::uint64_t m_dataBegin = 0;
};

/// One tensor to be written: `data` must stay valid until writeSafetensors returns.
struct TensorToWrite {
    std::string name;
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape;
    const std::byte* data = nullptr;
};

/// Writes a file that every safetensors reader loads (sorted by dtype size then name, 8-byte aligned header,
/// metadata {"format":"pt"} added). Temp file + fsync + rename. Throws FileUnwritable or DiskFull, and
/// Internal for no tensor, a name given twice or a negative size.
void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors);

/// The weight files of a model folder in name order: `model.safetensors`, or the shards of the index. Opens
/// only the index. Throws WeightsInvalid when there are none, a shard is missing, or a shard name leads
/// outside the folder.
std::vector<std::filesystem::path> weightPaths(const std::filesystem::path& folder);

/// The weights of a model folder: `model.safetensors`, or the shards that `model.safetensors.index.json`
/// names. A shard name that leads outside the folder is refused, a missing one is named. Throws
/// WeightsInvalid.
class WeightFiles {
public:
    explicit WeightFiles(const std::filesystem::path& folder);

    std::vector<std::string> names() const;
    bool contains(const std::string& name) const { return m_where.count(name) != 0; }
    /// As SafetensorsFile::otherTensors(), of all files.
    std::map<std::string, std::string> otherTensors() const;
    const TensorEntry& entry(const std::string& name) const;
    const std::byte* data(const std::string& name) const;
    /// As SafetensorsFile::letGo().
    void letGo(const std::string& name) const;
    /// Sum of all tensors' bytes.
    std::uint64_t totalBytes() const;
    const std::vector<std::unique_ptr<SafetensorsFile>>& files() const { return m_files; }
    const std::filesystem::path& folder() const { return m_folder; }

private:
    const SafetensorsFile& fileOf(const std::string& name) const;

    std::filesystem::path m_folder;
    std::vector<std::unique_ptr<SafetensorsFile>> m_files;
    std::map<std::string, std::size_t> m_where, m_otherWhere;
};

}  // namespace studio
