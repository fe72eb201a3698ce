// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <memory>

#include "tests/support/assets.h"
#include "tests/support/fake_hub.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/hub/hub_testing.h"
#include "ui/models/download_dialog.h"
#include "ui/models/progress_row.h"
#include "ui/widgets/note_bar.h"

namespace studio::test {

/// A hub on this machine, and the dialog that asks it. Nothing of the user's is read.
class DownloadFixture {
public:
    DownloadFixture() {
        hub.addUsualFiles(400'000);
        tools.environment = {{"HOME", home().string()}, {"PATH", "/nowhere"}, {"HF_ENDPOINT", hub.address()}};
        tools.settings = &settings;
        tools.patience = quickly();
    }
    void open() {
        dialog = std::make_unique<ui::DownloadDialog>(tools, dialogs, nullptr);
        dialog->show();
        if (!QTest::qWaitForWindowActive(dialog.get())) qFatal("the dialog does not come");
    }
    /// Opens the dialog and lists the model's files.
    void list() {
        open();
        QTest::keyClicks(dialog->modelLine(), QString::fromStdString(FakeHub::kModel));
        dialog->listButton()->click();
        if (!settled()) qFatal("the hub does not answer");
    }
    bool settled() {
        return QTest::qWaitFor([this] { return !dialog->isBusy(); }, 20'000);
    }
    /// The answer for the weights comes so slowly that a test can do something meanwhile.
    void slowWeights() {
        HttpReply slow = hub.reply("model.safetensors");
        slow.bytesPerSecond = 100'000;
        hub.script("model.safetensors", {slow});
    }
    int rowOf(const QString& file) {
        ui::DownloadFileModel& files = dialog->files();
        for (int row = 0; row < files.rowCount(); ++row)
            if (files.index(row, 0).data().toString() == file) return row;
        return -1;
    }
    QString reasonOf(const QString& file) {
        return dialog->files().index(rowOf(file), ui::DownloadFileModel::ReasonColumn).data().toString();
    }
    std::filesystem::path home() const { return folder / "home"; }
    std::filesystem::path target() const {
        return home() / ".local" / "share" / "finetune-studio" / "models" / "acme--tiny-model";
    }

    TemporaryFolder folder;
    FakeHub hub;
    QSettings settings{QString::fromStdString((folder / "settings.ini").string()), QSettings::IniFormat};
    ScriptedDialogs dialogs;
    ui::ModelTools tools;
    std::unique_ptr<ui::DownloadDialog> dialog;
};

}  // namespace studio::test
