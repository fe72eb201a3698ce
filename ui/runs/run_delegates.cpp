// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_delegates.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <utility>

#include "ui/runs/run_table_model.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr int kTextMargin = 7;
constexpr int kMarkSide = 14;
constexpr int kMarkGap = 4;

}  // namespace

void LineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    CellDelegate::paint(painter, option, index);
    const int style = index.data(RunTableModel::kStyleRole).toInt();
    if (style < 0) return;
    const QRect& r = option.rect;
    const int y = r.center().y();
    painter->save();
    painter->setPen(seriesPen(tokensOf(option.widget).series[static_cast<std::size_t>(style)]));
    painter->drawLine(r.left() + 7, y, r.right() - 7, y);
    painter->restore();
}

void FigureDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    CellDelegate::initStyleOption(option, index);
    option->font = figureFont();
    if (!option->icon.isNull()) option->font.setWeight(QFont::DemiBold);
    option->fontMetrics = QFontMetrics(option->font);
}

// The mark of the best figure stands beside it: the style would put it at the other end of the cell.
void FigureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QIcon mark = std::exchange(item.icon, QIcon());
    item.features &= ~QStyleOptionViewItem::HasDecoration;
    QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    if (mark.isNull()) return;
    const int right =
        item.rect.right() - kTextMargin - item.fontMetrics.horizontalAdvance(item.text) - kMarkGap;
    mark.paint(painter,
               QRect(right - kMarkSide, item.rect.center().y() - kMarkSide / 2, kMarkSide, kMarkSide));
}

void NameDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    CellDelegate::initStyleOption(option, index);
    option->font.setWeight(QFont::DemiBold);
}

void SettingDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    CellDelegate::initStyleOption(option, index);
    if (index.column() == 0)
        option->font = roleFont(TextRole::Code);
    else
        option->font = roleFont(TextRole::Secondary);
    if (index.data(kDiffersRole).toBool()) option->font.setWeight(QFont::DemiBold);
    option->fontMetrics = QFontMetrics(option->font);
}

void SettingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    if (index.data(kDiffersRole).toBool() && !(option.state & QStyle::State_Selected))
        painter->fillRect(option.rect.adjusted(0, 0, 0, -1), tokensOf(option.widget).accentSoft);
    CellDelegate::paint(painter, option, index);
}

}  // namespace studio::ui
