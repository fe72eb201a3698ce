// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Factors of large bfloat16 products in the order that oneDNN's kernels multiply them in. It would do this by
// itself for every product, but with much slower copies where a factor is transposed.
#pragma once

#include "core/tensor/kernels/micro_product.h"

namespace studio {
namespace {

constexpr std::int64_t kBlockDepth = 32, kBlockColumns = 64;
constexpr std::int64_t kBlockSize = kBlockDepth * kBlockColumns;

/// Calls work(first column, packed columns' memory) for every 64 columns of a packed factor, on all threads.
template <typename Work>
inline void overColumnBlocks(std::int64_t depth, std::int64_t columns, Bfloat16* packed, const Work& work) {
    const std::int64_t blocks = roundUp(columns, kBlockColumns) / kBlockColumns;
    const std::int64_t size = roundUp(depth, kBlockDepth) * kBlockColumns;
#pragma omp parallel for schedule(static)
    for (std::int64_t block = 0; block < blocks; ++block) work(block * kBlockColumns, packed + block * size);
}

/// Two rows of the sum, side by side, for up to 64 columns.
inline void packPair(const Bfloat16* first, const Bfloat16* second, std::int64_t width, Bfloat16* to) {
    if (!first) {
        std::memset(static_cast<void*>(to), 0, 2 * kBlockColumns * sizeof(Bfloat16));
        return;
    }
    layPairs(first, second, to, width);
    for (std::int64_t i = 2 * width; i < 2 * kBlockColumns; ++i) to[i] = Bfloat16{};
}

void packFactorRows(const Bfloat16* x, std::int64_t stride, std::int64_t depth, std::int64_t columns,
                    Bfloat16* packed) {
    overColumnBlocks(depth, columns, packed, [=](std::int64_t column, Bfloat16* to) {
        const std::int64_t width = columns - column < kBlockColumns ? columns - column : kBlockColumns;
        for (std::int64_t row = 0; row < roundUp(depth, kBlockDepth); row += 2) {
            const Bfloat16* first = row < depth ? x + row * stride + column : nullptr;
            packPair(first, row + 1 < depth ? first + stride : nullptr, width, to + row * kBlockColumns);
        }
    });
}

void packFactorColumns(const Bfloat16* x, std::int64_t stride, std::int64_t depth, std::int64_t columns,
                       Bfloat16* packed) {
    overColumnBlocks(depth, columns, packed, [=](std::int64_t column, Bfloat16* to) {
        UintVec square[kLanes];
        // A few rows of memory from their beginning to their end: streams that the CPU fetches ahead.
        for (std::int64_t n = 0; n < kBlockColumns; n += kLanes) {
            const Bfloat16* from = x + (column + n) * stride;
            const std::int64_t count = columns - column - n;
            for (std::int64_t word = 0; word < depth / 2; word += kLanes) {
                takeSquare(from + 2 * word, stride, count, square);
                Bfloat16* rows = to + 2 * (word * kBlockColumns + n);
                repeat<kLanes>([&](auto step) {
                    std::memcpy(rows + step * 2 * kBlockColumns, &square[step], sizeof square[step]);
                });
            }
        }
    });
}

/// A few rows of the matrix become columns, 32 of its columns at a time: whole cache lines are written.
inline void transposeRows(const Bfloat16* x, std::int64_t stride, std::int64_t count, std::int64_t columns,
                          Bfloat16* out, std::int64_t outStride) {
    UintVec square[kLanes];
    for (std::int64_t column = 0; column < columns; column += 2 * kLanes) {
        for (std::int64_t row = 0; row < count; row += kLanes) {
            takeSquare(x + row * stride + column, stride, count - row, square);
            storeColumns(square, out + column * outStride + row, outStride);
        }
    }
}

void transposeFactor(const Bfloat16* x, std::int64_t stride, std::int64_t rows, std::int64_t columns,
                     Bfloat16* out, std::int64_t outStride) {
    constexpr std::int64_t kRows = 128;
    const std::int64_t blocks = roundUp(rows, kRows) / kRows;
#pragma omp parallel for schedule(static)
    for (std::int64_t block = 0; block < blocks; ++block) {
        const std::int64_t row = block * kRows;
        transposeRows(x + row * stride, stride, rows - row < kRows ? rows - row : kRows, columns, out + row,
                      outStride);
    }
}

}  // namespace
}  // namespace studio
