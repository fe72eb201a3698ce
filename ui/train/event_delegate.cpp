// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/event_delegate.h"

#include <QPainter>

#include "ui/train/event_model.h"

namespace studio::ui {

namespace {

constexpr int kIconWidth = 22;
constexpr int kIconSide = 14;

// For "12:34:56".
int timeWidth() {
    return wordRoom(52);
}

}  // namespace

void EventDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const ThemeTokens& tokens = tokensOf(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (selected) painter->fillRect(option.rect, tokens.selection);
    QRect rest = option.rect.adjusted(12, 0, -12, 0);
    painter->setFont(roleFont(TextRole::Secondary));
    painter->setPen(selected ? tokens.text2 : tokens.text3);
    painter->drawText(QRect(rest.left(), rest.top(), timeWidth(), rest.height()),
                      Qt::AlignVCenter | Qt::AlignLeft, index.data(EventModel::TimeRole).toString());
    rest.setLeft(rest.left() + timeWidth());
    paintIcon(*painter, static_cast<Icon>(index.data(EventModel::IconRole).toInt()),
              toneColor(tokens, static_cast<Tone>(index.data(EventModel::ToneRole).toInt())),
              QRectF(rest.left(), rest.center().y() - kIconSide / 2.0 + 0.5, kIconSide, kIconSide));
    rest.setLeft(rest.left() + kIconWidth);
    painter->setPen(tokens.text);
    painter->drawText(
        rest, Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rest.width()));
    painter->restore();
}

QSize EventDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {120, QFontMetrics(roleFont(TextRole::Secondary)).height() + 6};
}

}  // namespace studio::ui
