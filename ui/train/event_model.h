// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QVector>
#include <functional>

#include "ui/theme/icon.h"

namespace studio::ui {

/// What happened in a run, newest first. GUI thread.
class EventModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { TimeRole = Qt::UserRole, IconRole, ToneRole };

    struct Entry {
        double seconds = 0.0;  ///< since the start
        Icon icon = Icon::Info;
        Tone tone = Tone::Secondary;
        std::function<QString()> text;  ///< asked each time, for the language may change
    };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void add(const Entry& entry);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QVector<Entry> m_entries;  // oldest first
};

}  // namespace studio::ui
