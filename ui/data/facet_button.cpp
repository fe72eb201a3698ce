// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facet_button.h"

#include <QLocale>
#include <QPainter>

namespace studio::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kMargin = 12;

}  // namespace

FacetButton::FacetButton(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCheckable(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FacetButton::setSwatch(Series series) {
    m_series = series;
    update();
}

void FacetButton::setMark(Icon icon, Tone tone) {
    m_icon = icon;
    m_tone = tone;
    update();
}

void FacetButton::setCount(qint64 count) {
    m_count = count;
    nameForReaders();
    update();
}

void FacetButton::nameForReaders() {
    setAccessibleName(tr("%1, %Ln row(s)", nullptr, static_cast<int>(m_count)).arg(text()));
    setToolTip(text());
}

QSize FacetButton::sizeHint() const {
    return {200, lineRoom(kHeight)};
}

QSize FacetButton::minimumSizeHint() const {
    return {120, lineRoom(kHeight)};
}

void FacetButton::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) nameForReaders();
    update();
}

void FacetButton::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    update();
}

void FacetButton::leaveEvent(QEvent* event) {
    QAbstractButton::leaveEvent(event);
    update();
}

void FacetButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens& tokens = tokensOf(this);
    if (isChecked())
        painter.fillRect(rect(), tokens.selection);
    else if (underMouse() && isEnabled())
        painter.fillRect(rect(), tokens.alternate);

    int left = kMargin;
    if (m_series) {
        painter.fillRect(QRect(left, height() / 2 - 4, 8, 8), tokens.of(*m_series).color);
        left += 16;
    } else if (m_icon) {
        paintIcon(painter, *m_icon, isEnabled() ? toneColor(tokens, m_tone) : tokens.disabled,
                  QRectF(left, height() / 2.0 - 8, 16, 16));
        left += 24;
    }
    const QFont figures = figureFont();
    const QString count = QLocale().toString(m_count);
    const int countWidth = QFontMetrics(figures).horizontalAdvance(count);
    painter.setFont(figures);
    painter.setPen(isEnabled() ? tokens.text2 : tokens.disabled);
    painter.drawText(rect().adjusted(0, 0, -kMargin, 0), Qt::AlignRight | Qt::AlignVCenter, count);
    QFont name = roleFont(TextRole::Body);
    if (isChecked()) name.setWeight(QFont::DemiBold);
    painter.setFont(name);
    painter.setPen(isEnabled() ? tokens.text : tokens.disabled);
    const QRect room = rect().adjusted(left, 0, -kMargin - countWidth - 8, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(name).elidedText(text(), Qt::ElideMiddle, room.width()));
    if (hasFocus()) {
        painter.setPen(QPen(tokens.accentText, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), 2, 2);
    }
}

}  // namespace studio::ui
