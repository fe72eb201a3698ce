// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between the products of a step: norms, activations, and the rounding of a product's inputs.
#pragma once

#include <cmath>

#include "core/tensor/kernels/decode_tiles.h"

namespace studio {
namespace {

inline std::int64_t inputStride(std::int64_t columns) {
    return int8Columns(columns);
}
inline std::int64_t inputBytes(std::int64_t columns, std::int64_t count) {
    return count * inputStride(columns) * (4 + 2 + 1 + 1 + 1);
}

/// Lays the forms out in memory of inputBytes().
inline DecodeInputs inputsAt(void* memory, std::int64_t columns, std::int64_t count) {
    DecodeInputs in;
    in.stride = inputStride(columns);
    const std::int64_t size = count * in.stride;
    in.plain = static_cast<float*>(memory);
    in.start = reinterpret_cast<std::int32_t*>(in.plain + size);
    in.scales = reinterpret_cast<float*>(in.start + size / 4);
    in.rounded = reinterpret_cast<Bfloat16*>(in.scales + size / 4);
    in.bytes = reinterpret_cast<std::int8_t*>(in.rounded + size);
    return in;
}

inline Vec absolute(Vec v) {
    return reinterpret_cast<Vec>(reinterpret_cast<IntVec>(v) & 0x7fffffff);
}
/// To the nearest whole number; |v| below 2^22.
inline Vec roundWhole(Vec v) {
    const Vec magic = all(12582912.0F);
    return (v + magic) - magic;
}

/// One group as bytes of at most 127 either way; returns the scale, which is NaN where a value is not finite.
inline float quantizeGroup(const float* x, std::int8_t* bytes) {
    Vec most{}, nothing{};
    for (std::int64_t i = 0; i < kInt8Group; i += kLanes) {
        const Vec v = load(x + i);
        most = maximum(most, absolute(v));
        nothing += v * 0.0F;
    }
    const float top = largest(most);
    const float inverse = top > 0.0F ? 127.0F / top : 0.0F;
    for (std::int64_t i = 0; i < kInt8Group; i += kLanes) {
        const IntVec whole = __builtin_convertvector(roundWhole(load(x + i) * inverse), IntVec);
        for (int j = 0; j < kLanes; ++j) bytes[i + j] = static_cast<std::int8_t>(whole[j]);
    }
    return top / 127.0F + sum(nothing);
}

inline void quantizeInput(const DecodeInputs& in, std::int64_t s) {
    const float* x = in.plain + s * in.stride;
    std::int8_t* bytes = in.bytes + s * in.stride;
    for (std::int64_t g = 0; g < in.stride; g += kInt8Group) {
        const float scale = quantizeGroup(x + g, bytes + g);
        for (std::int64_t i = g; i < g + kInt8Group; i += 4) {
            const std::int64_t place = (s * in.stride + i) / 4;
            in.scales[place] = scale;
            in.start[place] = -128 * (bytes[i] + bytes[i + 1] + bytes[i + 2] + bytes[i + 3]);
        }
    }
}

/// Makes the form that the matrix's format wants out of the plain one, whose first `columns` are set.
inline void finishInput(const DecodeMatrix& m, const DecodeInputs& in, std::int64_t s) {
    float* x = in.plain + s * in.stride;
    for (std::int64_t i = m.columns; i < in.stride; ++i) x[i] = 0.0F;
    if (m.format == DecodeFormat::Int8) quantizeInput(in, s);
#if defined(__AVX512BF16__)
    if (m.format == DecodeFormat::Bfloat16) {
        for (std::int64_t i = 0; i < in.stride; i += kLanes)
            store(in.rounded + s * in.stride + i, load(x + i));
    }
#endif
}

inline void normInto(const float* x, const DecodeNorm& norm, float epsilon, std::int64_t width, float* out) {
    const auto size = static_cast<float>(width);
    Vec total{}, squares{};
    forLanes(width, [&](std::int64_t i, int count) {
        const Vec v = loadFirst(x + i, count);
        total += v;
        squares += v * v;
    });
    float mean = 0.0F, variance = sum(squares) / size;
    if (norm.bias) {
        mean = sum(total) / size;
        Vec spread{};
        forLanes(width, [&](std::int64_t i, int count) {
            Vec off = loadFirst(x + i, count) - mean;
            if (count < kLanes) off = laneNumbers() < count ? off : Vec{};
            spread += off * off;
        });
        variance = sum(spread) / size;
    }
    const float inverse = 1.0F / std::sqrt(variance + epsilon);
    forLanes(width, [&](std::int64_t i, int count) {
        Vec y = (loadFirst(x + i, count) - mean) * inverse * loadFirst(norm.weight + i, count);
        if (norm.bias) y += loadFirst(norm.bias + i, count);
        storeFirst(out + i, y, count);
    });
}

/// SwiGLU of gate and up side by side, or GELU.
inline void activateInto(const float* wide, const DecodeModel& model, float* out) {
    const std::int64_t width = model.intermediate;
    const auto each = [&](auto&& activation) {
        forLanes(width, [&](std::int64_t i, int count) {
            storeFirst(out + i, activation(loadFirst(wide + i, count), i, count), count);
        });
    };
    if (!model.gelu)
        each([&](Vec v, std::int64_t i, int count) {
            return v * sigmoid(v) * loadFirst(wide + width + i, count);
        });
    else if (model.exactGelu)
        each([](Vec v, std::int64_t, int) { return gelu(v); });
    else
        each([](Vec v, std::int64_t, int) { return v * sigmoid(kGeluSlope * (v + kGeluCubic * v * v * v)); });
}

/// The weights' side of the int8 format. Scales are rounded up to bfloat16 before the values are divided by
/// them, so that their rounding costs nothing but a step that is at most 1/128 wider.
void quantizeRows(const float* x, std::int64_t rows, std::int64_t columns, std::uint8_t* values,
                  Bfloat16* scales) {
    const std::int64_t width = int8Columns(columns), groups = width / kInt8Group;
#pragma omp parallel for schedule(static)
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t g = 0; g < groups; ++g) {
            float group[kInt8Group] = {};
            const std::int64_t begin = g * kInt8Group;
            float most = 0.0F, nothing = 0.0F;
            for (std::int64_t i = begin; i < begin + kInt8Group && i < columns; ++i) {
                const float v = x[row * columns + i];
                group[i - begin] = v;
                most = std::fabs(v) > most ? std::fabs(v) : most;
                nothing += v * 0.0F;
            }
            const float exact = most / 127.0F + nothing;
            std::uint32_t bits = 0;
            std::memcpy(&bits, &exact, sizeof bits);
            const bool number = exact == exact;
            const Bfloat16 scale{static_cast<std::uint16_t>(number ? (bits + 0xffffU) >> 16 : 0x7fc0U)};
            scales[row * groups + g] = scale;
            const float inverse = scalar(scale) > 0.0F ? 1.0F / scalar(scale) : 0.0F;
            for (std::int64_t i = 0; i < kInt8Group; ++i) {
                const long whole = number ? std::lrint(group[i] * inverse) : 0;
                values[row * width + begin + i] = static_cast<std::uint8_t>(whole + 128);
            }
        }
    }
}

/// One row of a table, to what is there or, the first, in its place.
template <typename T>
inline void addRowOf(const T* row, std::int64_t width, float* x, bool first) {
    forLanes(width, [&](std::int64_t i, int count) {
        const Vec v = loadFirst(row + i, count);
        storeFirst(x + i, first ? v : v + loadFirst(x + i, count), count);
    });
}
inline void addRow(const DecodeTable& table, std::int64_t row, std::int64_t width, float* x, bool first) {
    const std::int64_t begin = row * width;
    if (table.format == DecodeFormat::WideBfloat16)
        addRowOf(static_cast<const Bfloat16*>(table.values) + begin, width, x, first);
    else if (table.format == DecodeFormat::WideFloat16)
        addRowOf(static_cast<const Float16*>(table.values) + begin, width, x, first);
    else
        addRowOf(static_cast<const float*>(table.values) + begin, width, x, first);
}

template <typename T>
void widenAll(const T* x, float* out, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            storeFirst(out + begin + i, loadFirst(x + begin + i, lanes), lanes);
        });
    });
}
void widenToFloat(DecodeFormat format, const void* x, float* out, std::int64_t count) {
    if (format == DecodeFormat::WideFloat16)
        widenAll(static_cast<const Float16*>(x), out, count);
    else
        widenAll(static_cast<const Bfloat16*>(x), out, count);
}

void roundToBfloat16(const float* x, Bfloat16* out, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            storeFirst(out + begin + i, loadFirst(x + begin + i, lanes), lanes);
        });
    });
}

}  // namespace
}  // namespace studio
