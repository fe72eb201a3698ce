// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/sample_model.h"

#include <QLocale>
#include <algorithm>

#include "core/evaluate/exact_match.h"

namespace studio::ui {

void SampleModel::clear() {
    beginResetModel();
    m_prompts.clear();
    m_lines.clear();
    m_lastStep = 0;
    endResetModel();
}

void SampleModel::add(const QVector<RunSample>& samples) {
    if (samples.isEmpty()) return;
    beginResetModel();
    for (const RunSample& sample : samples) take(sample);
    makeLines();
    endResetModel();
}

void SampleModel::take(const RunSample& sample) {
    auto prompt = std::find_if(m_prompts.begin(), m_prompts.end(), [&](const Prompt& each) {
        return each.rowId == sample.rowId && each.title == sample.title;
    });
    if (prompt == m_prompts.end()) {
        m_prompts.push_back({sample.rowId, sample.title, {}, sample.rowId == 0, {}});
        prompt = m_prompts.end() - 1;
    }
    std::vector<Answer>& answers = prompt->answers;
    // A run that went on from a checkpoint answers the steps after it anew.
    while (!answers.empty() && answers.back().firstStep >= sample.step) answers.pop_back();
    if (!answers.empty() && answers.back().text == sample.text)
        answers.back().lastStep = sample.step;
    else
        answers.push_back({sample.step, sample.step, sample.text});
    m_lastStep = sample.step;
}

void SampleModel::makeLines() {
    m_lines.clear();
    for (int p = 0; p < promptCount(); ++p) {
        const Prompt& prompt = m_prompts[static_cast<std::size_t>(p)];
        const auto count = static_cast<int>(prompt.answers.size());
        m_lines.append({Kind::Prompt, p, 0});
        const int leftOut = std::max(0, count - kMostAnswers);
        for (int a = 0; a < count; ++a) {
            if (leftOut > 0 && a == 1) {
                m_lines.append({Kind::Gap, p, leftOut});
                a += leftOut;
            }
            m_lines.append({Kind::Answer, p, a});
        }
        if (matchSince(p)) m_lines.append({Kind::Match, p, 0});
    }
}

std::optional<qint64> SampleModel::matchSince(int index) const {
    const Prompt& prompt = m_prompts[static_cast<std::size_t>(index)];
    std::optional<qint64> since;
    if (!prompt.reference) return since;
    for (auto answer = prompt.answers.rbegin(); answer != prompt.answers.rend(); ++answer) {
        if (!exactMatch(answer->text, *prompt.reference)) break;
        since = answer->firstStep;
    }
    return since;
}

std::vector<std::int64_t> SampleModel::rowsWithoutReference() const {
    std::vector<std::int64_t> rows;
    for (const Prompt& prompt : m_prompts)
        if (!prompt.asked) rows.push_back(prompt.rowId);
    return rows;
}

void SampleModel::setReferences(const std::map<qint64, std::string>& references) {
    beginResetModel();
    for (Prompt& prompt : m_prompts) {
        if (prompt.asked) continue;
        prompt.asked = true;
        if (const auto found = references.find(prompt.rowId); found != references.end())
            prompt.reference = found->second;
    }
    makeLines();
    endResetModel();
}

void SampleModel::retranslate() {
    if (!m_lines.isEmpty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int SampleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QString SampleModel::textOf(const Line& line) const {
    const Prompt& prompt = m_prompts[static_cast<std::size_t>(line.prompt)];
    switch (line.kind) {
        case Kind::Prompt:
            return QString::fromStdString(prompt.title).simplified();
        case Kind::Gap:
            return tr("%Ln other answer(s) between", nullptr, line.answer);
        case Kind::Match:
            return tr("same as the reference since step %1")
                .arg(QLocale().toString(matchSince(line.prompt).value_or(0)));
        case Kind::Answer:
            break;
    }
    const std::string& text = prompt.answers[static_cast<std::size_t>(line.answer)].text;
    const QString shown = QString::fromStdString(text).simplified();
    return shown.isEmpty() ? tr("(no answer)") : shown;
}

QString SampleModel::tipOf(const Line& line) const {
    const Prompt& prompt = m_prompts[static_cast<std::size_t>(line.prompt)];
    if (line.kind == Kind::Answer)
        return QString::fromStdString(prompt.answers[static_cast<std::size_t>(line.answer)].text);
    QString tip = QString::fromStdString(prompt.title);
    if (prompt.reference)
        tip += QLatin1Char('\n') + tr("Reference: %1").arg(QString::fromStdString(*prompt.reference));
    return tip;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_lines.size()) return {};
    const Line& line = m_lines[index.row()];
    const Prompt& prompt = m_prompts[static_cast<std::size_t>(line.prompt)];
    const bool answer = line.kind == Kind::Answer;
    const auto step = [&] {
        return QLocale().toString(prompt.answers[static_cast<std::size_t>(line.answer)].lastStep);
    };
    switch (role) {
        case Qt::DisplayRole:
            return textOf(line);
        case Qt::ToolTipRole:
            return tipOf(line);
        case Qt::AccessibleTextRole:
            return answer ? tr("Step %1: %2").arg(step(), textOf(line)) : textOf(line);
        case KindRole:
            return static_cast<int>(line.kind);
        case StepRole:
            return answer ? step() : QString();
        case NewestRole:
            return answer && line.answer + 1 == static_cast<int>(prompt.answers.size());
        case FirstRole:
            return line.prompt == 0;
        default:
            return {};
    }
}

}  // namespace studio::ui
