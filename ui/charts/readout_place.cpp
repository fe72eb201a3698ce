// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/readout_place.h"

#include <QWidget>

namespace studio::ui {

namespace {

constexpr int kGap = 14;  // between the point and the box

}  // namespace

void showBeside(QWidget* box, const QPoint& point) {
    const QSize room = box->parentWidget()->size();
    int x = point.x() + kGap;
    if (x + box->width() > room.width()) x = point.x() - kGap - box->width();
    const int y = qBound(0, point.y(), qMax(0, room.height() - box->height()));
    box->move(qMax(0, x), y);
    box->show();
    box->raise();
}

}  // namespace studio::ui
