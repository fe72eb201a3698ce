// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "core/tensor/kernels/attention_rows.h"

namespace studio {
namespace {

/// One sequence and one key/value head. Scores are computed anew and transposed, [keys, queries], so that
/// what belongs to a query (log of the sum, sum of gradient times output) is a vector across the lanes:
///   P = exp(K Q^T - L),  dP = V dO^T,  dS = P (dP - D),  dV += P dO,  dK += dS Q,  dQ^T = K^T dS.
template <typename E>
class AttentionBackward {
public:
    AttentionBackward(const AttentionGradient<E>& job, std::int64_t longest)
        : m_job(job), m_shape(job.shape) {
        m_size = paddedHead<E>(m_shape);
        m_columns = roundUp(m_shape.headSize, kLanes);
        m_depth = roundUp(m_shape.headSize, kPair<E>) / kPair<E>;
        const std::int64_t keys = roundUp(longest, kLanes);
        take(keys);
        m_ready = m_scratch.allocate();
        m_scratch.begin();
        take(keys);
    }
    bool ready() const { return m_ready; }

    void run(std::int64_t sequence, std::int64_t keyValueHead) {
        const AttentionShape& s = m_shape;
        m_start = s.boundaries[sequence];
        m_length = s.boundaries[sequence + 1] - m_start;
        if (m_length == 0) return;
        m_width = (s.heads + 2 * s.keyValueHeads) * s.headSize;
        m_keyStride = roundUp(m_length, kLanes);
        const E* rows = m_job.qkv + m_start * m_width;
        E* gradients = m_job.qkvGradient + m_start * m_width;
        const std::int64_t keyAt = (s.heads + keyValueHead) * s.headSize;
        const std::int64_t valueAt = (s.heads + s.keyValueHeads + keyValueHead) * s.headSize;
        takeHead(rows + keyAt, m_width, s, 0, m_length, true, 1.0F, m_keys, m_size);
        takeHead(rows + valueAt, m_width, s, 0, m_length, false, 1.0F, m_values, m_size);
        transpose(m_keys, m_size, m_length, m_size, m_keysTransposed, m_keyStride);
        const auto cleared = static_cast<std::size_t>(m_length * m_size) * sizeof(float);
        std::memset(m_keyGradient, 0, cleared);
        std::memset(m_valueGradient, 0, cleared);
        const std::int64_t group = s.heads / s.keyValueHeads;
        for (std::int64_t head = keyValueHead * group; head < (keyValueHead + 1) * group; ++head) {
            for (std::int64_t first = 0; first < m_length; first += kQueryBlock)
                block(rows, gradients, head, first);
        }
        putHeadGradient(m_keyGradient, m_size, s, 0, m_length, true, 1.0F, gradients + keyAt, m_width);
        putHeadGradient(m_valueGradient, m_size, s, 0, m_length, false, 1.0F, gradients + valueAt, m_width);
    }

private:
    void take(std::int64_t keys) {
        const std::int64_t size = m_size;
        m_keys = m_scratch.template take<E>(keys * size);
        m_values = m_scratch.template take<E>(keys * size);
        m_keysTransposed = m_scratch.template take<E>(size * keys);
        m_keyGradient = m_scratch.template take<float>(keys * size);
        m_valueGradient = m_scratch.template take<float>(keys * size);
        m_queries = m_scratch.template take<E>(kQueryBlock * size);
        m_queriesPacked = m_scratch.template take<E>(kQueryBlock * size);
        m_queryColumns = m_scratch.template take<E>(kQueryBlock * size);
        m_output = m_scratch.template take<E>(kQueryBlock * size);
        m_outputPacked = m_scratch.template take<E>(kQueryBlock * size);
        m_outputColumns = m_scratch.template take<E>(kQueryBlock * size);
        m_scores = m_scratch.template take<float>(keys * kQueryBlock);
        m_weightGradient = m_scratch.template take<float>(keys * kQueryBlock);
        m_weights = m_scratch.template take<E>(keys * kQueryBlock);
        m_scoreGradient = m_scratch.template take<E>(keys * kQueryBlock);
        m_scoreGradientPairs = m_scratch.template take<E>((keys + 1) * kQueryBlock);
        m_queryGradient = m_scratch.template take<float>(size * kQueryBlock);
        m_queryGradientRows = m_scratch.template take<float>(kQueryBlock * size);
    }

    void block(const E* rows, E* gradients, std::int64_t head, std::int64_t first) {
        const AttentionShape& s = m_shape;
        const std::int64_t count = m_length - first < kQueryBlock ? m_length - first : kQueryBlock;
        const std::int64_t columns = roundUp(count, kLanes);
        const float scale = 1.0F / std::sqrt(static_cast<float>(s.headSize));
        takeHead(rows + first * m_width + head * s.headSize, m_width, s, first, count, true, scale, m_queries,
                 m_size);
        takeOutputGradient(head, first, count);
        packTransposed(m_queries, m_size, count, m_size, m_queryColumns, columns);
        packTransposed(m_output, m_size, count, m_size, m_outputColumns, columns);
        packRows(m_queries, m_size, count, m_size, m_queriesPacked, m_size);
        packRows(m_output, m_size, count, m_size, m_outputPacked, m_size);

        const std::int64_t begin = firstKey(s, first);
        const std::int64_t keys = first + count - begin;
        // All queries of the block look at the keys before it; at its own keys, only those that do not come
        // before them.
        if (begin < first) someKeys({first, count, columns, begin, begin, first - begin, 0});
        for (std::int64_t own = 0; own < count; own += kFew)
            someKeys(
                {first, count, columns, begin, first + own, count - own < kFew ? count - own : kFew, own});
        if constexpr (kPair<E> == 2)
            packRows(m_scoreGradient, columns, keys, columns, m_scoreGradientPairs, columns);
        multiply<E>({m_keysTransposed + begin, m_keyStride, pairs(), columns * kPair<E>, m_queryGradient,
                     columns, s.headSize, columns, roundUp(keys, kPair<E>) / kPair<E>, false});
        transpose(m_queryGradient, columns, s.headSize, columns, m_queryGradientRows, m_size);
        putHeadGradient(m_queryGradientRows, m_size, s, first, count, true, scale,
                        gradients + first * m_width + head * s.headSize, m_width);
    }

    /// dS as a right factor; for float32 its rows are that already.
    const E* pairs() const { return kPair<E> == 1 ? m_scoreGradient : m_scoreGradientPairs; }

    /// The block's output gradients, and for each query the sum of gradient times output and the log of the
    /// sum of its exponentials.
    void takeOutputGradient(std::int64_t head, std::int64_t first, std::int64_t count) {
        const AttentionShape& s = m_shape;
        const std::int64_t width = s.heads * s.headSize;
        const std::int64_t at = (m_start + first) * width + head * s.headSize;
        takeHead(m_job.outputGradient + at, width, s, first, count, false, 1.0F, m_output, m_size);
        for (std::int64_t row = 0; row < kQueryBlock; ++row) {
            // Of a query that is not there, no exponential of a score remains.
            m_products[row] = 0.0F;
            m_logSums[row] = 1.0e30F;
            if (row >= count) continue;
            Vec total{};
            const E* output = m_job.output + at + row * width;
            forLanes(s.headSize, [&](std::int64_t i, int lanes) {
                total += loadFirst(output + i, lanes) * loadFirst(m_output + row * m_size + i, lanes);
            });
            m_products[row] = sum(total);
            m_logSums[row] = m_job.logSumExp[head * s.tokens + m_start + first + row];
        }
    }

    /// Some keys, and the queries of a block that look at them.
    struct Keys {
        std::int64_t first, count;  // queries of the block
        std::int64_t columns;       // of a row of its scores
        std::int64_t begin;         // key of the first row of its scores
        std::int64_t key, keys;     // these keys
        std::int64_t skipped;       // queries of the block that come before all of them, a multiple of kLanes
    };

    void someKeys(const Keys& k) {
        const std::int64_t at = (k.key - k.begin) * k.columns + k.skipped;
        const std::int64_t wide = k.columns - k.skipped, packed = k.skipped * kPair<E>;
        multiply<E>({m_keys + k.key * m_size, m_size, m_queryColumns + packed, k.columns * kPair<E>,
                     m_scores + at, k.columns, k.keys, wide, m_depth, false});
        multiply<E>({m_values + k.key * m_size, m_size, m_outputColumns + packed, k.columns * kPair<E>,
                     m_weightGradient + at, k.columns, k.keys, wide, m_depth, false});
        for (std::int64_t row = 0; row < k.keys; ++row) scoreGradients(k, k.key + row);
        const std::int64_t steps = roundUp(k.count - k.skipped, kPair<E>) / kPair<E>;
        multiply<E>({m_weights + at, k.columns, m_outputPacked + k.skipped * m_size, m_size * kPair<E>,
                     m_valueGradient + k.key * m_size, m_size, k.keys, m_columns, steps, true});
        multiply<E>({m_scoreGradient + at, k.columns, m_queriesPacked + k.skipped * m_size, m_size * kPair<E>,
                     m_keyGradient + k.key * m_size, m_size, k.keys, m_columns, steps, true});
    }

    /// P and dS of one key: a row of them.
    void scoreGradients(const Keys& k, std::int64_t key) {
        const std::int64_t at = (key - k.begin) * k.columns;
        // Queries of the block that look at this key: from the key itself, or the block's first, to the last
        // whose window reaches it.
        const std::int64_t from = key > k.first ? key - k.first : 0;
        std::int64_t to = k.columns;
        if (m_shape.window > 0 && key + m_shape.window - k.first < to) to = key + m_shape.window - k.first;
        const IntVec lanes = laneNumbers();
        for (std::int64_t i = 0; i < k.skipped; i += kLanes) store(m_scoreGradient + at + i, Vec{});
        for (std::int64_t i = k.skipped; i < k.columns; i += kLanes) {
            Vec weight = exponential(load(m_scores + at + i) - load(m_logSums + i));
            Vec gradient = weight * (load(m_weightGradient + at + i) - load(m_products + i));
            if (i < from || i + kLanes > to) {
                const IntVec column = lanes + static_cast<std::int32_t>(i);
                const auto looks =
                    column >= static_cast<std::int32_t>(from) && column < static_cast<std::int32_t>(to);
                weight = looks ? weight : Vec{};
                gradient = looks ? gradient : Vec{};
            }
            store(m_weights + at + i, weight);
            store(m_scoreGradient + at + i, gradient);
        }
    }

    const AttentionGradient<E>& m_job;
    const AttentionShape& m_shape;
    Scratch m_scratch;
    bool m_ready = false;
    std::int64_t m_size = 0;     // stride of a head's rows
    std::int64_t m_columns = 0;  // of a head, in whole vectors
    std::int64_t m_depth = 0;    // steps of a sum along a head
    std::int64_t m_start = 0;
    std::int64_t m_length = 0;
    std::int64_t m_width = 0;
    std::int64_t m_keyStride = 0;
    float m_logSums[kQueryBlock] = {};
    float m_products[kQueryBlock] = {};
    E* m_keys = nullptr;                   // [keys, size], rotated
    E* m_values = nullptr;                 // [keys, size]
    E* m_keysTransposed = nullptr;         // [size, keys]
    float* m_keyGradient = nullptr;        // [keys, size]
    float* m_valueGradient = nullptr;      // [keys, size]
    E* m_queries = nullptr;                // [block, size], rotated and scaled
    E* m_queriesPacked = nullptr;          // rows in pairs
    E* m_queryColumns = nullptr;           // transposed
    E* m_output = nullptr;                 // [block, size], gradient of the output
    E* m_outputPacked = nullptr;           // rows in pairs
    E* m_outputColumns = nullptr;          // transposed
    float* m_scores = nullptr;             // [keys, block]
    float* m_weightGradient = nullptr;     // [keys, block]
    E* m_weights = nullptr;                // [keys, block]
    E* m_scoreGradient = nullptr;          // [keys, block]
    E* m_scoreGradientPairs = nullptr;     // rows in pairs
    float* m_queryGradient = nullptr;      // [size, block]
    float* m_queryGradientRows = nullptr;  // [block, size]
};

template <typename E>
void attentionBackward(const AttentionGradient<E>& job) {
    const AttentionShape& s = job.shape;
    clearTail(s, job.qkvGradient, (s.heads + 2 * s.keyValueHeads) * s.headSize);
    overSequences<AttentionBackward<E>>(job);
}

}  // namespace
}  // namespace studio
