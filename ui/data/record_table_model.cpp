// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/record_table_model.h"

#include <QLocale>

#include "ui/data/record_words.h"
#include "ui/session/project_session.h"

namespace studio::ui {

namespace {

constexpr int kBlock = 64;  // rows read at once: about two screens
constexpr int kCachedRecords = 4096;
constexpr int kTooltipCharacters = 1500;
constexpr int kLongText = 160;

}  // namespace

RecordTableModel::RecordTableModel(ProjectSession& session, RowTokenCounter& counter, QObject* parent)
    : QAbstractTableModel(parent),
      m_session(session),
      m_counter(counter),
      m_records(kCachedRecords),
      m_tokens(kCachedRecords * 4) {
    connect(&session, &ProjectSession::recordsChanged, this, &RecordTableModel::reload);
    connect(&session, &ProjectSession::recordEdited, this, &RecordTableModel::recordEdited);
    connect(&counter, &RowTokenCounter::changed, this, &RecordTableModel::countsChanged);
}

void RecordTableModel::setQuery(const RecordQuery& query) {
    m_query = query;
    reload();
}

void RecordTableModel::reload() {
    std::vector<std::int64_t> ids;
    std::optional<Error> problem;
    if (m_session.isOpen()) {
        try {
            ids = m_session.project().ids(m_query);
        } catch (const Error& error) {
            problem = error;
        }
    }
    beginResetModel();
    m_ids = std::move(ids);
    m_rows.clear();
    m_records.clear();
    m_tokens.clear();
    m_reported = false;
    endResetModel();
    if (problem) Q_EMIT failed(*problem);
}

void RecordTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_ids.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

qint64 RecordTableModel::idAt(int row) const {
    return row >= 0 && row < rowCount() ? m_ids[static_cast<std::size_t>(row)] : 0;
}

int RecordTableModel::rowOf(qint64 id) const {
    if (m_rows.isEmpty()) {
        m_rows.reserve(rowCount());
        for (int row = 0; row < rowCount(); ++row) m_rows.insert(m_ids[static_cast<std::size_t>(row)], row);
    }
    return m_rows.value(id, -1);
}

int RecordTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int RecordTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const Record* RecordTableModel::recordAt(int row) const {
    const qint64 id = idAt(row);
    if (id == 0) return nullptr;
    if (const Record* record = m_records.object(id)) return record;
    fetchAround(row);
    return m_records.object(id);
}

void RecordTableModel::fetchAround(int row) const {
    if (!m_session.isOpen()) return;
    const std::size_t begin = static_cast<std::size_t>(row / kBlock) * kBlock;
    const std::size_t end = std::min(begin + kBlock, m_ids.size());
    try {
        const std::vector<std::int64_t> block(m_ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                              m_ids.begin() + static_cast<std::ptrdiff_t>(end));
        for (Record& record : m_session.project().recordsById(block)) {
            const qint64 id = record.id;
            m_records.insert(id, new Record(std::move(record)));
        }
    } catch (const Error& error) {
        if (m_reported) return;
        // Asked from within painting: the page must not be changed before that is over.
        m_reported = true;
        QMetaObject::invokeMethod(
            const_cast<RecordTableModel*>(this), [this, error] { Q_EMIT failed(error); },
            Qt::QueuedConnection);
    }
}

void RecordTableModel::recordEdited(qint64 id) {
    m_records.remove(id);
    m_tokens.remove(id);
    const int row = rowOf(id);
    if (row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void RecordTableModel::countsChanged() {
    m_tokens.clear();
    if (!m_ids.empty()) Q_EMIT dataChanged(index(0, TokensColumn), index(rowCount() - 1, TokensColumn));
}

std::optional<RowTokens> RecordTableModel::tokens(const Record& record) const {
    if (const auto* known = m_tokens.object(record.id)) return *known;
    const auto counted = m_counter.count(record);
    m_tokens.insert(record.id, new std::optional<RowTokens>(counted));
    return counted;
}

QString RecordTableModel::display(const Record& record, int column) const {
    switch (column) {
        case RowColumn:
            return QString::number(record.id);
        case InstructionColumn:
            return oneLine(record.instruction);
        case InputColumn:
            return oneLine(record.input);
        case ResponseColumn:
            return oneLine(record.output);
        case TokensColumn: {
            const auto counted = tokens(record);
            return counted ? QLocale().toString(counted->total()) : QStringLiteral("–");
        }
        case SplitColumn:
            return record.split == Split::None ? QStringLiteral("–") : splitWord(record.split);
        case SourceColumn:
            return oneLine(record.source);
        default:
            return {};
    }
}

QVariant RecordTableModel::editValue(const Record& record, int column) const {
    switch (column) {
        case StatusColumn:
            return static_cast<int>(record.status);
        case InstructionColumn:
            return qtText(record.instruction);
        case InputColumn:
            return qtText(record.input);
        case ResponseColumn:
            return qtText(record.output);
        case SplitColumn:
            return static_cast<int>(record.split);
        default:
            return display(record, column);
    }
}

QVariant RecordTableModel::tone(const Record& record, int column) const {
    switch (column) {
        case RowColumn:
            return QVariant::fromValue(Tone::Tertiary);
        case InputColumn:
        case SourceColumn:
            return QVariant::fromValue(Tone::Secondary);
        case SplitColumn:
            return QVariant::fromValue(record.split == Split::Test ? Tone::Accent : Tone::Secondary);
        case TokensColumn: {
            const auto counted = tokens(record);
            return counted && counted->cut > 0 ? QVariant::fromValue(Tone::Warning) : QVariant();
        }
        default:
            return {};
    }
}

QVariant RecordTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return QVariant(column == RowColumn || column == TokensColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                                      : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole &&
        role != Qt::AccessibleTextRole && role != CellDelegate::kToneRole &&
        role != StatusDelegate::kStatusRole)
        return {};
    const Record* record = recordAt(index.row());
    if (!record) return {};
    switch (role) {
        case Qt::DisplayRole:
            return display(*record, column);
        case Qt::EditRole:
            return editValue(*record, column);
        case CellDelegate::kToneRole:
            return tone(*record, column);
        case StatusDelegate::kStatusRole:
            return column == StatusColumn ? QVariant::fromValue(statusContent(record->status)) : QVariant();
        case Qt::AccessibleTextRole:
            return column == StatusColumn ? statusWord(record->status) : display(*record, column);
        default:
            break;
    }
    if (column == TokensColumn) {
        const auto counted = tokens(*record);
        if (counted && counted->cut > 0)
            return tr("%Ln token(s) beyond the cutoff of %1 are cut off", nullptr, counted->cut)
                .arg(QLocale().toString(m_counter.cutoff()));
    }
    if (column != InstructionColumn && column != InputColumn && column != ResponseColumn) return {};
    // Short texts are left to the delegate, which shows them where they are elided.
    const QString text = editValue(*record, column).toString();
    if (text.size() < kLongText && !text.contains(u'\n')) return {};
    // Rich text on purpose: data that looks like HTML must not be taken for it, and long lines wrap.
    return QStringLiteral("<p style='white-space: pre-wrap'>%1</p>")
        .arg(text.left(kTooltipCharacters).toHtmlEscaped());
}

bool RecordTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
    std::optional<Record> known;
    try {
        // As it is stored now: another program may have changed its other fields.
        known = m_session.project().record(idAt(index.row()));
    } catch (const Error& error) {
        Q_EMIT failed(error);
    }
    if (!known) return false;
    Record record = *known;
    switch (index.column()) {
        case InstructionColumn:
            record.instruction = coreText(value.toString());
            break;
        case InputColumn:
            record.input = coreText(value.toString());
            break;
        case ResponseColumn:
            record.output = coreText(value.toString());
            break;
        case SplitColumn:
            record.split = static_cast<Split>(value.toInt());
            break;
        case StatusColumn:
            record.status = static_cast<RecordStatus>(value.toInt());
            break;
        default:
            return false;
    }
    if (record == *known) return true;
    try {
        m_session.updateRecord(record, false);
    } catch (const Error& error) {
        Q_EMIT failed(error);
        return false;
    }
    return true;
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == RowColumn || section == TokensColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                                        : Qt::AlignLeft | Qt::AlignVCenter);
    // The status column is as wide as its icon; its heading is in the tooltip and for screen readers.
    if (role == Qt::DisplayRole && section == StatusColumn) return QString();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) return {};
    switch (section) {
        case RowColumn:
            return tr("Row");
        case StatusColumn:
            return tr("Status");
        case InstructionColumn:
            return tr("Instruction");
        case InputColumn:
            return tr("Input");
        case ResponseColumn:
            return tr("Response");
        case TokensColumn:
            return role == Qt::ToolTipRole
                       ? tr("Tokens of the whole row with the current template and tokenizer")
                       : tr("Tokens");
        case SplitColumn:
            return tr("Split");
        case SourceColumn:
            return tr("Source");
        default:
            return {};
    }
}

Qt::ItemFlags RecordTableModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    switch (index.column()) {
        case StatusColumn:
        case InstructionColumn:
        case InputColumn:
        case ResponseColumn:
        case SplitColumn:
            flags |= Qt::ItemIsEditable;
            break;
        default:
            break;
    }
    return flags;
}

void RecordTableModel::sort(int column, Qt::SortOrder order) {
    using Order = RecordQuery::Order;
    static constexpr Order kOrders[] = {Order::Id,     Order::Status, Order::Instruction, Order::Input,
                                        Order::Output, Order::Id,     Order::Split,       Order::Source};
    if (column >= ColumnCount || (column >= 0 && !isSortable(column))) return;
    m_query.order = column < 0 ? Order::Id : kOrders[column];
    m_query.descending = column >= 0 && order == Qt::DescendingOrder;
    reload();
}

}  // namespace studio::ui
