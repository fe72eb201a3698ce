// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QPushButton>

#include "tests/support/fake_hub.h"
#include "tests/support/gui_testing.h"
#include "tests/unit/core/hub/hub_testing.h"
#include "ui/models/download_dialog.h"
#include "ui/models/model_tools.h"

namespace studio::test {

/// The world without anything of the user who runs the tests, without a token, and without long waits.
inline ui::ModelTools toolsWithoutUser(const std::filesystem::path& home, QSettings* settings = nullptr) {
    ui::ModelTools tools;
    tools.environment = {{"HOME", home.string()}, {"PATH", "/nowhere"}};
    tools.settings = settings;
    tools.patience = quickly();
    return tools;
}

/// The hub's next answer for the weights comes so slowly that a test can do something meanwhile.
inline void slowWeights(FakeHub& hub, int bytesPerSecond) {
    HttpReply slow = hub.reply("model.safetensors");
    slow.bytesPerSecond = bytesPerSecond;
    hub.script("model.safetensors", {slow});
}

/// Until a dialog has its answer from the hub, or what it downloads.
inline bool settled(const ui::DownloadDialog& dialog) {
    return QTest::qWaitFor([&dialog] { return !dialog.isBusy(); }, 20'000);
}

/// Asks for the files of the hub's model.
inline void listFiles(ui::DownloadDialog& dialog) {
    QTest::keyClicks(dialog.modelLine(), QString::fromStdString(FakeHub::kModel));
    dialog.listButton()->click();
    if (!settled(dialog)) qFatal("the hub does not answer");
}

}  // namespace studio::test
