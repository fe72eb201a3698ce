// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// No "#pragma once" by accident: this file is read once in each kernels_*.cpp, each compiled for another
// instruction set. Everything is in an anonymous namespace, and nothing of the standard library that could be
// instantiated here is used: the linker keeps one copy of an inline function, and a copy made for AVX-512
// would crash every other CPU.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "core/tensor/kernels/kernel_sets.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {
namespace {

/// work(constant 0), work(constant 1), … in line: indices that are constants from the beginning keep small
/// arrays in registers.
template <int Value>
struct Constant {
    constexpr operator int() const { return Value; }
};
template <int Count, int From = 0, typename Work>
[[gnu::always_inline]] inline void repeat(const Work& work) {
    if constexpr (From < Count) {
        work(Constant<From>{});
        repeat<Count, From + 1>(work);
    }
}

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

/// GCC's vectors: the same arithmetic for every instruction set. a * b + c becomes one fused operation where
/// there is one.
using Vec = float __attribute__((vector_size(kLanes * 4)));
using IntVec = std::int32_t __attribute__((vector_size(kLanes * 4)));
using UintVec = std::uint32_t __attribute__((vector_size(kLanes * 4)));
using HalfVec = std::uint16_t __attribute__((vector_size(kLanes * 2)));

inline Vec all(float x) {
    return x - Vec{};
}

inline Vec load(const float* p) {
    Vec v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
inline void store(float* p, Vec v) {
    std::memcpy(p, &v, sizeof v);
}

/// Each half word as a word, and back (the upper halves are lost). GCC 12 converts vectors of AVX-512 in two
/// parts, hence by name.
inline UintVec words(HalfVec half) {
#if defined(__AVX512F__)
    return reinterpret_cast<UintVec>(_mm512_cvtepu16_epi32(reinterpret_cast<__m256i>(half)));
#else
    return __builtin_convertvector(half, UintVec);
#endif
}
inline HalfVec halfWords(UintVec word) {
#if defined(__AVX512F__)
    return reinterpret_cast<HalfVec>(_mm512_cvtepi32_epi16(reinterpret_cast<__m512i>(word)));
#else
    return __builtin_convertvector(word, HalfVec);
#endif
}

inline Vec widen(HalfVec half) {
    return reinterpret_cast<Vec>(words(half) << 16);
}

/// Rounds to the nearest, ties to even; NaN stays NaN.
inline HalfVec narrow(Vec v) {
#if defined(__AVX512BF16__)
    const __m256bh half = _mm512_cvtneps_pbh(reinterpret_cast<__m512>(v));
    HalfVec result;
    std::memcpy(&result, &half, sizeof result);
    return result;
#else
    const auto bits = reinterpret_cast<UintVec>(v);
    const UintVec rounded = (bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16;
    const UintVec quiet = (bits >> 16) | 0x40U;
    return halfWords(v == v ? rounded : quiet);
#endif
}

inline Vec load(const Bfloat16* p) {
    HalfVec half;
    std::memcpy(&half, p, sizeof half);
    return widen(half);
}

/// Exponent and fraction moved to float32's places lack its larger bias, which a product adds: exact for
/// subnormal numbers, too. What was infinite or NaN has to be it again.
inline Vec widenFloat16(HalfVec half) {
#if defined(__AVX512F__)
    return reinterpret_cast<Vec>(_mm512_cvtph_ps(reinterpret_cast<__m256i>(half)));
#else
    const UintVec bits = words(half), magnitude = (bits & 0x7fffU) << 13;
    const auto number = reinterpret_cast<UintVec>(reinterpret_cast<Vec>(magnitude) * 0x1p112F);
    const UintVec widened = magnitude >= 0x0f800000U ? magnitude | 0x7f800000U : number;
    return reinterpret_cast<Vec>(widened | ((bits & 0x8000U) << 16));
#endif
}
inline Vec load(const Float16* p) {
    HalfVec half;
    std::memcpy(&half, p, sizeof half);
    return widenFloat16(half);
}
inline void store(Bfloat16* p, Vec v) {
    const HalfVec half = narrow(v);
    std::memcpy(p, &half, sizeof half);
}

/// The first `count` values, the others 0. `count` from 1 to kLanes.
#if defined(__AVX512F__)
inline __mmask16 firstLanes(int count) {
    return static_cast<__mmask16>((1U << count) - 1U);
}
inline Vec loadFirst(const float* p, int count) {
    if (count == kLanes) return load(p);
    return reinterpret_cast<Vec>(_mm512_maskz_loadu_ps(firstLanes(count), p));
}
inline Vec loadFirst(const Bfloat16* p, int count) {
    if (count == kLanes) return load(p);
    const __m256i half = _mm256_maskz_loadu_epi16(firstLanes(count), p);
    return widen(reinterpret_cast<HalfVec>(half));
}
inline Vec loadFirst(const Float16* p, int count) {
    if (count == kLanes) return load(p);
    const __m256i half = _mm256_maskz_loadu_epi16(firstLanes(count), p);
    return widenFloat16(reinterpret_cast<HalfVec>(half));
}
inline void storeFirst(float* p, Vec v, int count) {
    if (count == kLanes) return store(p, v);
    _mm512_mask_storeu_ps(p, firstLanes(count), reinterpret_cast<__m512>(v));
}
inline void storeFirst(Bfloat16* p, Vec v, int count) {
    if (count == kLanes) return store(p, v);
    _mm256_mask_storeu_epi16(p, firstLanes(count), reinterpret_cast<__m256i>(narrow(v)));
}
#else
template <typename T>
inline Vec loadFirst(const T* p, int count) {
    if (count >= kLanes) return load(p);
    T buffer[kLanes] = {};
    for (int i = 0; i < count; ++i) buffer[i] = p[i];
    return load(buffer);
}
template <typename T>
inline void storeFirst(T* p, Vec v, int count) {
    if (count >= kLanes) return store(p, v);
    T buffer[kLanes];
    store(buffer, v);
    for (int i = 0; i < count; ++i) p[i] = buffer[i];
}
#endif

inline float scalar(float x) {
    return x;
}
inline float scalar(Bfloat16 x) {
    const std::uint32_t bits = static_cast<std::uint32_t>(x.bits) << 16;
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
inline void assign(float& to, float x) {
    to = x;
}
inline void assign(Bfloat16& to, float x) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    const bool number = x == x;
    to.bits = static_cast<std::uint16_t>(number ? (bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16
                                                : (bits >> 16) | 0x40U);
}

/// Of a NaN nothing is promised.
inline Vec maximum(Vec a, Vec b) {
#if defined(__AVX512F__)
    return reinterpret_cast<Vec>(_mm512_max_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b)));
#elif defined(__AVX2__)
    return reinterpret_cast<Vec>(_mm256_max_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b)));
#else
    return a > b ? a : b;
#endif
}
inline Vec minimum(Vec a, Vec b) {
    return a < b ? a : b;
}

/// Lane numbers 0, 1, 2, …
inline IntVec laneNumbers() {
    IntVec v;
    for (int i = 0; i < kLanes; ++i) v[i] = i;
    return v;
}

/// By halves: always in the same order.
inline float sum(Vec v) {
    for (int distance = kLanes / 2; distance > 0; distance /= 2)
        v += __builtin_shuffle(v, laneNumbers() ^ distance);
    return v[0];
}
/// NaN where any lane is NaN.
inline float largest(Vec v) {
    for (int distance = kLanes / 2; distance > 0; distance /= 2) {
        const Vec other = __builtin_shuffle(v, laneNumbers() ^ distance);
        v = v > other || v != v ? v : other;
    }
    return v[0];
}

inline Vec squareRoot(Vec v) {
#if defined(__AVX512F__)
    return reinterpret_cast<Vec>(_mm512_sqrt_ps(reinterpret_cast<__m512>(v)));
#elif defined(__AVX2__)
    return reinterpret_cast<Vec>(_mm256_sqrt_ps(reinterpret_cast<__m256>(v)));
#else
    for (int i = 0; i < kLanes; ++i) v[i] = __builtin_sqrtf(v[i]);
    return v;
#endif
}

/// x, but not below `low` or above `high`; NaN stays NaN (of two operands x86's instructions give the second
/// where one is NaN).
inline Vec within(Vec x, float low, float high) {
#if defined(__AVX512F__)
    const __m512 atLeast = _mm512_max_ps(_mm512_set1_ps(low), reinterpret_cast<__m512>(x));
    return reinterpret_cast<Vec>(_mm512_min_ps(_mm512_set1_ps(high), atLeast));
#elif defined(__AVX2__)
    const __m256 atLeast = _mm256_max_ps(_mm256_set1_ps(low), reinterpret_cast<__m256>(x));
    return reinterpret_cast<Vec>(_mm256_min_ps(_mm256_set1_ps(high), atLeast));
#else
    const Vec atLeast = x < low ? all(low) : x;
    return atLeast > high ? all(high) : atLeast;
#endif
}

/// To the nearest whole number, for |x| below 2^22.
inline Vec nearestWhole(Vec x) {
#if defined(__AVX512F__)
    return reinterpret_cast<Vec>(
        _mm512_roundscale_ps(reinterpret_cast<__m512>(x), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
#else
    // Adding 1.5 · 2^23 leaves no bits for the fraction.
    const Vec magic = all(12582912.0F);
    return (x + magic) - magic;
#endif
}

/// m · 2^n for whole n from -127 to 128.
inline Vec timesPowerOfTwo(Vec m, Vec n) {
#if defined(__AVX512F__)
    return reinterpret_cast<Vec>(_mm512_scalef_ps(reinterpret_cast<__m512>(m), reinterpret_cast<__m512>(n)));
#else
    // In two halves: 2^128 is no float, but its root's square overflows to infinity as it should.
    const IntVec exponent = __builtin_convertvector(n, IntVec);
    const IntVec half = exponent >> 1;
    return m * reinterpret_cast<Vec>((half + 127) << 23) *
           reinterpret_cast<Vec>((exponent - half + 127) << 23);
#endif
}

/// e^x to 3e-7 relative: 2^n · 2^f with f in [-0.5, 0.5], 2^f by its minimax polynomial of degree 5 (7.5e-8).
/// Below -87.3 it gives 2^-126 or so, above 88.8 infinity; NaN stays NaN.
inline Vec exponential(Vec x) {
    const Vec bounded = within(x, -87.3F, 88.8F);
    const Vec whole = nearestWhole(bounded * 1.44269504F);
    // ln 2 in two parts, the first of so few bits that its multiples are exact: the fraction keeps all its
    // digits, with and without fused operations.
    const Vec rest = (bounded - whole * 0.693359375F) + whole * 2.12194440e-4F;
    const Vec f = rest * 1.44269504F;
    Vec p = all(1.3276471981e-3F);
    p = p * f + 9.6755413331e-3F;
    p = p * f + 5.5507132735e-2F;
    p = p * f + 2.4022119724e-1F;
    p = p * f + 6.9314696706e-1F;
    p = p * f + 1.0F;
    return timesPowerOfTwo(p, whole);
}

inline Vec sigmoid(Vec x) {
    return 1.0F / (1.0F + exponential(-x));
}

/// Calls work(i, count) for 0, kLanes, 2 kLanes …; count is kLanes but for the last.
template <typename Work>
inline void forLanes(std::int64_t size, Work&& work) {
    std::int64_t i = 0;
    for (; i + kLanes <= size; i += kLanes) work(i, kLanes);
    if (i < size) work(i, static_cast<int>(size - i));
}

}  // namespace
}  // namespace studio
