// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What both directions of attention share: one head's rows taken out of a packed matrix, rotated, and put
// back.
#pragma once

#include <cstdlib>

#include "core/tensor/kernels/micro_product.h"

namespace studio {
namespace {

/// Queries are worked on in blocks of so many rows.
constexpr std::int64_t kQueryBlock = 64;
/// Where a block looks at itself, so many rows are taken together: a multiple of kLanes.
constexpr std::int64_t kFew = 16;

/// Memory for one thread, handed out piece by piece on 64-byte borders. The sizes are asked for twice, once
/// to measure and once to take.
class Scratch {
public:
    Scratch() = default;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::free(m_memory); }

    void begin() { m_used = 0; }
    template <typename T>
    T* take(std::int64_t count) {
        const std::int64_t at = m_used;
        m_used += roundUp(count * static_cast<std::int64_t>(sizeof(T)), 64);
        return m_memory ? reinterpret_cast<T*>(m_memory + at) : nullptr;
    }
    /// Allocates what was taken since begin(); false when there is no memory.
    bool allocate() {
        m_memory =
            static_cast<char*>(std::aligned_alloc(64, static_cast<std::size_t>(roundUp(m_used + 64, 64))));
        return m_memory != nullptr;
    }

private:
    char* m_memory = nullptr;
    std::int64_t m_used = 0;
};

/// Rows of a head, each turned by its position's angles (`direction` 1 forwards, -1 back; not at all where
/// not `rotated`) and scaled. May be done in place. // from: [rows, headSize] -> to: [rows, headSize]
template <typename From, typename To>
inline void turnRows(const From* from, std::int64_t fromStride, const AttentionShape& shape,
                     std::int64_t firstPosition, std::int64_t rows, bool rotated, float direction,
                     float scale, To* to, std::int64_t toStride) {
    const std::int64_t turned = rotated ? shape.rotarySize : 0;
    const std::int64_t half = turned / 2;
    const float* cosines = shape.cosines + firstPosition * half;
    const float* sines = shape.sines + firstPosition * half;
    // Rows within lanes: what depends on the lanes is decided once.
    forLanes(half, [&](std::int64_t i, int count) {
        for (std::int64_t t = 0; t < rows; ++t) {
            const Vec c = loadFirst(cosines + t * half + i, count) * scale;
            const Vec s = loadFirst(sines + t * half + i, count) * (direction * scale);
            const From* source = from + t * fromStride + i;
            const Vec low = loadFirst(source, count);
            const Vec high = loadFirst(source + half, count);
            storeFirst(to + t * toStride + i, low * c - high * s, count);
            storeFirst(to + t * toStride + half + i, high * c + low * s, count);
        }
    });
    forLanes(shape.headSize - turned, [&](std::int64_t i, int count) {
        for (std::int64_t t = 0; t < rows; ++t)
            storeFirst(to + t * toStride + turned + i,
                       loadFirst(from + t * fromStride + turned + i, count) * scale, count);
    });
}

/// One head of rows [0, rows) as [rows, stride], scaled and rotated; components behind the head become 0.
template <typename E>
inline void takeHead(const E* from, std::int64_t fromStride, const AttentionShape& shape,
                     std::int64_t firstPosition, std::int64_t rows, bool rotated, float scale, E* to,
                     std::int64_t stride) {
    turnRows(from, fromStride, shape, firstPosition, rows, rotated, 1.0F, scale, to, stride);
    const auto behind = static_cast<std::size_t>(stride - shape.headSize) * sizeof(E);
    for (std::int64_t t = 0; behind > 0 && t < rows; ++t)
        std::memset(static_cast<void*>(to + t * stride + shape.headSize), 0, behind);
}

/// The way back for a gradient: rotated by the opposite angle, scaled. // from: [rows, fromStride] float32
template <typename E>
inline void putHeadGradient(const float* from, std::int64_t fromStride, const AttentionShape& shape,
                            std::int64_t firstPosition, std::int64_t rows, bool rotated, float scale, E* to,
                            std::int64_t toStride) {
    turnRows(from, fromStride, shape, firstPosition, rows, rotated, -1.0F, scale, to, toStride);
}

/// Components of a head in memory: whole vectors, and whole squares for transposing.
template <typename E>
inline std::int64_t paddedHead(const AttentionShape& shape) {
    return roundUp(shape.headSize, kLanes * kPair<E>);
}

/// Where the keys begin that a block of queries can look at, on a border of kLanes.
inline std::int64_t firstKey(const AttentionShape& shape, std::int64_t firstQuery) {
    if (shape.window <= 0 || firstQuery < shape.window) return 0;
    return (firstQuery - shape.window + 1) / kLanes * kLanes;
}

inline std::int64_t longestSequence(const AttentionShape& shape) {
    std::int64_t longest = 0;
    for (std::int64_t i = 0; i < shape.sequences; ++i) {
        const std::int64_t length = shape.boundaries[i + 1] - shape.boundaries[i];
        longest = length > longest ? length : longest;
    }
    return longest;
}

/// Rows behind the last sequence belong to nobody.
template <typename E>
inline void clearTail(const AttentionShape& shape, E* matrix, std::int64_t width) {
    const std::int64_t used = shape.boundaries[shape.sequences];
    if (used < shape.tokens)
        std::memset(static_cast<void*>(matrix + used * width), 0,
                    static_cast<std::size_t>((shape.tokens - used) * width) * sizeof(E));
}

/// Worker(job, longest).run(sequence, head) for every sequence and key/value head, on all threads, each with
/// memory of its own.
template <typename Worker, typename Job>
inline void overSequences(const Job& job) {
    const AttentionShape& s = job.shape;
    const std::int64_t longest = longestSequence(s);
    const std::int64_t items = s.sequences * s.keyValueHeads;
    bool failed = false;
#pragma omp parallel
    {
        Worker worker(job, longest);
        if (!worker.ready()) {
#pragma omp atomic write
            failed = true;
        }
#pragma omp for schedule(dynamic)
        for (std::int64_t item = 0; item < items; ++item) {
            if (worker.ready()) worker.run(item / s.keyValueHeads, item % s.keyValueHeads);
        }
    }
    if (failed) outOfMemory();
}

}  // namespace
}  // namespace studio
