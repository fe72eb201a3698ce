// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <filesystem>
#include <memory>

#include "app/gui/studio_application.h"
#include "tests/support/assets.h"
#include "tests/support/scripted_dialogs.h"

namespace studio::test {

/// The real window with settings, sample folder and projects in a folder of its own, and dialogs that answer
/// by script. The functions do what a user does: choose menu entries, press buttons, type. They return false
/// (and say why on the log) where a widget is not there or not enabled, or something takes too long.
class StudioDriver {
public:
    explicit StudioDriver(ui::EngineFactory engine, const ui::StartOptions& options = {});
    ~StudioDriver();

    /// Ends the program (if it runs) and starts it anew with the same settings, as a user does the next day.
    void restart(const ui::StartOptions& options = {});
    ui::StudioApplication& studio() { return *m_studio; }
    ScriptedDialogs& dialogs() { return m_dialogs; }
    QSettings& settings() { return m_settings; }
    /// The program that goes on with runs in the background, and who is told of their end; from restart() on.
    void setFinetune(const QString& program) { m_finetune = program; }
    void setNotifier(ui::Notifier* notifier) { m_notifier = notifier; }
    std::filesystem::path folder() const { return m_folder.path(); }

    /// A menu entry by its English text without mnemonic.
    bool choose(const QString& entry);
    bool importFile(const std::filesystem::path& file);
    /// Deals the rows with the dialog's own shares.
    bool split();
    /// "Open folder…" of the model list on Train.
    bool openModel(const std::filesystem::path& folder);
    /// A setting on Train by its name in the field table.
    bool setField(const std::string& field, const QString& text);
    bool setRunName(const QString& name);
    bool startTraining();
    bool waitForTraining(int milliseconds);
    /// Asks both models what is typed, or (empty) the test prompt in view, and waits for both answers.
    bool compare(const QString& prompt, int milliseconds);

private:
    ui::EngineFactory m_engine;
    TemporaryFolder m_folder;
    QSettings m_settings;
    QString m_finetune;
    ui::Notifier* m_notifier = nullptr;
    ScriptedDialogs m_dialogs;
    std::unique_ptr<ui::StudioApplication> m_studio;
};

}  // namespace studio::test
