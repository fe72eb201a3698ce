// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace studio::ui {

/// A text box for a field of a record. What was put in comes out again byte for byte where it was not edited
/// (no-break spaces, line ends). Undo and redo belong to the project, files that are dropped on it to the
/// page, so it leaves those events to its parents.
class RecordTextEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit RecordTextEdit(QWidget* parent = nullptr);

    /// Does not emit edited().
    void setRecordText(const QString& text);
    /// The same for another state of the same text (undo, redo): the caret goes to the end of what differs.
    void changeRecordText(const QString& text);
    QString recordText() const;
    /// Whether the user has changed it since setRecordText().
    bool wasEdited() const { return m_edited; }

Q_SIGNALS:
    /// The user has changed the text.
    void edited();
    void focusLeft();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;

private:
    bool m_loading = false;
    bool m_edited = false;
    bool m_windowsLineEnds = false;
};

}  // namespace studio::ui
