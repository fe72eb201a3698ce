// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/train/trainer.h"
#include "tests/support/studio_test.h"
#include "tests/support/tested_device.h"
#include "tests/support/tiny_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// A line with how often the host had waited for the device when it came.
struct HeardLine {
    MetricsLine line;
    std::int64_t waits = 0;
};

struct Recorder final : TrainerObserver {
    std::vector<HeardLine> lines;
    std::function<void(std::int64_t)> afterStep;
    std::function<void(const std::string&)> afterStage;
    void onStage(const std::string& stage) override {
        if (afterStage) afterStage(stage);
    }
    void onMetrics(const MetricsLine& line, double) override {
        lines.push_back({line, test::pretendDeviceCounts().hostWaits});
        if (afterStep) afterStep(line.step);
    }
};

/// Device: the tested one.
enum class Place { Aten, Fused, Device };

Compute computeOf(Place place) {
    Compute compute;
    compute.threads = useThreads(2);
    compute.fused = place == Place::Fused;
    if (place == Place::Device) compute.device = test::testedDevice();
    return compute;
}

TrainSettings settingsOf(std::int64_t steps) {
    TrainSettings settings;
    settings.maxSteps = steps;
    settings.batchRows = 3;
    settings.accumulation = 2;
    settings.learningRate = 0.01;
    settings.evaluateEvery = 5;
    settings.weightDecay = 0.1;
    settings.seed = 11;
    return settings;
}

/// One training as a process has it.
struct Training {
    std::unique_ptr<Decoder> model;
    std::vector<Example> train = test::randomRows({12, 5, 30, 9, 14, 7, 20}, 37, 1);
    std::vector<Example> validation = test::randomRows({10, 25}, 37, 2);
    Recorder recorder;
    std::unique_ptr<Trainer> trainer;

    Training(const Compute& compute, const TrainSettings& settings)
        : model(std::make_unique<Decoder>(test::tinyConfig(), compute)) {
        model->initialize(3);
        trainer = std::make_unique<Trainer>(*model, TrainerRows{train, validation}, settings, recorder);
    }
    Training(Place place, const TrainSettings& settings) : Training(computeOf(place), settings) {}
    TrainerResult run(const std::stop_token& stop = {}) { return trainer->run(stop); }
};

/// The greatest difference of two runs' figures; infinite where they have other steps.
double farthest(const std::vector<HeardLine>& a, const std::vector<HeardLine>& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    double most = 0.0;
    const auto see = [&](double x, double y) {
        if (std::isnan(x) != std::isnan(y)) most = std::numeric_limits<double>::infinity();
        if (!std::isnan(x) && !std::isnan(y)) most = std::max(most, std::abs(x - y));
    };
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].line.step != b[i].line.step || a[i].line.tokens != b[i].line.tokens)
            return std::numeric_limits<double>::infinity();
        see(a[i].line.loss, b[i].line.loss);
        see(a[i].line.evalLoss, b[i].line.evalLoss);
        see(a[i].line.learningRate, b[i].line.learningRate);
        see(a[i].line.epoch, b[i].line.epoch);
    }
    return most;
}

/// Of losses, after some steps in float32: other devices add up in another order than the CPU.
double tolerance() {
    return test::onPretendDevice() ? 1e-5 : 1e-4;
}

/// To the bit on the pretend device; CUDA's attention and lookups add up in any order.
bool sameEnds(const Training& a, const Training& b) {
    const Tensor left = a.model->arena().values().to(at::kCPU),
                 right = b.model->arena().values().to(at::kCPU);
    if (!test::onPretendDevice())
        return left.numel() == right.numel() &&
               (left - right).norm().item<double>() < 0.01 * left.norm().item<double>();
    return left.nbytes() == right.nbytes() &&
           std::memcmp(left.data_ptr(), right.data_ptr(), left.nbytes()) == 0;
}

}  // namespace

Q_DECLARE_METATYPE(Place)

class DeviceTrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::addTestedDevices(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void tenSteps_everyDevice_haveTheLossesOfTheCpusAtenPath_data() {
        QTest::addColumn<Place>("place");
        QTest::addColumn<bool>("recomputing");
        QTest::newRow("fused kernels") << Place::Fused << false;
        QTest::newRow("the device") << Place::Device << false;
        QTest::newRow("the device, blocks recomputed") << Place::Device << true;
    }

    void tenSteps_everyDevice_haveTheLossesOfTheCpusAtenPath() {
        QFETCH(Place, place);
        QFETCH(bool, recomputing);
        TrainSettings settings = settingsOf(10);
        settings.gradientCheckpointing = recomputing;
        Training reference(Place::Aten, settingsOf(10)), training(place, settings);
        const std::int64_t operators = test::pretendDeviceCounts().operators;
        const TrainerResult expected = reference.run();
        QCOMPARE(test::pretendDeviceCounts().operators, operators);
        const TrainerResult result = training.run();
        QCOMPARE(test::pretendDeviceCounts().operators > operators,
                 place == Place::Device && test::onPretendDevice());
        QCOMPARE(training.recorder.lines.size(), std::size_t{11});
        const double off = farthest(training.recorder.lines, reference.recorder.lines);
        QVERIFY2(off < tolerance(), qPrintable(QString::number(off)));
        QVERIFY(std::abs(result.lastLoss - expected.lastLoss) < tolerance());
        QVERIFY(std::abs(result.lastEvalLoss - expected.lastEvalLoss) < tolerance());
        for (std::size_t i = 1; i < training.recorder.lines.size(); ++i) {
            const double norm = reference.recorder.lines[i].line.gradNorm;
            QVERIFY(std::abs(training.recorder.lines[i].line.gradNorm - norm) < 10 * tolerance() * norm);
        }
    }

    // Lines come in bursts, each after one reading: that is the only time the host waits.
    void steps_betweenLogging_neverWaitForTheDevice() {
        if (!test::onPretendDevice()) QSKIP("Only the pretend device counts.");
        TrainSettings settings = settingsOf(35);
        settings.evaluateEvery = 35;
        Training training(Place::Device, settings);
        training.run();
        const auto& lines = training.recorder.lines;
        QCOMPARE(lines.size(), std::size_t{36});
        std::size_t bursts = 1, longest = 1, length = 1;
        for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
            QCOMPARE(lines[i].line.step, static_cast<std::int64_t>(i));
            const std::int64_t waited = lines[i].waits - lines[i - 1].waits;
            QVERIFY2(waited == 0 || waited == 1, qPrintable(QString("%1 at step %2").arg(waited).arg(i)));
            bursts += static_cast<std::size_t>(waited);
            length = waited == 0 ? length + 1 : 1;
            longest = std::max(longest, length);
        }
        QVERIFY2(longest > 1 && longest <= StepLog::kMostSteps, qPrintable(QString::number(longest)));
        QVERIFY(bursts >= 4);
        // The last line comes with an evaluation, which reads one number more.
        QCOMPARE(lines.back().waits - lines[lines.size() - 2].waits, std::int64_t{1});
    }

    void stoppedAndResumed_anywhere_endsAsIfItHadNotStopped_data() {
        QTest::addColumn<Place>("first");
        QTest::addColumn<Place>("second");
        QTest::newRow("the device") << Place::Device << Place::Device;
        QTest::newRow("from the device to ATen") << Place::Device << Place::Aten;
        QTest::newRow("from ATen to the device") << Place::Aten << Place::Device;
        QTest::newRow("from the fused kernels to the device") << Place::Fused << Place::Device;
        QTest::newRow("from the device to the fused kernels") << Place::Device << Place::Fused;
    }

    void stoppedAndResumed_anywhere_endsAsIfItHadNotStopped() {
        QFETCH(Place, first);
        QFETCH(Place, second);
        Training whole(second, settingsOf(12));
        whole.run();
        CheckpointStore store(path());
        Training begun(first, settingsOf(12));
        begun.trainer->keepCheckpoints(store);
        std::stop_source stop;
        begun.recorder.afterStep = [&](std::int64_t step) {
            if (step == 5) stop.request_stop();
        };
        QVERIFY(begun.run(stop.get_token()).end == TrainerResult::End::Stop);
        const std::int64_t stopped = begun.trainer->stepsDone();
        QCOMPARE(stopped, std::int64_t{5});
        QCOMPARE(begun.recorder.lines.back().line.step, stopped);

        Training resumed(second, settingsOf(12));
        resumed.trainer->keepCheckpoints(store);
        QVERIFY(resumed.trainer->resume([](const std::string&) {}));
        QCOMPARE(resumed.trainer->stepsDone(), stopped);
        QVERIFY(resumed.run().end == TrainerResult::End::Plan);
        std::vector<HeardLine> lines = begun.recorder.lines;
        lines.insert(lines.end(), resumed.recorder.lines.begin(), resumed.recorder.lines.end());
        const double off = farthest(lines, whole.recorder.lines);
        QVERIFY2(off < tolerance(), qPrintable(QString::number(off)));
        if (first == second) QVERIFY(sameEnds(resumed, whole));
    }

    void checkpoint_betweenTwoReadings_comesAfterTheLinesOfItsSteps() {
        TrainSettings settings = settingsOf(12);
        settings.evaluateEvery = 12;
        settings.checkpointEvery = 7;
        CheckpointStore store(path());
        Training training(Place::Device, settings);
        training.trainer->keepCheckpoints(store);
        std::size_t told = 0;
        training.recorder.afterStage = [&](const std::string& stage) {
            if (stage == "saving") told = training.recorder.lines.size();
        };
        training.run();
        QCOMPARE(told, std::size_t{8});
        QCOMPARE(store.steps(), std::vector<std::int64_t>{7});
    }

    void lossScaling_finiteGradients_changesNoBit() {
        Compute scaled = computeOf(Place::Device);
        scaled.lossScaling = true;
        Training plain(Place::Device, settingsOf(10)), training(scaled, settingsOf(10));
        plain.run();
        training.run();
        // A power of two is exact in float32.
        QVERIFY(sameEnds(plain, training));
        QVERIFY(farthest(plain.recorder.lines, training.recorder.lines) <=
                (test::onPretendDevice() ? 0.0 : tolerance()));
    }

    void lossScaling_stoppedAndResumed_endsBitEqual() {
        Compute scaled = computeOf(Place::Device);
        scaled.lossScaling = true;
        Training whole(scaled, settingsOf(12));
        whole.run();
        CheckpointStore store(path());
        Training begun(scaled, settingsOf(12));
        begun.trainer->keepCheckpoints(store);
        std::stop_source stop;
        begun.recorder.afterStep = [&](std::int64_t step) {
            if (step == 5) stop.request_stop();
        };
        begun.run(stop.get_token());
        TrainingTensors tensors;
        tensors.values = at::zeros({begun.model->arena().values().numel()});
        tensors.optimizer = {{"means", tensors.values.clone()}, {"variances", tensors.values.clone()}};
        const auto state = store.loadNewest(tensors, [](const std::string&) {});
        QVERIFY(state.has_value());
        QCOMPARE(state->lossScale, LossScaler::kFirstScale);
        QCOMPARE(state->goodSteps, std::int64_t{5});
        QCOMPARE(state->optimizerSteps, std::int64_t{5});
        Training resumed(scaled, settingsOf(12));
        resumed.trainer->keepCheckpoints(store);
        QVERIFY(resumed.trainer->resume([](const std::string&) {}));
        resumed.run();
        QVERIFY(sameEnds(whole, resumed));
    }

    void lossScaling_overflowingGradients_leaveStepsOutUntilTheyFit() {
        constexpr int kTooHigh = 64;  // squares of such gradients are beyond float32
        Compute scaled = computeOf(Place::Device);
        scaled.lossScaling = true;
        CheckpointStore store(path());
        const auto runTo = [&](std::int64_t last, bool steep) {
            auto training = std::make_unique<Training>(scaled, settingsOf(20));
            training->trainer->keepCheckpoints(store);
            if (steep) training->model->parameter("model.norm.weight").tensor.fill_(30.0);
            training->trainer->resume([](const std::string&) {});
            std::stop_source stop;
            training->recorder.afterStep = [&](std::int64_t step) {
                if (step == last) stop.request_stop();
            };
            training->run(stop.get_token());
            return training;
        };
        const auto newest = [&] {
            TrainingTensors tensors;
            tensors.values = at::zeros({test::tinyModel(test::tinyConfig(), 3)->arena().values().numel()});
            tensors.optimizer = {{"means", tensors.values.clone()}, {"variances", tensors.values.clone()}};
            return std::pair(store.loadNewest(tensors, [](const std::string&) {}).value(), tensors);
        };
        runTo(5, true);
        auto [state, tensors] = newest();
        QCOMPARE(state.optimizerSteps, std::int64_t{5});
        state.lossScale = std::ldexp(1.0, kTooHigh);
        store.clear();
        store.save(state, tensors);
        const auto resumed = runTo(15, false);
        const auto [after, unused] = newest();
        QCOMPARE(after.step, std::int64_t{15});
        const std::int64_t leftOut = 15 - after.optimizerSteps;
        QVERIFY2(leftOut > 0 && leftOut < 10, qPrintable(QString::number(leftOut)));
        QCOMPARE(after.lossScale, std::ldexp(1.0, kTooHigh - static_cast<int>(leftOut)));
        const auto notFinite =
            std::count_if(resumed->recorder.lines.begin(), resumed->recorder.lines.end(),
                          [](const HeardLine& heard) { return !std::isfinite(heard.line.gradNorm); });
        QCOMPARE(static_cast<std::int64_t>(notFinite), leftOut);
        QVERIFY(std::isfinite(resumed->recorder.lines.back().line.gradNorm));
        QVERIFY(std::isfinite(resumed->recorder.lines.back().line.evalLoss));
    }

    void bfloat16_onTheDevice_staysNearFloat32() {
        Compute narrow = computeOf(Place::Device);
        narrow.matmulType = at::kBFloat16;
        Training exact(Place::Device, settingsOf(10)), training(narrow, settingsOf(10));
        exact.run();
        const double expected = exact.recorder.lines.back().line.evalLoss;
        training.run();
        const double got = training.recorder.lines.back().line.evalLoss;
        QVERIFY2(got != expected && std::abs(got - expected) < 0.05 * expected,
                 qPrintable(QString("%1 %2").arg(got).arg(expected)));
    }

    void brokenWeights_onTheDevice_nameTheFirstStepAndRows_andKeepTheRest() {
        Training training(Place::Device, settingsOf(10));
        training.model->parameter("model.norm.weight").tensor.fill_(std::nan(""));
        const Tensor before = training.model->parameter("model.embed_tokens.weight").tensor.to(at::kCPU);
        try {
            training.run();
            QFAIL("a NaN loss must stop the run");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::LossNotFinite);
            QVERIFY(std::string(error.what()).find("step 1 (rows ") != std::string::npos);
        }
        QVERIFY(
            at::equal(before, training.model->parameter("model.embed_tokens.weight").tensor.to(at::kCPU)));
    }

private:
    fs::path path() const { return fs::path(m_folder->path().toStdString()) / "checkpoints"; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

STUDIO_TEST(DeviceTrainingTest)
#include "device_training_test.moc"
