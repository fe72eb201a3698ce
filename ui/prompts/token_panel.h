// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts/row_preview.h"
#include "ui/widgets/panel.h"

class QCheckBox;

namespace studio::ui {

class Badge;
class NoteBar;
class TokenLegend;
class TokenView;

/// The tokens of the row in view, coloured by what training does with them, with their sum in the head.
class TokenPanel : public Panel {
    Q_OBJECT

public:
    explicit TokenPanel(QWidget* parent = nullptr);

    /// A long beginning that is the template's own text is folded.
    void showRow(qint64 id, const RowPreview& preview);
    /// No tokens, and why (a whole sentence).
    void showProblem(const QString& sentence, const QString& details = {});
    void showNothing();
    TokenView* view() const { return m_view; }
    NoteBar* note() const { return m_note; }
    Badge* badge() const { return m_badge; }
    QCheckBox* idsBox() const { return m_ids; }
    /// "135 = prompt 103 + response 31 + end 1".
    const QString& sum() const { return m_sum; }
    void retranslate();

private:
    void showTexts();

    RowPreview m_preview;
    qint64 m_row = 0;
    QString m_sum;
    QCheckBox* m_ids;
    NoteBar* m_note;
    TokenLegend* m_legend;
    Badge* m_badge;
    TokenView* m_view;
};

}  // namespace studio::ui
