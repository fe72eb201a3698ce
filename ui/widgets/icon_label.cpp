// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon_label.h"

#include <QPainter>

namespace studio::ui {

IconLabel::IconLabel(Icon which, Tone tone, int side, QWidget* parent)
    : QWidget(parent), m_icon(which), m_tone(tone), m_side(side) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(Icon which, Tone tone) {
    m_icon = which;
    m_tone = tone;
    update();
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintIcon(painter, m_icon, toneColor(tokensOf(this), m_tone),
              QRectF((width() - m_side) / 2, (height() - m_side) / 2, m_side, m_side));
}

}  // namespace studio::ui
