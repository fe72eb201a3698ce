// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_table_model.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/runs/run_words.h"
#include "ui/text/format_texts.h"
#include "ui/theme/icon.h"
#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

namespace {

QString nameOf(const RunEntry& run) {
    return QString::fromStdString(run.name());
}

/// What a run that diverged measured last is no result.
bool hasResult(const RunEntry& run) {
    return run.state != RunState::Diverged;
}

QVariant number(double value) {
    return std::isfinite(value) ? QVariant(value) : QVariant();
}

QString tagsOf(const RunEntry& run) {
    QStringList tags;
    for (const std::string& tag : run.notes.tags) tags << QString::fromStdString(tag);
    return listed(tags);
}

}  // namespace

RunTableModel::RunTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void RunTableModel::setRuns(const RunEntries& runs) {
    const auto sameNames = [&] {
        return std::equal(
            runs.begin(), runs.end(), m_runs.begin(), m_runs.end(),
            [](const auto& a, const auto& b) { return a->summary.folder == b->summary.folder; });
    };
    if (!sameNames()) {
        beginResetModel();
        m_runs = runs;
        const auto winner = best();
        m_best = winner ? nameOf(*winner) : QString();
        dropLostTicks();
        endResetModel();
        Q_EMIT ticksChanged();
        return;
    }
    bool tickedChanged = false;
    const RunEntries before = std::exchange(m_runs, runs);
    const QString bestBefore = m_best;
    const auto winner = best();
    m_best = winner ? nameOf(*winner) : QString();
    for (std::size_t row = 0; row < m_runs.size(); ++row) {
        const QString name = nameOf(*m_runs[row]);
        const bool mark = m_best != bestBefore && (name == m_best || name == bestBefore);
        if (before[row] == m_runs[row] && !mark) continue;
        const int at = static_cast<int>(row);
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
        tickedChanged = tickedChanged || m_styles.contains(name);
    }
    if (tickedChanged) Q_EMIT ticksChanged();
}

void RunTableModel::dropLostTicks() {
    for (auto each = m_styles.begin(); each != m_styles.end();)
        each = rowOf(each.key()) < 0 ? m_styles.erase(each) : std::next(each);
}

std::shared_ptr<const RunEntry> RunTableModel::runAt(int row) const {
    return row >= 0 && row < rowCount() ? m_runs[static_cast<std::size_t>(row)] : nullptr;
}

int RunTableModel::rowOf(const QString& name) const {
    const std::string wanted = name.toStdString();
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [&](const auto& run) { return run->name() == wanted; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

bool RunTableModel::setTicked(const QString& name, bool ticked) {
    if (rowOf(name) < 0) return false;
    if (ticked == isTicked(name)) return true;
    if (!ticked) {
        m_styles.remove(name);
    } else {
        const QList<int> used = m_styles.values();
        int style = 0;
        while (used.contains(style)) ++style;
        if (style >= kMostTicked) {
            Q_EMIT tooManyTicked();
            return false;
        }
        m_styles.insert(name, style);
    }
    rowChanged(name);
    Q_EMIT ticksChanged();
    return true;
}

void RunTableModel::setTicked(const QStringList& names) {
    const QStringList before = ticked();
    m_styles.clear();
    for (const QString& name : names) {
        if (rowOf(name) >= 0 && !m_styles.contains(name) && m_styles.size() < kMostTicked)
            m_styles.insert(name, static_cast<int>(m_styles.size()));
    }
    for (const QString& name : before + ticked()) rowChanged(name);
    Q_EMIT ticksChanged();
}

void RunTableModel::rowChanged(const QString& name) {
    const int row = rowOf(name);
    if (row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

QStringList RunTableModel::ticked() const {
    QStringList names = m_styles.keys();
    std::sort(names.begin(), names.end(),
              [this](const QString& a, const QString& b) { return m_styles[a] < m_styles[b]; });
    return names;
}

std::shared_ptr<const RunEntry> RunTableModel::best() const {
    std::shared_ptr<const RunEntry> found;
    for (const auto& run : m_runs) {
        if (!run->summary.hasModel || !std::isfinite(run->evalLoss)) continue;
        if (run->state == RunState::Discarded) continue;  // what it measured last is not of its model
        if (!found || run->evalLoss < found->evalLoss) found = run;
    }
    return found;
}

bool RunTableModel::anyExact() const {
    return std::any_of(m_runs.begin(), m_runs.end(), [](const auto& run) { return run->score.has_value(); });
}

bool RunTableModel::anyTags() const {
    return std::any_of(m_runs.begin(), m_runs.end(),
                       [](const auto& run) { return !run->notes.tags.empty(); });
}

void RunTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString RunTableModel::text(const RunEntry& run, int column) const {
    const QString none = QStringLiteral("–");
    switch (column) {
        case NameColumn:
            return nameOf(run);
        case TagsColumn:
            return tagsOf(run);
        case StateColumn:
            return stateWord(run);
        case RowsColumn:
            return run.trainRows ? countText(*run.trainRows) : none;
        case MethodColumn:
            return runMethodText(run);
        case RateColumn:
            return rateText(run.learningRate());
        case TrainLossColumn:
            return hasResult(run) ? lossText(run.trainLoss) : none;
        case EvalLossColumn:
            return hasResult(run) ? lossText(run.evalLoss) : none;
        case ExactColumn:
            return run.score ? QLocale().toString(run.score->percent(), 'f', 1) : none;
        case TimeColumn:
            return clockText(run.seconds);
        case StartedColumn:
            return startedText(run.summary.created);
        default:
            return {};
    }
}

QVariant RunTableModel::sortValue(const RunEntry& run, int column) const {
    switch (column) {
        case TickColumn:
        case LineColumn:
            return isTicked(nameOf(run)) ? QVariant(styleOf(nameOf(run))) : QVariant();
        case StateColumn:
            return 2 * static_cast<int>(run.state) + (run.lost ? 1 : 0);
        case RowsColumn:
            return run.trainRows ? QVariant(qint64(*run.trainRows)) : QVariant();
        case RateColumn:
            return number(run.learningRate());
        case TrainLossColumn:
            return hasResult(run) ? number(run.trainLoss) : QVariant();
        case EvalLossColumn:
            return hasResult(run) ? number(run.evalLoss) : QVariant();
        case ExactColumn:
            return run.score ? QVariant(run.score->percent()) : QVariant();
        case TimeColumn:
            return number(run.seconds);
        case StartedColumn:
            return qint64(run.summary.created);
        default:
            return text(run, column);
    }
}

QString RunTableModel::toolTip(const RunEntry& run, int column) const {
    if (column == StateColumn) return stateTip(run);
    if (column == EvalLossColumn && std::isfinite(run.bestEvalLoss)) {
        return tr("Before the training %1, best %2 at step %3, last %4")
            .arg(lossText(run.firstEvalLoss), lossText(run.bestEvalLoss), countText(run.bestEvalStep),
                 lossText(run.evalLoss));
    }
    if (column == ExactColumn && run.score)
        return tr("%1 of %2 test rows").arg(countText(run.score->matched), countText(run.score->all));
    if (column == StartedColumn && run.summary.created > 0)
        return QLocale().toString(QDateTime::fromSecsSinceEpoch(run.summary.created), QLocale::ShortFormat);
    if (column == NameColumn && !run.notes.note.empty()) return QString::fromStdString(run.notes.note);
    return {};
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    const auto run = index.isValid() ? runAt(index.row()) : nullptr;
    if (!run) return {};
    const int column = index.column();
    const QString name = nameOf(*run);
    const bool best = column == EvalLossColumn && name == m_best && m_runs.size() > 1;
    switch (role) {
        case Qt::DisplayRole:
            return text(*run, column);
        case Qt::ToolTipRole: {
            const QString tip = toolTip(*run, column);
            return tip.isEmpty() ? QVariant() : tip;
        }
        case Qt::CheckStateRole:
            if (column != TickColumn) return {};
            return static_cast<int>(isTicked(name) ? Qt::Checked : Qt::Unchecked);
        case Qt::TextAlignmentRole:
            return static_cast<int>(
                (column >= RateColumn || column == RowsColumn ? Qt::AlignRight : Qt::AlignLeft) |
                Qt::AlignVCenter);
        case Qt::DecorationRole:
            return best ? QVariant(icon(Icon::Check, Tone::Ok)) : QVariant();
        case Qt::AccessibleTextRole:
            if (column == TickColumn) return isTicked(name) ? tr("on the chart") : tr("not on the chart");
            return best ? tr("%1, the lowest").arg(text(*run, column)) : QVariant();
        case CellDelegate::kToneRole:
            if (best) return QVariant::fromValue(Tone::Ok);
            return column == NameColumn ? QVariant() : QVariant::fromValue(Tone::Secondary);
        case BadgeDelegate::kBadgeRole:
            return column == StateColumn ? QVariant::fromValue(stateBadge(*run)) : QVariant();
        case kSortRole:
            return sortValue(*run, column);
        case kStyleRole:
            return styleOf(name);
        default:
            return {};
    }
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto run = index.isValid() ? runAt(index.row()) : nullptr;
    if (!run || role != Qt::CheckStateRole || index.column() != TickColumn) return false;
    return setTicked(nameOf(*run), value.toInt() == Qt::Checked);
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    Qt::ItemFlags all = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (index.column() == TickColumn) all |= Qt::ItemIsUserCheckable;
    return all;
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool right = section >= RateColumn || section == RowsColumn;
        return static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == TickColumn) return tr("On the chart (Space)");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case LineColumn:
            return tr("Line");
        case NameColumn:
            return tr("Run");
        case TagsColumn:
            return tr("Tags");
        case StateColumn:
            return tr("State");
        case RowsColumn:
            return tr("Train rows");
        case MethodColumn:
            return tr("Method");
        case RateColumn:
            return tr("Learning rate");
        case TrainLossColumn:
            return tr("Train loss");
        case EvalLossColumn:
            return tr("Eval loss");
        case ExactColumn:
            return tr("Exact, %");
        case TimeColumn:
            return tr("Time");
        case StartedColumn:
            return tr("Started");
        default:
            return QString();
    }
}

RunSortModel::RunSortModel(RunTableModel& runs, QObject* parent)
    : QSortFilterProxyModel(parent), m_model(runs) {
    setSortRole(RunTableModel::kSortRole);
    setSourceModel(&runs);
}

void RunSortModel::setText(const QString& text) {
    m_text = text.trimmed();
    invalidateFilter();
}

std::shared_ptr<const RunEntry> RunSortModel::runAt(int row) const {
    return row >= 0 && row < rowCount() ? m_model.runAt(mapToSource(index(row, 0)).row()) : nullptr;
}

int RunSortModel::rowOf(const QString& name) const {
    const int row = m_model.rowOf(name);
    return row < 0 ? -1 : mapFromSource(m_model.index(row, 0)).row();
}

bool RunSortModel::filterAcceptsRow(int row, const QModelIndex&) const {
    const auto run = m_model.runAt(row);
    if (!run || m_text.isEmpty()) return run != nullptr;
    const QStringList fields{nameOf(*run),          tagsOf(*run),    QString::fromStdString(run->notes.note),
                             stateWord(run->state), stateWord(*run), runMethodText(*run)};
    // Every word must be found somewhere.
    const QStringList words = m_text.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        return std::any_of(fields.begin(), fields.end(),
                           [&](const QString& field) { return field.contains(word, Qt::CaseInsensitive); });
    });
}

bool RunSortModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(RunTableModel::kSortRole), b = right.data(RunTableModel::kSortRole);
    if (a.isValid() != b.isValid()) {
        const bool leftIsFirst = a.isValid();
        return sortOrder() == Qt::AscendingOrder ? leftIsFirst : !leftIsFirst;
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

}  // namespace studio::ui
