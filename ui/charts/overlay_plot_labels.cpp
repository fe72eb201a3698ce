// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The names at the ends of an OverlayPlot's lines and the crosses of runs that diverged: they stand clear of
// each other and of the lines.
#include <algorithm>

#include "ui/charts/overlay_plot.h"
#include "ui/charts/overlay_plot_parts.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr double kLineRoom = 2.0;  // pixels between a line and a name beside it
constexpr int kLabelColumns = 24;  // points that tell where a line runs under a name

}  // namespace

QString OverlayPlot::labelText(const OverlayCurve& curve, int width) const {
    const QString text = curve.diverged ? tr("%1: diverged").arg(curve.name) : curve.name;
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    if (metrics.horizontalAdvance(text) <= width) return text;
    // What happened is said in any case: the name gives way.
    const QString said = curve.diverged ? tr("%1: diverged").arg(QString()) : QString();
    const int room = std::max(24, width - metrics.horizontalAdvance(said));
    const QString name = metrics.elidedText(curve.name, Qt::ElideMiddle, room);
    return curve.diverged ? tr("%1: diverged").arg(name) : name;
}

void OverlayPlot::placeLabels() {
    for (int i = 0; i < curveCount(); ++i) placeLabel(i);
    spreadLabels();
}

// At the end of the line, or where it leaves the picture.
void OverlayPlot::placeLabel(int curve) {
    Parts& p = *m_parts;
    QCPItemText& label = *p.labels[static_cast<std::size_t>(curve)];
    const MetricSeries& series = m_curves[curve].shown;
    const QCPRange x = p.plot->xAxis->range();
    const auto end = series.nearest(std::min(series.lastX(), x.upper));
    const bool visible = end && series.lastX() >= x.lower && series.points().front().x() <= x.upper;
    label.setVisible(visible);
    if (!visible) return;
    const QRect area = p.plot->axisRect()->rect();
    const double right = std::min(p.plot->xAxis->coordToPixel(end->x()), double(area.right()));
    const double y =
        std::clamp(p.plot->yAxis->coordToPixel(end->y()), double(area.top()), double(area.bottom()));
    label.setText(labelText(m_curves[curve].curve, wordRoom(kWidestLabel)));
    label.position->setCoords(right + kLabelGap, clearOfLines(curve, right + kLabelGap, y));
    placeCross(curve);
}

// Where the other lines leave room for a name of one line: at the height of its own line's end, or else a
// little above or below, but not beyond another line, whose name it would seem to be. Where there is no such
// place its ground covers the line.
double OverlayPlot::clearOfLines(int curve, double left, double y) const {
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    const double half = metrics.height() / 2.0;
    const QRect area = m_parts->plot->axisRect()->rect();
    const double right =
        left + metrics.horizontalAdvance(labelText(m_curves[curve].curve, wordRoom(kWidestLabel)));
    QVector<QPointF> lines;  // x: the highest pixel of a line under the name, y: the lowest
    for (int i = 0; i < curveCount(); ++i) {
        const auto pixels = i == curve ? std::nullopt : pixelsBetween(i, left, right);
        if (pixels) lines.append(*pixels);
    }
    for (const double shift : {0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0, -1.5, 1.5, -2.0, 2.0}) {
        const double at = y + shift * half;
        if (at - half < area.top() || at + half > area.bottom()) continue;
        const bool free = std::none_of(lines.begin(), lines.end(), [&](const QPointF& line) {
            const bool upon = at + half > line.x() - kLineRoom && at - half < line.y() + kLineRoom;
            const bool beyond = (at < line.x() && line.y() < y) || (at > line.y() && line.x() > y);
            return upon || beyond;
        });
        if (free) return at;
    }
    return y;
}

// The heights that a line passes between two pixels of the width; nothing where it is not there.
std::optional<QPointF> OverlayPlot::pixelsBetween(int curve, double left, double right) const {
    QCPAxis* x = m_parts->plot->xAxis;
    QCPAxis* y = m_parts->plot->yAxis;
    std::optional<QPointF> range;
    const auto take = [&](double pixel) {
        range =
            range ? QPointF(std::min(range->x(), pixel), std::max(range->y(), pixel)) : QPointF(pixel, pixel);
    };
    std::optional<QPointF> before;
    const MetricSeries& series = m_curves[curve].shown;
    for (const QPointF& point :
         series.decimated(x->pixelToCoord(left), x->pixelToCoord(right), kLabelColumns)) {
        const QPointF here(x->coordToPixel(point.x()), y->coordToPixel(point.y()));
        // A line between two points passes both ends of the part that is asked for.
        for (const double edge : {left, right}) {
            if (before && before->x() < edge && here.x() > edge)
                take(before->y() +
                     (here.y() - before->y()) * (edge - before->x()) / (here.x() - before->x()));
        }
        if (here.x() >= left && here.x() <= right) take(here.y());
        before = here;
    }
    return range;
}

// Wholly inside the chart, also at the top, where a run that diverged leaves it.
void OverlayPlot::placeCross(int curve) {
    const Shown& shown = m_curves[curve];
    const auto last = shown.shown.lastY();
    if (!last || !shown.curve.diverged) return;
    QCPAxis* axis = m_parts->plot->yAxis;
    const double top = m_parts->plot->axisRect()->rect().top() + kCrossSize / 2.0 + 1.0;
    const double y = axis->pixelToCoord(std::max(axis->coordToPixel(*last), top));
    m_parts->crosses[static_cast<std::size_t>(curve)]->data()->set({QCPGraphData(shown.shown.lastX(), y)},
                                                                   true);
}

// Names that would stand on each other move apart, in the order of their lines.
void OverlayPlot::spreadLabels() {
    Parts& p = *m_parts;
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    const double height = metrics.height();
    const QRect area = p.plot->axisRect()->rect();
    std::vector<QCPItemText*> shown;
    for (QCPItemText* label : p.labels)
        if (label->visible()) shown.push_back(label);
    std::sort(shown.begin(), shown.end(), [](const QCPItemText* a, const QCPItemText* b) {
        return a->position->coords().y() < b->position->coords().y();
    });
    const auto left = [](const QCPItemText* label) { return label->position->coords().x(); };
    const auto right = [&](const QCPItemText* label) {
        return left(label) + metrics.horizontalAdvance(label->text());
    };
    const auto push = [&](QCPItemText* moved, const QCPItemText* fixed, int direction) {
        if (left(moved) > right(fixed) || left(fixed) > right(moved)) return;
        const double apart = (moved->position->coords().y() - fixed->position->coords().y()) * direction;
        if (apart < height)
            moved->position->setCoords(left(moved), fixed->position->coords().y() + direction * height);
    };
    for (std::size_t i = 1; i < shown.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) push(shown[i], shown[k], 1);
    // What was pushed out at the bottom comes back and pushes the others up.
    if (shown.empty()) return;
    QCPItemText* lowest = shown.back();
    const double most = area.bottom() - height / 2;
    if (lowest->position->coords().y() > most) lowest->position->setCoords(left(lowest), most);
    for (std::size_t i = shown.size() - 1; i-- > 0;)
        for (std::size_t k = shown.size() - 1; k > i; --k) push(shown[i], shown[k], -1);
}

QVector<QPair<QString, QRectF>> OverlayPlot::endLabels() const {
    QVector<QPair<QString, QRectF>> labels;
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    for (const QCPItemText* label : m_parts->labels) {
        if (!label->visible()) continue;
        const QPointF place = label->position->pixelPosition();
        labels.append({label->text(), QRectF(place.x(), place.y() - metrics.height() / 2.0,
                                             metrics.horizontalAdvance(label->text()), metrics.height())});
    }
    return labels;
}

}  // namespace studio::ui
