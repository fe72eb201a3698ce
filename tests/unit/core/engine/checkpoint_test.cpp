// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "tests/support/studio_test.h"
#include "tests/support/training_process.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

TrainSettings settingsOf() {
    TrainSettings settings;
    settings.maxSteps = 12;
    settings.batchRows = 3;
    settings.accumulation = 2;
    settings.learningRate = 0.01;
    settings.evaluateEvery = 4;
    settings.weightDecay = 0.1;
    settings.seed = 11;
    return settings;
}

using Process = test::TrainingProcess;
using test::sameBits;

/// The losses by step; a resumed run's lines take the place of what was measured before.
std::map<std::int64_t, std::pair<double, double>> figures(const std::vector<MetricsLine>& lines) {
    std::map<std::int64_t, std::pair<double, double>> result;
    for (const MetricsLine& line : lines) {
        auto& entry = result.try_emplace(line.step, NAN, NAN).first->second;
        if (std::isfinite(line.loss)) entry.first = line.loss;
        if (std::isfinite(line.evalLoss)) entry.second = line.evalLoss;
    }
    return result;
}

bool sameFigures(const std::vector<MetricsLine>& got, const std::vector<MetricsLine>& expected) {
    const auto a = figures(got), b = figures(expected);
    if (a.size() != b.size()) return false;
    const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    for (const auto& [step, losses] : b) {
        const auto found = a.find(step);
        if (found == a.end() || !same(found->second.first, losses.first) ||
            !same(found->second.second, losses.second))
            return false;
    }
    return true;
}

}  // namespace

class CheckpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void stoppedAnywhere_andResumed_endsBitEqual_data() {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("stage");
        for (const int step : {1, 3, 5, 8, 11}) QTest::addRow("after step %d", step) << step << QString();
        QTest::newRow("within the evaluation of step 4") << 4 << "evaluating";
        QTest::newRow("within the last evaluation") << 12 << "evaluating";
    }

    void stoppedAnywhere_andResumed_endsBitEqual() {
        QFETCH(int, step);
        QFETCH(QString, stage);
        Process whole(settingsOf());
        whole.trainer.run({});

        CheckpointStore store(path());
        std::vector<MetricsLine> lines;
        {
            Process first(settingsOf());
            first.trainer.keepCheckpoints(store);
            std::stop_source stop;
            std::int64_t evaluations = 0;
            first.recorder.onLine = [&](const MetricsLine& line) {
                if (stage.isEmpty() && line.step == step) stop.request_stop();
            };
            first.recorder.onStageChange = [&](const std::string& now) {
                // The evaluation at the start is the first.
                if (now == "evaluating" && evaluations++ == step / 4 && !stage.isEmpty()) stop.request_stop();
            };
            QVERIFY(first.trainer.run(stop.get_token()).end == TrainerResult::End::Stop);
            QCOMPARE(first.trainer.stepsDone(), std::int64_t{step});
            lines = first.recorder.lines;
        }
        Process second(settingsOf());
        second.trainer.keepCheckpoints(store);
        QVERIFY(second.resume());
        QCOMPARE(second.trainer.stepsDone(), std::int64_t{step});
        const TrainerResult result = second.trainer.run({});
        QVERIFY(result.end == TrainerResult::End::Plan);
        QCOMPARE(result.steps, std::int64_t{12});
        QVERIFY(sameBits(whole.model->arena().values(), second.model->arena().values()));
        lines.insert(lines.end(), second.recorder.lines.begin(), second.recorder.lines.end());
        QVERIFY(sameFigures(lines, whole.recorder.lines));
        QCOMPARE(second.recorder.lines.back().tokens, whole.recorder.lines.back().tokens);
    }

    void everySteps_keepsTheNewestTwo() {
        TrainSettings settings = settingsOf();
        settings.checkpointEvery = 3;
        CheckpointStore store(path());
        Process process(settings);
        process.trainer.keepCheckpoints(store);
        process.trainer.run({});
        // None at step 12: the end is saved as a model.
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{9, 6}));
        store.clear();
        QVERIFY(store.steps().empty());
    }

    void damagedCheckpoint_isFound_andTheOneBeforeTaken_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("kind");
        QTest::newRow("one byte changed") << "tensors.safetensors" << 0;
        QTest::newRow("cut short") << "tensors.safetensors" << 1;
        QTest::newRow("tensors missing") << "tensors.safetensors" << 2;
        QTest::newRow("state cut short") << "state.json" << 1;
        QTest::newRow("state missing") << "state.json" << 2;
    }

    void damagedCheckpoint_isFound_andTheOneBeforeTaken() {
        QFETCH(QString, file);
        QFETCH(int, kind);
        TrainSettings settings = settingsOf();
        settings.checkpointEvery = 3;
        CheckpointStore store(path());
        Process whole(settings);
        whole.trainer.keepCheckpoints(store);
        whole.trainer.run({});
        const fs::path damaged = path() / "step-9" / file.toStdString();
        if (kind == 0) {
            std::fstream stream(damaged, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekg(-5, std::ios::end);
            const char byte = static_cast<char>(stream.get() ^ 1);
            stream.seekp(-5, std::ios::end);
            stream.put(byte);
        } else if (kind == 1) {
            fs::resize_file(damaged, fs::file_size(damaged) / 2);
        } else {
            fs::remove(damaged);
        }
        Process process(settings);
        process.trainer.keepCheckpoints(store);
        QVERIFY(process.resume());
        QCOMPARE(process.trainer.stepsDone(), std::int64_t{6});
        QCOMPARE(process.skipped.size(), std::size_t{1});
        QVERIFY(process.skipped.front().find("step-9") != std::string::npos);
        process.trainer.run({});
        QVERIFY(sameBits(whole.model->arena().values(), process.model->arena().values()));
    }

    void checkpointOfAnotherModel_isRefused() {
        TrainSettings settings = settingsOf();
        settings.checkpointEvery = 6;
        CheckpointStore store(path());
        Process process(settings);
        process.trainer.keepCheckpoints(store);
        process.trainer.run({});
        std::vector<std::string> skipped;
        const TrainingTensors other{at::zeros({64}),
                                    {{"means", at::zeros({64})}, {"variances", at::zeros({64})}}};
        QVERIFY(!store.loadNewest(other, [&](const std::string& problem) { skipped.push_back(problem); }));
        QCOMPARE(skipped.size(), std::size_t{1});
        QVERIFY(skipped.front().find("another size") != std::string::npos);
    }

    void noCheckpoint_orHalfOne_isNone() {
        fs::create_directories(path() / ".step-3.tmp-1-0");
        fs::create_directories(path() / "step-x");
        CheckpointStore store(path());
        QVERIFY(store.steps().empty());
        Process process(settingsOf());
        process.trainer.keepCheckpoints(store);
        QVERIFY(!process.resume());
        QVERIFY(process.skipped.empty());
    }

private:
    fs::path path() const { return fs::path(m_folder->path().toStdString()) / "checkpoints"; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

STUDIO_TEST(CheckpointTest)
#include "checkpoint_test.moc"
