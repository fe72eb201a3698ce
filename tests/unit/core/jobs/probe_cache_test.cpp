// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/probe_cache.h"

#include <fstream>

#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

ProbeResult resultOf(double rate) {
    ProbeResult result;
    result.steps = 7;
    result.tokensPerSecond = rate;
    result.secondsPerStep = 0.25;
    result.evaluationTokensPerSecond = 3.0;
    result.peakMemoryBytes = 123'456'789;
    result.heaviestTokens = 800;
    result.device = "cpu";
    result.precision = "bfloat16";
    result.threads = 2;
    return result;
}

}  // namespace

class ProbeCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kept_isFoundByAnotherObject() {
        const test::TemporaryFolder folder;
        const auto file = folder / "deep" / "probes.json";
        QVERIFY(!ProbeCache(file).find("a").has_value());
        ProbeCache(file).keep("a", resultOf(10.0));
        ProbeCache(file).keep("b", resultOf(20.0));
        ProbeCache(file).keep("a", resultOf(30.0));
        QVERIFY(ProbeCache(file).find("a") == resultOf(30.0));
        QVERIFY(ProbeCache(file).find("b") == resultOf(20.0));
        QVERIFY(!ProbeCache(file).find("c").has_value());
    }

    void many_theOldestGo() {
        const test::TemporaryFolder folder;
        const ProbeCache cache(folder / "probes.json");
        for (std::size_t i = 0; i < ProbeCache::kMost + 2; ++i)
            cache.keep("key " + std::to_string(i), resultOf(1.0));
        QVERIFY(!cache.find("key 1").has_value());
        QVERIFY(cache.find("key 2").has_value());
    }

    void damaged_countsAsEmpty() {
        const test::TemporaryFolder folder;
        for (const char* text : {"", "{", "[1]", R"([{"key":"a","probe":{"steps":"x"}}])"}) {
            std::ofstream(folder / "probes.json", std::ios::trunc) << text;
            const ProbeCache cache(folder / "probes.json");
            QVERIFY2(!cache.find("a").has_value(), text);
            cache.keep("a", resultOf(1.0));
            QVERIFY2(cache.find("a").has_value(), text);
        }
    }

    void unwritable_isNoError() {
        const ProbeCache cache("/proc/nowhere/probes.json");
        cache.keep("a", resultOf(1.0));
        QVERIFY(!cache.find("a").has_value());
    }

    void key_changesWithWhatMatters() {
        const test::TemporaryFolder folder;
        std::ofstream(folder / "config.json") << "{}";
        TrainJob job;
        job.modelFolder = folder.path();
        const std::string key = ProbeCache::keyOf(job);
        TrainJob longer = job;
        longer.settings.maxSteps = 500;
        longer.settings.learningRate = 0.01;
        QCOMPARE(ProbeCache::keyOf(longer), key);
        TrainJob wider = job;
        wider.settings.batchRows = 3;
        QVERIFY(ProbeCache::keyOf(wider) != key);
        TrainJob again = job;
        again.settings.gradientCheckpointing = true;
        QVERIFY(ProbeCache::keyOf(again) != key);
        const auto rows = std::make_shared<const std::vector<Record>>(5);
        TrainJob evaluated = job;
        evaluated.validation = rows;
        QVERIFY(ProbeCache::keyOf(evaluated) != key);
        TrainJob asked = evaluated;
        asked.settings.sampleEvery = 10;
        QVERIFY(ProbeCache::keyOf(asked) != ProbeCache::keyOf(evaluated));
        TrainJob askedRarely = asked;
        askedRarely.settings.sampleEvery = 90;
        QCOMPARE(ProbeCache::keyOf(askedRarely), ProbeCache::keyOf(asked));
        TrainJob chosen = asked;
        chosen.samplePrompts.resize(static_cast<std::size_t>(kSampledRows));
        QCOMPARE(ProbeCache::keyOf(chosen), ProbeCache::keyOf(asked));
        chosen.samplePrompts.resize(9);
        QVERIFY(ProbeCache::keyOf(chosen) != ProbeCache::keyOf(asked));
        chosen.settings.sampleEvery = 0;
        QCOMPARE(ProbeCache::keyOf(chosen), ProbeCache::keyOf(evaluated));
        std::ofstream(folder / "config.json", std::ios::app) << " ";
        QVERIFY(ProbeCache::keyOf(job) != key);
    }
};

STUDIO_TEST(ProbeCacheTest)
#include "probe_cache_test.moc"
