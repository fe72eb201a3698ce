// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/theme/icon.h"

namespace studio::ui {

/// An icon that stands alone in a layout and follows the theme. Not focusable; name it where it says
/// something.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    IconLabel(Icon which, Tone tone, int side, QWidget* parent = nullptr);
    void setIcon(Icon which, Tone tone);

    QSize sizeHint() const override { return {m_side, m_side}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
    Tone m_tone;
    int m_side;
};

}  // namespace studio::ui
