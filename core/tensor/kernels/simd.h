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

inline Vec widen(HalfVec half) {
    const UintVec bits = __builtin_convertvector(half, UintVec) << 16;
    return reinterpret_cast<Vec>(bits);
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
    return __builtin_convertvector(v == v ? rounded : quiet, HalfVec);
#endif
}

inline Vec load(const Bfloat16* p) {
    HalfVec half;
    std::memcpy(&half, p, sizeof half);
    return widen(half);
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

inline Vec maximum(Vec a, Vec b) {
    return a > b ? a : b;
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

/// e^x to 2e-7 relative: 2^n · 2^f with f in [-0.5, 0.5] by a polynomial of degree 6. Below -87.3 it gives
/// 2^-126 or so, above 88.7 infinity; NaN stays NaN.
inline Vec exponential(Vec x) {
    const Vec bounded = minimum(maximum(x, all(-87.3F)), all(88.8F));
    const Vec scaled = bounded * 1.44269504088896341F;
    // Adding and taking away 1.5 · 2^23 rounds to the nearest whole number.
    const Vec magic = all(12582912.0F);
    const Vec shifted = scaled + magic;
    const Vec whole = shifted - magic;
    // In two parts, so that the fraction keeps all its digits.
    const Vec fraction = (bounded - whole * 0.693359375F) + whole * 2.12194440e-4F;
    Vec p = all(1.3981999507e-3F);
    p = p * fraction + 8.3334519073e-3F;
    p = p * fraction + 4.1665795894e-2F;
    p = p * fraction + 1.6666665459e-1F;
    p = p * fraction + 5.0000001201e-1F;
    const Vec mantissa = (p * fraction) * fraction + fraction + 1.0F;
#if defined(__AVX512F__)
    const Vec value = reinterpret_cast<Vec>(
        _mm512_scalef_ps(reinterpret_cast<__m512>(mantissa), reinterpret_cast<__m512>(whole)));
#else
    // In two halves: 2^128 is no float, but its root's square overflows to infinity as it should.
    const IntVec exponent = __builtin_convertvector(whole, IntVec);
    const IntVec half = exponent >> 1;
    const auto first = reinterpret_cast<Vec>((half + 127) << 23);
    const auto second = reinterpret_cast<Vec>((exponent - half + 127) << 23);
    const Vec value = mantissa * first * second;
#endif
    return x == x ? value : x;
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
