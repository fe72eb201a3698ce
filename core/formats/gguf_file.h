// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/formats/gguf_types.h"

namespace studio {

/// The lists that models have: token texts, scores, token types.
using GgufArray = std::variant<std::vector<std::string>, std::vector<float>, std::vector<std::int32_t>,
                               std::vector<std::uint32_t>>;
/// A value of the metadata; its index is the format's number of the type (uint8 is 0, float64 is 12).
using GgufValue =
    std::variant<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float,
                 bool, std::string, GgufArray, std::uint64_t, std::int64_t, double>;
using GgufMetadata = std::vector<std::pair<std::string, GgufValue>>;

/// One tensor as the header describes it.
struct GgufTensorInfo {
    std::string name;
    GgufType type = GgufType::Float32;
    std::vector<std::int64_t> shape;  ///< rows first, as in the model's own files; the header turns it round
    std::uint64_t offset = 0;         ///< bytes from the start of the data

    /// Checked when a file is opened: no overflow, whole groups.
    std::uint64_t bytes() const;
};

inline constexpr std::uint64_t kGgufAlignment = 32;

/// Sets each tensor's offset in order, aligned; returns the bytes of the data section, the last tensor's
/// padding included.
std::uint64_t layOutGguf(std::vector<GgufTensorInfo>& tensors);

/// Everything before the data of a GGUF version 3 file, padded to the alignment: magic, counts, metadata,
/// tensor descriptions. Little-endian.
std::string ggufHeader(const GgufMetadata& metadata, const std::vector<GgufTensorInfo>& tensors);

/// The header of a GGUF file, versions 2 and 3, and where the data begin. Everything is checked against the
/// file's size before it is used: counts, lengths, types, shapes, offsets (in range, aligned, not
/// overlapping). Throws WeightsInvalid naming the file and the place. Tensors of types that this program does
/// not write are refused by number. A value; the file is closed again.
class GgufFile {
public:
    explicit GgufFile(const std::filesystem::path& path);

    const GgufMetadata& metadata() const { return m_metadata; }
    /// Null where there is none of that key.
    const GgufValue* find(const std::string& key) const;
    const std::vector<GgufTensorInfo>& tensors() const { return m_tensors; }
    /// Null where there is none of that name.
    const GgufTensorInfo* tensor(const std::string& name) const;
    /// Bytes from the file's start to its data.
    std::uint64_t dataBegin() const { return m_dataBegin; }

private:
    GgufMetadata m_metadata;
    std::vector<GgufTensorInfo> m_tensors;
    std::uint64_t m_dataBegin = 0;
};

}  // namespace studio
