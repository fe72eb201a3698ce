// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

#include "ui/prompts/row_preview.h"
#include "ui/widgets/panel.h"

class QPushButton;
class QSpinBox;

namespace studio::ui {

class NoteBar;

/// "What the model sees": the exact text of one row, with the record's fields and the response set off, and
/// the controls that choose the row.
class RowPanel : public Panel {
    Q_OBJECT

public:
    explicit RowPanel(QWidget* parent = nullptr);

    /// Rows that can be chosen, in their order.
    void setRows(const QVector<qint64>& ids);
    const QVector<qint64>& rows() const { return m_rows; }
    /// `fault`: the template's, in words for the user, where it has one.
    void showRow(qint64 id, const RowPreview& preview, const QString& fault);
    /// Nothing to show, and why.
    void showNothing();
    qint64 row() const { return m_row; }
    CodeView* view() const { return m_view; }
    QSpinBox* rowBox() const { return m_box; }
    QPushButton* previousButton() const { return m_previous; }
    QPushButton* nextButton() const { return m_next; }
    QPushButton* copyButton() const { return m_copy; }
    NoteBar* note() const { return m_note; }
    void step(int by);
    void retranslate();

Q_SIGNALS:
    void rowChosen(qint64 id);

private:
    void chooseNearest(int number);
    void updateButtons();

    QVector<qint64> m_rows;
    qint64 m_row = 0;
    std::string m_bytes;
    QPushButton* m_previous;
    QSpinBox* m_box;
    QPushButton* m_next;
    QPushButton* m_copy;
    NoteBar* m_note;
    CodeView* m_view;
};

}  // namespace studio::ui
