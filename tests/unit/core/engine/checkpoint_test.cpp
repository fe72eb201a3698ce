// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "tests/support/error_of.h"
#include "tests/support/small_disk.h"
#include "tests/support/studio_test.h"
#include "tests/support/training_process.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

TrainSettings settingsOf() {
    TrainSettings settings = test::twelveSteps(4);
    settings.weightDecay = 0.1;
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

/// `damage` is a word, or the place of a bit as a share of the file.
void damageFile(const fs::path& path, const std::string& damage) {
    if (damage == "missing") {
        fs::remove_all(fs::is_directory(path) ? path / "state.json" : path);
        if (fs::is_directory(path)) fs::remove(path / "tensors.safetensors");
    } else if (damage == "cut") {
        fs::resize_file(path, fs::file_size(path) / 2);
    } else if (damage == "empty") {
        fs::resize_file(path, 0);
    } else if (damage == "other") {
        fs::copy_file(path.parent_path().parent_path() / "step-6" / "state.json", path,
                      fs::copy_options::overwrite_existing);
    } else if (damage == "newer") {
        OrderedJson json = readJsonFile(path);
        json["format"] = 99;
        writeJsonFile(path, json);
    } else if (damage == "digit") {
        std::string text = readFile(path);
        const std::size_t place = text.find("\"position\": ") + 12;
        text[place] = text[place] == '1' ? '2' : '1';
        writeFileAtomically(path, text);
    } else {
        std::string bytes = readFile(path);
        bytes[static_cast<std::size_t>(std::stod(damage) * static_cast<double>(bytes.size()))] ^= 1;
        writeFileAtomically(path, bytes);
    }
}

}  // namespace

class CheckpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_stop = std::stop_source();
    }

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
        QTest::addColumn<QString>("damage");
        // means, values and variances lie one after the other.
        QTest::newRow("one bit of the moments") << "tensors.safetensors"
                                                << "0.3";
        QTest::newRow("one bit of the weights") << "tensors.safetensors"
                                                << "0.5";
        QTest::newRow("one bit of the squares") << "tensors.safetensors"
                                                << "0.9";
        QTest::newRow("one bit of the header") << "tensors.safetensors"
                                               << "0.0";
        QTest::newRow("tensors cut short") << "tensors.safetensors"
                                           << "cut";
        QTest::newRow("tensors empty") << "tensors.safetensors"
                                       << "empty";
        QTest::newRow("tensors missing") << "tensors.safetensors"
                                         << "missing";
        QTest::newRow("one digit of the state") << "state.json"
                                                << "digit";
        QTest::newRow("state cut short") << "state.json"
                                         << "cut";
        QTest::newRow("state empty") << "state.json"
                                     << "empty";
        QTest::newRow("state missing") << "state.json"
                                       << "missing";
        QTest::newRow("state of another step") << "state.json"
                                               << "other";
        QTest::newRow("state of a newer version") << "state.json"
                                                  << "newer";
        QTest::newRow("everything missing") << ""
                                            << "missing";
    }

    void damagedCheckpoint_isFound_andTheOneBeforeTaken() {
        QFETCH(QString, file);
        QFETCH(QString, damage);
        TrainSettings settings = settingsOf();
        settings.checkpointEvery = 3;
        CheckpointStore store(path());
        Process whole(settings);
        whole.trainer.keepCheckpoints(store);
        whole.trainer.run({});
        damageFile(path() / "step-9" / file.toStdString(), damage.toStdString());
        Process process(settings);
        process.trainer.keepCheckpoints(store);
        QVERIFY(process.resume());
        QCOMPARE(process.trainer.stepsDone(), std::int64_t{6});
        QCOMPARE(process.skipped.size(), std::size_t{1});
        QVERIFY2(process.skipped.front().find("step-9") != std::string::npos,
                 process.skipped.front().c_str());
        process.trainer.run({});
        QVERIFY(sameBits(whole.model->arena().values(), process.model->arena().values()));
    }

    void checkpointOfTheFirstFormat_isTaken() {
        TrainSettings settings = settingsOf();
        settings.checkpointEvery = 3;
        CheckpointStore store(path(), 2, "this run");
        Process whole(settings);
        whole.trainer.keepCheckpoints(store);
        whole.trainer.run({});
        const fs::path file = path() / "step-9" / "state.json";
        OrderedJson json = readJsonFile(file);
        for (const char* key : {"format", "owner", "state_sha256"}) QVERIFY(json.erase(key) == 1);
        writeJsonFile(file, json);
        Process process(settings);
        process.trainer.keepCheckpoints(store);
        QVERIFY(process.resume());
        QCOMPARE(process.trainer.stepsDone(), std::int64_t{9});
        process.trainer.run({});
        QVERIFY(sameBits(whole.model->arena().values(), process.model->arena().values()));
    }

    void checkpointOfAnotherRun_isRefused() {
        Process process(settingsOf());
        CheckpointStore other(path(), 2, "another run"), own(path(), 2, "this run"), any(path());
        process.trainer.keepCheckpoints(other);
        stopAfter(process, 3);
        QVERIFY(process.trainer.run(m_stop.get_token()).end == TrainerResult::End::Stop);
        Process resumed(settingsOf());
        resumed.trainer.keepCheckpoints(own);
        QVERIFY(!resumed.resume());
        QVERIFY(resumed.skipped.front().find("it belongs to another run") != std::string::npos);
        resumed.trainer.keepCheckpoints(any);
        QVERIFY(resumed.resume());
    }

    void weightsNotFinite_areNotKept_andTheOneBeforeStays() {
        Process process(settingsOf());
        CheckpointStore store(path());
        const TrainingTensors good{at::zeros({8}),
                                   {{"means", at::zeros({8})}, {"variances", at::zeros({8})}}};
        TrainingState state;
        state.step = 4;
        store.save(state, good);
        const TrainingTensors bad{at::full({8}, NAN),
                                  {{"means", at::zeros({8})}, {"variances", at::zeros({8})}}};
        state.step = 5;
        STUDIO_COMPARE_ERROR_TEXT(store.save(state, bad), ErrorCode::WeightsInvalid, "after step 5");
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{4}));
    }

    void retention_keepsAsManyAsAsked() {
        const TrainingTensors tensors{at::zeros({8}),
                                      {{"means", at::zeros({8})}, {"variances", at::zeros({8})}}};
        CheckpointStore store(path(), 3);
        TrainingState state;
        for (const int step : {1, 2, 3, 4, 5}) {
            state.step = step;
            store.save(state, tensors);
        }
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{5, 4, 3}));
        // A run that went back behind damaged ones leaves them behind.
        state.step = 4;
        store.save(state, tensors);
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{4, 3}));
        QVERIFY(store.keepNewest(1));
        QVERIFY(!store.keepNewest(1));
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{4}));
    }

    void fullDisk_olderCheckpointsMakeRoom_theNewestStays() {
        fs::create_directories(path());
        const TrainingTensors tensors{at::zeros({20000}),
                                      {{"means", at::zeros({20000})}, {"variances", at::zeros({20000})}}};
        QCOMPARE(checkpointBytes(tensors), std::uint64_t{240000});
        // Room for two of them.
        STUDIO_ON_SMALL_DISK(path(), 700 << 10, [&]() -> std::string {
            CheckpointStore store(path());
            TrainingState state;
            const auto saved = [&](std::int64_t step) {
                state.step = step;
                return test::errorOf([&] { store.save(state, tensors); });
            };
            if (saved(1) || saved(2)) return "two were too many";
            if (saved(3)) return "the oldest did not make room";
            if (store.steps() != std::vector<std::int64_t>{3, 2}) return "not 3 and 2 are kept";
            std::ofstream(path() / "filler") << std::string(220 << 10, 'x');
            if (saved(4)) return "the older one did not make room";
            store.keepNewest(1);
            std::ofstream(path() / "filler", std::ios::app) << std::string(700 << 10, 'x');
            const auto full = saved(5);
            if (!full || full->code() != ErrorCode::DiskFull) return "it was not found to be full";
            const TrainingTensors read{at::ones({20000}),
                                       {{"means", at::ones({20000})}, {"variances", at::ones({20000})}}};
            const auto newest = store.loadNewest(read, [](const std::string&) {});
            return newest && newest->step == 4 ? "" : "the newest did not stay";
        });
    }

    void lossNotFinite_namesTheStepToGoOnFrom_andALowerRateDoes() {
        TrainSettings settings = settingsOf();
        settings.checkpointEvery = 3;
        CheckpointStore store(path());
        {
            Process process(settings);
            process.trainer.keepCheckpoints(store);
            process.recorder.onLine = [&](const MetricsLine& line) {
                if (line.step == 8) process.model->arena().values().fill_(NAN);
            };
            STUDIO_COMPARE_ERROR_TEXT(
                process.trainer.run({}), ErrorCode::LossNotFinite,
                "; or go on from step 6 with a lower rate: --resume --set learning_rate=");
        }
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{6, 3}));
        settings.learningRate /= 2;
        Process process(settings);
        process.trainer.keepCheckpoints(store);
        QVERIFY(process.resume());
        QVERIFY(std::isfinite(process.trainer.run({}).lastEvalLoss));
        QCOMPARE(process.trainer.stepsDone(), std::int64_t{12});
    }

    void stopWithDiscard_leavesNoCheckpoint() {
        CheckpointStore store(path());
        Process process(settingsOf());
        process.trainer.keepCheckpoints(store);
        std::stop_source discard;
        process.trainer.discardOn(discard.get_token());
        stopAfter(process, 3);
        discard.request_stop();
        QVERIFY(process.trainer.run(m_stop.get_token()).end == TrainerResult::End::Stop);
        QVERIFY(store.steps().empty());
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
    void stopAfter(Process& process, std::int64_t step) {
        process.recorder.onLine = [this, step](const MetricsLine& line) {
            if (line.step == step) m_stop.request_stop();
        };
    }

    fs::path path() const { return fs::path(m_folder->path().toStdString()) / "checkpoints"; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::stop_source m_stop;
};

STUDIO_TEST(CheckpointTest)
#include "checkpoint_test.moc"
