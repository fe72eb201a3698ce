// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/theme/theme_tokens.h"

namespace studio::ui {

/// The one style sheet of the application. `bodyPoints` is the size of the system font in points.
QString buildStyleSheet(const ThemeTokens& tokens, qreal bodyPoints);

}  // namespace studio::ui
