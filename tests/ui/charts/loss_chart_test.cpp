// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loss_chart.h"

#include <QCheckBox>
#include <QLabel>
#include <QSlider>
#include <QWheelEvent>
#include <ctime>
#include <limits>

#include "tests/support/bracket_translator.h"
#include "tests/support/fake_engine.h"
#include "tests/support/studio_test.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/qcustomplot_header.h"
#include "ui/charts/step_readout.h"
#include "ui/theme/theme.h"

using namespace studio;
using namespace studio::ui;

namespace {

std::clock_t threadMilliseconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

class LossChartTest : public QObject {
    Q_OBJECT

private:
    static QVector<MetricsLine> lines(int from, int to, int total = 411) {
        QVector<MetricsLine> result;
        for (int step = from; step <= to; ++step) result.append(test::fakeLine(step, total, 41));
        return result;
    }

    static void show(LossChart& chart) {
        chart.resize(728, 420);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
    }

    static QWidget* canvas(LossChart& chart) {
        return chart.plot().findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    }

    static void wheel(QWidget* widget, int delta) {
        const QPointF middle = widget->rect().center();
        QWheelEvent event(middle, widget->mapToGlobal(middle), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &event);
    }

private Q_SLOTS:
    void append_lines_pointsAreThere() {
        LossChart chart;
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        QCOMPARE(chart.plot().trainLoss().size(), 254);
        QCOMPARE(chart.plot().evalLoss().size(), 7);
        QCOMPARE(chart.plot().evalLoss().points().front().x(), 0.0);
        QVERIFY(chart.plot().accessibleName().contains(QStringLiteral("246")));
    }

    void wheel_zoomsXAndStopsFollowing_doubleClickFits() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        QCOMPARE(chart.plot().visibleSteps(), QPointF(0, 411));
        wheel(canvas(chart), 240);
        const QPointF zoomed = chart.plot().visibleSteps();
        QVERIFY(zoomed.y() - zoomed.x() < 411 * 0.8);
        QVERIFY(!chart.plot().isFollowing());
        QVERIFY(!chart.followBox()->isChecked());
        QTest::mouseDClick(canvas(chart), Qt::LeftButton);
        QCOMPARE(chart.plot().visibleSteps(), QPointF(0, 411));
        QVERIFY(chart.followBox()->isChecked());
    }

    void drag_zoomed_pansButNotBeyondTheRun() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        for (int i = 0; i < 6; ++i) wheel(canvas(chart), 120);
        const QPointF before = chart.plot().visibleSteps();
        QWidget* area = canvas(chart);
        const QPoint middle = area->rect().center();
        QTest::mousePress(area, Qt::LeftButton, {}, middle);
        QMouseEvent move(QEvent::MouseMove, QPointF(middle.x() + 80, middle.y()),
                         area->mapToGlobal(QPointF(middle.x() + 80, middle.y())), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(area, &move);
        QTest::mouseRelease(area, Qt::LeftButton, {}, middle);
        const QPointF after = chart.plot().visibleSteps();
        QVERIFY(after.x() < before.x());
        QVERIFY(std::abs((after.y() - after.x()) - (before.y() - before.x())) < 1e-6);
        QVERIFY(after.x() >= 0.0);
    }

    void follow_zoomedThenOn_newestStepIsInSight() {
        LossChart chart;
        show(chart);
        chart.plot().reset(4110, 0);
        chart.plot().append(lines(0, 100, 4110));
        QTest::mouseMove(canvas(chart), QPoint(80, 100));
        for (int i = 0; i < 14; ++i) wheel(canvas(chart), 120);
        chart.plot().append(lines(101, 3900, 4110));
        QVERIFY(chart.plot().visibleSteps().y() < 3900);
        chart.followBox()->setChecked(true);
        QVERIFY(chart.plot().visibleSteps().y() >= 3900);
    }

    void epochNames_narrowChart_areInsideAndOffTheNewestStep() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 411 / 15.0);
        for (const qint64 newest : {30, 110, 140, 300}) {
            chart.plot().append(lines(chart.plot().trainLoss().size(), newest));
            for (const int width : {728, 600, 480, 360}) {
                chart.resize(width, 420);
                QTest::qWait(60);
                const QVector<QRectF> names = chart.plot().epochNames();
                QVERIFY(!names.isEmpty());
                for (const QRectF& name : names) {
                    QVERIFY(name.right() < canvas(chart)->width());
                    QVERIFY(name.left() > 0);
                }
                for (qsizetype i = 1; i < names.size(); ++i) QVERIFY(names[i - 1].right() < names[i].left());
            }
        }
    }

    void crosshair_arrowKeys_moveByStepAndTen() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        QTest::keyClick(&chart.plot(), Qt::Key_Left);
        QCOMPARE(*chart.plot().crosshairStep(), qint64(254));
        QTest::keyClick(&chart.plot(), Qt::Key_Left);
        QCOMPARE(*chart.plot().crosshairStep(), qint64(253));
        QTest::keyClick(&chart.plot(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(*chart.plot().crosshairStep(), qint64(243));
        QTest::keyClick(&chart.plot(), Qt::Key_Escape);
        QVERIFY(!chart.plot().crosshairStep());
    }

    void mouse_overPlot_showsValuesOfTheStep() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        QWidget* area = canvas(chart);
        QMouseEvent move(QEvent::MouseMove, QPointF(200, 100), area->mapToGlobal(QPointF(200, 100)),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(area, &move);
        QVERIFY(chart.plot().crosshairStep());
        const auto labels = chart.plot().findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() &&
                   label->text().contains(QStringLiteral("Step %1").arg(*chart.plot().crosshairStep()));
        }));
    }

    void click_onTheCurve_holdsTheStepUntilEsc() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        QSignalSpy held(&chart.plot(), &LossPlot::stepPinned);
        QTest::mouseClick(canvas(chart), Qt::LeftButton, {}, QPoint(300, 150));
        QCOMPARE(held.count(), 1);
        const qint64 step = held[0][0].toLongLong();
        QCOMPARE(*chart.plot().crosshairStep(), step);
        QTest::mouseMove(canvas(chart), QPoint(100, 150));  // the mouse passes by
        QCOMPARE(*chart.plot().crosshairStep(), step);
        QVERIFY(chart.plot().pinnedReadout().isVisible());
        QTest::keyClick(&chart.plot(), Qt::Key_Right);  // the arrows go on from there
        QVERIFY(!chart.plot().pinnedStep());
        QCOMPARE(*chart.plot().crosshairStep(), step + 1);
        QTest::keyClick(&chart.plot(), Qt::Key_Return);
        QCOMPARE(held[1][0].toLongLong(), step + 1);
        for (int i = 0; i < 10; ++i) wheel(canvas(chart), 120);
        chart.plot().showStepRows(step + 1, {{4, QStringLiteral("four"), 1.0}, {5, {}, 2.0}});
        QCOMPARE(chart.plot().pinnedReadout().rows().front().id, qint64(5));
        QTest::keyClick(&chart.plot(), Qt::Key_Escape);
        QVERIFY(!chart.plot().pinnedReadout().isVisible());
    }

    void language_changed_heldStepIsSaidAnew() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        chart.plot().pinStep(100);
        chart.plot().showStepRows(100, {{4, QStringLiteral("four"), 1.0}});
        const test::BracketTranslator translator;
        QEvent change(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&chart.plot(), &change);
        QVERIFY(chart.plot().accessibleDescription().contains(u'‹'));
        QCOMPARE(chart.plot().pinnedReadout().rows().size(), 1);
    }

    void lowChart_hasFewerFigures() {
        QWidget window;
        LossPlot plot(&window);
        plot.reset(411, 137);
        plot.append(lines(0, 254));
        plot.resize(600, 320);
        window.resize(640, 360);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(plot.lossFigures() >= 5);
        plot.resize(600, 110);
        QTRY_VERIFY2(plot.lossFigures() >= 1 && plot.lossFigures() <= 4,
                     qPrintable(QString::number(plot.lossFigures())));
    }

    void evaluationBeforeTheFirstStep_isDrawnWhole() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 0);
        chart.plot().append(lines(0, 254));
        auto* drawn = chart.plot().findChild<QCustomPlot*>();
        drawn->replot(QCustomPlot::rpImmediateRefresh);
        const QImage image = drawn->toPixmap().toImage();
        const QRgb color = tokensOf(&chart).of(Series::EvalLoss).color.rgb();
        const int outside = drawn->axisRect()->left() - 3;
        int colored = 0;
        for (int y = 0; y < image.height(); ++y)
            if ((image.pixel(outside, y) & RGB_MASK) == (color & RGB_MASK)) ++colored;
        QVERIFY(colored > 0);
    }

    void head_narrow_givesUpWholeWords() {
        Theme theme(*qobject_cast<QApplication*>(qApp));
        QWidget window;  // a chart that is a window would not become narrower than its head
        LossChart chart(&window);
        chart.setValidationRows(120);
        window.resize(900, 400);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (const int width : {900, 640, 520, chart.minimumSizeHint().width()}) {
            chart.resize(width, 320);
            QTest::qWait(20);
            QVERIFY2(chart.headWidth() <= width,
                     qPrintable(QStringLiteral("%1 of %2").arg(chart.headWidth()).arg(width)));
        }
        chart.resize(900, 320);
        QTest::qWait(20);
        for (QLabel* label : chart.findChildren<QLabel*>())
            if (label->text() == QStringLiteral("Smoothing")) QVERIFY(label->isVisible());
    }

    void smoothingSlider_moved_changesThePlot() {
        LossChart chart;
        chart.smoothingSlider()->setValue(40);
        QCOMPARE(chart.plot().smoothing(), 0.4);
    }

    void logAxis_on_stillShowsEverything() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        chart.logBox()->setChecked(true);
        QTest::qWait(20);
        QCOMPARE(chart.plot().visibleSteps(), QPointF(0, 411));
    }

    void clip_spike_leavesTheSightAndComesBack() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        const double before = chart.plot().visibleLoss().y();
        MetricsLine spike = test::fakeLine(255, 411, 41);
        spike.loss = 400.0;
        chart.plot().append({spike});
        QVERIFY(chart.plot().visibleLoss().y() > 400.0);
        chart.plot().setClip(true);
        QVERIFY(chart.plot().visibleLoss().y() <= before);
        QCOMPARE(*chart.plot().trainLoss().lastY(), 400.0);
        chart.plot().setClip(false);
        QVERIFY(chart.plot().visibleLoss().y() > 400.0);
    }

    void lossText_smallLosses_keepTheirFigures() {
        QCOMPARE(lossText(2.345), QStringLiteral("2.35"));
        QCOMPARE(lossText(0.0123), QStringLiteral("0.0123"));
        QCOMPARE(lossText(0.0), QStringLiteral("0.00"));
        QCOMPARE(lossText(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("–"));
    }

    void table_csv_hasALineAStep() {
        LossChart chart;
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        const QStringList rows =
            chart.plot().table(QLatin1Char(',')).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 256);
        QVERIFY(rows[0].startsWith(QStringLiteral("step,epoch,loss,loss_smoothed,eval_loss")));
        QVERIFY(rows[172].startsWith(QStringLiteral("171,")));
        QVERIFY(rows[172].contains(QStringLiteral("4.86")));
        QCOMPARE(rows[1].split(QLatin1Char(','))[2], QString());  // step 0 has no train loss
    }

    void savePng_writesAPicture() {
        LossChart chart;
        show(chart);
        chart.plot().reset(411, 137);
        chart.plot().append(lines(0, 254));
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("loss.png"));
        QVERIFY(chart.plot().savePng(path));
        const QImage image(path);
        QVERIFY(image.width() >= 2 * chart.plot().width() - 10);  // without the frame of the focus
        QVERIFY(!chart.plot().savePng(folder.filePath(QStringLiteral("no/such/folder/loss.png"))));
    }

    void append_hundredThousandSteps_oneRefreshTakesUnder50ms() {
        LossChart chart;
        show(chart);
        chart.plot().reset(100'000, 0);
        chart.plot().append(lines(0, 99'000, 100'000));
        QTest::qWait(50);
        // The thread's own time, so that a busy machine does not fail the test.
        const std::clock_t before = threadMilliseconds();
        chart.plot().append(lines(99'001, 99'300, 100'000));
        chart.plot().grab();
        const std::clock_t spent = threadMilliseconds() - before;
        QVERIFY2(spent < 50, qPrintable(QStringLiteral("%1 ms").arg(spent)));
    }

    void rateText_rates_asPeopleWriteThem() {
        QCOMPARE(rateText(2e-5), QStringLiteral("2e-5"));
        QCOMPARE(rateText(1.31e-5), QStringLiteral("1.31e-5"));
        QCOMPARE(rateText(0.0005), QStringLiteral("5e-4"));
        QCOMPARE(rateText(0.0), QStringLiteral("0"));
        QCOMPARE(rateText(1e-3), QStringLiteral("1e-3"));
    }
};

STUDIO_TEST(LossChartTest)
#include "loss_chart_test.moc"
