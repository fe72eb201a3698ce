// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QString>
#include <QTest>
#include <filesystem>

namespace studio::test {

/// A path as a field or a dialog holds it.
inline QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Shows a window and waits until it has the focus, without which keys go nowhere.
inline void showActive(QWidget* window) {
    window->show();
    if (!QTest::qWaitForWindowActive(window)) qFatal("the window does not come");
}

/// What a menu offers under these words when it is opened; null where it does not.
inline QAction* actionOf(QMenu& menu, const QString& words) {
    Q_EMIT menu.aboutToShow();
    for (QAction* action : menu.actions())
        if (action->text() == words) return action;
    return nullptr;
}

}  // namespace studio::test
