// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/train/adamw.h"
#include "core/train/recent_rate.h"
#include "core/train/trainer.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

struct Recorder final : TrainerObserver {
    std::vector<MetricsLine> lines;
    std::vector<std::string> stages;
    std::function<void(std::int64_t)> afterStep;
    std::function<void(const std::string&)> afterStage;
    void onStage(const std::string& stage) override {
        stages.push_back(stage);
        if (afterStage) afterStage(stage);
    }
    void onMetrics(const MetricsLine& line, double) override {
        lines.push_back(line);
        if (afterStep) afterStep(line.step);
    }
};

TrainSettings tenSteps() {
    TrainSettings settings;
    settings.maxSteps = 10;
    settings.batchRows = 3;
    settings.accumulation = 2;
    settings.learningRate = 0.01;
    settings.evaluateEvery = 5;
    settings.weightDecay = 0.1;
    settings.seed = 11;
    return settings;
}

struct Run {
    std::unique_ptr<Decoder> model = test::tinyModel(test::tinyConfig(), 3);
    std::vector<Example> train = test::randomRows({12, 5, 30, 9, 14, 7, 20}, 37, 1);
    std::vector<Example> validation = test::randomRows({10, 25}, 37, 2);
    Recorder recorder;
    TrainerResult result;
    void go(const TrainSettings& settings, const std::stop_token& stop = {}) {
        Trainer trainer(*model, {train, validation}, settings, recorder);
        result = trainer.run(stop);
    }
};

}  // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenSteps_tinyModel_givePinnedLosses() {
        Run run;
        run.go(tenSteps());
        // From this program; a change in model, masking, batching, schedule or optimizer moves them.
        const std::vector<double> pinned{4.511501, 3.995433, 2.909947, 2.296382, 2.217472,
                                         2.010104, 1.645943, 1.296945, 1.389095, 1.091838};
        QCOMPARE(run.recorder.lines.size(), std::size_t{11});
        for (std::size_t i = 0; i < pinned.size(); ++i) {
            const double loss = run.recorder.lines[i + 1].loss;
            QVERIFY2(std::abs(loss - pinned[i]) < 2e-4,
                     qPrintable(QString("step %1: %2").arg(i + 1).arg(loss, 0, 'f', 6)));
        }
    }

    void twoRuns_sameSeed_areBitEqual() {
        Run first, second;
        first.go(tenSteps());
        second.go(tenSteps());
        for (std::size_t i = 0; i < first.model->parameters().size(); ++i) {
            const Tensor& a = first.model->parameters()[i].tensor;
            const Tensor& b = second.model->parameters()[i].tensor;
            QVERIFY(std::memcmp(a.data_ptr(), b.data_ptr(), a.nbytes()) == 0);
        }
        for (std::size_t i = 1; i < first.recorder.lines.size(); ++i)
            QCOMPARE(first.recorder.lines[i].loss, second.recorder.lines[i].loss);
    }

    void otherSeed_sameRows_takesAnotherOrder() {
        Run first, second;
        TrainSettings settings = tenSteps();
        first.go(settings);
        settings.seed = 12;
        second.go(settings);
        QVERIFY(first.recorder.lines[1].loss != second.recorder.lines[1].loss);
    }

    void accumulation_twoSmallBatches_equalsOneLargeBatch() {
        TrainSettings settings = tenSteps();
        settings.maxSteps = 1;
        Run small, large;
        small.train = large.train = test::randomRows({12, 5, 30, 9}, 37, 1);
        settings.batchRows = 2;
        small.go(settings);
        settings.batchRows = 4;
        settings.accumulation = 1;
        large.go(settings);
        QVERIFY(std::abs(small.recorder.lines[1].loss - large.recorder.lines[1].loss) < 1e-5);
        QVERIFY(std::abs(small.recorder.lines[1].gradNorm - large.recorder.lines[1].gradNorm) < 1e-4);
    }

    void evaluation_atStartAndInterval_isRecorded() {
        Run run;
        run.go(tenSteps());
        std::vector<std::int64_t> evaluated;
        for (const MetricsLine& line : run.recorder.lines) {
            if (std::isfinite(line.evalLoss)) evaluated.push_back(line.step);
        }
        QCOMPARE(evaluated, (std::vector<std::int64_t>{0, 5, 10}));
        QVERIFY(std::isnan(run.recorder.lines[0].loss));
        QCOMPARE(run.result.firstEvalLoss, run.recorder.lines[0].evalLoss);
    }

    void evaluation_rowByRowAndPacked_givesTheSameLosses() {
        Run run;
        run.validation = test::randomRows({10, 25, 3, 40, 7, 19, 12, 33}, 37, 5);
        const Evaluator packed(run.validation, kEvaluationTokens), pairs(run.validation, 50),
            single(run.validation, 1);
        const Evaluator::Result together = packed.evaluate(*run.model, {});
        for (const Evaluator* evaluator : {&pairs, &single}) {
            const Evaluator::Result apart = evaluator->evaluate(*run.model, {});
            QVERIFY(std::abs(apart.meanLoss - together.meanLoss) < 1e-4);
            QCOMPARE(apart.rows.size(), run.validation.size());
            for (std::size_t i = 0; i < apart.rows.size(); ++i) {
                QCOMPARE(apart.rows[i].rowId, together.rows[i].rowId);
                QVERIFY(std::abs(apart.rows[i].loss - together.rows[i].loss) < 1e-4);
            }
        }
    }

    void recentRate_slowerSteps_areSeenWithinASecond() {
        RecentRate rate;
        QCOMPARE(rate.perSecond(), 0.0);
        for (int step = 0; step < 100; ++step) rate.add(100, 0.1);
        QVERIFY(std::abs(rate.perSecond() - 1000.0) < 1e-6);
        for (int step = 0; step < 6; ++step) rate.add(100, 0.2);
        QVERIFY(std::abs(rate.perSecond() - 500.0) < 1e-6);
        rate.add(100, 4.0);  // one step longer than the window is the window
        QVERIFY(std::abs(rate.perSecond() - 25.0) < 1e-6);
    }

    void stop_afterStepFour_keepsFourSteps() {
        Run run;
        std::stop_source source;
        run.recorder.afterStep = [&](std::int64_t step) {
            if (step == 4) source.request_stop();
        };
        run.go(tenSteps(), source.get_token());
        QCOMPARE(run.result.steps, std::int64_t{4});
        QVERIFY(run.result.end == TrainerResult::End::Stop);
    }

    void stop_withinAnEvaluation_stillTellsTheStep() {
        Run run;
        std::stop_source source;
        run.recorder.afterStage = [&](const std::string& stage) {
            if (stage == "evaluating" && run.recorder.lines.size() > 1) source.request_stop();
        };
        run.go(tenSteps(), source.get_token());
        QVERIFY(run.result.end == TrainerResult::End::Stop);
        QCOMPARE(run.result.steps, std::int64_t{5});
        QCOMPARE(run.recorder.lines.back().step, std::int64_t{5});
        QVERIFY(std::isnan(run.recorder.lines.back().evalLoss));
        QCOMPARE(run.recorder.lines.back().loss, run.result.lastLoss);
    }

    void oneStep_withoutWarmup_trainsAtThePeak() {
        Run run;
        TrainSettings settings = tenSteps();
        settings.maxSteps = 1;
        run.go(settings);
        QCOMPARE(run.recorder.lines.back().learningRate, settings.learningRate);
    }

    void brokenWeights_firstStep_namesStepAndRows() {
        Run run;
        run.model->parameter("model.norm.weight").tensor.fill_(std::nan(""));
        try {
            run.go(tenSteps());
            QFAIL("a NaN loss must stop the run");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::LossNotFinite);
            QVERIFY(std::string(error.what()).find("step 1") != std::string::npos);
            QVERIFY(std::string(error.what()).find("rows ") != std::string::npos);
        }
    }

    void weightDecay_normsAndBiases_areLeftAlone() {
        const auto model = test::tinyModel(test::tinyConfig(true, true), 3);
        for (const Parameter& parameter : model->parameters()) {
            const bool matrix = parameter.tensor.dim() > 1;
            QCOMPARE(parameter.decays, matrix);
        }
        AdamW optimizer(model->arena(), {0.9, 0.999, 1e-8, 0.5});
        const Tensor norm = model->parameter("model.norm.weight").tensor.clone();
        const Tensor matrix = model->parameter("model.embed_tokens.weight").tensor.clone();
        optimizer.step(0.1, 1.0);
        QVERIFY(at::equal(norm, model->parameter("model.norm.weight").tensor));
        QVERIFY(at::allclose(matrix * 0.95, model->parameter("model.embed_tokens.weight").tensor));
    }
};

STUDIO_TEST(TrainerTest)
#include "trainer_test.moc"
