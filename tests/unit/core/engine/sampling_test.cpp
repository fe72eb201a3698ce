// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

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
