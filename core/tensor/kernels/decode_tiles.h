// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Some rows of a matrix times the inputs of some sequences, each a sum of its own: over the columns in
// vectors, then over the lanes. That order is the same for every number of sequences, so that a batch changes
// no bit.
#pragma once

#include "core/tensor/kernels/simd.h"

namespace studio {
namespace {

/// Rows and sequences that one tile takes: as many sums as there are registers.
constexpr int kBlockRows = 4;
#if defined(__AVX512F__)
constexpr int kBlockSequences = 6;
#elif defined(__AVX2__)
constexpr int kBlockSequences = 3;
#else
constexpr int kBlockSequences = 2;
#endif

/// The inputs of the sequences in all forms that a format may want. Rows are padded to 64 values, with 0.
struct DecodeInputs {
    std::int64_t stride = 0;
    float* plain = nullptr;         // [count, stride]
    Bfloat16* rounded = nullptr;    // [count, stride]
    std::int8_t* bytes = nullptr;   // [count, stride], quantised by groups
    std::int32_t* start = nullptr;  // [count, stride / 4], -128 times the sum of each four bytes
    float* scales = nullptr;        // [count, stride / 4], each group's scale eight times
};

/// Tiles are functions of their own, whatever is done with their results: there are many of them.
#define STUDIO_TILE __attribute__((noinline)) static void

/// The lanes' sums of four vectors.
inline void sumFour(Vec a, Vec b, Vec c, Vec d, float* out) {
    IntVec low{}, high{}, front{}, back{};
    for (int i = 0; i < kLanes; ++i) {
        const int base = i / 4 * 4, j = i % 4;
        low[i] = base + j / 2 + (j % 2) * kLanes;
        high[i] = low[i] + 2;
        front[i] = base + j % 2 + (j / 2) * kLanes;
        back[i] = front[i] + 2;
    }
    const Vec ab = __builtin_shuffle(a, b, low) + __builtin_shuffle(a, b, high);
    const Vec cd = __builtin_shuffle(c, d, low) + __builtin_shuffle(c, d, high);
    Vec all = __builtin_shuffle(ab, cd, front) + __builtin_shuffle(ab, cd, back);
    for (int distance = kLanes / 2; distance >= 4; distance /= 2)
        all += __builtin_shuffle(all, laneNumbers() ^ distance);
    std::memcpy(out, &all, 4 * sizeof(float));
}

template <int R, int S>
inline void sumLanes(const Vec (&sums)[R][S], float (&out)[S][kBlockRows]) {
#pragma GCC unroll 8
    for (int s = 0; s < S; ++s) {
        if constexpr (R == 4) {
            sumFour(sums[0][s], sums[1][s], sums[2][s], sums[3][s], out[s]);
        } else {
            for (int r = 0; r < R; ++r) out[s][r] = sum(sums[r][s]);
        }
    }
}

/// For a single sequence the rows are read one after another, as they lie in memory, which the CPU's own
/// prefetching follows; asking for what comes so many bytes later (into the second-level cache) helps it over
/// the borders of pages. Four rows at a time took up to twice as long.
constexpr std::int64_t kBytesAhead = 2048;
template <typename T>
inline void fetchAhead(const T* weights) {
    __builtin_prefetch(reinterpret_cast<const char*>(weights) + kBytesAhead, 0, 2);
}

/// float32 weights, and those of 16 bits that are widened.
template <typename W>
struct WideFormat {
    static constexpr int kSequences = kBlockSequences;
    /// One sum at a time keeps up with memory where a vector is wide and needs no widening.
    static constexpr bool kRowsInTurn = sizeof(W) == sizeof(float) && kLanes >= 8;

    template <int R, int S>
    STUDIO_TILE tile(const DecodeMatrix& m, std::int64_t row, const DecodeInputs& in, std::int64_t first,
                     float (&out)[S][kBlockRows]) {
        const std::int64_t columns = m.columns;
        const W* w = static_cast<const W*>(m.values) + row * columns;
        const float* x = in.plain + first * in.stride;
        Vec sums[R][S] = {};
        if constexpr (S == 1 && kRowsInTurn) {
            for (int r = 0; r < R; ++r) sums[r][0] = rowSum(w + r * columns, x, columns);
        } else {
            Vec weights[R];
            std::int64_t k = 0;
            for (; k + kLanes <= columns; k += kLanes) {
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) {
                    weights[r] = load(w + r * columns + k);
                    if constexpr (S == 1) __builtin_prefetch(w + (r + R) * columns + k);
                }
                add(sums, weights, x + k, in.stride);
            }
            if (const int count = static_cast<int>(columns - k); count > 0) {
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) weights[r] = loadFirst(w + r * columns + k, count);
                add(sums, weights, x + k, in.stride);
            }
        }
        sumLanes(sums, out);
    }

private:
    static Vec rowSum(const W* w, const float* x, std::int64_t columns) {
        Vec total{};
        std::int64_t k = 0;
        for (; k + kLanes <= columns; k += kLanes) {
            fetchAhead(w + k);
            total += load(w + k) * load(x + k);
        }
        if (k < columns) total += loadFirst(w + k, static_cast<int>(columns - k)) * load(x + k);
        return total;
    }

    template <int R, int S>
    static void add(Vec (&sums)[R][S], const Vec (&weights)[R], const float* x, std::int64_t stride) {
#pragma GCC unroll 8
        for (int s = 0; s < S; ++s) {
            const Vec input = load(x + s * stride);
#pragma GCC unroll 8
            for (int r = 0; r < R; ++r) sums[r][s] += weights[r] * input;
        }
    }
};

#if defined(__AVX512BF16__)
/// bfloat16 weights and inputs, multiplied in pairs.
struct PairFormat {
    static constexpr int kSequences = kBlockSequences;

    template <int R, int S>
    STUDIO_TILE tile(const DecodeMatrix& m, std::int64_t row, const DecodeInputs& in, std::int64_t first,
                     float (&out)[S][kBlockRows]) {
        const std::int64_t columns = m.columns;
        const Bfloat16* w = static_cast<const Bfloat16*>(m.values) + row * columns;
        const Bfloat16* x = in.rounded + first * in.stride;
        Vec sums[R][S] = {};
        if constexpr (S == 1) {
            for (int r = 0; r < R; ++r) sums[r][0] = rowSum(w + r * columns, x, columns);
        } else {
            __m512i weights[R];
            std::int64_t k = 0;
            for (; k + 32 <= columns; k += 32) {
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) weights[r] = _mm512_loadu_si512(w + r * columns + k);
                add(sums, weights, x + k, in.stride);
            }
            if (k < columns) {
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) weights[r] = firstOf(w + r * columns + k, columns - k);
                add(sums, weights, x + k, in.stride);
            }
        }
        sumLanes(sums, out);
    }

private:
    static Vec product(Vec total, __m512i weights, const Bfloat16* x) {
        const auto input = reinterpret_cast<__m512bh>(_mm512_loadu_si512(x));
        return reinterpret_cast<Vec>(
            _mm512_dpbf16_ps(reinterpret_cast<__m512>(total), reinterpret_cast<__m512bh>(weights), input));
    }
    static __m512i firstOf(const Bfloat16* w, std::int64_t count) {
        return _mm512_maskz_loadu_epi16(static_cast<__mmask32>((1U << count) - 1U), w);
    }

    static Vec rowSum(const Bfloat16* w, const Bfloat16* x, std::int64_t columns) {
        Vec total{};
        std::int64_t k = 0;
        for (; k + 32 <= columns; k += 32) {
            fetchAhead(w + k);
            total = product(total, _mm512_loadu_si512(w + k), x + k);
        }
        return k < columns ? product(total, firstOf(w + k, columns - k), x + k) : total;
    }

    template <int R, int S>
    static void add(Vec (&sums)[R][S], const __m512i (&weights)[R], const Bfloat16* x, std::int64_t stride) {
#pragma GCC unroll 8
        for (int s = 0; s < S; ++s) {
#pragma GCC unroll 8
            for (int r = 0; r < R; ++r) sums[r][s] = product(sums[r][s], weights[r], x + s * stride);
        }
    }
};
#endif

/// int8 weights and inputs by groups: whole sums within a group, float32 between groups.
struct ByteFormat {
    static constexpr int kSequences = kBlockSequences < 4 ? kBlockSequences : 4;

    template <int R, int S>
    STUDIO_TILE tile(const DecodeMatrix& m, std::int64_t row, const DecodeInputs& in, std::int64_t first,
                     float (&out)[S][kBlockRows]) {
        const std::int64_t width = int8Columns(m.columns), groups = width / kInt8Group;
        const std::uint8_t* w = static_cast<const std::uint8_t*>(m.values) + row * width;
        const Bfloat16* scales = m.scales + row * groups;
        tileOf<R, S>(w, scales, width, in, first, out);
    }

private:
#if defined(__AVX512VNNI__)
    /// Bytes in the order of memory, into the first-level cache: the best of 2, 4, 8 and 16 KiB.
    static constexpr std::int64_t kNearBytesAhead = 8192;

    /// Two groups at a time. Weights are unsigned, + 128: what that adds is taken away by `start`.
    template <int R, int S>
    static void tileOf(const std::uint8_t* w, const Bfloat16* scales, std::int64_t width,
                       const DecodeInputs& in, std::int64_t first, float (&out)[S][kBlockRows]) {
        const std::int64_t groups = width / kInt8Group;
        // Two scales in one piece of 32 bits: the lower one to the lower half of the lanes, each as float32.
        const __m512i spread = _mm512_set_epi32(
            0x03028080, 0x03028080, 0x03028080, 0x03028080, 0x03028080, 0x03028080, 0x03028080, 0x03028080,
            0x01008080, 0x01008080, 0x01008080, 0x01008080, 0x01008080, 0x01008080, 0x01008080, 0x01008080);
        Vec sums[R][S] = {};
        for (std::int64_t k = 0; k < width; k += 64) {
            __m512i weights[R];
            __m512 factors[R];
#pragma GCC unroll 8
            for (int r = 0; r < R; ++r) {
                weights[r] = _mm512_loadu_si512(w + r * width + k);
                // These rows are too short, and what is done with a byte is too much, for one row at a time.
                if constexpr (S == 1) __builtin_prefetch(w + kNearBytesAhead + R * k + r * 64);
                std::int32_t two = 0;
                std::memcpy(&two, scales + r * groups + k / kInt8Group, sizeof two);
                factors[r] = _mm512_castsi512_ps(_mm512_shuffle_epi8(_mm512_set1_epi32(two), spread));
            }
#pragma GCC unroll 8
            for (int s = 0; s < S; ++s) {
                const std::int64_t place = (first + s) * in.stride + k;
                const __m512i input = _mm512_loadu_si512(in.bytes + place);
                const __m512i start = _mm512_loadu_si512(in.start + place / 4);
                const __m512 factor = _mm512_loadu_ps(in.scales + place / 4);
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) {
                    const __m512 whole = _mm512_cvtepi32_ps(_mm512_dpbusd_epi32(start, weights[r], input));
                    sums[r][s] = reinterpret_cast<Vec>(_mm512_fmadd_ps(
                        _mm512_mul_ps(whole, factor), factors[r], reinterpret_cast<__m512>(sums[r][s])));
                }
            }
        }
        sumLanes(sums, out);
    }
#else
    template <int R, int S>
    static void tileOf(const std::uint8_t* w, const Bfloat16* scales, std::int64_t width,
                       const DecodeInputs& in, std::int64_t first, float (&out)[S][kBlockRows]) {
        const std::int64_t groups = width / kInt8Group;
        for (int s = 0; s < S; ++s) {
            const std::int64_t place = (first + s) * in.stride;
            for (int r = 0; r < R; ++r)
                out[s][r] =
                    row(w + r * width, scales + r * groups, groups, in.bytes + place, in.scales + place / 4);
        }
    }
#if defined(__AVX2__)
    static float row(const std::uint8_t* w, const Bfloat16* scales, std::int64_t groups, const std::int8_t* x,
                     const float* inputScales) {
        const __m256i flip = _mm256_set1_epi8(static_cast<char>(0x80));
        __m256 total = _mm256_setzero_ps();
        for (std::int64_t g = 0; g < groups; ++g) {
            const __m256i weights =
                _mm256_xor_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(w + g * 32)), flip);
            const __m256i input = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x + g * 32));
            const __m256i low = _mm256_madd_epi16(_mm256_cvtepi8_epi16(_mm256_castsi256_si128(weights)),
                                                  _mm256_cvtepi8_epi16(_mm256_castsi256_si128(input)));
            const __m256i high = _mm256_madd_epi16(_mm256_cvtepi8_epi16(_mm256_extracti128_si256(weights, 1)),
                                                   _mm256_cvtepi8_epi16(_mm256_extracti128_si256(input, 1)));
            const __m256 factor = _mm256_set1_ps(scalar(scales[g]) * inputScales[g * 8]);
            total = _mm256_fmadd_ps(_mm256_cvtepi32_ps(_mm256_add_epi32(low, high)), factor, total);
        }
        __m128 four = _mm_add_ps(_mm256_castps256_ps128(total), _mm256_extractf128_ps(total, 1));
        four = _mm_add_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_add_ss(four, _mm_shuffle_ps(four, four, 1)));
    }
#else
    static float row(const std::uint8_t* w, const Bfloat16* scales, std::int64_t groups, const std::int8_t* x,
                     const float* inputScales) {
        float total = 0.0F;
        for (std::int64_t g = 0; g < groups; ++g) {
            std::int32_t whole = 0;
            for (std::int64_t i = g * kInt8Group; i < (g + 1) * kInt8Group; ++i)
                whole += (static_cast<std::int32_t>(w[i]) - 128) * x[i];
            total += static_cast<float>(whole) * (scalar(scales[g]) * inputScales[g * 8]);
        }
        return total;
    }
#endif
#endif
};

/// Calls write(sequence, row, results of up to kBlockRows rows, their count) for the rows of one block.
template <typename Format, int R, int S, typename Write>
inline void tileAt(const DecodeMatrix& m, std::int64_t row, const DecodeInputs& in, std::int64_t first,
                   const Write& write) {
    float out[S][kBlockRows];
    Format::template tile<R, S>(m, row, in, first, out);
    for (int s = 0; s < S; ++s) {
        if (m.bias) {
            for (int r = 0; r < R; ++r) out[s][r] += m.bias[row + r];
        }
        write(first + s, row, out[s], R);
    }
}

/// The last sequences, fewer than a whole tile has.
template <typename Format, int R, int S, typename Write>
inline void lastTile(const DecodeMatrix& m, std::int64_t row, const DecodeInputs& in, std::int64_t first,
                     std::int64_t count, const Write& write) {
    if constexpr (S > 0) {
        if (count == S)
            tileAt<Format, R, S>(m, row, in, first, write);
        else
            lastTile<Format, R, S - 1>(m, row, in, first, count, write);
    }
}

/// Brings the rows after these into the cache while these are multiplied with many sequences.
inline void prefetchShare(const DecodeMatrix& m, std::int64_t row, std::int64_t part, std::int64_t parts) {
    const std::int64_t size = m.format == DecodeFormat::Float32 ? 4 * m.columns
                              : m.format == DecodeFormat::Int8  ? int8Columns(m.columns)
                                                                : 2 * m.columns;
    const std::int64_t lines = kBlockRows * size / 64;
    const char* next = static_cast<const char*>(m.values) + (row + kBlockRows) * size;
    for (std::int64_t line = lines * part / parts; line < lines * (part + 1) / parts; ++line)
        __builtin_prefetch(next + line * 64);
}

template <typename Format, typename Write>
inline void blockTimes(const DecodeMatrix& m, std::int64_t row, const DecodeInputs& in, std::int64_t count,
                       const Write& write) {
    constexpr int kSequences = Format::kSequences;
    const std::int64_t parts = count / kSequences;
    for (std::int64_t part = 0; part < parts; ++part) {
        prefetchShare(m, row, part, parts);
        tileAt<Format, kBlockRows, kSequences>(m, row, in, part * kSequences, write);
    }
    const std::int64_t rest = count - parts * kSequences;
    if (rest > 0) lastTile<Format, kBlockRows, kSequences - 1>(m, row, in, parts * kSequences, rest, write);
}

/// To be called by all threads of a region: they share the rows. No barrier at the end.
template <typename Format, typename Write>
inline void shareRows(const DecodeMatrix& m, const DecodeInputs& in, std::int64_t count, const Write& write) {
    const std::int64_t blocks = m.rows / kBlockRows;
#pragma omp for schedule(static) nowait
    for (std::int64_t block = 0; block < blocks; ++block)
        blockTimes<Format>(m, block * kBlockRows, in, count, write);
    const std::int64_t rest = blocks * kBlockRows;
#pragma omp for schedule(static) nowait
    for (std::int64_t row = rest; row < m.rows; ++row) {
        for (std::int64_t s = 0; s < count; ++s) tileAt<Format, 1, 1>(m, row, in, s, write);
    }
}

template <typename Write>
inline void multiplyRows(const DecodeMatrix& m, const DecodeInputs& in, std::int64_t count,
                         const Write& write) {
    if (m.format == DecodeFormat::Float32) {
        shareRows<WideFormat<float>>(m, in, count, write);
    } else if (m.format == DecodeFormat::Int8) {
        shareRows<ByteFormat>(m, in, count, write);
    } else if (m.format == DecodeFormat::WideBfloat16) {
        shareRows<WideFormat<Bfloat16>>(m, in, count, write);
    } else if (m.format == DecodeFormat::WideFloat16) {
        shareRows<WideFormat<Float16>>(m, in, count, write);
    } else {
#if defined(__AVX512BF16__)
        shareRows<PairFormat>(m, in, count, write);
#else
        shareRows<WideFormat<Bfloat16>>(m, in, count, write);
#endif
    }
}

#undef STUDIO_TILE

}  // namespace
}  // namespace studio
