// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long one frame of the loss chart takes with a long run in it: the lines of a second arrive, and the
// chart is drawn. Beside it, in the same program, a plain QCustomPlot graph that holds every point of the
// same curves. studio_chart_bench [POINTS [FRAMES]] prints the median of the frames in milliseconds.
#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "tests/support/fake_engine.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/qcustomplot_header.h"

using namespace studio;
using namespace studio::ui;

namespace {

constexpr int kStepsAFrame = 100;  // a fast run's, between two pictures
constexpr int kEvaluations = 200;  // in the whole run
const QSize kSize(900, 420);

struct Times {
    std::vector<double> append, draw;

    static double median(std::vector<double> values) {
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                         values.end());
        return values[values.size() / 2];
    }
    double whole() const {
        std::vector<double> sums;
        for (std::size_t i = 0; i < append.size(); ++i) sums.push_back(append[i] + draw[i]);
        return median(sums);
    }
};

QVector<MetricsLine> linesOf(int from, int to, int total) {
    QVector<MetricsLine> lines;
    for (int step = from; step < to; ++step)
        lines.append(test::fakeLine(step, total, std::max(1, total / kEvaluations)));
    return lines;
}

double milliseconds(QElapsedTimer& timer) {
    const double spent = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    return spent;
}

Times measureChart(int points, int frames) {
    const int total = points + frames * kStepsAFrame;
    LossChart chart;
    chart.resize(kSize);
    chart.show();
    QApplication::sendPostedEvents();
    chart.plot().reset(total, 0);
    chart.plot().append(linesOf(0, points, total));
    auto* plot = chart.plot().findChild<QCustomPlot*>();
    plot->replot(QCustomPlot::rpImmediateRefresh);
    Times times;
    QElapsedTimer timer;
    for (int frame = 0; frame < frames; ++frame) {
        const int from = points + frame * kStepsAFrame;
        const QVector<MetricsLine> lines = linesOf(from, from + kStepsAFrame, total);
        timer.start();
        chart.plot().append(lines);
        times.append.push_back(milliseconds(timer));
        plot->replot(QCustomPlot::rpImmediateRefresh);
        times.draw.push_back(milliseconds(timer));
    }
    return times;
}

/// The same three curves with every point in the graphs, thinned by QCustomPlot's own sampling or not at all.
Times measurePlain(int points, int frames, bool adaptive) {
    const int total = points + frames * kStepsAFrame;
    QCustomPlot plot;
    plot.resize(kSize);
    plot.show();
    QApplication::sendPostedEvents();
    QCPGraph* raw = plot.addGraph();
    QCPGraph* smoothed = plot.addGraph();
    QCPGraph* eval = plot.addGraph();
    raw->setPen(QPen(QColor(0, 114, 178, 115), 1));
    smoothed->setPen(QPen(QColor(0, 114, 178), 2));
    eval->setPen(QPen(QColor(213, 94, 0), 2));
    for (QCPGraph* graph : {raw, smoothed, eval}) graph->setAdaptiveSampling(adaptive);
    plot.xAxis->setRange(0, total);
    plot.yAxis->setRange(1.8, 5.0);
    double average = 3.6;
    const auto add = [&](const QVector<MetricsLine>& lines) {
        for (const MetricsLine& line : lines) {
            const auto step = static_cast<double>(line.step);
            if (std::isfinite(line.loss)) {
                average = 0.85 * average + 0.15 * line.loss;
                raw->addData(step, line.loss);
                smoothed->addData(step, average);
            }
            if (std::isfinite(line.evalLoss)) eval->addData(step, line.evalLoss);
        }
    };
    add(linesOf(0, points, total));
    plot.replot(QCustomPlot::rpImmediateRefresh);
    Times times;
    QElapsedTimer timer;
    for (int frame = 0; frame < frames; ++frame) {
        const int from = points + frame * kStepsAFrame;
        const QVector<MetricsLine> lines = linesOf(from, from + kStepsAFrame, total);
        timer.start();
        add(lines);
        times.append.push_back(milliseconds(timer));
        plot.replot(QCustomPlot::rpImmediateRefresh);
        times.draw.push_back(milliseconds(timer));
    }
    return times;
}

void print(const char* name, const Times& times, double ours) {
    std::printf("%-34s %9.3f %9.3f %9.3f %9.2f\n", name, Times::median(times.append),
                Times::median(times.draw), times.whole(), times.whole() / ours);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const int points = arguments.size() > 1 ? arguments[1].toInt() : 100'000;
    const int frames = arguments.size() > 2 ? arguments[2].toInt() : 30;
    if (points < 1000 || frames < 1) {
        std::fprintf(stderr, "usage: studio_chart_bench [POINTS, 1000 or more [FRAMES]]\n");
        return 2;
    }
    std::printf("%d points, %d frames of %d new steps, %d x %d pixels; median ms\n", points, frames,
                kStepsAFrame, kSize.width(), kSize.height());
    std::printf("%-34s %9s %9s %9s %9s\n", "", "append", "draw", "frame", "ratio");
    const Times chart = measureChart(points, frames);
    const double ours = chart.whole();
    print("loss chart", chart, ours);
    print("plain graph, adaptive sampling", measurePlain(points, frames, true), ours);
    print("plain graph, all points", measurePlain(points, frames, false), ours);
    return 0;
}
