// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/overlay_plot.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/support/desktop_font.h"
#include "tests/support/fake_engine.h"
#include "tests/support/studio_test.h"
#include "ui/charts/overlay_chart.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_control.h"

using namespace studio;
using namespace studio::ui;

namespace {

std::shared_ptr<const std::vector<MetricsLine>> linesOf(std::int64_t steps, double shift = 0.0,
                                                        std::int64_t evaluateEvery = 41) {
    auto lines = std::make_shared<std::vector<MetricsLine>>();
    for (std::int64_t step = 0; step <= steps; ++step) {
        MetricsLine line = test::fakeLine(step, steps, evaluateEvery);
        line.evalLoss += shift;
        line.loss += shift;
        lines->push_back(line);
    }
    return lines;
}

QVector<OverlayCurve> twoCurves() {
    return {{QStringLiteral("round-2"), 0, linesOf(410)}, {QStringLiteral("round-1"), 1, linesOf(205, 0.3)}};
}

struct ShownPlot {
    OverlayPlot plot;
    ShownPlot() {
        plot.resize(600, 320);
        plot.show();
        if (!QTest::qWaitForWindowExposed(&plot)) qFatal("the window does not come");
    }
    void settle() { QTest::qWait(60); }
};

}  // namespace

class OverlayPlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void curves_everyMetricAndAxis_haveTheirPoints() {
        ShownPlot shown;
        shown.plot.setCurves(twoCurves());
        QCOMPARE(shown.plot.shown(0).size(), 11);  // 0, 41, …, 410
        QCOMPARE(shown.plot.shown(0).lastX(), 410.0);
        shown.plot.setMetric(OverlayPlot::Metric::TrainLoss);
        QCOMPARE(shown.plot.shown(0).size(), 410);  // step 0 was only evaluated
        shown.plot.setMetric(OverlayPlot::Metric::LearningRate);
        QCOMPARE(shown.plot.shown(1).size(), 205);
        QCOMPARE(*shown.plot.shown(1).lastY(), test::fakeLine(205, 205).learningRate);
        shown.plot.setMetric(OverlayPlot::Metric::GradientNorm);
        QVERIFY(shown.plot.hasData());
        shown.plot.setAxis(OverlayPlot::Axis::Epochs);
        QCOMPARE(shown.plot.shown(1).lastX(), 3.0);
        shown.plot.setAxis(OverlayPlot::Axis::Time);
        QCOMPARE(shown.plot.shown(1).lastX(), 0.4 * 205);
        QCOMPARE(shown.plot.visibleX(), QPointF(0, 0.4 * 410));
    }

    void manySteps_areThinnedButKeepTheirSpike() {
        ShownPlot shown;
        auto lines = std::make_shared<std::vector<MetricsLine>>();
        for (std::int64_t step = 1; step <= 200'000; ++step) {
            MetricsLine line = test::fakeLine(step, 200'000);
            line.learningRate = step == 77'777 ? 9.0 : 1.0;
            lines->push_back(line);
        }
        shown.plot.setCurves({{QStringLiteral("long"), 0, lines}});
        shown.plot.setMetric(OverlayPlot::Metric::LearningRate);
        QVERIFY2(shown.plot.drawnPoints(0) < 4 * 600 + 4,
                 qPrintable(QString::number(shown.plot.drawnPoints(0))));
        QVERIFY(shown.plot.visibleY().y() > 9.0);
    }

    void divergedRun_leavesTheOthersReadable() {
        ShownPlot shown;
        auto hot = std::make_shared<std::vector<MetricsLine>>();
        for (std::int64_t step = 0; step <= 100; ++step) {
            MetricsLine line = test::fakeLine(step, 400, 10);
            if (step > 50) line.evalLoss *= 20.0;
            hot->push_back(line);
        }
        shown.plot.setCurves(
            {{QStringLiteral("calm"), 0, linesOf(400, 0, 10)}, {QStringLiteral("hot"), 1, hot, true}});
        shown.settle();
        QVERIFY2(shown.plot.visibleY().y() < 6.0, qPrintable(QString::number(shown.plot.visibleY().y())));
        QStringList said;
        for (const auto& label : shown.plot.endLabels()) said << label.first;
        QCOMPARE(said, QStringList({"calm", "hot: diverged"}));
        QVERIFY(shown.plot.accessibleName().contains(QStringLiteral("hot 70")) ||
                shown.plot.accessibleName().contains(QStringLiteral("diverged")));
    }

    void endLabels_ofCloseCurves_standApartWithinTheChart() {
        ShownPlot shown;
        QVector<OverlayCurve> curves;
        for (int i = 0; i < 6; ++i)
            curves.append({QStringLiteral("run-with-a-long-name-%1").arg(i), i, linesOf(400, 0.001 * i)});
        shown.plot.setCurves(curves);
        shown.settle();
        const auto labels = shown.plot.endLabels();
        QCOMPARE(labels.size(), 6);
        for (int i = 0; i < labels.size(); ++i) {
            QVERIFY(QRectF(shown.plot.rect()).contains(labels[i].second));
            for (int k = 0; k < i; ++k)
                QVERIFY2(!labels[i]
                              .second.adjusted(0, 1, 0, -1)
                              .intersects(labels[k].second.adjusted(0, 1, 0, -1)),
                         qPrintable(labels[i].first + labels[k].first));
        }
    }

    void endLabel_whereAnotherLineRuns_standsBesideIt() {
        ShownPlot shown;
        // The short run ends upon the long one.
        shown.plot.setCurves({{QStringLiteral("long"), 0, linesOf(400, 0, 10)},
                              {QStringLiteral("short-run"), 1, linesOf(200, 0, 10)}});
        shown.settle();
        const auto labels = shown.plot.endLabels();
        QCOMPARE(labels.size(), 2);
        const QRectF label = labels[1].second;
        const QColor line = lightTokens().series[0].color;
        const QImage picture = shown.plot.grab().toImage();
        for (int x = qCeil(label.left()); x < qFloor(label.right()); ++x)
            for (int y = qCeil(label.top()) + 1; y < qFloor(label.bottom()) - 1; ++y)
                QVERIFY2(picture.pixelColor(x, y) != line, qPrintable(QStringLiteral("%1,%2").arg(x).arg(y)));
        // It has not gone far: the end of its line is beside it.
        int nearest = 1000;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = qFloor(label.left()) - 14; x < qFloor(label.left()) - 9; ++x)
                if (picture.pixelColor(x, y) == line)
                    nearest = qMin(nearest, qAbs(y - qRound(label.center().y())));
        QVERIFY2(nearest < 2 * label.height(), qPrintable(QString::number(nearest)));
    }

    void crosshair_byKeys_saysEveryRunThatWasMeasuredThere() {
        ShownPlot shown;
        shown.plot.setCurves(twoCurves());
        shown.plot.setFocus();
        QTest::keyClick(&shown.plot, Qt::Key_Left);
        QCOMPARE(*shown.plot.crosshairX(), 410.0);
        QVERIFY(shown.plot.readout().contains(QStringLiteral("round-2")));
        QVERIFY(!shown.plot.readout().contains(QStringLiteral("round-1")));
        QTest::keyClick(&shown.plot, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(*shown.plot.crosshairX(), 0.0);
        QVERIFY(shown.plot.readout().contains(QStringLiteral("Step 0")));
        QVERIFY(shown.plot.readout().contains(QStringLiteral("round-1")));
        QTest::keyClick(&shown.plot, Qt::Key_Escape);
        QVERIFY(!shown.plot.crosshairX());
    }

    void zoom_staysWhileCurvesGrow_andDoubleClickFits() {
        ShownPlot shown;
        shown.plot.setCurves(twoCurves());
        QTest::keyClick(&shown.plot, Qt::Key_Plus);
        const QPointF zoomed = shown.plot.visibleX();
        QVERIFY(zoomed.y() - zoomed.x() < 400);
        shown.plot.setCurves(twoCurves());
        QCOMPARE(shown.plot.visibleX(), zoomed);
        QTest::keyClick(&shown.plot, Qt::Key_0);
        QCOMPARE(shown.plot.visibleX(), QPointF(0, 410));
    }

    void table_andPng_holdAllRuns() {
        ShownPlot shown;
        shown.plot.setCurves(twoCurves());
        shown.settle();
        const QStringList lines = shown.plot.table(u',').split(u'\n');
        QCOMPARE(lines.front(), QStringLiteral("step,round-2,round-1"));
        QVERIFY(lines.contains(
            QStringLiteral("410,%1,").arg(QString::number(test::fakeLine(410, 410, 41).evalLoss, 'g', 9))));
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.png"));
        QVERIFY(shown.plot.savePng(file));
        QVERIFY(QFileInfo(file).size() > 1000);
    }

    void chart_largeFont_cutsNoneOfItsChoices() {
        const test::DesktopFont font(14);
        Theme theme(*qApp);
        QWidget window;  // a chart that is a window would not become narrower than its head
        OverlayChart chart(&window);
        window.resize(1200, 400);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (const int width : {1000, 520}) {
            chart.resize(width, 320);
            for (const SegmentedControl* control : {chart.metricControl(), chart.axisControl()})
                QTRY_VERIFY2(control->width() >= control->minimumSizeHint().width() &&
                                 control->mapTo(&chart, control->rect().bottomRight()).x() < width,
                             qPrintable(control->accessibleName()));
        }
    }

    void chart_withoutCurvesOrFigure_saysWhatWillBeThere() {
        OverlayChart chart;
        chart.resize(600, 320);
        QVERIFY(chart.emptyText().contains(QStringLiteral("ticked")));
        chart.setCurves(twoCurves());
        QVERIFY(chart.emptyText().isEmpty());
        chart.setCurves({{QStringLiteral("no validation"), 0, linesOf(30, 0, 0)}});
        QVERIFY(chart.emptyText().contains(QStringLiteral("measured")));
        QSignalSpy changed(&chart, &OverlayChart::viewChanged);
        chart.metricControl()->setCurrentIndex(1);
        QVERIFY(chart.emptyText().isEmpty());
        QCOMPARE(chart.plot().metric(), OverlayPlot::Metric::TrainLoss);
        chart.axisControl()->setCurrentIndex(2);
        QCOMPARE(chart.plot().axis(), OverlayPlot::Axis::Time);
        QCOMPARE(changed.count(), 2);
    }
};

STUDIO_TEST(OverlayPlotTest)
#include "overlay_plot_test.moc"
