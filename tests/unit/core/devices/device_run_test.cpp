// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>

#include "core/checkpoint/model_io.h"
#include "core/generate/generator.h"
#include "core/storage/run_folder.h"
#include "core/train/training_run.h"
#include "tests/support/sanitizers.h"
#include "tests/support/small_runs.h"
#include "tests/support/studio_test.h"
#include "tests/support/tested_device.h"

using namespace studio;
using studio::test::kBaseModel;
using studio::test::recordsOf;
namespace fs = std::filesystem;

namespace {

struct Silent final : JobObserver {
    std::string device;
    void onEvent(const JobEvent& event) override {
        if (const auto* const started = std::get_if<TrainingStarted>(&event)) device = started->device;
    }
};

}  // namespace

/// A training run as the programs start it, on a small real model: what is written, and what is answered with
/// it, is the same wherever it was computed.
class DeviceRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::addTestedDevices(); }
    void init() { STUDIO_NEEDS_SENTENCEPIECE_BESIDE_TORCH(); }

    void wholeRun_onTheDevice_endsAsOnTheCpu() {
        const QTemporaryDir folder;
        const fs::path runs = folder.path().toStdString();
        const TrainResult host = train(runs / "host", "cpu");
        const std::int64_t operators = test::pretendDeviceCounts().operators;
        const TrainResult device = train(runs / "device", test::testedDevice().str());
        QCOMPARE(test::pretendDeviceCounts().operators > operators, test::onPretendDevice());
        QCOMPARE(device.steps, std::int64_t{4});
        QVERIFY(std::abs(device.lastLoss - host.lastLoss) < 1e-4);
        QVERIFY(std::abs(device.lastEvalLoss - host.lastEvalLoss) < 1e-4);
        const auto lines = RunFolder(runs / "device").readMetrics();
        QCOMPARE(lines.size(), std::size_t{5});
        for (std::size_t i = 0; i < lines.size(); ++i) QCOMPARE(lines[i].step, static_cast<std::int64_t>(i));

        const Compute there = chooseCompute(test::testedDevice().str(), "float32", 2, 0);
        const auto trained = loadModel(device.modelFolder, chooseCompute("cpu", "float32", 2, 0));
        const auto same = loadModel(device.modelFolder, there);
        for (std::size_t i = 0; i < trained->parameters().size(); ++i)
            QVERIFY(at::equal(trained->parameters()[i].tensor, same->parameters()[i].tensor.to(at::kCPU)));
        QVERIFY(parametersNotFinite(*same).empty());
        compareAnswers(*trained, *same);
    }

private:
    static TrainResult train(const fs::path& folder, const std::string& device) {
        TrainJob job;
        job.modelFolder = kBaseModel;
        job.runFolder = folder;
        job.runName = folder.filename().string();
        job.promptTemplate = builtInTemplates().front();
        job.train = recordsOf(0, 24);
        job.validation = recordsOf(100, 6);
        job.settings.device = device;
        job.settings.precision = "float32";
        job.settings.threads = 2;
        job.settings.maxSteps = 4;
        job.settings.batchRows = 4;
        job.settings.evaluateEvery = 2;
        Silent observer;
        const TrainResult result = runTraining(job, observer, {});
        if (observer.device != device) qFatal("the run was not told where it computes");
        return result;
    }

    static void compareAnswers(const Decoder& host, const Decoder& device) {
        const auto tokenizer = loadTokenizer(kBaseModel);
        const std::string text = hydratedPrompt(builtInTemplates().front(), "Name the number after 7.", "");
        const std::vector<std::int64_t> prompt = tokenizer->encodeWithSpecials(text);
        const Tensor expected = logitsOf(host, prompt), got = logitsOf(device, prompt).to(at::kCPU);
        QVERIFY((expected - got).abs().max().item<double>() < 1e-4);
        GenerateSettings settings;
        settings.maxNewTokens = 12;
        settings.temperature = 0.0;
        const Generation a = generate(host, *tokenizer, {prompt, settings}, {}, {});
        const Generation b = generate(device, *tokenizer, {prompt, settings}, {}, {});
        QVERIFY(!a.ids.empty());
        QCOMPARE(b.ids, a.ids);
        QCOMPARE(b.text, a.text);
        QCOMPARE(b.stopReason, a.stopReason);
    }
};

STUDIO_TEST(DeviceRunTest)
#include "device_run_test.moc"
