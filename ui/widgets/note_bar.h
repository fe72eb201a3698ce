// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/theme/icon.h"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace studio::ui {

class IconLabel;

enum class NoteKind { Info, Ok, Warning, Error };

/// A note inside a page or panel: icon, whole sentences (cause, place, next step), actions, and for errors
/// "Copy details". Hidden until show() or setNote(); the user can close it where setClosable() allows.
class NoteBar : public QFrame {
    Q_OBJECT

public:
    explicit NoteBar(QWidget* parent = nullptr);

    /// Shows the note. `details` (may be empty) is what "Copy details" puts on the clipboard.
    void setNote(NoteKind kind, const QString& text, const QString& details = {});
    /// A bold first line above the text.
    void setHeading(const QString& heading);
    void clear();
    NoteKind kind() const { return m_kind; }
    QString text() const;
    void setClosable(bool closable);
    /// A link-like button behind the text; removed by clearActions() or clear().
    QPushButton* addAction(const QString& text);
    void clearActions();

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    NoteKind m_kind = NoteKind::Info;
    QString m_details;
    IconLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QHBoxLayout* m_actions;
    QPushButton* m_copy;
    QPushButton* m_close;
};

}  // namespace studio::ui
