// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "ui/theme/theme_tokens.h"

namespace studio::ui {

/// The one style sheet of the application. `bodyPoints` is the size of the system font in points,
/// `codeFamilies` the fixed fonts, best first; `growth` what a line of text is higher than at 10 points:
/// controls that hold one are higher by as much.
QString buildStyleSheet(const ThemeTokens& tokens, qreal bodyPoints, const QStringList& codeFamilies,
                        int growth);

}  // namespace studio::ui
