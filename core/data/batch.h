// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/data/example.h"

namespace studio {

/// Several rows laid end to end, without padding. All vectors but the last three have one entry a token.
struct PackedBatch {
    static constexpr std::int64_t kIgnored = -100;  ///< label of a position that is not learned

    std::vector<std::int64_t> ids;         // [tokens]
    std::vector<std::int64_t> positions;   // [tokens], from 0 within each row
    std::vector<std::int64_t> labels;      // [tokens], the next token's id or kIgnored
    std::vector<std::int32_t> boundaries;  // [rows + 1], cumulative lengths from 0 (cu_seqlens)
    std::vector<std::int64_t> rowIds;      // [rows]
    std::int32_t longest = 0;              ///< tokens of the longest row
    std::int64_t labelCount = 0;
};

PackedBatch packExamples(const std::vector<const Example*>& examples);

/// Rows of several sources, some of which come more often than others.
struct RowMixture {
    std::vector<std::size_t> sources;  ///< of each row, an index of `weights`; empty: every row comes once
    std::vector<double> weights;       ///< how often a source's rows come in one epoch

    bool empty() const { return sources.empty(); }
    /// Rows that one epoch has: of n rows with weight w, w n, rounded.
    std::int64_t rowsPerEpoch() const;
};

/// Hands out micro-batches of rows, epoch after epoch, shuffled anew each epoch by the seed. The order
/// depends on seed and epoch only. With a mixture, a source of weight 2.5 has each of its rows twice in an
/// epoch and half of them, others each time, once more.
class BatchSampler {
public:
    /// Throws NoTrainingRows where there is no row, or none of a weight above 0; SettingInvalid.
    BatchSampler(const std::vector<Example>& examples, std::int64_t batchRows, std::uint64_t seed,
                 RowMixture mixture = {});
    /// The rows of the next micro-batch; the last one of an epoch may have fewer. They never mix epochs.
    std::vector<const Example*> nextRows();
    PackedBatch next() { return packExamples(nextRows()); }
    std::int64_t epoch() const { return m_epoch; }                                   ///< epochs begun, from 0
    std::int64_t position() const { return static_cast<std::int64_t>(m_position); }  ///< rows taken of it
    /// Goes on as a sampler of the same rows and seed does after it has stood there.
    void goTo(std::int64_t epoch, std::int64_t position);
    double epochsDone() const;  ///< fractional
    std::int64_t batchesPerEpoch() const;
    std::int64_t rowsPerEpoch() const;

private:
    void startEpoch();
    void shuffle();

    const std::vector<Example>& m_examples;
    std::int64_t m_batchRows;
    std::uint64_t m_seed;
    RowMixture m_mixture;
    std::int64_t m_epoch = -1;
    std::size_t m_position = 0;
    std::vector<std::size_t> m_order;
};

/// Tokens that are evaluated together: an evaluation has no gradients to hold, so that it takes more at once
/// than a training batch needs.
inline constexpr std::int64_t kEvaluationTokens = 8192;

/// The rows in parts of at most `tokenBudget` tokens, in order; a longer row is a part by itself.
std::vector<PackedBatch> packWithin(const std::vector<const Example*>& rows, std::int64_t tokenBudget);

/// The rows in their own order, for evaluation; at most `tokenBudget` tokens a batch (at least one row).
std::vector<PackedBatch> packInOrder(const std::vector<Example>& examples, std::int64_t tokenBudget);

}  // namespace studio
