// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>
#include <memory>

#include "ui/charts/metric_series.h"
#include "ui/theme/theme_tokens.h"

class QLabel;

namespace studio::ui {

/// A name, the newest value and a small curve over the steps of the run; optionally what is still to come
/// (dotted) and a level (dashed, with a word).
class SmallChart : public QFrame {
    Q_OBJECT

public:
    /// Writes a value for the head and the axis.
    using Format = std::function<QString(double)>;

    SmallChart(Series series, Format format, QWidget* parent = nullptr);
    ~SmallChart() override;

    void setTitle(const QString& title);
    void reset(qint64 totalSteps);
    void append(const QVector<QPointF>& points);
    /// The rest of the curve, from the newest point on.
    void setPlanned(const MetricSeries& planned);
    void setLevel(double level, const QString& word);
    const MetricSeries& series() const { return m_series; }
    QString valueText() const;

    QSize sizeHint() const override { return {228, 132}; }
    QSize minimumSizeHint() const override { return {140, 96}; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Parts;
    void restyle();
    void refresh();

    std::unique_ptr<Parts> m_parts;
    Series m_style;
    Format m_format;
    QLabel* m_title;
    QLabel* m_value;
    MetricSeries m_series, m_planned;
    qint64 m_totalSteps = 0;
    double m_level = 0.0;
};

}  // namespace studio::ui
