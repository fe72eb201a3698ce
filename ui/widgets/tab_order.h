// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace studio::ui {

/// The widgets in `root` that Tab stops at now (visible, enabled, not a proxy), in reading order: within each
/// widget from top to bottom, in a row from left to right, and what a part holds before the next part. Taken
/// from where the widgets stand, so that it is right whatever order they were made in. GUI thread.
QList<QWidget*> tabStops(const QWidget* root);

/// Moves the focus within `root` to the next (or previous) of its stops; from the last one to the first.
/// False where there is none.
bool focusNextStop(QWidget* root, bool next);

}  // namespace studio::ui
