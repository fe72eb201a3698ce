// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/share_bar.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr int kHeight = 8;
constexpr int kGap = 2;
constexpr qreal kSmallestShare = 3;  // a share above nothing is always to be seen

}  // namespace

ShareBar::ShareBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShares(const std::vector<Share>& shares) {
    m_shares = shares;
    update();
}

QSize ShareBar::sizeHint() const {
    return {160, kHeight};
}

QSize ShareBar::minimumSizeHint() const {
    return {40, kHeight};
}

void ShareBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens& tokens = tokensOf(this);
    std::vector<Share> shown;
    qint64 sum = 0;
    for (const Share& share : m_shares) {
        if (share.weight <= 0) continue;
        shown.push_back(share);
        sum += share.weight;
    }
    const qreal top = (height() - kHeight) / 2.0;
    if (shown.empty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.line);
        painter.drawRoundedRect(QRectF(0, top, width(), kHeight), 2, 2);
        return;
    }
    const auto count = static_cast<qreal>(shown.size());
    const qreal room = width() - kGap * (count - 1) - kSmallestShare * count;
    qreal x = 0;
    for (const Share& share : shown) {
        const qreal wide = kSmallestShare + room * static_cast<qreal>(share.weight) / static_cast<qreal>(sum);
        const QRectF box(x, top, wide, kHeight);
        QColor color = tokens.of(share.series).color;
        if (share.quiet) color = blend(tokens.base, color, 0.55);
        if (share.hatched) {
            painter.setPen(QPen(color, 1));
            painter.setBrush(QBrush(color, Qt::BDiagPattern));
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawRoundedRect(box, 1.5, 1.5);
        }
        x += wide + kGap;
    }
}

}  // namespace studio::ui
