// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

/// What the dialogs of the program have in common: a column of parts, and below it Cancel and one verb, which
/// Enter presses. Whoever derives from it fills the column, names the verb and hears its click. Opened with
/// open().
class DialogFrame : public QDialog {
    Q_OBJECT

public:
    explicit DialogFrame(QWidget* parent);

    QPushButton* acceptButton() const { return m_accept; }
    QPushButton* cancelButton() const { return m_cancel; }

protected:
    /// Spacing 8.
    QVBoxLayout* column() const { return m_column; }
    /// The row of the buttons; what is inserted at 0 stands at its left end.
    QHBoxLayout* buttonRow() const { return m_buttons; }
    /// A sentence in small type at the end of the column. `width`: that it has at least, for text of 10
    /// points; it says how wide the dialog is.
    QLabel* addHelp(const QString& text, int width);
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// In reading order, whatever order the parts were made in.
    bool focusNextPrevChild(bool next) override;

private:
    QVBoxLayout* m_column;
    QHBoxLayout* m_buttons;
    QPushButton* m_cancel;
    QPushButton* m_accept;
};

}  // namespace studio::ui
