// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/row_lengths.h"

#include <numeric>

#include "tests/support/studio_test.h"

using namespace studio::ui;

class RowLengthsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void effect_cutDroppedAndTokens() {
        const std::vector<RowLength> rows = {
            {1, 10, 20, true}, {2, 10, 40, true}, {3, 30, 40, true}, {4, 5, 6, false}};
        const CutoffEffect effect = cutoffEffect(rows, 30);
        QCOMPARE(effect.cut, qint64(1));      // row 2
        QCOMPARE(effect.dropped, qint64(2));  // row 3 keeps its prompt only, row 4 has no response
        QCOMPARE(effect.tokens, qint64(50));
    }

    void bars_holdEveryRowOnce() {
        std::vector<RowLength> rows;
        for (int i = 1; i <= 500; ++i) rows.push_back({i, 1, i == 500 ? 100'000 : i, true});
        const LengthBars bars = lengthBars(rows, 128);
        QCOMPARE(std::accumulate(bars.rows.begin(), bars.rows.end(), qint64(0)), qint64(500));
        QVERIFY(bars.rows.size() <= 20);
        QVERIFY(bars.rows.back() >= 1);  // the very long row
    }

    void suggestions_containTheCutoffInOrder() {
        const std::vector<RowLength> rows = {{1, 10, 300, true}};
        const QVector<qint64> around = cutoffSuggestions(rows, 100, 2048);
        QVERIFY(around.contains(100));
        QVERIFY(std::is_sorted(around.begin(), around.end()));
        QCOMPARE(around.size(), 4);
        QCOMPARE(cutoffSuggestions({}, 64, 0), QVector<qint64>{64});
        QVERIFY(cutoffSuggestions(rows, 1000, 200).back() == 1000);
    }
};

STUDIO_TEST(RowLengthsTest)
#include "row_lengths_test.moc"
