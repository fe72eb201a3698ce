// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/files.h"
#include "core/formats/weight_file.h"

namespace studio {

/// One .safetensors file (https://github.com/huggingface/safetensors, format section). Everything is checked
/// when it is opened: header length, JSON, names, dtypes, shapes (no overflow), offsets (in range, not
/// overlapping, no holes, no trailing bytes). Throws Error WeightsInvalid naming file and tensor.
class SafetensorsFile final : public WeightFile {
public:
    explicit SafetensorsFile(const std::filesystem::path& path);

    const std::map<std::string, std::string>& metadata() const { return m_metadata; }

private:
    void parseHeader();
    void readMetadata(const nlohmann::ordered_json& json);

    std::map<std::string, std::string> m_metadata;
};

/// A tensor of a file to be written, without its numbers.
struct TensorOutline {
    std::string name;
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape;
};

/// Writes the very file that writeSafetensors() writes, without having all tensors at once: the header is
/// written first, then the bytes of each of inOrder(), in pieces of any size, then commit(). Without commit()
/// nothing of it stays. Not thread-safe.
class SafetensorsWriter {
public:
    /// Throws as writeSafetensors() does.
    SafetensorsWriter(const std::filesystem::path& path, std::vector<TensorOutline> tensors);

    /// As their bytes are expected.
    const std::vector<TensorOutline>& inOrder() const { return m_tensors; }
    /// Of all tensors together.
    std::uint64_t dataBytes() const { return m_expected; }
    void append(std::string_view bytes);
    /// append(), then reads them back: throws FileUnwritable where they differ.
    void appendChecked(std::string_view bytes);
    /// Throws Internal unless the bytes are as many as the header says.
    void commit();

private:
    std::vector<TensorOutline> m_tensors;
    std::uint64_t m_expected = 0;
    std::uint64_t m_written = 0;
    AtomicFile m_file;
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

}  // namespace studio
