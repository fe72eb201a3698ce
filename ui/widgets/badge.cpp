// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace studio::ui {

namespace {

constexpr int kHeight = 20;
constexpr int kIconSide = 13;

std::optional<Icon> iconOf(const BadgeContent& content) {
    if (content.icon) return content.icon;
    switch (content.kind) {
        case BadgeKind::Ok:
            return Icon::Check;
        case BadgeKind::Warning:
            return Icon::Warning;
        case BadgeKind::Error:
            return Icon::Error;
        case BadgeKind::Neutral:
        case BadgeKind::Accent:
            break;
    }
    return std::nullopt;
}

ColorPair colorsOf(const ThemeTokens& t, BadgeKind kind) {
    switch (kind) {
        case BadgeKind::Accent:
            return {t.accentText, t.accentSoft};
        case BadgeKind::Ok:
            return t.ok;
        case BadgeKind::Warning:
            return t.warning;
        case BadgeKind::Error:
            return t.error;
        case BadgeKind::Neutral:
            break;
    }
    return {t.text2, t.head};
}

}  // namespace

QSize badgeSize(const BadgeContent& content) {
    if (content.text.isEmpty()) return {0, kHeight};
    const QFontMetrics metrics(roleFont(TextRole::Secondary));
    const int iconWidth = iconOf(content) ? kIconSide + 4 : 0;
    return {12 + iconWidth + metrics.horizontalAdvance(content.text), qMax(kHeight, metrics.height() + 2)};
}

void paintBadge(QPainter& painter, const ThemeTokens& tokens, const QRect& rect,
                const BadgeContent& content) {
    if (content.text.isEmpty()) return;
    const ColorPair colors = colorsOf(tokens, content.kind);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(rect, 3, 3);
    int x = rect.left() + 6;
    if (const auto which = iconOf(content)) {
        paintIcon(painter, *which, colors.text,
                  QRectF(x, rect.top() + (rect.height() - kIconSide) / 2, kIconSide, kIconSide));
        x += kIconSide + 4;
    }
    const QFont font = roleFont(TextRole::Secondary);
    painter.setFont(font);
    painter.setPen(colors.text);
    const QRect area(x, rect.top(), rect.right() - 5 - x + 1, rect.height());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(content.text, Qt::ElideRight, area.width() + 1));
    painter.restore();
}

Badge::Badge(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
}

void Badge::set(BadgeKind kind, const QString& text, std::optional<Icon> icon) {
    m_content = {kind, text, icon};
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

void Badge::clear() {
    set(BadgeKind::Neutral, {});
}

QSize Badge::sizeHint() const {
    return badgeSize(m_content);
}

void Badge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintBadge(painter, tokensOf(this), rect(), m_content);
}

void Badge::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

}  // namespace studio::ui
