// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/random_model.h"

#include <algorithm>
#include <cstring>

#include "core/base/random.h"
#include "core/formats/half_floats.h"
#include "core/formats/model_config.h"
#include "core/formats/safetensors.h"

namespace studio {

namespace {

/// Repeated over and over: drawing all of them would take longer than what is measured.
constexpr std::size_t kDrawn = 1U << 20;
constexpr double kLargest = 0.03;

std::size_t countOf(const std::vector<std::int64_t>& shape) {
    std::size_t count = 1;
    for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
    return count;
}

std::vector<std::byte> randomNumbers(std::size_t count, TensorType type) {
    const std::size_t width = tensorTypeBytes(type);
    std::vector<std::byte> bytes(count * width);
    Random random(5);
    const std::size_t drawn = std::min(count, kDrawn);
    for (std::size_t i = 0; i < drawn; ++i) {
        const double unit = static_cast<double>(random.next() >> 11) * 0x1p-53;
        const auto value = static_cast<float>(kLargest * (2.0 * unit - 1.0));
        const std::uint16_t half = bfloat16Of(value);
        if (type == TensorType::BFloat16)
            std::memcpy(bytes.data() + i * width, &half, width);
        else
            std::memcpy(bytes.data() + i * width, &value, width);
    }
    for (std::size_t done = drawn; done < count; done += drawn)
        std::memcpy(bytes.data() + done * width, bytes.data(), std::min(drawn, count - done) * width);
    return bytes;
}

}  // namespace

RandomModel::RandomModel(const std::filesystem::path& folder, const OrderedJson& config, TensorType type)
    : m_folder(folder) {
    const auto shapes = expectedTensors(parseModelConfig(config, "config.json"));
    std::size_t largest = 0;
    for (const auto& [name, shape] : shapes) largest = std::max(largest, countOf(shape));
    m_numbers = randomNumbers(largest, type);
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, shape] : shapes) tensors.push_back({name, type, shape, m_numbers.data()});
    writeSafetensors(file(), tensors);
    writeJsonFile(folder / "config.json", config);
}

std::uint64_t RandomModel::fileBytes() const {
    return std::filesystem::file_size(file());
}

}  // namespace studio
