// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/recent_projects.h"

#include <QDir>
#include <QSettings>

namespace studio::ui {

namespace {

const QString kKey = QStringLiteral("projects/recent");
constexpr int kKept = 10;

}  // namespace

QStringList RecentProjects::folders() const {
    QStringList there;
    for (const QString& folder : m_settings.value(kKey).toStringList())
        if (QDir(folder).exists()) there.push_back(folder);
    return there;
}

void RecentProjects::add(const QString& folder) {
    // Those on a disk that is not mounted today stay in the settings: folders() leaves them out.
    QStringList all = m_settings.value(kKey).toStringList();
    const QString clean = QDir::cleanPath(folder);
    all.removeAll(clean);
    all.prepend(clean);
    while (all.size() > kKept) all.removeLast();
    m_settings.setValue(kKey, all);
}

}  // namespace studio::ui
