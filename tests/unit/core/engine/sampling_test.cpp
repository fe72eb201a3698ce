// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/generate/sampler.h"
#include "core/generate/stop_watcher.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

std::map<std::int64_t, int> draw(const GenerateSettings& settings, const std::vector<float>& logits,
                                 int times) {
    Sampler sampler(settings);
    std::map<std::int64_t, int> counts;
    for (int i = 0; i < times; ++i) {
        std::vector<float> copy = logits;
        ++counts[sampler.next(copy, {})];
    }
    return counts;
}

/// As the definitions of top-k and top-p read: all choices sorted, then cut.
std::int64_t drawFromSorted(const GenerateSettings& settings, const std::vector<float>& logits,
                            Random& random) {
    const double highest = *std::max_element(logits.begin(), logits.end());
    std::vector<std::pair<double, std::int64_t>> choices;  // less likely first when negated; ids break ties
    for (std::size_t i = 0; i < logits.size(); ++i)
        choices.emplace_back(-std::exp((logits[i] - highest) / settings.temperature), i);
    double total = 0.0;
    for (const auto& choice : choices) total -= choice.first;
    std::sort(choices.begin(), choices.end());
    if (settings.topK > 0) {
        choices.resize(static_cast<std::size_t>(settings.topK));
        total = 0.0;
        for (const auto& choice : choices) total -= choice.first;
    }
    double reached = 0.0;
    std::size_t kept = 0;
    while (kept < choices.size() && reached < settings.topP) reached -= choices[kept++].first / total;
    choices.resize(kept);
    double rest = 0.0;
    for (const auto& choice : choices) rest -= choice.first;
    rest *= random.uniform();
    for (const auto& choice : choices) {
        rest += choice.first;
        if (rest < 0.0) return choice.second;
    }
    return choices.back().second;
}

}  // namespace

class SamplingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void greedy_tie_takesLowestId() {
        QCOMPARE(draw({}, {1.0F, 3.0F, 3.0F}, 5), (std::map<std::int64_t, int>{{1, 5}}));
    }

    void temperature_one_followsTheProbabilities() {
        GenerateSettings settings;
        settings.temperature = 1.0;
        const auto counts = draw(settings, {0.0F, std::log(3.0F)}, 8000);  // 1/4 and 3/4
        QVERIFY2(std::abs(counts.at(0) - 2000) < 150, qPrintable(QString::number(counts.at(0))));
    }

    void temperature_low_sharpens() {
        GenerateSettings settings;
        settings.temperature = 0.5;
        const auto counts = draw(settings, {0.0F, std::log(3.0F)}, 8000);  // 1/10 and 9/10
        QVERIFY2(std::abs(counts.at(0) - 800) < 120, qPrintable(QString::number(counts.at(0))));
    }

    void topK_two_neverDrawsTheThird() {
        GenerateSettings settings;
        settings.temperature = 1.0;
        settings.topK = 2;
        const auto counts = draw(settings, {1.0F, 1.1F, 0.9F, 0.8F}, 2000);
        QCOMPARE(counts.size(), std::size_t{2});
        QVERIFY(counts.count(0) && counts.count(1));
    }

    void topP_half_keepsTheSmallestSufficientSet() {
        GenerateSettings settings;
        settings.temperature = 1.0;
        settings.topP = 0.5;
        // Probabilities 0.4, 0.3, 0.2, 0.1: the first two reach one half.
        const auto counts = draw(settings, {std::log(4.0F), std::log(3.0F), std::log(2.0F), 0.0F}, 4000);
        QCOMPARE(counts.size(), std::size_t{2});
        QVERIFY(counts.count(0) && counts.count(1));
    }

    void cutChoices_manyTokens_areThoseOfASortedList() {
        Random random(7);
        std::vector<float> logits(3000);
        for (float& logit : logits)
            logit = std::round(static_cast<float>(random.uniform()) * 40.0F) / 8.0F;  // ties
        for (const auto& [topK, topP] : {std::pair{0, 0.9}, {40, 1.0}, {40, 0.7}, {1, 0.5}, {0, 0.01}}) {
            GenerateSettings settings;
            settings.temperature = 0.8;
            settings.topK = topK;
            settings.topP = topP;
            Sampler sampler(settings);
            Random same(static_cast<std::uint64_t>(settings.seed));
            for (int i = 0; i < 40; ++i) {
                std::vector<float> copy = logits;
                QCOMPARE(sampler.next(copy, {}), drawFromSorted(settings, logits, same));
            }
        }
    }

    void sameSeed_always_drawsTheSame() {
        GenerateSettings settings;
        settings.temperature = 1.0;
        Sampler a(settings), b(settings);
        for (int i = 0; i < 50; ++i) {
            std::vector<float> x{0.1F, 0.2F, 0.3F}, y = x;
            QCOMPARE(a.next(x, {}), b.next(y, {}));
        }
    }

    void repetitionPenalty_seenToken_losesItsLead() {
        GenerateSettings settings;
        settings.repetitionPenalty = 1.5;
        Sampler sampler(settings);
        std::vector<float> logits{2.0F, 1.8F, -1.0F};
        QCOMPARE(sampler.next(logits, {0}), std::int64_t{1});
        std::vector<float> negative{-1.0F, -1.2F};
        QCOMPARE(sampler.next(negative, {0}), std::int64_t{1});
    }

    void stopString_acrossPieces_endsBeforeIt() {
        StopWatcher watcher({"###", "\n\n"});
        QCOMPARE(watcher.push("Hello #"), std::string("Hello "));
        QCOMPARE(watcher.push("1\n"), std::string("#1"));
        QCOMPARE(watcher.push("x ##"), std::string("\nx "));
        QVERIFY(!watcher.stopped());
        QCOMPARE(watcher.push("# more"), std::string());
        QVERIFY(watcher.stopped());
        QCOMPARE(watcher.finish(), std::string());
    }

    void heldText_noStopString_comesAtTheEnd() {
        StopWatcher watcher({"###"});
        QCOMPARE(watcher.push("a##"), std::string("a"));
        QCOMPARE(watcher.finish(), std::string("##"));
    }
};

STUDIO_TEST(SamplingTest)
#include "sampling_test.moc"
