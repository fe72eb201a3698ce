// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QTableView>
#include <memory>

#include "tests/support/assets.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/studio_test.h"
#include "tests/ui/models/models_testing.h"
#include "ui/models/progress_row.h"
#include "ui/widgets/note_bar.h"

namespace studio::test {

/// A hub on this machine, and the dialog that asks it. Nothing of the user's is read.
class DownloadFixture {
public:
    DownloadFixture() {
        hub.addUsualFiles(400'000);
        tools.environment["HF_ENDPOINT"] = hub.address();
    }
    void open() {
        dialog = std::make_unique<ui::DownloadDialog>(tools, dialogs, nullptr);
        showActive(dialog.get());
    }
    /// Opens the dialog and lists the model's files.
    void list() {
        open();
        listFiles(*dialog);
    }
    bool settled() const { return test::settled(*dialog); }
    void slowWeights() { test::slowWeights(hub, 100'000); }
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
    QSettings settings{text(folder / "settings.ini"), QSettings::IniFormat};
    ScriptedDialogs dialogs;
    ui::ModelTools tools = toolsWithoutUser(home(), &settings);
    std::unique_ptr<ui::DownloadDialog> dialog;
};

}  // namespace studio::test
