// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

class QueueModel;

/// A waiting run on one line; editing it changes its name. What is no name for it, or is taken, is marked
/// while it is typed, with the reason below the field, and is not kept.
class QueueDelegate : public CellDelegate {
    Q_OBJECT

public:
    using Rename = std::function<void(int row, const QString& name)>;

    QueueDelegate(const QueueModel& model, Rename rename, QObject* parent);

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

private:
    const QueueModel& m_model;
    Rename m_rename;
};

}  // namespace studio::ui
