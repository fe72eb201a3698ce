// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_view.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QTableView>
#include <fstream>

#include "core/storage/project.h"
#include "core/storage/row_losses.h"
#include "core/storage/run_samples.h"
#include "tests/support/assets.h"
#include "tests/support/bracket_translator.h"
#include "tests/support/fake_engine.h"
#include "tests/support/studio_test.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/small_chart.h"
#include "ui/train/eval_rows_view.h"
#include "ui/train/event_model.h"
#include "ui/train/sample_panel.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;

namespace {

RunSample said(std::int64_t step, std::int64_t row, const std::string& text) {
    return {step, row, "Prompt of row " + std::to_string(row), text};
}

/// A project with a run in it, as the engine leaves it, and the view on that run.
class RunFixture {
public:
    RunFixture() {
        project = Project::create(folder / "facts.ftproj");
        std::vector<Record> records(6);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].instruction = "Question " + std::to_string(i);
            records[i].output = i == 5 ? "" : "Answer " + std::to_string(i);
        }
        ids = project->add(records);
        run = project->runsFolder() / "run-1";
        std::filesystem::create_directories(run);
        StepRows batch{171, {}};
        for (std::size_t i = 0; i < 5; ++i) batch.rows.push_back({ids[i], 2.0 + static_cast<double>(i), 4});
        std::ofstream(batchesFile(run)) << stepRowsLine(batch) << "\n";
        writeEvaluationRows(run, {41, {{ids[1], 0.5, 3}, {ids[2], 3.5, 3}, {999, 1.5, 3}}});
        RunFacts facts;
        facts.name = QStringLiteral("run-1");
        facts.folder = run;
        facts.plan.totalSteps = 411;
        facts.plan.stepsPerEpoch = 137;
        facts.settings.sampleEvery = 41;
        view.resize(1100, 640);
        view.show();
        view.begin(facts);
        QVector<MetricsEvent> events;
        for (int step = 0; step <= 254; ++step) {
            MetricsLine line = test::fakeLine(step, 411, 41);
            line.memoryBytes = 1'200'000'000;
            events.append({line, 1.0});
        }
        view.addMetrics(events);
    }

    test::TemporaryFolder folder;
    std::unique_ptr<Project> project;
    std::vector<std::int64_t> ids;
    std::filesystem::path run;
    RunView view;
};

}  // namespace

class RunViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spike_held_showsTheRowsOfItsBatchAndOpensThem() {
        RunFixture fixture;
        LossPlot& plot = fixture.view.chart().plot();
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.view));
        QSignalSpy opened(&fixture.view, &RunView::rowsRequested);
        plot.pinStep(171);
        QCOMPARE(*plot.pinnedStep(), qint64(171));
        QVERIFY(plot.pinnedReadout().isVisible());
        QVERIFY(!plot.pinnedReadout().link()->isVisible());  // not before they are known
        QTRY_COMPARE(plot.pinnedReadout().rows().size(), 5);
        QCOMPARE(plot.pinnedReadout().rows().front().id, qint64(fixture.ids[4]));
        QCOMPARE(plot.pinnedReadout().rows().front().text, QStringLiteral("Question 4"));
        QVERIFY(plot.rect().contains(plot.pinnedReadout().geometry()));
        plot.pinnedReadout().link()->click();
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].value<QVector<qint64>>().size(), 5);
        QCOMPARE(opened[0][1].toString(), QStringLiteral("in the batch of step 171"));
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(opened.count(), 2);
        QTest::keyClick(&plot, Qt::Key_Escape);
        QVERIFY(!plot.pinnedStep() && !plot.pinnedReadout().isVisible());
        plot.pinStep(100);  // nothing was written for this one
        QTest::qWait(200);
        QVERIFY(plot.pinnedReadout().rows().isEmpty());
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(opened.count(), 2);
    }

    void charts_zoomedOrHovered_allShowTheSameSteps() {
        RunFixture fixture;
        LossPlot& plot = fixture.view.chart().plot();
        SmallChart& norm = fixture.view.normChart();
        QCOMPARE(norm.visibleSteps(), plot.visibleSteps());
        plot.zoom(0.25, 171);
        QVERIFY(plot.visibleSteps().y() - plot.visibleSteps().x() < 411 * 0.3);
        QCOMPARE(norm.visibleSteps(), plot.visibleSteps());
        Q_EMIT norm.panRequested(30);
        QCOMPARE(fixture.view.rateChart().visibleSteps(), plot.visibleSteps());
        Q_EMIT norm.fitRequested();
        QCOMPARE(norm.visibleSteps(), QPointF(0, 411));
        QCOMPARE(plot.visibleSteps(), QPointF(0, 411));
        plot.pinStep(171);
        QCOMPARE(norm.valueText(), QStringLiteral("6.80"));
        QCOMPARE(fixture.view.memoryChart().valueText(), QStringLiteral("1.20 GB"));
    }

    // Its time goes on, too.
    void goesOn_itsEventsCountFromTheVeryBeginning() {
        RunView view;
        RunFacts facts;
        facts.plan.totalSteps = 100;
        facts.secondsBefore = 230.0;
        view.begin(facts);
        view.addLog({LogEvent::Level::Info, "It goes on.", "resumed", {"40"}});
        QCOMPARE(view.events().index(0, 0).data(EventModel::TimeRole).toString(), QStringLiteral("3:50"));
        QCOMPARE(view.figure(RunView::Elapsed), QStringLiteral("3:50"));
        // What it had measured before is told anew with the time of then, and stands below.
        MetricsLine line = test::fakeLine(20, 100, 1);
        line.evalLoss = 1.5;
        line.seconds = 75.0;
        view.addMetrics({{line, 1.0}});
        QCOMPARE(view.events().index(1, 0).data(EventModel::TimeRole).toString(), QStringLiteral("1:15"));
        line.seconds = 231.0;
        view.addMetrics({{line, 1.0}});
        QCOMPARE(view.events().index(0, 0).data(EventModel::TimeRole).toString(), QStringLiteral("3:51"));
    }

    // The clock of the checkpoint's step and that of the first step behind it are not the same one.
    void goesOn_newStepBelowTheTimeOfTheCheckpoint_isStillNew() {
        RunView view;
        RunFacts facts;
        facts.plan.totalSteps = 100;
        facts.secondsBefore = 230.0;
        view.begin(facts);
        view.addLog({LogEvent::Level::Info, "It goes on.", "resumed", {"40"}});
        MetricsLine line = test::fakeLine(41, 100, 1);
        line.evalLoss = 1.5;
        line.seconds = 229.0;
        view.addMetrics({{line, 1.0}});
        QCOMPARE(view.events().index(0, 0).data(EventModel::TimeRole).toString(), QStringLiteral("3:50"));
        QVERIFY(view.events().index(0, 0).data().toString().contains(QStringLiteral("1.5")));
    }

    void stopped_evaluatedOnce_saysNothingOfAChange() {
        const auto noteAfter = [](int evaluations) {
            RunView view;
            view.begin({});
            for (int i = 0; i < evaluations; ++i) {
                MetricsLine line = test::fakeLine(10 * i, 100, 1);
                line.evalLoss = 1.68 - i;
                view.addMetrics({{line, 1.0}});
            }
            JobOutcome outcome;
            TrainResult result;
            result.stoppedEarly = true;
            result.firstEvalLoss = result.lastEvalLoss = 1.68;
            outcome.kind = JobOutcome::Kind::Finished;
            outcome.value = result;
            view.end(outcome, 0);
            return view.note().text();
        };
        QVERIFY(!noteAfter(1).contains(QStringLiteral("1.68")));
        QVERIFY(noteAfter(2).contains(QStringLiteral("1.68")));
    }

    void learningRate_changedWhileItGoesOn_isPlannedFromTheNewPeak() {
        RunView view;
        RunFacts facts;
        facts.plan.totalSteps = 100;
        facts.settings.learningRate = 1e-4;
        facts.settings.schedule = "constant";
        view.begin(facts);
        QVERIFY(view.rateChart().topOfAxis() >= 1e-4);
        view.addLog({LogEvent::Level::Info, "It is lower.", "learning_rate_changed", {"10", "2e-05"}});
        QVERIFY(view.rateChart().topOfAxis() >= 2e-5 && view.rateChart().topOfAxis() < 3e-5);
    }

    void smallChart_clipAndLog_changeItsAxisAlone() {
        RunFixture fixture;
        SmallChart& norm = fixture.view.normChart();
        const double whole = norm.topOfAxis();
        QVERIFY(whole > 6.8);
        norm.setClip(true);
        QVERIFY(norm.topOfAxis() < 4.0);
        norm.setClip(false);
        norm.setLogAxis(true);
        norm.setSmoothing(0.85);
        QVERIFY(norm.isLogAxis() && norm.topOfAxis() > 6.8);
        QCOMPARE(norm.table(QLatin1Char('\t')).count(QLatin1Char('\n')), 255);
        fixture.view.grab();
        fixture.view.savePng(QString::fromStdString((fixture.folder / "a.png").string()));
        QVERIFY(std::filesystem::exists(fixture.folder / "a.png"));
        QCOMPARE(fixture.view.askedChart(), QStringLiteral("loss"));
        Q_EMIT norm.pngRequested();
        QCOMPARE(fixture.view.askedChart(), QStringLiteral("gradient-norm"));
        QVERIFY(fixture.view.savePng(QString::fromStdString((fixture.folder / "b.png").string())));
    }

    void evaluatedRows_worstFirst_leadToData() {
        RunFixture fixture;
        EvalRowsView& rows = fixture.view.evalRows();
        new QAbstractItemModelTester(&rows.model(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     &rows);
        fixture.view.showEvalRows(true);
        QTRY_COMPARE(rows.model().rowCount(), 3);
        QCOMPARE(rows.model().idAt(0), qint64(fixture.ids[2]));
        QVERIFY(rows.model().index(1, 0).data().toString().contains(QStringLiteral("no longer")));
        rows.table()->sortByColumn(EvalRowsModel::Loss, Qt::AscendingOrder);
        QCOMPARE(rows.model().idAt(0), qint64(fixture.ids[1]));
        QSignalSpy opened(&fixture.view, &RunView::rowsRequested);
        rows.link()->click();
        QCOMPARE(opened[0][0].value<QVector<qint64>>().size(), 3);
        QCOMPARE(opened[0][1].toString(), QStringLiteral("of the evaluation at step 41"));
        rows.table()->selectRow(0);
        rows.link()->click();
        QCOMPARE(opened[1][0].value<QVector<qint64>>(), QVector<qint64>{fixture.ids[1]});
    }

    void samples_groupedByPrompt_matchTheReferenceSinceAStep() {
        RunFixture fixture;
        SampleModel& model = fixture.view.samples().model();
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        const std::int64_t first = fixture.ids[0], without = fixture.ids[5];
        for (const auto& [step, text] : std::vector<std::pair<int, std::string>>{
                 {0, "Question"}, {41, " Answer 0\n"}, {82, "Answer 0"}}) {
            fixture.view.addSample(said(step, first, text));
            fixture.view.addSample(said(step, without, "the same"));
        }
        QCOMPARE(model.promptCount(), 2);
        QTRY_VERIFY(model.matchSince(0));
        QCOMPARE(*model.matchSince(0), qint64(41));
        QVERIFY(!model.matchSince(1));  // the row has no response
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row)
            lines << model.index(row).data(SampleModel::StepRole).toString() + QLatin1Char('|') +
                         model.index(row).data().toString();
        QCOMPARE(
            lines,
            (QStringList{QStringLiteral("|Prompt of row %1").arg(first), QStringLiteral("0|Question"),
                         QStringLiteral("41|Answer 0"), QStringLiteral("82|Answer 0"),
                         QStringLiteral("|same as the reference since step 41"),
                         QStringLiteral("|Prompt of row %1").arg(without), QStringLiteral("82|the same")}));
        fixture.view.addSample(said(123, first, "Answer 1"));
        QVERIFY(!model.matchSince(0));
        for (int step = 124; step < 140; ++step)
            fixture.view.addSample(said(step, first, std::to_string(step)));
        QVERIFY(model.index(2).data().toString().startsWith(QStringLiteral("14 other answer")));
        const test::BracketTranslator translator;
        QVERIFY(model.index(2).data().toString().startsWith(QChar(0x2039)));
    }

    void samples_goneOnFromACheckpoint_replaceThoseAfterIt() {
        SampleModel model;
        model.add({said(0, 1, "a"), said(10, 1, "b"), said(20, 1, "c"), said(10, 1, "d")});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2).data().toString(), QStringLiteral("d"));
        QVERIFY(model.index(2).data(SampleModel::NewestRole).toBool());
    }

    void pastRun_shown_hasItsSamplesAndRows() {
        RunFixture fixture;
        std::ofstream(samplesFile(fixture.run))
            << runSampleLine(said(41, fixture.ids[3], "Answer 3")) << "\n";
        RunFolder(fixture.run).writeRun(OrderedJson{{"method", "full"}});
        std::ofstream(RunFolder(fixture.run).metricsFile())
            << metricsJson(test::fakeLine(40, 82, 41)).dump() << "\n"
            << metricsJson(test::fakeLine(41, 82, 41)).dump() << "\n";
        RunView view;
        view.showPast(readPastRun(RunFolder(fixture.run).summary()));
        QCOMPARE(view.samples().model().promptCount(), 1);
        QTRY_COMPARE(view.samples().model().matchSince(0).value_or(0), qint64(41));
        QTRY_COMPARE(view.evalRows().model().rowCount(), 3);
    }
};

STUDIO_TEST(RunViewTest)
#include "run_view_test.moc"
