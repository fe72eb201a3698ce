// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metric_series.h"

#include <cmath>
#include <limits>

#include "tests/support/studio_test.h"

using namespace studio::ui;

class MetricSeriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void append_notFinite_isLeftOut() {
        MetricSeries series;
        series.append(1, std::numeric_limits<double>::quiet_NaN());
        series.append(2, std::numeric_limits<double>::infinity());
        series.append(3, 1.5);
        QCOMPARE(series.points(), (QVector<QPointF>{{3, 1.5}}));
    }

    void append_sameX_replaces() {
        MetricSeries series;
        series.append(1, 1);
        series.append(1, 2);
        QCOMPARE(series.points(), (QVector<QPointF>{{1, 2}}));
    }

    void decimated_manyPoints_keepsEverySpike() {
        MetricSeries series;
        for (int x = 0; x < 200'000; ++x)
            series.append(x, x == 77'777 ? 9.0 : x == 123'456 ? -4.0 : 1.0 + 0.1 * std::sin(x));
        const QVector<QPointF> shown = series.decimated(0, 199'999, 700);
        QVERIFY(shown.size() <= 4 * 701);
        QVERIFY(shown.contains(QPointF(77'777, 9.0)));
        QVERIFY(shown.contains(QPointF(123'456, -4.0)));
        for (int i = 1; i < shown.size(); ++i) QVERIFY(shown[i - 1].x() < shown[i].x());
        QCOMPARE(shown.front().x(), 0.0);
        QCOMPARE(shown.back().x(), 199'999.0);
    }

    void decimated_fewPoints_areAllThere() {
        MetricSeries series;
        for (int x = 0; x < 50; ++x) series.append(x, x);
        QCOMPARE(series.decimated(0, 49, 700), series.points());
    }

    void decimated_part_hasOnePointBeyondEachEnd() {
        MetricSeries series;
        for (int x = 0; x < 100; ++x) series.append(x, x);
        const QVector<QPointF> shown = series.decimated(10.5, 20.5, 700);
        QCOMPARE(shown.front().x(), 10.0);
        QCOMPARE(shown.back().x(), 21.0);
    }

    void smoothed_constant_staysConstant() {
        MetricSeries series;
        for (int x = 1; x <= 20; ++x) series.append(x, 3.0);
        const MetricSeries smooth = series.smoothed(0.9);
        for (const QPointF& point : smooth.points()) QVERIFY(std::abs(point.y() - 3.0) < 1e-12);
    }

    void smoothed_twoPoints_isTheCorrectedAverage() {
        MetricSeries series;
        series.append(1, 1.0);
        series.append(2, 2.0);
        // (0.5 * 0.5 * 1 + 0.5 * 2) / (0.25 + 0.5)
        QVERIFY(std::abs(*series.smoothed(0.5).lastY() - 1.25 / 0.75) < 1e-12);
        QCOMPARE(*series.smoothed(0.0).lastY(), 2.0);
    }

    void yQuantile_spike_isAboveIt() {
        MetricSeries series;
        for (int x = 1; x <= 100; ++x) series.append(x, x == 50 ? 1000.0 : static_cast<double>(x));
        QCOMPARE(*series.yQuantile(1, 100, 0.0), 1.0);
        QCOMPARE(*series.yQuantile(1, 100, 1.0), 1000.0);
        QVERIFY(*series.yQuantile(1, 100, 0.98) <= 100.0);
        QCOMPARE(*series.yQuantile(1, 10, 1.0), 10.0);
        QVERIFY(!series.yQuantile(200, 300, 0.5));
    }

    void nearest_betweenPoints_givesTheNearerOne() {
        MetricSeries series;
        series.append(10, 1);
        series.append(20, 2);
        QCOMPARE(series.nearest(14)->x(), 10.0);
        QCOMPARE(series.nearest(16)->x(), 20.0);
        QCOMPARE(series.nearest(99)->x(), 20.0);
        QVERIFY(!MetricSeries().nearest(1));
    }
};

STUDIO_TEST(MetricSeriesTest)
#include "metric_series_test.moc"
