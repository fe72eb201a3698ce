// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Products of small matrices that stay in the caches, as attention has them by the thousand: too small for a
// library call each. The right factor is packed first, so that a vector register holds one step of the sum
// for kLanes columns.
#pragma once

#include "core/tensor/kernels/simd.h"

namespace studio {
namespace {

/// How many steps of the sum one packed element holds: bfloat16 is multiplied in pairs.
template <typename T>
constexpr int kPair = sizeof(float) / sizeof(T);

inline std::int64_t roundUp(std::int64_t n, std::int64_t unit) {
    return (n + unit - 1) / unit * unit;
}

/// acc + a b, with one step (a pair for bfloat16) of a row of A in every lane.
inline Vec multiplyAdd(Vec acc, const float* a, Vec b) {
    return acc + all(*a) * b;
}
#if defined(__AVX512BF16__)
inline Vec multiplyAdd(Vec acc, const Bfloat16* a, Vec b) {
    std::int32_t pair = 0;
    std::memcpy(&pair, a, sizeof pair);
    return reinterpret_cast<Vec>(_mm512_dpbf16_ps(reinterpret_cast<__m512>(acc),
                                                  reinterpret_cast<__m512bh>(_mm512_set1_epi32(pair)),
                                                  reinterpret_cast<__m512bh>(b)));
}
#endif

/// Factors of C (+)= A B.
template <typename T>
struct MicroProduct {
    const T* a = nullptr;  // [rows, depth rounded up to kPair], rows `aStride` apart
    std::int64_t aStride = 0;
    const T* b = nullptr;  // packed: [depth / kPair, columns, kPair], steps `bStride` elements apart
    std::int64_t bStride = 0;
    float* c = nullptr;  // [rows, columns], rows `cStride` apart
    std::int64_t cStride = 0;
    std::int64_t rows = 0;
    std::int64_t columns = 0;  ///< a multiple of kLanes
    std::int64_t steps = 0;    ///< depth / kPair, rounded up
    bool add = false;
};

template <int Rows, int Vecs, typename T>
inline void tile(const MicroProduct<T>& p, std::int64_t row, std::int64_t column) {
    // Into registers: to the compiler every store of a vector might change them.
    const std::int64_t aStride = p.aStride, bStride = p.bStride, cStride = p.cStride, steps = p.steps;
    const bool add = p.add;
    const T* a = p.a + row * aStride;
    const T* b = p.b + column * kPair<T>;
    float* c = p.c + row * cStride + column;
    Vec acc[Rows][Vecs];
    repeat<Rows>([&](auto r) { repeat<Vecs>([&](auto v) { acc[r][v] = Vec{}; }); });
    for (std::int64_t step = 0; step < steps; ++step) {
        Vec right[Vecs];
        repeat<Vecs>(
            [&](auto v) { std::memcpy(&right[v], b + step * bStride + v * kLanes * kPair<T>, sizeof(Vec)); });
        repeat<Rows>([&](auto r) {
            repeat<Vecs>([&](auto v) {
                acc[r][v] = multiplyAdd(acc[r][v], a + r * aStride + step * kPair<T>, right[v]);
            });
        });
    }
    repeat<Rows>([&](auto r) {
        repeat<Vecs>([&](auto v) {
            float* to = c + r * cStride + v * kLanes;
            store(to, add ? acc[r][v] + load(to) : acc[r][v]);
        });
    });
}

// As many accumulators as there are registers, with room for the right factor.
#if defined(__AVX512F__)
constexpr int kMostVecs = 4;
constexpr int kTileRows[kMostVecs + 1] = {0, 8, 8, 8, 6};
#else
constexpr int kMostVecs = 2;
constexpr int kTileRows[kMostVecs + 1] = {0, 6, 6};
#endif

template <int Rows, int Vecs, typename T>
inline void lastRows(const MicroProduct<T>& p, std::int64_t row, std::int64_t column) {
    if constexpr (Rows > 0) {
        if (p.rows - row == Rows) return tile<Rows, Vecs>(p, row, column);
        lastRows<Rows - 1, Vecs>(p, row, column);
    }
}

template <int Vecs, typename T>
inline void columnStrip(const MicroProduct<T>& p, std::int64_t column) {
    constexpr int kRows = kTileRows[Vecs];
    std::int64_t row = 0;
    for (; row + kRows <= p.rows; row += kRows) tile<kRows, Vecs>(p, row, column);
    lastRows<kRows - 1, Vecs>(p, row, column);
}

template <typename T>
inline void multiply(const MicroProduct<T>& p) {
    std::int64_t column = 0;
    for (; column + kMostVecs * kLanes <= p.columns; column += kMostVecs * kLanes)
        columnStrip<kMostVecs>(p, column);
    const auto left = static_cast<int>((p.columns - column) / kLanes);
    if (left == 1) columnStrip<1>(p, column);
    if constexpr (kMostVecs > 2) {
        if (left == 2) columnStrip<2>(p, column);
        if (left == 3) columnStrip<3>(p, column);
    }
}

/// One round of mirror(): words at `Distance` from the diagonal change places.
template <int Distance>
[[gnu::always_inline]] inline void exchange(UintVec (&square)[kLanes]) {
    if constexpr (Distance > 0) {
        const UintVec lane = reinterpret_cast<UintVec>(laneNumbers());
        const auto step = static_cast<std::uint32_t>(Distance);
        // Lanes of the second vector are numbered from kLanes on.
        const UintVec low = (lane & step) != 0U ? lane - step + kLanes : lane;
        const UintVec high = (lane & step) != 0U ? lane + kLanes : lane + step;
        repeat<kLanes>([&](auto i) {
            if constexpr ((i & Distance) == 0) {
                const UintVec a = square[i], b = square[i + Distance];
                square[i] = __builtin_shuffle(a, b, low);
                square[i + Distance] = __builtin_shuffle(a, b, high);
            }
        });
        exchange<Distance / 2>(square);
    }
}

/// A square of kLanes x kLanes words, mirrored at its diagonal in log2(kLanes) rounds of exchanges.
[[gnu::always_inline]] inline void mirror(UintVec (&square)[kLanes]) {
    exchange<kLanes / 2>(square);
}

/// Words [column, column + kLanes) of `count` rows as columns; rows that are not there count as 0.
template <typename T>
[[gnu::always_inline]] inline void takeSquare(const T* x, std::int64_t xStride, std::int64_t count,
                                              UintVec (&square)[kLanes]) {
    if (count >= kLanes) {
        repeat<kLanes>([&](auto i) { std::memcpy(&square[i], x + i * xStride, sizeof square[i]); });
    } else {
        repeat<kLanes>([&](auto i) {
            square[i] = UintVec{};
            if (i < count) std::memcpy(&square[i], x + i * xStride, sizeof square[i]);
        });
    }
    mirror(square);
}

/// Packs X^T as a right factor: the sum runs along the rows of X, whose pairs stay together. `depth` is a
/// multiple of kLanes kPair, `padded` one of kLanes. // x: [count, depth] -> [depth / kPair, padded, kPair];
/// rows from `count` to `padded` become 0
template <typename T>
inline void packTransposed(const T* x, std::int64_t xStride, std::int64_t count, std::int64_t depth,
                           T* packed, std::int64_t padded) {
    UintVec square[kLanes];
    for (std::int64_t row = 0; row < padded; row += kLanes) {
        for (std::int64_t i = 0; i < depth; i += kLanes * kPair<T>) {
            takeSquare(x + row * xStride + i, xStride, count - row, square);
            T* to = packed + i * padded + row * kPair<T>;
            repeat<kLanes>([&](auto step) {
                std::memcpy(to + step * padded * kPair<T>, &square[step], sizeof square[step]);
            });
        }
    }
}

/// X^T as a left factor, without pairs. Sizes as above. // x: [count, depth] -> [depth, padded]
inline void transpose(const float* x, std::int64_t xStride, std::int64_t count, std::int64_t depth,
                      float* out, std::int64_t padded) {
    packTransposed(x, xStride, count, depth, out, padded);
}
/// The two bfloat16 of each word of a mirrored square into rows `stride` apart.
[[gnu::always_inline]] inline void storeColumns(const UintVec (&square)[kLanes], Bfloat16* out,
                                                std::int64_t stride) {
    repeat<kLanes>([&](auto step) {
        const HalfVec even = halfWords(square[step]), odd = halfWords(square[step] >> 16);
        std::memcpy(out + 2 * step * stride, &even, sizeof even);
        std::memcpy(out + (2 * step + 1) * stride, &odd, sizeof odd);
    });
}
inline void transpose(const Bfloat16* x, std::int64_t xStride, std::int64_t count, std::int64_t depth,
                      Bfloat16* out, std::int64_t padded) {
    UintVec square[kLanes];
    for (std::int64_t row = 0; row < padded; row += kLanes) {
        for (std::int64_t i = 0; i < depth; i += kLanes * 2) {
            takeSquare(x + row * xStride + i, xStride, count - row, square);
            storeColumns(square, out + i * padded + row, padded);
        }
    }
}

/// Two rows as one of pairs; a null second row counts as 0.
inline void layPairs(const Bfloat16* first, const Bfloat16* second, Bfloat16* pairs, std::int64_t width) {
    std::int64_t i = 0;
    for (; second && i + kLanes <= width; i += kLanes) {
        HalfVec low, high;
        std::memcpy(&low, first + i, sizeof low);
        std::memcpy(&high, second + i, sizeof high);
        const UintVec both = words(low) | (words(high) << 16);
        std::memcpy(pairs + 2 * i, &both, sizeof both);
    }
    for (; i < width; ++i) {
        pairs[2 * i] = first[i];
        pairs[2 * i + 1] = second ? second[i] : Bfloat16{};
    }
}

/// Packs X as a right factor: the sum runs down the columns of X, rows are laid together in pairs. // x:
/// [count, width] -> [count / kPair, padded, kPair]; columns from `width` to `padded` become 0
template <typename T>
inline void packRows(const T* x, std::int64_t xStride, std::int64_t count, std::int64_t width, T* packed,
                     std::int64_t padded) {
    if constexpr (kPair<T> == 1) {
        for (std::int64_t row = 0; row < count; ++row) {
            std::memcpy(packed + row * padded, x + row * xStride,
                        static_cast<std::size_t>(width) * sizeof(T));
            for (std::int64_t i = width; i < padded; ++i) packed[row * padded + i] = T{};
        }
    } else {
        for (std::int64_t row = 0; row < count; row += 2) {
            const T* first = x + row * xStride;
            T* to = packed + row * padded;
            layPairs(first, row + 1 < count ? first + xStride : nullptr, to, width);
            for (std::int64_t i = 2 * width; i < 2 * padded; ++i) to[i] = T{};
        }
    }
}

}  // namespace
}  // namespace studio
