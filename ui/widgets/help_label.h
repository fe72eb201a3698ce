// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QWidget;

namespace studio::ui {

/// A label for quiet words beside a control, over several lines where it has to be.
QLabel* helpLabel(QWidget* parent);

}  // namespace studio::ui
