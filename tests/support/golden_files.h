// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace studio::test {

/// A .npy file of float32 in C order (numpy format 1.0).
struct FloatArray {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};
FloatArray readNpy(const std::filesystem::path& path);

nlohmann::json readGolden(const std::filesystem::path& path);

/// Every folder of the model assets that holds golden/golden.json and a config.json which this version reads.
std::vector<std::filesystem::path> goldenModels();

}  // namespace studio::test
