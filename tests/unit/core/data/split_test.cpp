// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/split.h"

#include <algorithm>
#include <limits>
#include <map>

#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

std::vector<Record> someRecords(int count) {
    std::vector<Record> records(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        records[static_cast<std::size_t>(i)].id = i + 1;
        records[static_cast<std::size_t>(i)].instruction = "question " + std::to_string(i);
    }
    return records;
}

std::map<Split, int> sizes(const std::vector<SplitAssignment>& assignments) {
    std::map<Split, int> counts;
    for (const SplitAssignment& assignment : assignments) ++counts[assignment.split];
    return counts;
}

std::map<std::int64_t, Split> byId(const std::vector<SplitAssignment>& assignments) {
    std::map<std::int64_t, Split> splits;
    for (const SplitAssignment& assignment : assignments) splits[assignment.recordId] = assignment.split;
    return splits;
}

}  // namespace

class SplitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shares_hundredRecords_exactSizes() {
        const auto counts = sizes(dealSplits(someRecords(100), {0.05, 0.1, 42}));
        QCOMPARE(counts.at(Split::Train), 85);
        QCOMPARE(counts.at(Split::Validation), 5);
        QCOMPARE(counts.at(Split::Test), 10);
    }

    void shares_fewRecords_oneEachWhereAsked() {
        const auto counts = sizes(dealSplits(someRecords(4), {0.05, 0.05, 1}));
        QCOMPARE(counts.at(Split::Validation), 1);
        QCOMPARE(counts.at(Split::Test), 1);
        QCOMPARE(sizes(dealSplits(someRecords(1), {0.5, 0.4, 1})).at(Split::Train), 1);
        QVERIFY(dealSplits({}, {}).empty());
    }

    void seed_sameAndOther_sameAndOtherDeal() {
        const std::vector<Record> records = someRecords(200);
        const auto one = byId(dealSplits(records, {0.1, 0.2, 7}));
        QVERIFY(one == byId(dealSplits(records, {0.1, 0.2, 7})));
        QVERIFY(one != byId(dealSplits(records, {0.1, 0.2, 8})));
    }

    void order_reversedRecords_sameDeal() {
        std::vector<Record> records = someRecords(120);
        const auto one = byId(dealSplits(records, {0.1, 0.2, 7}));
        std::reverse(records.begin(), records.end());
        QVERIFY(one == byId(dealSplits(records, {0.1, 0.2, 7})));
    }

    void equalPrompts_differentAnswers_sameSplit() {
        std::vector<Record> records = someRecords(90);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].instruction = "question " + std::to_string(i / 3);
            records[i].output = std::to_string(i);
        }
        const auto splits = byId(dealSplits(records, {0.2, 0.2, 3}));
        for (std::int64_t id = 1; id <= 90; id += 3) {
            QVERIFY(splits.at(id) == splits.at(id + 1) && splits.at(id) == splits.at(id + 2));
        }
        QVERIFY(sizes(dealSplits(records, {0.2, 0.2, 3})).at(Split::Test) == 18);
    }

    void fieldBorders_movedText_differentPrompts() {
        std::vector<Record> records(4);
        records[0].instruction = "ab";
        records[1].instruction = "a";
        records[1].input = "b";
        records[2].system = "ab";
        records[3].messages = "ab";
        for (std::size_t i = 0; i < records.size(); ++i) records[i].id = static_cast<std::int64_t>(i) + 1;
        QCOMPARE(sizes(dealSplits(records, {0.25, 0.5, 1})).at(Split::Test), 2);
        QCOMPARE(sizes(dealSplits(records, {0.25, 0.5, 1})).at(Split::Validation), 1);
    }

    void shares_outsideTheRange_settingInvalid() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        STUDIO_COMPARE_ERROR_TEXT(dealSplits({}, {-0.1, 0.1, 1}), ErrorCode::SettingInvalid, "validation");
        STUDIO_COMPARE_ERROR_TEXT(dealSplits({}, {0.1, 1.0, 1}), ErrorCode::SettingInvalid, "test");
        STUDIO_COMPARE_ERROR(dealSplits({}, {nan, 0.1, 1}), ErrorCode::SettingInvalid);
        STUDIO_COMPARE_ERROR(dealSplits({}, {0.5, 0.5, 1}), ErrorCode::SettingInvalid);
    }
};

STUDIO_TEST(SplitTest)
#include "split_test.moc"
