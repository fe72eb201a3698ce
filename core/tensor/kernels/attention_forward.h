// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "core/tensor/kernels/attention_rows.h"

namespace studio {
namespace {

/// One sequence and one key/value head, with the query heads that share it. Scores of a block of queries are
/// whole rows, so that the softmax needs no second pass; their exponentials are divided by their sum only
/// after the product with the values.
template <typename E>
class AttentionForward {
public:
    AttentionForward(const Attention<E>& job, std::int64_t longest) : m_job(job), m_shape(job.shape) {
        const std::int64_t size = paddedHead<E>(m_shape);
        m_columns = roundUp(m_shape.headSize, kLanes);
        m_depth = roundUp(m_shape.headSize, kPair<E>) / kPair<E>;
        const std::int64_t keys = roundUp(longest, kLanes);
        m_size = size;
        take(size, keys);
        m_ready = m_scratch.allocate();
        m_scratch.begin();
        take(size, keys);
    }
    bool ready() const { return m_ready; }

    void run(std::int64_t sequence, std::int64_t keyValueHead) {
        const AttentionShape& s = m_shape;
        m_start = s.boundaries[sequence];
        m_length = s.boundaries[sequence + 1] - m_start;
        if (m_length == 0) return;
        m_keyStride = roundUp(m_length, kLanes);
        const std::int64_t width = (s.heads + 2 * s.keyValueHeads) * s.headSize;
        const E* rows = m_job.qkv + m_start * width;
        takeHead(rows + (s.heads + keyValueHead) * s.headSize, width, s, 0, m_length, true, 1.0F, m_rows,
                 m_size);
        packTransposed(m_rows, m_size, m_length, m_size, m_keys, m_keyStride);
        takeHead(rows + (s.heads + s.keyValueHeads + keyValueHead) * s.headSize, width, s, 0, m_length, false,
                 1.0F, m_rows, m_size);
        packRows(m_rows, m_size, m_length, m_size, m_values, m_size);
        const std::int64_t group = s.heads / s.keyValueHeads;
        for (std::int64_t head = keyValueHead * group; head < (keyValueHead + 1) * group; ++head) {
            for (std::int64_t first = 0; first < m_length; first += kQueryBlock)
                block(rows + head * s.headSize, width, head, first);
        }
    }

private:
    void take(std::int64_t size, std::int64_t keys) {
        m_rows = m_scratch.template take<E>(keys * size);
        m_keys = m_scratch.template take<E>(keys * size);
        m_values = m_scratch.template take<E>((keys + 1) * size);
        m_queries = m_scratch.template take<E>(kQueryBlock * size);
        m_scores = m_scratch.template take<float>(kQueryBlock * keys);
        m_weights = m_scratch.template take<E>(kQueryBlock * keys);
        m_mixed = m_scratch.template take<float>(kQueryBlock * size);
    }

    void block(const E* queries, std::int64_t width, std::int64_t head, std::int64_t first) {
        const AttentionShape& s = m_shape;
        const std::int64_t count =
            std::int64_t{m_length - first} < kQueryBlock ? m_length - first : kQueryBlock;
        const float scale = 1.0F / std::sqrt(static_cast<float>(s.headSize));
        takeHead(queries + first * width, width, s, first, count, true, scale, m_queries, m_size);
        const std::int64_t begin = firstKey(s, first);
        const std::int64_t columns = roundUp(first + count - begin, kLanes);
        // All queries of the block look at the keys before it; of its own, each few queries at as many as
        // they need.
        multiply<E>({m_queries, m_size, m_keys + begin * kPair<E>, m_keyStride * kPair<E>, m_scores, columns,
                     count, first - begin, m_depth, false});
        float inverse[kQueryBlock];
        for (std::int64_t row = 0; row < count; row += kFew)
            few({head, first, row, count - row < kFew ? count - row : kFew, begin, columns}, inverse);
        for (std::int64_t row = 0; row < count; ++row) {
            E* out = m_job.output + (m_start + first + row) * s.heads * s.headSize + head * s.headSize;
            forLanes(s.headSize, [&](std::int64_t i, int lanes) {
                storeFirst(out + i, loadFirst(m_mixed + row * m_size + i, lanes) * inverse[row], lanes);
            });
        }
    }

    /// Some queries of a block.
    struct Few {
        std::int64_t head, first;  // the block's first query
        std::int64_t row, count;   // within the block
        std::int64_t begin;        // first key of the block's scores
        std::int64_t columns;      // a row of them
    };

    void few(const Few& q, float* inverse) {
        const std::int64_t own = roundUp(q.row + q.count, kLanes);
        const std::int64_t before = q.first - q.begin;
        multiply<E>({m_queries + q.row * m_size, m_size, m_keys + q.first * kPair<E>, m_keyStride * kPair<E>,
                     m_scores + q.row * q.columns + before, q.columns, q.count, own, m_depth, false});
        for (std::int64_t row = q.row; row < q.row + q.count; ++row) {
            const std::int64_t query = q.first + row, begin = q.begin;
            const std::int64_t from =
                m_shape.window > 0 && query - m_shape.window + 1 > begin ? query - m_shape.window + 1 : begin;
            const float logSum =
                softmaxRow(row * q.columns, before + own, from - begin, query + 1 - begin, inverse[row]);
            m_job.logSumExp[q.head * m_shape.tokens + m_start + query] = logSum;
        }
        const std::int64_t keys = q.first + q.row + q.count - q.begin;
        multiply<E>({m_weights + q.row * q.columns, q.columns, m_values + q.begin * m_size, m_size * kPair<E>,
                     m_mixed + q.row * m_size, m_size, q.count, m_columns, roundUp(keys, kPair<E>) / kPair<E>,
                     false});
    }

    /// Exponentials of the scores in [from, to) of the row that begins `at`, 0 elsewhere up to `columns`.
    /// Returns the log of their sum.
    float softmaxRow(std::int64_t at, std::int64_t columns, std::int64_t from, std::int64_t to,
                     float& inverse) {
        const float* scores = m_scores + at;
        E* weights = m_weights + at;
        const IntVec lanes = laneNumbers();
        const Vec none = all(-3.0e38F);
        const auto valid = [&](std::int64_t i) {
            const IntVec column = lanes + static_cast<std::int32_t>(i);
            return column >= static_cast<std::int32_t>(from) && column < static_cast<std::int32_t>(to);
        };
        const std::int64_t firstFull = roundUp(from, kLanes);
        const std::int64_t lastFull = to / kLanes * kLanes;
        const auto score = [&](std::int64_t i) {
            const Vec x = load(scores + i);
            return i >= firstFull && i < lastFull ? x : (valid(i) ? x : none);
        };
        const std::int64_t begin = from / kLanes * kLanes;
        const std::int64_t end = roundUp(to, kLanes);
        Vec most = none;
        for (std::int64_t i = begin; i < end; i += kLanes) most = maximum(most, score(i));
        const float top = largest(most);
        Vec total{};
        for (std::int64_t i = 0; i < begin; i += kLanes) store(weights + i, Vec{});
        for (std::int64_t i = begin; i < end; i += kLanes) {
            Vec e = exponential(load(scores + i) - top);
            if (i < firstFull || i >= lastFull) e = valid(i) ? e : Vec{};
            total += e;
            store(weights + i, e);
        }
        for (std::int64_t i = end; i < columns; i += kLanes) store(weights + i, Vec{});
        const float whole = sum(total);
        inverse = 1.0F / whole;
        return top + std::log(whole);
    }

    const Attention<E>& m_job;
    const AttentionShape& m_shape;
    Scratch m_scratch;
    bool m_ready = false;
    std::int64_t m_size = 0;       // stride of a head's rows
    std::int64_t m_columns = 0;    // of a head, in whole vectors
    std::int64_t m_depth = 0;      // steps of a sum along a head
    std::int64_t m_start = 0;      // of the sequence in the batch
    std::int64_t m_length = 0;     // of the sequence
    std::int64_t m_keyStride = 0;  // columns of the packed keys
    E* m_rows = nullptr;           // [keys, size]
    E* m_keys = nullptr;           // packed transposed
    E* m_values = nullptr;         // packed rows
    E* m_queries = nullptr;        // [block, size]
    float* m_scores = nullptr;     // [block, keys]
    E* m_weights = nullptr;        // [block, keys]
    float* m_mixed = nullptr;      // [block, size]
};

template <typename E>
void attentionForward(const Attention<E>& job) {
    const AttentionShape& s = job.shape;
    clearTail(s, job.output, s.heads * s.headSize);
    overSequences<AttentionForward<E>>(job);
}

}  // namespace
}  // namespace studio
