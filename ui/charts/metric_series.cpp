// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metric_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace studio::ui {

void MetricSeries::append(double x, double y) {
    if (!std::isfinite(x) || !std::isfinite(y)) return;
    while (!m_points.isEmpty() && m_points.back().x() >= x) m_points.removeLast();
    m_points.append(QPointF(x, y));
}

std::optional<double> MetricSeries::lastY() const {
    if (m_points.isEmpty()) return std::nullopt;
    return m_points.back().y();
}

int MetricSeries::lowerIndex(double x) const {
    const auto at = std::lower_bound(m_points.begin(), m_points.end(), x,
                                     [](const QPointF& point, double value) { return point.x() < value; });
    return static_cast<int>(at - m_points.begin());
}

std::optional<QPointF> MetricSeries::nearest(double x) const {
    if (m_points.isEmpty()) return std::nullopt;
    const int right = std::min(lowerIndex(x), size() - 1);
    const int left = std::max(right - 1, 0);
    return std::abs(m_points[left].x() - x) < std::abs(m_points[right].x() - x) ? m_points[left]
                                                                                : m_points[right];
}

std::optional<QPointF> MetricSeries::yRange(double fromX, double toX) const {
    std::optional<QPointF> range;
    for (int i = lowerIndex(fromX); i < size() && m_points[i].x() <= toX; ++i) {
        const double y = m_points[i].y();
        if (!range)
            range = QPointF(y, y);
        else
            range = QPointF(std::min(range->x(), y), std::max(range->y(), y));
    }
    return range;
}

std::optional<double> MetricSeries::yQuantile(double fromX, double toX, double share) const {
    std::vector<double> values;
    for (int i = lowerIndex(fromX); i < size() && m_points[i].x() <= toX; ++i)
        values.push_back(m_points[i].y());
    if (values.empty()) return std::nullopt;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

QVector<QPointF> MetricSeries::decimated(double fromX, double toX, int columns) const {
    QVector<QPointF> result;
    if (m_points.isEmpty() || columns < 1 || !(toX > fromX)) return result;
    const int begin = std::max(lowerIndex(fromX) - 1, 0);
    int end = lowerIndex(toX);
    while (end < size() && m_points[end].x() <= toX) ++end;
    end = std::min(end + 1, size());
    if (end - begin <= columns * 2) return m_points.mid(begin, end - begin);

    const double perColumn = (toX - fromX) / columns;
    const auto columnOf = [&](int i) { return std::floor((m_points[i].x() - fromX) / perColumn); };
    for (int i = begin; i < end;) {
        const double column = columnOf(i);
        int low = i, high = i, last = i;
        for (; last < end && columnOf(last) == column; ++last) {
            if (m_points[last].y() < m_points[low].y()) low = last;
            if (m_points[last].y() > m_points[high].y()) high = last;
        }
        std::array<int, 4> kept{i, std::min(low, high), std::max(low, high), last - 1};
        for (std::size_t k = 0; k < kept.size(); ++k) {
            if (k == 0 || kept[k] != kept[k - 1]) result.append(m_points[kept[k]]);
        }
        i = last;
    }
    return result;
}

MetricSeries MetricSeries::smoothed(double weight) const {
    MetricSeries result;
    result.m_points.reserve(m_points.size());
    double average = 0.0;
    double known = 0.0;  // sum of the weights that have gone into the average
    for (const QPointF& point : m_points) {
        average = weight * average + (1.0 - weight) * point.y();
        known = weight * known + (1.0 - weight);
        result.m_points.append(QPointF(point.x(), average / known));
    }
    return result;
}

}  // namespace studio::ui
