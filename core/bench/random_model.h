// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/formats/json.h"
#include "core/formats/weight_file.h"

namespace studio {

/// A model folder with random weights: config.json and model.safetensors. The numbers are kept as long as
/// this lives, so that a measurement of memory does not find what writing them left free.
class RandomModel {
public:
    /// Throws FileUnwritable, DiskFull, and as parseModelConfig() does.
    RandomModel(const std::filesystem::path& folder, const OrderedJson& config, TensorType type);

    std::filesystem::path file() const { return m_folder / "model.safetensors"; }
    std::uint64_t fileBytes() const;

private:
    std::filesystem::path m_folder;
    std::vector<std::byte> m_numbers;  ///< of the largest tensor; the others begin with the same ones
};

}  // namespace studio
