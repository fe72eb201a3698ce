// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <algorithm>
#include <numeric>

#include "tests/support/studio_test.h"

using namespace studio;

class RandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void
    seed_zero_isFilledBySplitMix64() {  // first outputs of SplitMix64 from 0, as published with the generator
        const std::array<std::uint64_t, 4> expected{0xe220a8397b1dcdafULL, 0x6e789e6aa1b965f4ULL,
                                                    0x06c45d188009454fULL, 0xf88bb8a8724c81ecULL};
        QCOMPARE(Random(0).state(), expected);
    }

    void next_knownState_followsTheRecurrence() {
        Random random(0);
        random.setState({1, 2, 3, 4});
        // rotl(2 * 5, 7) * 9, then the state by hand: t = 2 << 17; s2 ^= s0; s3 ^= s1; s1 ^= s2; s0 ^= s3; s2
        // ^= t
        QCOMPARE(random.next(), std::uint64_t{11520});
        QCOMPARE(random.next(), std::uint64_t{0});
        QCOMPARE(random.next(), std::uint64_t{1509978240});
    }

    void setState_continuesTheSequence() {
        Random first(7);
        first.next();
        Random second(0);
        second.setState(first.state());
        for (int i = 0; i < 100; ++i) QCOMPARE(second.next(), first.next());
    }

    void below_isInRangeAndEven() {
        Random random(3);
        std::array<int, 6> counts{};
        for (int i = 0; i < 60000; ++i) ++counts[random.below(6)];
        for (const int count : counts) QVERIFY(count > 9500 && count < 10500);
        QCOMPARE(random.below(1), std::uint64_t{0});
    }

    void uniform_isInTheHalfOpenInterval() {
        Random random(4);
        double sum = 0;
        for (int i = 0; i < 10000; ++i) {
            const double number = random.uniform();
            QVERIFY(number >= 0.0 && number < 1.0);
            sum += number;
        }
        QVERIFY(sum > 4850 && sum < 5150);
    }

    void shuffle_isAPermutationNamedByItsSeed() {
        std::vector<int> first(50);
        std::iota(first.begin(), first.end(), 0);
        std::vector<int> second = first;
        const std::vector<int> sorted = first;
        Random(9).shuffle(first);
        Random(9).shuffle(second);
        QCOMPARE(first, second);
        QVERIFY(first != sorted);
        std::sort(first.begin(), first.end());
        QCOMPARE(first, sorted);
    }
};

STUDIO_TEST(RandomTest)
#include "random_test.moc"
