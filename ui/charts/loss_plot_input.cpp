// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a LossPlot does with mouse and keys: cross-hair, the step that stays chosen, zoom and pan.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTextDocumentFragment>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/loss_plot_parts.h"

namespace studio::ui {

namespace {

constexpr double kClickPixels = 4.0;  // a press that moves less is a click

}  // namespace

std::optional<qint64> LossPlot::crosshairStep() const {
    return m_crosshair;
}

void LossPlot::showCrosshair(double x) {
    const auto nearest = m_train.nearest(x);
    if (!nearest) return hideCrosshair();
    const auto step = static_cast<qint64>(std::llround(nearest->x()));
    const auto line =
        std::lower_bound(m_lines.begin(), m_lines.end(), step,
                         [](const MetricsLine& each, qint64 value) { return each.step < value; });
    if (line == m_lines.end()) return hideCrosshair();
    const bool moved = m_crosshair != step;
    m_crosshair = step;
    Parts& p = *m_parts;
    placeInAxisHeight(p.crosshair->start, nearest->x(), 0);
    placeInAxisHeight(p.crosshair->end, nearest->x(), 1);
    const QPointF pixel(p.plot->xAxis->coordToPixel(nearest->x()), p.plot->yAxis->coordToPixel(nearest->y()));
    p.mark->topLeft->setCoords(pixel - QPointF(4.5, 4.5));
    p.mark->bottomRight->setCoords(pixel + QPointF(4.5, 4.5));
    p.crosshair->setVisible(true);
    p.mark->setVisible(true);
    if (!p.plot->viewport().isEmpty()) p.crosshairLayer->replot();
    const bool inSight = p.plot->xAxis->range().contains(nearest->x());
    if (m_pinned && inSight)
        p.pinned->placeAt(p.plot->mapToParent(pixel.toPoint()));
    else if (m_pinned)
        p.pinned->hide();
    else
        p.readout->showAt(p.plot->mapToParent(pixel.toPoint()), readoutText(*line));
    if (moved) Q_EMIT crosshairMoved(nearest->x());
}

void LossPlot::hideCrosshair() {
    const bool wasVisible = m_parts->crosshair->visible();
    const bool moved = m_crosshair.has_value();
    m_crosshair.reset();
    m_parts->crosshair->setVisible(false);
    m_parts->mark->setVisible(false);
    m_parts->readout->hide();
    // Before the first drawing of the whole plot the layer has no buffer to draw into.
    if (wasVisible && isVisible()) m_parts->crosshairLayer->replot();
    if (moved) Q_EMIT crosshairMoved(std::numeric_limits<double>::quiet_NaN());
}

const MetricsLine* LossPlot::lineOf(qint64 step) const {
    const auto line =
        std::lower_bound(m_lines.begin(), m_lines.end(), step,
                         [](const MetricsLine& each, qint64 value) { return each.step < value; });
    return line == m_lines.end() || line->step != step ? nullptr : &*line;
}

void LossPlot::pinStep(qint64 step) {
    const MetricsLine* line = lineOf(step);
    if (!line || !std::isfinite(line->loss)) return;
    m_pinned = step;
    m_parts->readout->hide();
    m_parts->pinned->showValues(readoutText(*line));
    setAccessibleDescription(QTextDocumentFragment::fromHtml(readoutText(*line)).toPlainText());
    showCrosshair(static_cast<double>(step));
    Q_EMIT stepPinned(step);
}

void LossPlot::translatePinned() {
    const MetricsLine* line = m_pinned ? lineOf(*m_pinned) : nullptr;
    if (!line) return;
    m_parts->pinned->translateValues(readoutText(*line));
    setAccessibleDescription(QTextDocumentFragment::fromHtml(readoutText(*line)).toPlainText());
}

void LossPlot::unpin() {
    m_pinned.reset();
    m_parts->pinned->hide();
    setAccessibleDescription(QString());
}

void LossPlot::showStepRows(qint64 step, const QVector<RowOfStep>& rows) {
    if (m_pinned != step) return;
    m_parts->pinned->showRows(rows);
    showCrosshair(static_cast<double>(step));  // the box has grown
}

void LossPlot::askForRows() {
    if (!m_pinned || m_parts->pinned->rows().isEmpty()) return;
    QVector<qint64> ids;
    for (const RowOfStep& row : m_parts->pinned->rows()) {
        if (!ids.contains(row.id)) ids.append(row.id);
    }
    Q_EMIT rowsRequested(ids, *m_pinned);
}

StepReadout& LossPlot::pinnedReadout() {
    return *m_parts->pinned;
}

// Enter holds the step, and once it is held opens its rows.
void LossPlot::enterPressed() {
    if (m_pinned)
        askForRows();
    else
        pinStep(m_crosshair.value_or(static_cast<qint64>(std::llround(m_train.lastX()))));
}

void LossPlot::moveCrosshair(double x) {
    unpin();
    showCrosshair(x);
}

void LossPlot::keyPressEvent(QKeyEvent* event) {
    const int stride = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    const double from = m_crosshair ? static_cast<double>(*m_crosshair) : m_train.lastX();
    const QCPRange range = m_parts->plot->xAxis->range();
    switch (event->key()) {
        case Qt::Key_Left:
            return moveCrosshair(m_crosshair ? from - stride : from);
        case Qt::Key_Right:
            return moveCrosshair(from + stride);
        case Qt::Key_Plus:
            return zoom(0.7, m_crosshair ? from : range.center());
        case Qt::Key_Minus:
            return zoom(1.0 / 0.7, m_crosshair ? from : range.center());
        case Qt::Key_0:
            return fit();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            // With Ctrl it is the page's.
            if (event->modifiers().testFlag(Qt::ControlModifier) || m_train.isEmpty()) break;
            return enterPressed();
        case Qt::Key_Escape:
            if (m_pinned) return unpin();
            if (m_crosshair) return hideCrosshair();
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void LossPlot::mousePressed(const QMouseEvent& mouse) {
    setFocus(Qt::MouseFocusReason);
    if (mouse.button() != Qt::LeftButton) return;
    m_pressedAt = mouse.position();
    m_dragFrom = m_parts->plot->xAxis->pixelToCoord(mouse.position().x());
}

void LossPlot::mouseMoved(const QMouseEvent& mouse) {
    const double x = m_parts->plot->xAxis->pixelToCoord(mouse.position().x());
    if (!m_dragFrom) {
        if (!m_pinned) showCrosshair(x);
        return;
    }
    if (m_pressedAt && (mouse.position() - *m_pressedAt).manhattanLength() < kClickPixels) return;
    m_pressedAt.reset();
    panBy(*m_dragFrom - x);
}

void LossPlot::mouseReleased(const QMouseEvent& mouse) {
    const bool clicked = m_pressedAt && mouse.button() == Qt::LeftButton;
    m_dragFrom.reset();
    m_pressedAt.reset();
    if (!clicked) return;
    const auto nearest = m_train.nearest(m_parts->plot->xAxis->pixelToCoord(mouse.position().x()));
    if (nearest) pinStep(static_cast<qint64>(std::llround(nearest->x())));
}

bool LossPlot::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Wheel: {
            const auto* wheel = static_cast<QWheelEvent*>(event);
            const double notches = wheel->angleDelta().y() / 120.0;
            if (notches != 0.0)
                zoom(std::pow(0.85, notches), m_parts->plot->xAxis->pixelToCoord(wheel->position().x()));
            return true;
        }
        case QEvent::MouseButtonPress:
            mousePressed(*static_cast<QMouseEvent*>(event));
            return static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton;
        case QEvent::MouseButtonRelease:
            mouseReleased(*static_cast<QMouseEvent*>(event));
            return true;
        case QEvent::MouseButtonDblClick:
            unpin();
            fit();
            return true;
        case QEvent::MouseMove:
            mouseMoved(*static_cast<QMouseEvent*>(event));
            return true;
        case QEvent::Leave:
            if (!m_pinned) hideCrosshair();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace studio::ui
