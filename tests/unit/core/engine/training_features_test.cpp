// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/data/row_mixture.h"
#include "core/train/run_setup.h"
#include "tests/support/studio_test.h"
#include "tests/support/training_process.h"

using namespace studio;
using test::sameBits;
using test::TrainingProcess;
namespace fs = std::filesystem;

namespace {

TrainSettings settingsOf() {
    return test::twelveSteps(2);
}

double lastLoss(const TrainSettings& settings) {
    TrainingProcess run(settings);
    return run.trainer.run({}).lastLoss;
}

}  // namespace

/// What can be chosen about a training, each through the whole loop.
class TrainingFeaturesTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path path() const { return m_folder->path().toStdString(); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void batchTokens_anyBudget_givesTheSameSteps() {
        TrainingProcess whole(settingsOf());
        whole.trainer.run({});
        for (const std::int64_t budget : {1, 25, 40, 1000}) {
            TrainSettings settings = settingsOf();
            settings.batchTokens = budget;
            TrainingProcess parts(settings);
            parts.trainer.run({});
            QCOMPARE(parts.recorder.lines.size(), whole.recorder.lines.size());
            for (std::size_t i = 1; i < whole.recorder.lines.size(); ++i) {
                QVERIFY(std::abs(parts.recorder.lines[i].loss - whole.recorder.lines[i].loss) < 2e-3);
                QCOMPARE(parts.recorder.lines[i].tokens, whole.recorder.lines[i].tokens);
            }
        }
    }

    void gradientCheckpointing_givesTheSameBits() {
        TrainSettings settings = settingsOf();
        TrainingProcess kept(settings);
        settings.gradientCheckpointing = true;
        TrainingProcess again(settings);
        kept.trainer.run({});
        again.trainer.run({});
        QVERIFY(sameBits(kept.model->arena().values(), again.model->arena().values()));
    }

    void optimizers_allOfThem_learn_data() {
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<double>("rate");
        QTest::newRow("AdamW") << "adamw" << 0.01;
        QTest::newRow("8-bit AdamW") << "adamw8bit" << 0.01;
        QTest::newRow("SGD") << "sgd" << 0.05;
    }
    void optimizers_allOfThem_learn() {
        QFETCH(QString, optimizer);
        QFETCH(double, rate);
        TrainSettings settings = settingsOf();
        settings.maxSteps = 40;
        settings.optimizer = optimizer.toStdString();
        settings.learningRate = rate;
        TrainingProcess run(settings);
        const TrainerResult result = run.trainer.run({});
        QVERIFY2(result.lastLoss < 0.5 * run.recorder.lines[1].loss,
                 qPrintable(QString::number(result.lastLoss)));
    }

    void labelSmoothingAndNoise_changeTheLossButNotTheEvaluation() {
        TrainSettings settings = settingsOf();
        const double plain = lastLoss(settings);
        settings.labelSmoothing = 0.1;
        QVERIFY(lastLoss(settings) > plain);
        settings.labelSmoothing = 0.0;
        settings.neftuneAlpha = 5.0;
        TrainingProcess noisy(settings), plainRun(settingsOf());
        noisy.trainer.run({});
        plainRun.trainer.run({});
        QCOMPARE(noisy.recorder.lines[0].evalLoss, plainRun.recorder.lines[0].evalLoss);
        QVERIFY(noisy.recorder.lines[1].loss != plainRun.recorder.lines[1].loss);
    }

    void loraDropout_changesTheTrainingButNotTheEvaluation() {
        TrainSettings settings = settingsOf();
        settings.method = "lora";
        const auto train = [&](double dropout) {
            settings.loraDropout = dropout;
            Compute compute;
            compute.threads = 2;
            compute.fused = true;
            auto model = std::make_unique<Decoder>(test::tinyConfig(), compute, trainedPartOf(settings));
            model->initialize(3);
            model->initializeAdapters(4);
            auto run = std::make_unique<TrainingProcess>(settings, RowMixture{}, std::move(model));
            run->trainer.run({});
            return run;
        };
        const auto plain = train(0.0), noisy = train(0.3), again = train(0.3);
        QCOMPARE(noisy->recorder.lines[0].evalLoss, plain->recorder.lines[0].evalLoss);
        // Adapters begin as nothing, whatever goes into them.
        QCOMPARE(noisy->recorder.lines[1].loss, plain->recorder.lines[1].loss);
        QVERIFY(noisy->recorder.lines[5].loss != plain->recorder.lines[5].loss);
        QVERIFY(sameBits(noisy->model->arena().values(), again->model->arena().values()));
        QVERIFY(noisy->recorder.lines.back().loss < noisy->recorder.lines[1].loss);
    }

    void everything_stoppedAndResumed_endsBitEqual_data() {
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<bool>("lora");
        for (const char* optimizer : {"adamw", "adamw8bit", "sgd"})
            for (const bool lora : {false, true})
                QTest::addRow("%s, %s", optimizer, lora ? "LoRA" : "full") << optimizer << lora;
    }
    void everything_stoppedAndResumed_endsBitEqual() {
        QFETCH(QString, optimizer);
        QFETCH(bool, lora);
        TrainSettings settings = settingsOf();
        settings.optimizer = optimizer.toStdString();
        settings.method = lora ? "lora" : "full";
        settings.loraDropout = 0.2;
        settings.neftuneAlpha = 3.0;
        settings.labelSmoothing = 0.05;
        settings.batchTokens = 30;
        settings.gradientCheckpointing = true;
        settings.keepBest = true;
        settings.sampleEvery = 3;
        const RowMixture mixture{{0, 0, 0, 1, 1, 1, 1}, {1.5, 0.5}};
        const auto process = [&] {
            Compute compute;
            compute.threads = 2;
            compute.fused = true;
            auto model = std::make_unique<Decoder>(test::tinyConfig(), compute, trainedPartOf(settings));
            model->initialize(3);
            model->initializeAdapters(4);
            return std::make_unique<TrainingProcess>(settings, mixture, std::move(model));
        };
        const BestWeights bestOfWhole(path() / "whole"), best(path() / "parts");
        const auto whole = process();
        whole->trainer.keepBestIn(bestOfWhole);
        const TrainerResult expected = whole->trainer.run({});

        CheckpointStore store(path() / "parts");
        const auto first = process();
        first->trainer.keepCheckpoints(store);
        first->trainer.keepBestIn(best);
        std::stop_source stop;
        first->recorder.onLine = [&](const MetricsLine& line) {
            if (line.step == 7) stop.request_stop();
        };
        first->trainer.run(stop.get_token());
        const auto second = process();
        second->trainer.keepCheckpoints(store);
        second->trainer.keepBestIn(best);
        QVERIFY(second->resume());
        const TrainerResult result = second->trainer.run({});
        QVERIFY(sameBits(whole->model->arena().values(), second->model->arena().values()));
        QCOMPARE(result.keptStep, expected.keptStep);
        QCOMPARE(result.bestEvalLoss, expected.bestEvalLoss);
        QCOMPARE(result.lastLoss, expected.lastLoss);
        // The sample of step 6 was made before the stop; none is made twice.
        std::vector<std::int64_t> samples = first->recorder.samples;
        samples.insert(samples.end(), second->recorder.samples.begin(), second->recorder.samples.end());
        QCOMPARE(samples, (std::vector<std::int64_t>{0, 3, 6, 9, 12}));
    }

    void keepBest_laterEvaluationsWorse_savesTheBest() {
        TrainSettings settings = settingsOf();
        settings.keepBest = true;
        settings.maxSteps = 60;  // random labels: what is learned by heart makes the validation rows worse
        TrainingProcess run(settings);
        const BestWeights best(path());
        run.trainer.keepBestIn(best);
        const TrainerResult result = run.trainer.run({});
        double lowest = INFINITY;
        std::int64_t at = 0;
        for (const MetricsLine& line : run.recorder.lines) {
            if (line.step > 0 && line.evalLoss < lowest) lowest = line.evalLoss, at = line.step;
        }
        QVERIFY(at < 60);
        QCOMPARE(result.keptStep, at);
        QCOMPARE(result.bestEvalLoss, lowest);
        QVERIFY(run.recorder.notes == std::vector<std::string>{"best_kept"});
        Evaluator evaluator(run.validation, 1000);
        QCOMPARE(evaluator.evaluate(*run.model, {}).meanLoss, lowest);
    }

    void patienceAndBest_onlyWorseThanTheBase_endAtOnceAndKeepTheLast() {
        TrainSettings settings = settingsOf();
        settings.keepBest = true;
        settings.patience = 2;
        settings.evaluateEvery = 1;
        settings.learningRate = 0.1;  // far too high: every step makes it worse
        settings.warmupShare = 0.0;
        TrainingProcess run(settings);
        const BestWeights best(path());
        run.trainer.keepBestIn(best);
        const TrainerResult result = run.trainer.run({});
        QVERIFY(result.lastEvalLoss > result.firstEvalLoss);
        QVERIFY(result.end == TrainerResult::End::Patience);
        QCOMPARE(result.steps, std::int64_t{2});
        QCOMPARE(result.keptStep, std::int64_t{2});
        QCOMPARE(result.bestEvalLoss, result.firstEvalLoss);
    }

    void bestWeights_damaged_areRefused() {
        const BestWeights best(path());
        const Tensor values = at::rand({64}), read = at::zeros({64});
        QVERIFY(!best.load(3, read));
        best.save(3, values);
        QVERIFY(!best.load(4, read));
        QVERIFY(best.load(3, read));
        QVERIFY(at::equal(read, values));
        fs::resize_file(path() / "best-3" / "weights.safetensors", 100);
        QVERIFY_EXCEPTION_THROWN(best.load(3, read), Error);
        QVERIFY(at::equal(read, values));
        best.save(5, values, 3);
        QVERIFY(fs::exists(path() / "best-3"));  // a checkpoint may still name it
        best.save(8, values, 5);
        QVERIFY(!fs::exists(path() / "best-3") && best.load(5, read) && best.load(8, read));
    }

    void keepBest_stoppedAfterTheBest_givesTheBestWeightsToTheBit() {
        TrainSettings settings = settingsOf();
        settings.keepBest = true;
        settings.maxSteps = 60;
        // The weights of the best step, from a run that ends there.
        TrainingProcess whole(settings);
        const BestWeights kept(path() / "whole");
        whole.trainer.keepBestIn(kept);
        const TrainerResult result = whole.trainer.run({});
        TrainingProcess until(settings);
        std::stop_source stop;
        until.recorder.onLine = [&](const MetricsLine& line) {
            if (line.step == result.keptStep) stop.request_stop();
        };
        until.trainer.run(stop.get_token());
        QVERIFY(result.keptStep < 60);
        QVERIFY(sameBits(whole.model->arena().values(), until.model->arena().values()));
    }

    void patience_noBetterLoss_endsTheRun() {
        TrainSettings settings = settingsOf();
        settings.maxSteps = 200;
        settings.patience = 3;
        TrainingProcess run(settings);
        const TrainerResult result = run.trainer.run({});
        QVERIFY(result.end == TrainerResult::End::Patience);
        QVERIFY(result.steps < 200);
        // The last three evaluations are not better than the one before them.
        std::vector<double> losses;
        for (const MetricsLine& line : run.recorder.lines)
            if (std::isfinite(line.evalLoss) && line.step > 0) losses.push_back(line.evalLoss);
        QCOMPARE(*std::min_element(losses.begin(), losses.end()), losses[losses.size() - 4]);
    }

    void rowLosses_ofSteps_addUpToTheStepsLoss() {
        TrainingProcess run(settingsOf());
        run.trainer.run({});
        QCOMPARE(run.recorder.rows.size(), std::size_t{12});
        for (std::size_t i = 0; i < run.recorder.rows.size(); ++i) {
            const StepRows& step = run.recorder.rows[i];
            QCOMPARE(step.step, static_cast<std::int64_t>(i + 1));
            double sum = 0.0, labels = 0.0;
            for (const RowLoss& row : step.rows) {
                sum += row.loss * static_cast<double>(row.labels);
                labels += static_cast<double>(row.labels);
            }
            QVERIFY(std::abs(sum / labels - run.recorder.lines[i + 1].loss) < 1e-6);
        }
        const StepRows& evaluated = run.recorder.evaluatedRows.back();
        QCOMPARE(evaluated.step, std::int64_t{12});
        QCOMPARE(evaluated.rows.size(), std::size_t{2});
    }

    void mixtureHash_changedSources_isAnother() {
        std::vector<Record> records(3);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].id = static_cast<std::int64_t>(i) + 1;
            records[i].source = i < 2 ? "a" : "other";
        }
        TrainSettings settings;
        QVERIFY(mixtureHash(records, settings).empty());
        settings.mixture = "a=2";
        const std::string before = mixtureHash(records, settings);
        QCOMPARE(before.size(), std::size_t{64});
        records[2].source = "another";  // not one that the mixture counts
        QCOMPARE(mixtureHash(records, settings), before);
        records[1].source = "other";
        QVERIFY(mixtureHash(records, settings) != before);
    }

    void mixture_ofSettings_countsBySource() {
        std::vector<Record> records(4);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].id = static_cast<std::int64_t>(i) + 1;
            records[i].source = i < 2 ? "a" : i == 2 ? "b" : "other";
        }
        std::vector<Example> examples = test::randomRows({5, 5, 5, 5}, 37, 1);
        TrainSettings settings;
        std::vector<std::string> unknown;
        QVERIFY(mixtureOf(examples, records, settings, unknown).empty());
        settings.mixture = "a=3,b=0,nowhere=2";
        const RowMixture mixture = mixtureOf(examples, records, settings, unknown);
        QCOMPARE(mixture.rowsPerEpoch(), std::int64_t{7});
        QCOMPARE(unknown, std::vector<std::string>{"nowhere"});
        settings.mixture = "nowhere=2";
        QVERIFY(mixtureOf(examples, records, settings, unknown).empty());
    }
};

STUDIO_TEST(TrainingFeaturesTest)
#include "training_features_test.moc"
