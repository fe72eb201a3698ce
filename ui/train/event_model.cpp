// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/event_model.h"

#include <algorithm>

#include "ui/train/format_texts.h"

namespace studio::ui {

void EventModel::clear() {
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

void EventModel::add(const Entry& entry) {
    // What a run that goes on had measured before is told after its new beginning, and stands below it.
    const auto place =
        std::upper_bound(m_entries.begin(), m_entries.end(), entry.seconds,
                         [](double seconds, const Entry& other) { return seconds < other.seconds; });
    const int row = static_cast<int>(m_entries.end() - place);
    beginInsertRows({}, row, row);
    m_entries.insert(place, entry);
    endInsertRows();
}

void EventModel::retranslate() {
    if (!m_entries.isEmpty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int EventModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant EventModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_entries.size()) return {};
    const Entry& entry = m_entries[m_entries.size() - 1 - index.row()];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return entry.text();
        case Qt::AccessibleTextRole:
            return clockText(entry.seconds) + QStringLiteral(", ") + entry.text();
        case TimeRole:
            return clockText(entry.seconds);
        case IconRole:
            return static_cast<int>(entry.icon);
        case ToneRole:
            return static_cast<int>(entry.tone);
        default:
            return {};
    }
}

}  // namespace studio::ui
