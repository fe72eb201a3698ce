// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/test_prompt_model.h"

#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

TestPromptModel::TestPromptModel(Lookup lookup, QObject* parent)
    : QAbstractTableModel(parent), m_lookup(std::move(lookup)) {}

void TestPromptModel::setPrompts(std::vector<ComparePrompt> prompts, const CompareSetup& setup) {
    beginResetModel();
    m_prompts = std::move(prompts);
    computeKeys(setup);
    endResetModel();
}

void TestPromptModel::setSetup(const CompareSetup& setup) {
    computeKeys(setup);
    marksChanged();
}

void TestPromptModel::computeKeys(const CompareSetup& setup) {
    m_keys.clear();
    m_rows.clear();
    for (std::size_t row = 0; row < m_prompts.size(); ++row) {
        m_keys.push_back(answerKey(setup, m_prompts[row]));
        m_rows.insert(m_keys.back(), static_cast<int>(row));
    }
}

int TestPromptModel::rowOf(qint64 recordId) const {
    for (std::size_t row = 0; row < m_prompts.size(); ++row) {
        if (m_prompts[row].rowId == recordId) return static_cast<int>(row);
    }
    return -1;
}

TestPromptModel::Mark TestPromptModel::mark(int row, int arm) const {
    const Answer* answer = m_lookup(arm, key(row));
    if (!answer) return Mark::NotAsked;
    if (answer->state == Answer::State::Waiting) return Mark::NotAsked;
    if (answer->isBusy()) return Mark::Busy;
    if (answer->state == Answer::State::Failed) return Mark::Failed;
    if (!answer->isComplete()) return Mark::Stopped;
    const std::string& reference = m_prompts[static_cast<std::size_t>(row)].reference;
    return verdictOf(answer->text, reference) == Verdict::Exact ? Mark::Exact : Mark::Differs;
}

MatchCount TestPromptModel::score(int arm) const {
    MatchCount count;
    for (int row = 0; row < rowCount(); ++row) {
        const Mark here = mark(row, arm);
        if (here == Mark::Exact || here == Mark::Differs) count.add(here == Mark::Exact);
    }
    return count;
}

int TestPromptModel::ended(int arm) const {
    int count = 0;
    for (int row = 0; row < rowCount(); ++row) {
        const Mark here = mark(row, arm);
        if (here != Mark::NotAsked && here != Mark::Busy) ++count;
    }
    return count;
}

void TestPromptModel::answerChanged(const QByteArray& key) {
    for (auto it = m_rows.constFind(key); it != m_rows.constEnd() && it.key() == key; ++it)
        Q_EMIT dataChanged(index(it.value(), FirstArm), index(it.value(), kColumns - 1));
}

void TestPromptModel::marksChanged() {
    if (!m_prompts.empty()) Q_EMIT dataChanged(index(0, FirstArm), index(rowCount() - 1, kColumns - 1));
}

void TestPromptModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    marksChanged();
}

int TestPromptModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_prompts.size());
}

int TestPromptModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant TestPromptModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (index.column() >= FirstArm) return markData(index, role);
    const ComparePrompt& prompt = m_prompts[static_cast<std::size_t>(index.row())];
    const QString text = QString::fromStdString(prompt.instruction);
    if (role == Qt::DisplayRole) return QString(text).replace(u'\n', u' ');
    if (role == Qt::ToolTipRole)
        return prompt.input.empty() ? text
                                    : text + QStringLiteral("\n\n") + QString::fromStdString(prompt.input);
    return {};
}

QVariant TestPromptModel::markData(const QModelIndex& index, int role) const {
    if (role != StatusDelegate::kStatusRole && role != Qt::AccessibleTextRole) return {};
    StatusContent content;
    switch (mark(index.row(), index.column() - FirstArm)) {
        case Mark::NotAsked:
            return role == Qt::AccessibleTextRole ? QVariant(tr("not asked")) : QVariant();
        case Mark::Busy:
            content = {Icon::Play, Tone::Accent, tr("writing")};
            break;
        case Mark::Exact:
            content = {Icon::Check, Tone::Ok, tr("exact match")};
            break;
        case Mark::Differs:
            content = {Icon::Clear, Tone::Tertiary, tr("no exact match")};
            break;
        case Mark::Stopped:
            content = {Icon::Stop, Tone::Tertiary, tr("stopped")};
            break;
        case Mark::Failed:
            content = {Icon::Error, Tone::Error, tr("failed")};
            break;
    }
    return role == Qt::AccessibleTextRole ? QVariant(content.name) : QVariant::fromValue(content);
}

QVariant TestPromptModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Prompt ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignCenter);
    const bool first = section == FirstArm;
    if (role == Qt::ToolTipRole && section >= FirstArm) {
        if (m_twoTuned)
            return first ? tr("Exact match of the first model") : tr("Exact match of the second model");
        return first ? tr("Exact match of the base model") : tr("Exact match of the fine-tuned model");
    }
    if (role != Qt::DisplayRole) return {};
    if (section == Prompt) return tr("Prompt");
    if (m_twoTuned) return first ? tr("First") : tr("Second");
    return first ? tr("Base") : tr("Tuned");
}

void TestPromptModel::setTwoTuned(bool twoTuned) {
    if (twoTuned == m_twoTuned) return;
    m_twoTuned = twoTuned;
    Q_EMIT headerDataChanged(Qt::Horizontal, FirstArm, kColumns - 1);
}

TestPromptFilter::TestPromptFilter(TestPromptModel& prompts, QObject* parent)
    : QSortFilterProxyModel(parent), m_prompts(prompts) {
    setSourceModel(&prompts);
    // An answer that comes in must not take its row away from under the user: the filter is applied when
    // chosen.
    setDynamicSortFilter(false);
}

void TestPromptFilter::setKind(Kind kind) {
    m_kind = kind;
    invalidateFilter();
}

bool TestPromptFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    using Mark = TestPromptModel::Mark;
    const Mark base = m_prompts.mark(row, 0);
    const Mark tuned = m_prompts.mark(row, 1);
    const bool both =
        (base == Mark::Exact || base == Mark::Differs) && (tuned == Mark::Exact || tuned == Mark::Differs);
    switch (m_kind) {
        case Different:
            return both && base != tuned;
        case NotExact:
            return tuned == Mark::Differs;
        case NotAsked:
            return base == Mark::NotAsked || tuned == Mark::NotAsked;
        default:
            return true;
    }
}

}  // namespace studio::ui
