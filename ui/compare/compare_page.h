// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>

#include "ui/compare/compare_arm.h"
#include "ui/compare/test_prompt_model.h"
#include "ui/jobs/task_runner.h"
#include "ui/widgets/page.h"

class QTimer;

namespace studio::ui {

class ArmPanel;
class Dialogs;
class NoteBar;
class PromptBar;
class ReferencePanel;
class TestPromptPanel;

/// "Compare": one prompt to the base and the fine-tuned model, with the same template, seed and settings;
/// both answers stream side by side. Each arm has a thread of its own. The session outlives the page.
class ComparePage : public Page {
    Q_OBJECT

public:
    static constexpr int kArms = 2;

    ComparePage(ProjectSession& session, Dialogs& dialogs, const EngineFactory& engine,
                QWidget* parent = nullptr);
    ~ComparePage() override;

    void activated() override;
    QWidget* sidePane() const override;
    /// Whether an answer is under way (the window asks before it closes).
    bool isBusy() const;
    /// One model is compared with the project's base model, two with each other. An adapter's folder stands
    /// for its base with the adapter beside it.
    void chooseModels(const std::vector<std::filesystem::path>& models);
    void askBoth();
    void runAll();
    void stop();

    CompareArm& arm(int index) { return *m_arms[static_cast<std::size_t>(index)]; }
    ArmPanel* armPanel(int index) const { return m_armPanels[static_cast<std::size_t>(index)]; }
    PromptBar* promptBar() const { return m_prompt; }
    TestPromptPanel* list() const { return m_list; }
    TestPromptModel& prompts() { return m_model; }
    ReferencePanel* reference() const { return m_reference; }
    NoteBar* note() const { return m_note; }

Q_SIGNALS:
    /// A run's exact match on the test split is known, or another one.
    void scoresStored();

protected:
    void retranslate() override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildPanels();
    void connectParts();
    void addShortcuts();
    void adoptProject();
    void reloadPrompts();
    void reloadModels();
    void chooseDefaults(const std::vector<ModelChoice>& models);
    void chooseAdapter(int arm);
    void openAdapterFor(int arm, const std::filesystem::path& adapter, const std::filesystem::path& base);
    bool isTuned(const ModelChoice& model) const;
    void nameArms();
    void storeScores();
    void reloadSetup();
    void loadSettings();
    void storeSettings(const GenerateSettings& settings);
    void showRecord(qint64 id);
    void step(int by);
    bool ask(const ComparePrompt& prompt, bool first, bool again);
    void answerChanged(const QByteArray& key);
    void showCurrent();
    void showBusy();
    void showScores();
    void showNextStep();
    void showError(const Error& error);

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    std::array<std::unique_ptr<CompareArm>, kArms> m_arms;
    std::array<bool, kArms> m_chosen{};  ///< the user chose this arm's model
    CompareSetup m_setup;
    TestPromptModel m_model;
    std::vector<QByteArray> m_batch;  ///< answers that "run all" asked for
    bool m_running = false;
    QTimer* m_scoreTimer;  ///< scores look at every answer: at most ten times a second
    NoteBar* m_note;
    TestPromptPanel* m_list;
    PromptBar* m_prompt;
    std::array<ArmPanel*, kArms> m_armPanels{};
    ReferencePanel* m_reference;
    std::array<TaskRunner, kArms> m_openings;  ///< read adapters that are opened, each for its arm
};

}  // namespace studio::ui
