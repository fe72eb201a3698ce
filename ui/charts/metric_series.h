// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QVector>
#include <optional>

namespace studio::ui {

/// The points of one curve, by rising x. A value class, GUI thread.
class MetricSeries {
public:
    void clear() { m_points.clear(); }
    /// A point whose x is not above the last one replaces it; values that are not finite are left out.
    void append(double x, double y);

    bool isEmpty() const { return m_points.isEmpty(); }
    int size() const { return static_cast<int>(m_points.size()); }
    const QVector<QPointF>& points() const { return m_points; }
    double lastX() const { return m_points.isEmpty() ? 0.0 : m_points.back().x(); }
    std::optional<double> lastY() const;
    /// The point nearest to x.
    std::optional<QPointF> nearest(double x) const;
    /// Least and greatest y between two x; nothing where no point lies there.
    std::optional<QPointF> yRange(double fromX, double toX) const;
    /// The y below which a share of the points between two x lies; nothing where no point lies there.
    std::optional<double> yQuantile(double fromX, double toX, double share) const;

    /// The part between two x (and one point beyond each end, so that lines run out of the picture), at most
    /// four points for each of `columns` pixel columns: first, least, greatest, last. So a spike of one step
    /// stays.
    QVector<QPointF> decimated(double fromX, double toX, int columns) const;

    /// Exponential moving average, corrected for its start (Kingma and Ba 2015, section 3): weight 0 gives
    /// the curve itself.
    MetricSeries smoothed(double weight) const;

private:
    int lowerIndex(double x) const;

    QVector<QPointF> m_points;
};

}  // namespace studio::ui
