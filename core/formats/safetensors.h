// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

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
