// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/storage/run_folder.h"
#include "ui/charts/metric_series.h"

class QCustomPlot;

namespace studio::ui {

/// One run on an overlay chart.
struct OverlayCurve {
    QString name;
    int style = 0;  ///< index into ThemeTokens::series: colour and dash
    std::shared_ptr<const std::vector<MetricsLine>> lines;
    bool diverged = false;  ///< its end gets a cross and says so
};

/// The same figure of several runs in one chart, each with colour, dash and its name at the end of its line.
/// Wheel, drag, double click, cross-hair and keys as in LossPlot. GUI thread.
class OverlayPlot : public QWidget {
    Q_OBJECT

public:
    enum class Metric { EvalLoss, TrainLoss, LearningRate, GradientNorm };
    enum class Axis { Steps, Epochs, Time };

    explicit OverlayPlot(QWidget* parent = nullptr);
    ~OverlayPlot() override;

    /// What is in sight stays there while the user has zoomed in.
    void setCurves(const QVector<OverlayCurve>& curves);
    void setMetric(Metric metric);
    void setAxis(Axis axis);
    void setLogAxis(bool on);
    bool isLogAxis() const { return m_log; }
    Metric metric() const { return m_metric; }
    Axis axis() const { return m_axis; }
    /// Whether any of the runs has the figure.
    bool hasData() const;
    void fit();

    int curveCount() const { return static_cast<int>(m_curves.size()); }
    /// The points of a run as they are drawn, before they are thinned: losses and norms of single steps are
    /// smoothed.
    const MetricSeries& shown(int curve) const { return m_curves[curve].shown; }
    /// Points that a run's line is drawn with now.
    int drawnPoints(int curve) const;
    QPointF visibleX() const;
    QPointF visibleY() const;
    std::optional<double> crosshairX() const { return m_crosshair; }
    QString readout() const;
    /// The names at the ends of the lines that are in sight: their text and place in the widget.
    QVector<QPair<QString, QRectF>> endLabels() const;

    /// The figure of all runs, a line an x, parted by `separator`; with a head line.
    QString table(QChar separator) const;
    bool savePng(const QString& path);

    QSize sizeHint() const override { return {560, 320}; }
    QSize minimumSizeHint() const override { return {260, 140}; }

Q_SIGNALS:
    void menuRequested(const QPoint& globalPosition);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Parts;
    struct Shown {
        OverlayCurve curve;
        MetricSeries raw;
        MetricSeries shown;
    };

    void makeParts();
    void rebuildGraphs();
    void readSeries();
    void restyle();
    void refresh();
    void rescaleY();
    void zoom(double factor, double aroundX);
    void showCrosshair(double x);
    void moveCrosshair(int by);
    void hideCrosshair();
    QString readoutText(double x) const;
    QString xText(double x) const;
    QString yText(double y) const;
    QString describe() const;
    double xOf(const MetricsLine& line) const;
    double yOf(const MetricsLine& line) const;
    double fullRange() const;

    // overlay_plot_labels.cpp
    void placeLabels();
    void placeLabel(int curve);
    void spreadLabels();
    double clearOfLines(int curve, double left, double y) const;
    std::optional<QPointF> pixelsBetween(int curve, double left, double right) const;
    void placeCross(int curve);
    QString labelText(const OverlayCurve& curve, int width) const;

    std::unique_ptr<Parts> m_parts;
    QVector<Shown> m_curves;
    Metric m_metric = Metric::EvalLoss;
    Axis m_axis = Axis::Steps;
    bool m_log = false;
    bool m_zoomed = false;
    std::optional<double> m_crosshair;
    std::optional<double> m_dragFrom;
};

}  // namespace studio::ui
