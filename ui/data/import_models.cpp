// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/import_models.h"

#include <QFileInfo>
#include <QLocale>

#include "ui/data/record_words.h"
#include "ui/text/error_text.h"

namespace studio::ui {

namespace {

QVariant alignment(bool number) {
    return QVariant(number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
}

QString fileName(const QString& file) {
    const QString name = QFileInfo(file).fileName();
    return name.isEmpty() ? file : name;
}

}  // namespace

void RefusedRowsModel::setBatch(std::shared_ptr<const ImportBatch> batch) {
    beginResetModel();
    m_batch = std::move(batch);
    endResetModel();
}

int RefusedRowsModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_batch) return 0;
    return static_cast<int>(m_batch->problems.size() + m_batch->refused.size());
}

int RefusedRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RefusedRowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    if (role == Qt::TextAlignmentRole) return alignment(index.column() == RowColumn);
    if (role == CellDelegate::kToneRole && index.column() != ReasonColumn)
        return QVariant::fromValue(Tone::Secondary);
    if (role != Qt::DisplayRole) return {};
    const auto row = static_cast<std::size_t>(index.row());
    if (row < m_batch->problems.size()) {
        const ImportBatch::Problem& problem = m_batch->problems[row];
        switch (index.column()) {
            case FileColumn:
                return fileName(problem.file);
            case RowColumn:
                return tr("all", "the whole file");
            default:
                return errorLine(problem.error);
        }
    }
    const RefusedRow& refused = m_batch->refused[row - m_batch->problems.size()];
    switch (index.column()) {
        case FileColumn:
            return fileName(qtText(refused.file));
        case RowColumn:
            return QLocale().toString(static_cast<qlonglong>(refused.row));
        default:
            return refusedReason(refused);
    }
}

QVariant RefusedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole) return alignment(section == RowColumn);
    if (role != Qt::DisplayRole) return {};
    return section == FileColumn ? tr("File") : section == RowColumn ? tr("Row") : tr("Reason");
}

QString RefusedRowsModel::asText() const {
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column) cells << index(row, column).data().toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void ImportPreviewModel::setBatch(std::shared_ptr<const ImportBatch> batch) {
    beginResetModel();
    m_batch = std::move(batch);
    endResetModel();
}

int ImportPreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_batch ? 0 : static_cast<int>(m_batch->records.size());
}

int ImportPreviewModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ImportPreviewModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole) return alignment(column == NumberColumn);
    if (role == CellDelegate::kToneRole && column == NumberColumn) return QVariant::fromValue(Tone::Tertiary);
    if (role == CellDelegate::kToneRole && column == InputColumn) return QVariant::fromValue(Tone::Secondary);
    if (role != Qt::DisplayRole) return {};
    const Record& record = m_batch->records[static_cast<std::size_t>(index.row())];
    switch (column) {
        case NumberColumn:
            return QLocale().toString(index.row() + 1);
        case InstructionColumn:
            return oneLine(record.instruction);
        case InputColumn:
            return oneLine(record.input);
        default:
            return oneLine(record.output);
    }
}

QVariant ImportPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole) return alignment(section == NumberColumn);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case NumberColumn:
            return QString();
        case InstructionColumn:
            return tr("Instruction");
        case InputColumn:
            return tr("Input");
        default:
            return tr("Response");
    }
}

}  // namespace studio::ui
