// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/exact_match.h"

#include "tests/support/studio_test.h"

using namespace studio;

class ExactMatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exactMatch_trimsEndsOnly() {
        QVERIFY(exactMatch(" \n\tMexico City.\r\n", "Mexico City."));
        QVERIFY(exactMatch("墨西哥城", "墨西哥城 "));
        QVERIFY(exactMatch("", " \n"));
        QVERIFY(!exactMatch("Mexico  City.", "Mexico City."));
        QVERIFY(!exactMatch("mexico City.", "Mexico City."));
        QVERIFY(!exactMatch("Mexico City", "Mexico City."));
        QVERIFY(!exactMatch("", "Mexico City."));
    }

    void matchCount_countsAndGivesPercent() {
        MatchCount count;
        QCOMPARE(count.percent(), 0.0);
        count.add(true);
        count.add(false);
        count.add(true);
        count.add(true);
        QCOMPARE(count.matched, std::int64_t{3});
        QCOMPARE(count.all, std::int64_t{4});
        QCOMPARE(count.percent(), 75.0);
    }
};

STUDIO_TEST(ExactMatchTest)
#include "exact_match_test.moc"
