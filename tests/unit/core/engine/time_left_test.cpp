// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/time_left.h"

#include <cmath>
#include <vector>

#include "core/base/random.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

/// What the parts of a pretended run cost, in seconds.
struct Costs {
    double step = 0.5, first = 0.0;
    double evaluation = 0.0, sample = 0.0, checkpoint = 0.0, model = 0.0;
    double noise = 0.1;  ///< of the steps, as a share
};

struct Told {
    std::int64_t step;
    double at, left;
};

/// A run on a pretended clock, with what it is told of the time left; the last one is the end itself.
std::vector<Told> pretend(const RunShape& shape, const Costs& costs, std::int64_t checkpointEvery) {
    constexpr std::uint64_t kCheckpointBytes = 30'000'000;
    TimeLeft left(shape);
    if (costs.checkpoint > 0.0) left.expectCheckpoints(checkpointEvery, kCheckpointBytes);
    Random random(5);
    std::vector<Told> told;
    double clock = 0.0, saved = 0.0;
    const auto spend = [&](double seconds) { return clock += seconds, seconds; };
    if (shape.evaluates) left.addEvaluation(spend(costs.evaluation));
    if (shape.sampleEvery > 0) left.addSample(spend(costs.sample));
    const StepPlan& plan = shape.plan;
    for (std::int64_t step = 1; step <= plan.totalSteps; ++step) {
        // Long batches take longer.
        const double share =
            1.0 + costs.noise * (2.0 * static_cast<double>(random.below(1000)) / 1000.0 - 1.0);
        const double seconds = costs.step * share + (step == 1 ? costs.first : 0.0);
        left.addStep(static_cast<std::int64_t>(shape.tokensPerStep * share), spend(seconds));
        const bool last = step == plan.totalSteps;
        if (shape.evaluates && (step % plan.evaluateEvery == 0 || last))
            left.addEvaluation(spend(costs.evaluation));
        told.push_back({step, clock, left.after(step)});
        if (shape.sampleEvery > 0 && (step % shape.sampleEvery == 0 || last))
            left.addSample(spend(costs.sample));
        const bool due =
            checkpointEvery > 0 ? step % checkpointEvery == 0 : clock - saved >= kSecondsBetweenCheckpoints;
        if (costs.checkpoint > 0.0 && due && !last) {
            left.addCheckpoint(spend(costs.checkpoint));
            saved = clock;
        }
    }
    clock += costs.model;
    told.push_back({plan.totalSteps, clock, 0.0});
    return told;
}

RunShape shapeOf(std::int64_t steps, std::int64_t evaluateEvery, std::int64_t sampleEvery,
                 std::uint64_t modelBytes) {
    RunShape shape;
    shape.plan.totalSteps = steps;
    shape.plan.evaluateEvery = evaluateEvery;
    shape.evaluates = evaluateEvery > 0;
    shape.sampleEvery = sampleEvery;
    shape.tokensPerStep = 1000.0;
    shape.modelBytes = modelBytes;
    return shape;
}

}  // namespace

Q_DECLARE_METATYPE(RunShape)
Q_DECLARE_METATYPE(Costs)

class TimeLeftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pretendedRuns_fromATwentiethOn_areForeseenWithinATenth_data() {
        QTest::addColumn<RunShape>("shape");
        QTest::addColumn<Costs>("costs");
        QTest::addColumn<qint64>("checkpointEvery");
        QTest::newRow("steps alone") << shapeOf(400, 0, 0, 0) << Costs{} << qint64{0};
        QTest::newRow("a slow first step")
            << shapeOf(200, 0, 0, 0) << Costs{0.5, 4.0, 0.0, 0.0, 0.0, 0.0} << qint64{0};
        QTest::newRow("evaluations as long as the training")
            << shapeOf(400, 40, 0, 0) << Costs{0.5, 2.0, 20.0} << qint64{0};
        QTest::newRow("evaluations that do not divide the plan")
            << shapeOf(399, 50, 0, 0) << Costs{0.5, 0.0, 20.0} << qint64{0};
        QTest::newRow("answers") << shapeOf(400, 40, 20, 0) << Costs{0.5, 1.0, 5.0, 8.0} << qint64{0};
        QTest::newRow("checkpoints by steps")
            << shapeOf(400, 40, 0, 10'000'000) << Costs{0.5, 1.0, 5.0, 0.0, 6.0, 2.0} << qint64{10};
        QTest::newRow("checkpoints by the clock, a large model")
            << shapeOf(3000, 300, 0, 10'000'000) << Costs{2.0, 5.0, 60.0, 0.0, 30.0, 10.0} << qint64{0};
    }

    void pretendedRuns_fromATwentiethOn_areForeseenWithinATenth() {
        QFETCH(RunShape, shape);
        QFETCH(Costs, costs);
        QFETCH(qint64, checkpointEvery);
        const std::vector<Told> told = pretend(shape, costs, checkpointEvery);
        const double end = told.back().at;
        int looked = 0;
        for (const Told& one : told) {
            const double truth = end - one.at;
            // Of the whole run: at its very end a tenth of nothing is nothing. The first step is not like
            // the others, so that two must have followed it.
            if (one.at < 0.05 * end || one.step < 3 || truth <= 0.0) continue;
            ++looked;
            const double off = std::abs(one.left - truth);
            QVERIFY2(
                off <= 0.1 * std::max(truth, 0.1 * end),
                qPrintable(
                    QString("step %1: %2 s foreseen, %3 s are left").arg(one.step).arg(one.left).arg(truth)));
        }
        QVERIFY(looked > 100);
    }

    void slowerMachine_isNoticed() {
        TimeLeft left(shapeOf(1000, 0, 0, 0));
        for (int step = 0; step < 100; ++step) left.addStep(1000, 10.0);
        QVERIFY(std::abs(left.after(100) - 9000.0) < 1.0);
        for (int step = 0; step < 20; ++step) left.addStep(1000, 20.0);
        QVERIFY(std::abs(left.after(120) - 17600.0) < 1.0);
    }

    void beforeTheFirstStep_isNotKnown() {
        TimeLeft left(shapeOf(10, 5, 5, 100));
        QVERIFY(std::isnan(left.after(0)));
        left.addEvaluation(3.0);
        QVERIFY(std::isnan(left.after(0)));
        left.addStep(1000, 1.0);
        QVERIFY(left.after(1) > 9.0);
    }

    void resumedRun_countsWhatWasMeasuredBefore() {
        TrainingState state;
        state.step = 50;
        state.tokens = 50'000;
        state.trainSeconds = 100.0;
        state.evaluations = 6;
        state.evalSeconds = 30.0;
        TimeLeft left(shapeOf(100, 10, 0, 0));
        left.restore(state);
        QVERIFY(std::abs(left.after(50) - (100.0 + 25.0)) < 1e-6);
        left.addStep(1000, 9.0);  // the first step of a process is not like the others
        QVERIFY(std::abs(left.after(51) - (98.0 + 25.0)) < 1e-6);
        left.addStep(1000, 4.0);
        QVERIFY(std::abs(left.after(52) - (192.0 + 25.0)) < 1e-6);
    }
};

STUDIO_TEST(TimeLeftTest)
#include "time_left_test.moc"
