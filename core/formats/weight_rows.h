// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/formats/gguf_model.h"
#include "core/formats/weight_files.h"

namespace studio {

/// The numbers of one GGUF tensor in its own order of rows, taken from the model's mapped files as they are
/// asked for.
class WeightRows {
public:
    /// `tensor` and `weights` must outlive this. Throws WeightsInvalid where the shapes do not fit.
    WeightRows(const GgufTensor& tensor, const ModelConfig& config, const WeightFiles& weights);

    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    /// Rows [first, first + count), one after another. // [count, columns]
    void read(std::int64_t first, std::int64_t count, std::vector<float>& numbers) const;
    /// What messages call it: the model's own name of the tensor.
    const std::string& name() const { return m_name; }

private:
    void readStored(std::int64_t element, std::int64_t count, float* numbers) const;
    void readColumns(std::int64_t first, std::int64_t count, std::vector<float>& numbers) const;

    const GgufTensor& m_tensor;
    std::string m_name;
    std::int64_t m_rows = 1;
    std::int64_t m_columns = 1;
    TensorType m_type = TensorType::Float32;
    const std::byte* m_bytes = nullptr;
};

}  // namespace studio
