// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progress_line.h"

#include <QAccessible>
#include <QPainter>
#include <QStyle>
#include <QTimer>
#include <algorithm>

#include "ui/theme/theme.h"

namespace studio::ui {

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent), m_timer(new QTimer(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_timer->setInterval(40);
    connect(m_timer, &QTimer::timeout, this, [this] {
        m_phase = (m_phase + 2) % 200;
        update();
    });
}

void ProgressLine::setValue(double share) {
    m_value = std::clamp(share, 0.0, 1.0);
    setIndeterminate(false);
    setAccessibleName(tr("%1 percent").arg(qRound(m_value * 100)));
    update();
}

void ProgressLine::setIndeterminate(bool indeterminate) {
    m_indeterminate = indeterminate;
    const bool animate =
        indeterminate && isVisible() && style()->styleHint(QStyle::SH_Widget_Animate, nullptr, this);
    if (animate)
        m_timer->start();
    else
        m_timer->stop();
    update();
}

void ProgressLine::setThickness(int pixels) {
    m_thickness = pixels;
    updateGeometry();
}

QSize ProgressLine::sizeHint() const {
    return {120, m_thickness};
}

QSize ProgressLine::minimumSizeHint() const {
    return {24, m_thickness};
}

void ProgressLine::paintEvent(QPaintEvent*) {
    const ThemeTokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF trough(0, (height() - m_thickness) / 2.0, width(), m_thickness);
    const qreal radius = m_thickness / 2.0;
    painter.setBrush(blend(tokens.line, tokens.field, 0.25));
    painter.drawRoundedRect(trough, radius, radius);
    painter.setBrush(tokens.accentText);
    if (m_indeterminate) {
        const qreal length = trough.width() * 0.3;
        const qreal travel = m_phase < 100 ? m_phase / 100.0 : (200 - m_phase) / 100.0;
        painter.drawRoundedRect(QRectF((trough.width() - length) * travel, trough.top(), length, m_thickness),
                                radius, radius);
    } else if (m_value > 0.0) {
        const qreal length = std::max<qreal>(m_thickness, trough.width() * m_value);
        painter.drawRoundedRect(QRectF(0, trough.top(), length, m_thickness), radius, radius);
    }
}

void ProgressLine::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    setIndeterminate(m_indeterminate);
}

void ProgressLine::hideEvent(QHideEvent* event) {
    m_timer->stop();
    QWidget::hideEvent(event);
}

}  // namespace studio::ui
