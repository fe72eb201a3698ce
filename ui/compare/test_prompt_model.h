// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QSortFilterProxyModel>
#include <array>
#include <functional>
#include <vector>

#include "core/evaluate/exact_match.h"
#include "ui/compare/answer.h"

namespace studio::ui {

/// The prompts of the test split with a mark for each arm: exact match, no match, under way, not asked. GUI
/// thread. Answers are looked up, never copied.
class TestPromptModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kArms = 2;
    enum Column { Prompt, FirstArm, kColumns = FirstArm + kArms };
    enum class Mark { NotAsked, Busy, Exact, Differs, Stopped, Failed };
    using Lookup = std::function<const Answer*(int arm, const QByteArray& key)>;

    explicit TestPromptModel(Lookup lookup, QObject* parent = nullptr);

    void setPrompts(std::vector<ComparePrompt> prompts, const CompareSetup& setup);
    /// Other answers belong to the prompts now.
    void setSetup(const CompareSetup& setup);
    const std::vector<ComparePrompt>& prompts() const { return m_prompts; }
    const QByteArray& key(int row) const { return m_keys[static_cast<std::size_t>(row)]; }
    int rowOf(qint64 recordId) const;
    Mark mark(int row, int arm) const;
    /// Exact matches among the finished answers of an arm.
    MatchCount score(int arm) const;
    /// Prompts that have ended for an arm: answered, stopped or failed.
    int ended(int arm) const;
    void answerChanged(const QByteArray& key);
    /// All marks may be others (another model).
    void marksChanged();
    /// Both arms are fine-tuned models: then they are called the first and the second one.
    void setTwoTuned(bool twoTuned);
    bool twoTuned() const { return m_twoTuned; }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void computeKeys(const CompareSetup& setup);
    QVariant markData(const QModelIndex& index, int role) const;

    Lookup m_lookup;
    std::vector<ComparePrompt> m_prompts;
    std::vector<QByteArray> m_keys;
    QMultiHash<QByteArray, int> m_rows;
    bool m_twoTuned = false;
};

/// Which prompts the list shows.
class TestPromptFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum Kind { All, Different, NotExact, NotAsked, kKinds };

    explicit TestPromptFilter(TestPromptModel& prompts, QObject* parent = nullptr);
    void setKind(Kind kind);
    Kind kind() const { return m_kind; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    TestPromptModel& m_prompts;
    Kind m_kind = All;
};

}  // namespace studio::ui
