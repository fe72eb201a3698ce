// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPoint;
class QWidget;

namespace studio::ui {

/// Shows a box with figures beside a point of its parent: on the right of it, or on the left where there is
/// no room, and within the parent.
void showBeside(QWidget* box, const QPoint& point);

}  // namespace studio::ui
