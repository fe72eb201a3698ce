// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "ui/compare/answer.h"
#include "ui/compare/text_diff.h"
#include "ui/widgets/panel.h"

class QLabel;

namespace studio::ui {

class Badge;
class IconLabel;
class SegmentedControl;

/// "Against the reference": the reference, and for each arm what its answer has too much (struck through) and
/// what it lacks, with a verdict. Also says when two models of different weights gave the very same tokens.
class ReferencePanel : public Panel {
    Q_OBJECT

public:
    static constexpr int kArms = 2;
    struct Line {
        QString name;
        const Answer* answer = nullptr;  ///< null: not asked
        std::string weightsHash;
    };

    explicit ReferencePanel(QWidget* parent = nullptr);

    void showAnswers(const ComparePrompt& prompt, const std::array<Line, kArms>& lines);
    DiffUnit unit() const;
    void setUnit(DiffUnit unit);
    SegmentedControl* units() const { return m_units; }
    Badge* badge() const { return m_badge; }
    QString verdict(int arm) const;
    /// What the line of an arm shows, as rich text.
    QString diffText(int arm) const;
    void retranslate();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        QLabel* name;
        QLabel* text;
        IconLabel* icon;
        QLabel* verdict;
    };
    struct Shown {
        QString name;
        bool asked = false;
        Answer answer;
    };

    void render();
    void renderArm(Row& row, const Shown& shown);
    QString diffHtml(const std::string& answer) const;

    ComparePrompt m_prompt;
    std::array<Shown, kArms> m_shown;
    bool m_identical = false;
    std::array<Row, kArms> m_rows{};
    Badge* m_badge;
    SegmentedControl* m_units;
    QLabel* m_referenceName;
    QLabel* m_reference;
};

}  // namespace studio::ui
