// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "ui/theme/theme.h"

namespace studio::ui {

/// What the command line asks for. A value.
struct StartOptions {
    QString project;                   ///< folder to open; empty: the last one, or the sample project
    bool sample = false;               ///< open the sample project
    std::optional<QString> language;   ///< "en", "zh_TW", "zh_CN" or "system"; not stored
    std::optional<Theme::Mode> theme;  ///< not stored

    /// Set where the program should only say something and end.
    QString message;
    int exitCode = 0;
    bool isError() const { return exitCode != 0; }
};

/// Reads the arguments (the program's name first). Usage errors give exit code 2 and one line.
StartOptions parseArguments(const QStringList& arguments);

}  // namespace studio::ui
