// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/batch.h"

#include <algorithm>

#include "core/base/error.h"
#include "tests/support/studio_test.h"

using studio::Example;
using studio::PackedBatch;
using Numbers = std::vector<std::int64_t>;

namespace {

Example example(std::int64_t rowId, std::vector<std::int32_t> ids, std::vector<std::uint8_t> trained) {
    Example result;
    result.rowId = rowId;
    result.ids = std::move(ids);
    result.trained = std::move(trained);
    result.uncutLength = static_cast<std::int32_t>(result.ids.size());
    return result;
}

std::vector<Example> rows(std::int64_t count) {
    std::vector<Example> list;
    for (std::int64_t i = 0; i < count; ++i) list.push_back(example(100 + i, {1, 2}, {0, 1}));
    return list;
}

Numbers epochOrder(studio::BatchSampler& sampler) {
    Numbers order;
    for (std::int64_t i = 0; i < sampler.batchesPerEpoch(); ++i) {
        const auto batch = sampler.next();
        order.insert(order.end(), batch.rowIds.begin(), batch.rowIds.end());
    }
    return order;
}

}  // namespace

class BatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packExamples_handMade_isExact() {
        const auto first = example(11, {1, 5, 6, 7, 2}, {0, 0, 0, 1, 1});
        const auto second = example(12, {1, 8, 9}, {1, 1, 1});
        const auto batch = studio::packExamples({&first, &second});
        const std::int64_t none = PackedBatch::kIgnored;
        QCOMPARE(batch.ids, (Numbers{1, 5, 6, 7, 2, 1, 8, 9}));
        QCOMPARE(batch.positions, (Numbers{0, 1, 2, 3, 4, 0, 1, 2}));
        QCOMPARE(batch.labels, (Numbers{none, none, 7, 2, none, 8, 9, none}));
        QCOMPARE(batch.boundaries, (std::vector<std::int32_t>{0, 5, 8}));
        QCOMPARE(batch.rowIds, (Numbers{11, 12}));
        QCOMPARE(batch.longest, 5);
        QCOMPARE(batch.labelCount, first.labelCount() + second.labelCount());
    }

    void sampler_mixture_countsEachSourceExactly() {
        const auto list = rows(30);
        studio::RowMixture mixture;
        for (std::size_t i = 0; i < list.size(); ++i) mixture.sources.push_back(i < 10 ? 0 : i < 20 ? 1 : 2);
        mixture.weights = {2.5, 1.0, 0.0};
        studio::BatchSampler sampler(list, 4, 7, mixture);
        QCOMPARE(sampler.batchesPerEpoch(), std::int64_t{9});  // 25 + 10 rows
        std::vector<Numbers> epochs;
        for (int epoch = 0; epoch < 3; ++epoch) {
            Numbers order = epochOrder(sampler);
            QCOMPARE(order.size(), std::size_t{35});
            for (std::int64_t row = 100; row < 130; ++row) {
                const auto times = std::count(order.begin(), order.end(), row);
                if (row < 110) QVERIFY(times == 2 || times == 3);
                if (row >= 110) QCOMPARE(times, row < 120 ? 1 : 0);
            }
            std::sort(order.begin(), order.end());
            epochs.push_back(order);
        }
        // The half of the first source that comes once more is another half each time.
        QVERIFY(epochs[0] != epochs[1] || epochs[1] != epochs[2]);
        QVERIFY(std::abs(sampler.epochsDone() - 3.0) < 1e-12);
    }

    void sampler_mixture_goesOnFromAPosition() {
        const auto list = rows(12);
        studio::RowMixture mixture{std::vector<std::size_t>(12, 0), {1.5}};
        studio::BatchSampler first(list, 5, 3, mixture), second(list, 5, 3, mixture);
        for (int i = 0; i < 6; ++i) first.next();
        second.goTo(first.epoch(), first.position());
        QCOMPARE(second.next().rowIds, first.next().rowIds);
    }

    void sampler_mixtureWithoutRows_isRefused() {
        const auto list = rows(3);
        QVERIFY_EXCEPTION_THROWN(studio::BatchSampler(list, 5, 3, {std::vector<std::size_t>(3, 0), {0.1}}),
                                 studio::Error);
    }

    void packWithin_budget_keepsOrderAndRowsWhole() {
        std::vector<Example> list = {example(1, {1, 2, 3}, {0, 1, 1}), example(2, {1, 2}, {0, 1}),
                                     example(3, {1, 2, 3, 4, 5, 6, 7}, {0, 1, 1, 1, 1, 1, 1}),
                                     example(4, {1}, {0})};
        std::vector<const Example*> pointers;
        for (const Example& row : list) pointers.push_back(&row);
        const auto parts = studio::packWithin(pointers, 5);
        QCOMPARE(parts.size(), std::size_t{3});
        QCOMPARE(parts[0].rowIds, (Numbers{1, 2}));
        QCOMPARE(parts[1].rowIds, (Numbers{3}));
        QCOMPARE(parts[2].rowIds, (Numbers{4}));
    }

    void sampler_everyEpoch_hasEveryRowOnce() {
        const auto list = rows(23);
        studio::BatchSampler sampler(list, 4, 7);
        QCOMPARE(sampler.batchesPerEpoch(), 6);
        Numbers expected;
        for (const auto& row : list) expected.push_back(row.rowId);
        for (int epoch = 0; epoch < 5; ++epoch) {
            Numbers order = epochOrder(sampler);
            QCOMPARE(sampler.epoch(), epoch);
            QCOMPARE(sampler.epochsDone(), epoch + 1.0);
            std::sort(order.begin(), order.end());
            QCOMPARE(order, expected);
        }
    }

    void sampler_sameSeed_givesTheSameOrder() {
        const auto list = rows(40);
        studio::BatchSampler one(list, 8, 42);
        studio::BatchSampler other(list, 5, 42);
        studio::BatchSampler another(list, 8, 43);
        const auto first = epochOrder(one);
        QCOMPARE(epochOrder(other), first);  // whatever the batch size
        QVERIFY(epochOrder(another) != first);
        const auto second = epochOrder(one);
        QVERIFY(second != first);
        QCOMPARE(epochOrder(other), second);
    }

    void sampler_lastBatch_doesNotMixEpochs() {
        const auto list = rows(5);
        studio::BatchSampler sampler(list, 3, 1);
        QCOMPARE(sampler.epochsDone(), 0.0);
        QCOMPARE(sampler.next().rowIds.size(), std::size_t{3});
        QCOMPARE(sampler.epochsDone(), 0.6);
        QCOMPARE(sampler.next().rowIds.size(), std::size_t{2});
        QCOMPARE(sampler.next().rowIds.size(), std::size_t{3});
        QCOMPARE(sampler.epoch(), 1);
    }

    void sampler_withoutRows_isRefused() {
        const std::vector<Example> none;
        QVERIFY_EXCEPTION_THROWN(studio::BatchSampler(none, 4, 1), studio::Error);
        const auto list = rows(1);
        QVERIFY_EXCEPTION_THROWN(studio::BatchSampler(list, 0, 1), studio::Error);
    }

    void packInOrder_budget_isKeptInOrder() {
        std::vector<Example> list = rows(5);
        list.insert(list.begin() + 1,
                    example(99, std::vector<std::int32_t>(10, 3), std::vector<std::uint8_t>(10, 1)));
        const auto batches = studio::packInOrder(list, 4);
        Numbers order;
        for (const auto& batch : batches) {
            QVERIFY(batch.ids.size() <= 4 || batch.rowIds.size() == 1);
            order.insert(order.end(), batch.rowIds.begin(), batch.rowIds.end());
        }
        QCOMPARE(order, (Numbers{100, 99, 101, 102, 103, 104}));
        QCOMPARE(batches.size(), std::size_t{4});
    }
};

STUDIO_TEST(BatchTest)
#include "batch_test.moc"
