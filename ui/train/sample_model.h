// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QVector>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/storage/run_samples.h"

namespace studio::ui {

/// What a run answered to its fixed prompts, as lines: the prompt, then its answers with the steps at which
/// they were last given, newest last, then whether that one is the row's response. An answer that stays the
/// same is one line. GUI thread.
class SampleModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Kind { Prompt, Answer, Gap, Match };
    enum Role { KindRole = Qt::UserRole, StepRole, NewestRole, FirstRole };
    static constexpr int kMostAnswers = 6;  ///< of a prompt: its first and its newest; between them a gap

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void add(const QVector<RunSample>& samples);
    /// Rows of which is not known yet whether they have a response.
    std::vector<std::int64_t> rowsWithoutReference() const;
    /// The rows that were asked for; those that are not in the map have none.
    void setReferences(const std::map<qint64, std::string>& references);
    /// The step since which the newest answer of a prompt is its reference; nothing where it is not.
    std::optional<qint64> matchSince(int prompt) const;
    int promptCount() const { return static_cast<int>(m_prompts.size()); }
    qint64 lastStep() const { return m_lastStep; }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Answer {
        qint64 firstStep = 0, lastStep = 0;
        std::string text;
    };
    struct Prompt {
        qint64 rowId = 0;
        std::string title;
        std::vector<Answer> answers;
        bool asked = false;  // whether the project was asked for the reference
        std::optional<std::string> reference;
    };
    struct Line {
        Kind kind;
        int prompt;
        int answer;  // for Gap: how many are left out
    };

    void take(const RunSample& sample);
    void makeLines();
    QString textOf(const Line& line) const;
    QString tipOf(const Line& line) const;

    std::vector<Prompt> m_prompts;
    QVector<Line> m_lines;
    qint64 m_lastStep = 0;
};

}  // namespace studio::ui
