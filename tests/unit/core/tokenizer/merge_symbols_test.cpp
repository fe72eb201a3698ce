// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/merge_symbols.h"

#include <random>

#include "tests/support/studio_test.h"

using studio::MergeTable;
using studio::TokenId;
using studio::WordToken;

namespace {

/// The definition, word for word: the merge of the smallest rank, the leftmost first, until there is none.
std::vector<WordToken> mergedByDefinition(const MergeTable& merges, std::vector<WordToken> symbols) {
    while (true) {
        MergeTable::Merge best;
        std::size_t place = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto merge = merges.find(symbols[i].id, symbols[i + 1].id);
            if (merge.rank < best.rank) {
                best = merge;
                place = i;
            }
        }
        if (best.rank == MergeTable::kNoRank) return symbols;
        symbols[place] = {best.result, symbols[place + 1].end};
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(place) + 1);
    }
}

/// Merges among few letters. `shuffled`: ranks in any order, so that a merge may make one of a smaller rank
/// possible, as in vocabularies that were put together by hand.
MergeTable randomMerges(std::mt19937& random, bool shuffled) {
    constexpr TokenId kLetters = 4;
    constexpr std::uint32_t kMerges = 60;
    std::vector<std::pair<TokenId, TokenId>> pairs;
    for (std::uint32_t i = 0; i < kMerges; ++i)
        pairs.emplace_back(random() % (kLetters + i), random() % (kLetters + i));
    std::vector<std::uint32_t> ranks(kMerges);
    for (std::uint32_t i = 0; i < kMerges; ++i) ranks[i] = i;
    if (shuffled) std::shuffle(ranks.begin(), ranks.end(), random);
    MergeTable merges;
    for (std::uint32_t i = 0; i < kMerges; ++i)
        merges.set(pairs[i].first, pairs[i].second, {ranks[i], kLetters + i});
    return merges;
}

std::vector<WordToken> randomWord(std::mt19937& random, std::size_t size, TokenId letters) {
    std::vector<WordToken> word;
    for (std::size_t i = 0; i < size; ++i)
        word.push_back({static_cast<TokenId>(random() % letters), static_cast<std::uint32_t>(i + 1)});
    return word;
}

bool same(const std::vector<WordToken>& a, const std::vector<WordToken>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const WordToken& x, const WordToken& y) { return x.id == y.id && x.end == y.end; });
}

}  // namespace

class MergeSymbolsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mergeSymbols_anySize_followsTheDefinition_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("words");
        QTest::newRow("short") << 12 << 400;
        QTest::newRow("longest that is searched") << 64 << 60;
        QTest::newRow("heap") << 65 << 60;
        QTest::newRow("longer heap") << 1500 << 6;
        QTest::newRow("ranks") << 9000 << 2;
    }

    void mergeSymbols_anySize_followsTheDefinition() {
        QFETCH(const int, size);
        QFETCH(const int, words);
        std::mt19937 random(7);
        std::size_t merged = 0;
        for (const bool shuffled : {false, true}) {
            for (int i = 0; i < words; ++i) {
                const MergeTable merges = randomMerges(random, shuffled);
                // Of one letter only: every pair overlaps with the next.
                const TokenId letters = i % 3 == 0 ? 1 : 4;
                auto word = randomWord(random, static_cast<std::size_t>(size), letters);
                const auto expected = mergedByDefinition(merges, word);
                studio::mergeSymbols(merges, word);
                QVERIFY2(same(word, expected), QByteArray::number(i).constData());
                merged += static_cast<std::size_t>(size) - word.size();
            }
        }
        QVERIFY(merged > 0);
    }

    void mergeSymbols_emptyAndSingle_stay() {
        MergeTable merges;
        merges.set(0, 0, {0, 1});
        std::vector<WordToken> word;
        studio::mergeSymbols(merges, word);
        QVERIFY(word.empty());
        word = {{0, 1}};
        studio::mergeSymbols(merges, word);
        QCOMPARE(word.size(), std::size_t{1});
        QCOMPARE(word[0].id, TokenId{0});
    }

    void mergeTable_pairGivenTwice_hasTheLaterRank() {
        MergeTable merges;
        merges.set(1, 2, {0, 3});
        merges.set(1, 2, {5, 3});
        QCOMPARE(merges.find(1, 2).rank, std::uint32_t{5});
        QCOMPARE(merges.find(2, 1).rank, MergeTable::kNoRank);
        QCOMPARE(MergeTable().find(1, 2).rank, MergeTable::kNoRank);
    }

    void mergeSymbols_longWord_takesAlmostLinearTime() {
        std::mt19937 random(3);
        const MergeTable merges = randomMerges(random, false);
        const auto milliseconds = [&](std::size_t size) {
            auto word = randomWord(random, size, 4);
            QElapsedTimer timer;
            timer.start();
            studio::mergeSymbols(merges, word);
            return static_cast<double>(timer.nsecsElapsed()) * 1e-6;
        };
        milliseconds(100'000);
        const double small = milliseconds(100'000);
        const double large = milliseconds(1'600'000);
        // Sixteen times the text: quadratic time would be 256 times as long.
        QVERIFY2(large < 80 * std::max(small, 1.0),
                 qPrintable(QString("%1 ms, %2 ms").arg(small).arg(large)));
    }
};

STUDIO_TEST(MergeSymbolsTest)
#include "merge_symbols_test.moc"
