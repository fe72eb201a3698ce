// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include "ui/widgets/badge.h"

namespace studio::ui {

/// The look of all table cells: 28-pixel rows, row lines from the table, elided text with the full text as
/// tooltip, no focus rectangle, tertiary text one tone stronger on selected rows. Base of the delegates
/// below.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// QVariant::fromValue(Tone): colour of a cell's text.
    static constexpr int kToneRole = Qt::UserRole + 900;

    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

/// A cell that shows the BadgeContent of kBadgeRole as a chip.
class BadgeDelegate : public CellDelegate {
    Q_OBJECT

public:
    static constexpr int kBadgeRole = Qt::UserRole + 901;

    using CellDelegate::CellDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The state of a row as an icon alone.
struct StatusContent {
    Icon icon = Icon::Check;
    Tone tone = Tone::Ok;
    QString name;  ///< accessible text and tooltip
};

/// A narrow cell that shows the StatusContent of kStatusRole as a centred 16-pixel icon.
class StatusDelegate : public CellDelegate {
    Q_OBJECT

public:
    static constexpr int kStatusRole = Qt::UserRole + 902;

    using CellDelegate::CellDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

protected:
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

}  // namespace studio::ui

Q_DECLARE_METATYPE(studio::ui::StatusContent)
Q_DECLARE_METATYPE(studio::ui::Tone)
