// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/help_label.h"

#include <QLabel>

#include "ui/theme/theme.h"

namespace studio::ui {

QLabel* helpLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    setTextRole(label, TextRole::Secondary);
    setTone(label, Tone::Secondary);
    return label;
}

}  // namespace studio::ui
