// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QSettings;

namespace studio::ui {

/// The projects opened last, newest first, kept in the program's settings. GUI thread; the settings outlive
/// it.
class RecentProjects {
public:
    explicit RecentProjects(QSettings& settings) : m_settings(settings) {}

    /// Folders that are still there.
    QStringList folders() const;
    /// Moves the folder to the top.
    void add(const QString& folder);

private:
    QSettings& m_settings;
};

}  // namespace studio::ui
