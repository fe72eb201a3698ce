// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;

namespace studio::ui {

/// Draws the lines of a SampleModel: prompts in bold, answers wrapped behind their steps, the newest in bold,
/// the match with a tick. Heights follow from the width of the view.
class SampleDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SampleDelegate(QAbstractItemView* view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QAbstractItemView* m_view;
};

}  // namespace studio::ui
