// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/dialogs/dialogs.h"
#include "ui/prompts/row_preview.h"
#include "ui/prompts/template_draft.h"
#include "ui/widgets/page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace studio::ui {

class EmptyState;
class LengthPanel;
class NoteBar;
class ProjectSession;
class RowPanel;
class TemplateEditor;
class TokenPanel;

/// "Prompts": the template, the row it is filled with, its tokens, and the lengths of all rows. Text and
/// tokens follow every key at once; the lengths follow a moment later. Lives as long as the main window; the
/// session and the dialogs outlive it.
class PromptsPage : public Page {
    Q_OBJECT

public:
    PromptsPage(ProjectSession& session, Dialogs& dialogs, QWidget* parent = nullptr);
    ~PromptsPage() override;

    void activated() override;
    QString sidebarNote() const override;
    QWidget* sidePane() const override;

    TemplateDraft& draft() { return m_draft; }
    QComboBox* templateBox() const { return m_templateBox; }
    QComboBox* modelBox() const { return m_modelBox; }
    QPushButton* copyButton() const { return m_copy; }
    TemplateEditor* editor() const { return m_editor; }
    RowPanel* rowPanel() const { return m_row; }
    TokenPanel* tokenPanel() const { return m_tokens; }
    LengthPanel* lengthPanel() const { return m_lengths; }
    NoteBar* note() const { return m_note; }

protected:
    void retranslate() override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildHead();
    QWidget* buildPanels();
    void connectSession();
    void addShortcuts();
    void reloadRows();
    void reloadTemplates();
    void reloadModels();
    void showRow(qint64 id);
    void refresh();
    void showTokens(const RowPreview& preview);
    void showNextStep();
    void draftChanged(bool fromEdit);
    void chooseTemplate(int index);
    void useChatTemplate();
    void hintAtChatTemplate();
    void chooseModel(int index);
    void askForCopy();
    void showError(const Error& error);

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    TemplateDraft m_draft;
    std::filesystem::path m_hintedModel;  ///< whose chat template was pointed at
    bool m_active = false;                ///< the visible page; a hidden one computes nothing
    QLabel* m_templateName;
    QComboBox* m_templateBox;
    QLabel* m_modelName;
    QComboBox* m_modelBox;
    QPushButton* m_copy;
    NoteBar* m_note;
    QStackedWidget* m_rowStack;
    EmptyState* m_noRows;
    TemplateEditor* m_editor;
    RowPanel* m_row;
    TokenPanel* m_tokens;
    LengthPanel* m_lengths;
};

}  // namespace studio::ui
