// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/batch.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace studio {

namespace {

/// The rows of one epoch, source by source: whole numbers of times each, and what is left of the weight for
/// some of them, drawn anew.
std::vector<std::size_t> mixedRows(const RowMixture& mixture, Random& random) {
    std::vector<std::vector<std::size_t>> rows(mixture.weights.size());
    for (std::size_t row = 0; row < mixture.sources.size(); ++row) rows[mixture.sources[row]].push_back(row);
    std::vector<std::size_t> order;
    for (std::size_t source = 0; source < rows.size(); ++source) {
        std::vector<std::size_t>& own = rows[source];
        auto left =
            static_cast<std::size_t>(std::llround(mixture.weights[source] * static_cast<double>(own.size())));
        random.shuffle(own);
        for (; left >= own.size() && left > 0; left -= own.size())
            order.insert(order.end(), own.begin(), own.end());
        order.insert(order.end(), own.begin(), own.begin() + static_cast<std::ptrdiff_t>(left));
    }
    return order;
}

}  // namespace

PackedBatch packExamples(const std::vector<const Example*>& examples) {
    PackedBatch batch;
    std::size_t tokens = 0;
    for (const Example* example : examples) tokens += example->ids.size();
    batch.ids.reserve(tokens);
    batch.positions.reserve(tokens);
    batch.labels.reserve(tokens);
    batch.boundaries.push_back(0);
    for (const Example* example : examples) {
        const std::size_t length = example->ids.size();
        for (std::size_t i = 0; i < length; ++i) {
            const bool learned = i + 1 < length && example->trained[i + 1] != 0;
            batch.ids.push_back(example->ids[i]);
            batch.positions.push_back(static_cast<std::int64_t>(i));
            batch.labels.push_back(learned ? example->ids[i + 1] : PackedBatch::kIgnored);
            batch.labelCount += learned ? 1 : 0;
        }
        batch.boundaries.push_back(static_cast<std::int32_t>(batch.ids.size()));
        batch.rowIds.push_back(example->rowId);
        batch.longest = std::max(batch.longest, static_cast<std::int32_t>(length));
    }
    return batch;
}

std::int64_t RowMixture::rowsPerEpoch() const {
    std::vector<std::int64_t> counts(weights.size());
    for (const std::size_t source : sources) ++counts[source];
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        rows += std::llround(weights[i] * static_cast<double>(counts[i]));
    return rows;
}

BatchSampler::BatchSampler(const std::vector<Example>& examples, std::int64_t batchRows, std::uint64_t seed,
                           RowMixture mixture)
    : m_examples(examples), m_batchRows(batchRows), m_seed(seed), m_mixture(std::move(mixture)) {
    if (examples.empty()) {
        throw Error(ErrorCode::NoTrainingRows, "There is no row to train on.",
                    "Import or accept rows and put them in the training split.");
    }
    if (rowsPerEpoch() == 0) {
        throw Error(ErrorCode::NoTrainingRows, "The mixture leaves no row to train on.",
                    "Give a source that has rows a higher weight.");
    }
    if (batchRows < 1) {
        throw Error(ErrorCode::SettingInvalid,
                    "A batch of " + std::to_string(batchRows) + " rows is not possible.",
                    "Set the batch size to 1 or more.", {std::to_string(batchRows)});
    }
}

std::int64_t BatchSampler::rowsPerEpoch() const {
    return m_mixture.empty() ? static_cast<std::int64_t>(m_examples.size()) : m_mixture.rowsPerEpoch();
}

void BatchSampler::goTo(std::int64_t epoch, std::int64_t position) {
    m_epoch = epoch;
    if (epoch >= 0) shuffle();
    m_position = static_cast<std::size_t>(position);
}

void BatchSampler::startEpoch() {
    ++m_epoch;
    m_position = 0;
    shuffle();
}

void BatchSampler::shuffle() {
    // The generator's own step is added to its seed, so seeds that differ by a multiple of it would give
    // related sequences; the seed is scrambled first and the epoch enters by another odd constant.
    constexpr std::uint64_t kEpochStep = 0xd1b54a32d192ed03ULL;
    const std::uint64_t scrambled = Random(m_seed).next();
    Random random(scrambled ^ (static_cast<std::uint64_t>(m_epoch) * kEpochStep));
    if (m_mixture.empty()) {
        m_order.resize(m_examples.size());
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    } else {
        m_order = mixedRows(m_mixture, random);
    }
    random.shuffle(m_order);
}

std::vector<const Example*> BatchSampler::nextRows() {
    if (m_epoch < 0 || m_position >= m_order.size()) startEpoch();
    const std::size_t end = std::min(m_order.size(), m_position + static_cast<std::size_t>(m_batchRows));
    std::vector<const Example*> rows;
    for (; m_position < end; ++m_position) rows.push_back(&m_examples[m_order[m_position]]);
    return rows;
}

double BatchSampler::epochsDone() const {
    if (m_epoch < 0) return 0.0;
    return static_cast<double>(m_epoch) +
           static_cast<double>(m_position) / static_cast<double>(rowsPerEpoch());
}

std::int64_t BatchSampler::batchesPerEpoch() const {
    return (rowsPerEpoch() + m_batchRows - 1) / m_batchRows;
}

std::vector<PackedBatch> packWithin(const std::vector<const Example*>& all, std::int64_t tokenBudget) {
    std::vector<PackedBatch> batches;
    std::vector<const Example*> rows;
    std::int64_t tokens = 0;
    const auto flush = [&] {
        if (!rows.empty()) batches.push_back(packExamples(rows));
        rows.clear();
        tokens = 0;
    };
    for (const Example* example : all) {
        const auto length = static_cast<std::int64_t>(example->ids.size());
        if (tokens + length > tokenBudget) flush();
        rows.push_back(example);
        tokens += length;
    }
    flush();
    return batches;
}

std::vector<PackedBatch> packInOrder(const std::vector<Example>& examples, std::int64_t tokenBudget) {
    std::vector<const Example*> rows;
    for (const Example& example : examples) rows.push_back(&example);
    return packWithin(rows, tokenBudget);
}

}  // namespace studio
