// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/download_file_model.h"

#include <algorithm>

#include "ui/models/model_words.h"
#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

DownloadFileModel::DownloadFileModel(QObject* parent) : QAbstractTableModel(parent) {}

void DownloadFileModel::setPlan(const DownloadPlan& plan) {
    beginResetModel();
    m_plan = plan;
    m_rows.clear();
    for (const HubFile& file : plan.files) m_rows.push_back({file, std::nullopt, true});
    for (const LeftOutFile& left : plan.leftOut) m_rows.push_back({left.file, left.reason, false});
    endResetModel();
    Q_EMIT ticksChanged();
}

void DownloadFileModel::clear() {
    if (!m_plan) return;
    beginResetModel();
    m_plan.reset();
    m_rows.clear();
    endResetModel();
    Q_EMIT ticksChanged();
}

DownloadPlan DownloadFileModel::plan() const {
    DownloadPlan plan = m_plan.value_or(DownloadPlan());
    plan.files.clear();
    plan.leftOut.clear();
    for (const Row& row : m_rows) {
        if (row.ticked)
            plan.files.push_back(row.file);
        else
            plan.leftOut.push_back({row.file, row.reason.value_or(LeftOut::NotAskedFor)});
    }
    return plan;
}

int DownloadFileModel::tickedCount() const {
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.ticked; }));
}

qint64 DownloadFileModel::tickedBytes() const {
    qint64 sum = 0;
    for (const Row& row : m_rows)
        if (row.ticked) sum += row.file.size;
    return sum;
}

void DownloadFileModel::setLocked(bool locked) {
    m_locked = locked;
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void DownloadFileModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int DownloadFileModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DownloadFileModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const DownloadFileModel::Row* DownloadFileModel::rowAt(const QModelIndex& index) const {
    const bool inside = index.isValid() && index.row() < rowCount();
    return inside ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
}

QString DownloadFileModel::reasonText(const Row& row) const {
    if (row.ticked) return row.reason ? tr("downloaded as well") : tr("downloaded");
    if (!row.reason) return tr("not chosen");
    switch (*row.reason) {
        case LeftOut::Unsafe:
            return tr("left out: its name is not safe to write");
        case LeftOut::OtherFormat:
            return tr("left out: weights for another program");
        case LeftOut::OtherCopy:
            return tr("left out: the same weights once more");
        case LeftOut::NotNeeded:
        case LeftOut::NotAskedFor:
            break;
    }
    return tr("left out: not needed to use the model");
}

QString DownloadFileModel::text(const Row& row, int column) const {
    if (column == FileColumn) return QString::fromStdString(row.file.path);
    return column == SizeColumn ? fileSizeText(row.file.size) : reasonText(row);
}

QVariant DownloadFileModel::data(const QModelIndex& index, int role) const {
    const Row* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return text(*row, index.column());
        case Qt::CheckStateRole:
            return index.column() == FileColumn ? QVariant(row->ticked ? Qt::Checked : Qt::Unchecked)
                                                : QVariant();
        case Qt::TextAlignmentRole:
            return static_cast<int>((index.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                    Qt::AlignVCenter);
        case CellDelegate::kToneRole:
            return row->ticked ? QVariant() : QVariant::fromValue(Tone::Tertiary);
        default:
            return {};
    }
}

bool DownloadFileModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable)) return false;
    Row& row = m_rows[static_cast<std::size_t>(index.row())];
    row.ticked = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT ticksChanged();
    return true;
}

// What is unsafe to write is never written, whatever is asked for.
Qt::ItemFlags DownloadFileModel::flags(const QModelIndex& index) const {
    const Row* row = rowAt(index);
    if (!row) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool ticks = index.column() == FileColumn && !m_locked && row->reason != LeftOut::Unsafe;
    return ticks ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant DownloadFileModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case FileColumn:
            return tr("File");
        case SizeColumn:
            return tr("Size");
        case ReasonColumn:
            return tr("What becomes of it");
        default:
            return {};
    }
}

}  // namespace studio::ui
