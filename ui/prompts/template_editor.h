// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/prompt_template.h"
#include "ui/widgets/panel.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace studio::ui {

class CodeView;
class IconLabel;
class NoteBar;
class TemplateDraft;

/// The panel that edits a prompt template: one tab for each of its two texts and one for what follows them.
/// Every key goes to the draft at once; the foot says what is right or wrong with the text in view.
class TemplateEditor : public Panel {
    Q_OBJECT

public:
    enum Tab { WithInput, WithoutInput, Response, Chat };

    explicit TemplateEditor(TemplateDraft& draft, QWidget* parent = nullptr);

    void setTab(Tab tab);
    /// The model's chat template, in a tab that only such templates have; it is not edited.
    CodeView* chatView() const { return m_chat; }
    CodeView* textEdit(Tab tab) const { return tab == WithInput ? m_withInput : m_withoutInput; }
    QLineEdit* separatorEdit() const { return m_separator; }
    QCheckBox* endTokenBox() const { return m_endToken; }
    QTabBar* tabs() const { return m_tabs; }
    QPushButton* insertButton() const { return m_insert; }
    NoteBar* note() const { return m_note; }
    /// What the foot says now, for tests and for the accessible description.
    QString footText() const;
    /// Puts a placeholder at the cursor.
    void insertField(const QString& field);
    /// The choice of fields, where the text in view takes one.
    void openFieldMenu();
    void retranslate();

private:
    CodeView* makeText();
    QWidget* makeResponseTab();
    QWidget* makeChatTab();
    void showDraft(bool fromEdit);
    void showChat();
    void showUse();
    void showFoot();
    void takeEdit();
    void jumpToIssue();

    TemplateDraft& m_draft;
    QTabBar* m_tabs;
    QLabel* m_use;
    NoteBar* m_note;
    QStackedWidget* m_stack;
    CodeView* m_withInput;
    CodeView* m_withoutInput;
    CodeView* m_chat;
    QLabel* m_chatHelp;
    QLabel* m_separatorName;
    QLineEdit* m_separator;
    QLabel* m_separatorHelp;
    QCheckBox* m_endToken;
    QLabel* m_endHelp;
    IconLabel* m_checkIcon;
    QPushButton* m_fault;  ///< leads to it; in place of m_check
    QLabel* m_check;
    IconLabel* m_endIcon;
    QLabel* m_endCheck;
    QPushButton* m_insert;
    QMenu* m_fields;
    bool m_showing = false;
};

}  // namespace studio::ui
