// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/weight_rows.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/formats/half_floats.h"
#include "core/formats/quoted.h"
#include "core/formats/weight_names.h"

namespace studio {

WeightRows::WeightRows(const GgufTensor& tensor, const ModelConfig& config, const WeightFiles& weights)
    : m_tensor(tensor) {
    const std::vector<std::int64_t>& shape = tensor.info.shape;
    // A vector is as many rows of one number: a bias is put in order as its matrix is.
    m_rows = shape.front();
    m_columns = shape.size() > 1 ? shape.back() : 1;
    if (tensor.source.empty()) {
        m_name = tensor.info.name;
        m_bytes = reinterpret_cast<const std::byte*>(tensor.values.data());
        return;
    }
    m_name = storedName(config, weights, tensor.source);
    const TensorEntry& entry = weights.entry(m_name.empty() ? tensor.source : m_name);
    if (entry.elementCount() != static_cast<std::uint64_t>(m_rows * m_columns)) {
        throw Error(ErrorCode::WeightsInvalid,
                    weights.folder().string() + ": the tensor " + inQuotes(m_name) +
                        " has another size than config.json asks for.",
                    "Get the model again, or choose another one.", {weights.folder().string(), m_name});
    }
    m_type = entry.type;
    m_bytes = weights.data(m_name);
}

void WeightRows::readStored(std::int64_t element, std::int64_t count, float* numbers) const {
    const auto bytes = static_cast<std::int64_t>(tensorTypeBytes(m_type));
    const std::byte* from = m_bytes + element * bytes;
    if (m_type == TensorType::Float32) {
        std::memcpy(numbers, from, static_cast<std::size_t>(count * bytes));
        return;
    }
    const bool brain = m_type == TensorType::BFloat16;
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint16_t half = 0;  // the files promise no alignment
        std::memcpy(&half, from + i * bytes, sizeof half);
        numbers[i] = brain ? floatOfBFloat16(half) : floatOfFloat16(half);
    }
}

/// Rows that are columns of the file: each stored row gives one number to each of them.
void WeightRows::readColumns(std::int64_t first, std::int64_t count, std::vector<float>& numbers) const {
    std::vector<float> stored(static_cast<std::size_t>(count));
    for (std::int64_t column = 0; column < m_columns; ++column) {
        readStored(column * m_rows + first, count, stored.data());
        for (std::int64_t row = 0; row < count; ++row)
            numbers[static_cast<std::size_t>(row * m_columns + column)] =
                stored[static_cast<std::size_t>(row)];
    }
}

void WeightRows::read(std::int64_t first, std::int64_t count, std::vector<float>& numbers) const {
    numbers.resize(static_cast<std::size_t>(count * m_columns));
    if (m_tensor.order == RowOrder::Transposed) {
        readColumns(first, count, numbers);
        return;
    }
    if (m_tensor.order == RowOrder::AsStored) {
        readStored(first * m_columns, count * m_columns, numbers.data());
        return;
    }
    for (std::int64_t row = 0; row < count; ++row)
        readStored(storedRow(m_tensor, first + row) * m_columns, m_columns, numbers.data() + row * m_columns);
}

}  // namespace studio
