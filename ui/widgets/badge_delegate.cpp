// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge_delegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace studio::ui {

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(lineRoom(28));
    return size;
}

void CellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    // A cell is one line: line breaks would otherwise push the first line out of the middle of the row.
    if (option->text.contains(u'\n') || option->text.contains(QChar::LineSeparator)) {
        option->text.replace(u'\n', u' ');
        option->text.replace(QChar(QChar::LineSeparator), u' ');
    }
    option->state &= ~QStyle::State_HasFocus;
    const ThemeTokens& tokens = tokensOf(option->widget);
    const QVariant toneValue = index.data(kToneRole);
    if (toneValue.canConvert<Tone>()) {
        Tone tone = toneValue.value<Tone>();
        const bool selected = option->state & QStyle::State_Selected;
        if (selected && tone == Tone::Tertiary) tone = Tone::Secondary;
        const QColor color = toneColor(tokens, tone);
        for (const auto role : {QPalette::Text, QPalette::HighlightedText, QPalette::WindowText})
            option->palette.setColor(role, color);
    }
}

bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    if (event->type() == QEvent::ToolTip && index.isValid() && !index.data(Qt::ToolTipRole).isValid()) {
        const QString text = index.data(Qt::DisplayRole).toString();
        const bool cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 16;
        // Very long texts are cut: a tooltip is for reading, the editor shows the rest.
        QToolTip::showText(event->globalPos(), cut ? text.left(600) : QString(), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

void BadgeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const auto content = index.data(kBadgeRole).value<BadgeContent>();
    QSize size = badgeSize(content);
    size.setWidth(qMin(size.width(), option.rect.width() - 8));
    // In the middle of what stands above the line between two rows, as the texts do.
    const QRect rect(option.rect.left() + 7,
                     option.rect.top() + (option.rect.height() - 1 - size.height()) / 2, size.width(),
                     size.height());
    paintBadge(*painter, tokensOf(option.widget), rect, content);
}

QSize BadgeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    Q_UNUSED(option)
    const QSize badge = badgeSize(index.data(kBadgeRole).value<BadgeContent>());
    return {badge.width() + 16, qMax(lineRoom(28), badge.height() + 8)};
}

void StatusDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    item.icon = QIcon();
    QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const QVariant value = index.data(kStatusRole);
    if (!value.canConvert<StatusContent>()) return;
    const auto content = value.value<StatusContent>();
    Tone tone = content.tone;
    if (tone == Tone::Tertiary && (option.state & QStyle::State_Selected)) tone = Tone::Secondary;
    const QRect& r = option.rect;
    paintIcon(*painter, content.icon, toneColor(tokensOf(option.widget), tone),
              QRectF(r.left() + (r.width() - 16) / 2, r.top() + (r.height() - 16) / 2, 16, 16));
}

bool StatusDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                               const QModelIndex& index) {
    const QVariant value = index.data(kStatusRole);
    if (event->type() == QEvent::ToolTip && value.canConvert<StatusContent>()) {
        QToolTip::showText(event->globalPos(), value.value<StatusContent>().name, view);
        return true;
    }
    return CellDelegate::helpEvent(event, view, option, index);
}

}  // namespace studio::ui
