// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/torch.h"

namespace studio {

/// C = op(A) op(B) [+ C] [+ bias], through oneDNN: float32, or bfloat16 with float32 sums. Row-major; rows
/// lie `stride` values apart.
struct MatrixProduct {
    struct Factor {
        const void* data = nullptr;
        std::int64_t stride = 0;
        bool transposed = false;
        bool packed = false;  ///< the right factor only: `data` is a PackedFactor's
    };
    std::int64_t rows = 0, columns = 0, depth = 0;
    Factor a;           // [rows, depth], or [depth, rows] in memory where transposed
    Factor b;           // [depth, columns], or [columns, depth] in memory where transposed
    void* c = nullptr;  // [rows, columns]
    std::int64_t cStride = 0;
    at::ScalarType factors = at::kFloat;  ///< of A and B
    at::ScalarType result = at::kFloat;   ///< of C
    bool add = false;                     ///< to what C holds
    const float* bias = nullptr;          // [columns]
};

/// A right factor of large bfloat16 products in the order in which they are computed fastest. multiply()
/// makes one itself where its copy pays.
class PackedFactor {
public:
    /// `rows` of all products together. Takes the factor as it is where packing would not pay: for few rows,
    /// for float32, on a CPU that wants another order. // b: [depth, columns]
    PackedFactor(const MatrixProduct::Factor& b, std::int64_t rows, std::int64_t depth, std::int64_t columns,
                 at::ScalarType type);

    const MatrixProduct::Factor& factor() const { return m_factor; }

private:
    Tensor m_memory;
    MatrixProduct::Factor m_factor;
};

/// Computes it on the calling thread's OpenMP team. Primitives are kept for each thread, by shape: callers
/// round row counts up to keep them few.
void multiply(const MatrixProduct& product);

}  // namespace studio
