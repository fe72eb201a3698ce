// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/answer.h"
#include "ui/widgets/panel.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace studio::ui {

class ElidedLabel;
class GenerateSettingsPopup;

/// Where the prompt is typed or shown, with Ask, the row's facts and the settings in one line. Typing makes
/// the prompt one of the user's own (the text is the instruction, without input), until the text is that of
/// the row again.
class PromptBar : public Panel {
    Q_OBJECT

public:
    explicit PromptBar(QWidget* parent = nullptr);

    void setPrompt(const ComparePrompt& prompt);
    const ComparePrompt& prompt() const { return m_prompt; }
    /// The row that was shown last; the prompt is this one unless something else is typed.
    const ComparePrompt& row() const { return m_row; }
    /// Another state of that row, while something else is typed.
    void setRow(const ComparePrompt& row) { m_row = row; }
    void setSettings(const GenerateSettings& settings);
    const GenerateSettings& settings() const;
    /// While answers are under way the button stops them.
    void setBusy(bool busy);
    void setAskEnabled(bool enabled);
    void setNeighbours(bool previous, bool next);
    QLineEdit* edit() const { return m_edit; }
    QPushButton* askButton() const { return m_ask; }
    QPushButton* stopButton() const { return m_stop; }
    QPushButton* settingsButton() const { return m_change; }
    QPushButton* previousButton() const { return m_previous; }
    QPushButton* nextButton() const { return m_next; }
    GenerateSettingsPopup* popup() const { return m_popup; }
    QString factLine() const;
    void retranslate();

Q_SIGNALS:
    void askRequested();
    void stopRequested();
    void previousRequested();
    void nextRequested();
    /// Typed by the user.
    void promptChanged();
    void settingsChanged(const studio::GenerateSettings& settings);

private:
    void showFacts();

    ComparePrompt m_prompt;
    ComparePrompt m_row;
    QLineEdit* m_edit;
    QPushButton* m_ask;
    QPushButton* m_stop;
    QPushButton* m_previous;
    QPushButton* m_next;
    QLabel* m_fact;
    ElidedLabel* m_input;
    ElidedLabel* m_settingsLine;
    QPushButton* m_change;
    GenerateSettingsPopup* m_popup;
};

}  // namespace studio::ui
