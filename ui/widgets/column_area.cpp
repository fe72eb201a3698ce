// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/column_area.h"

#include <QEvent>
#include <QLayout>

namespace studio::ui {

ColumnArea::ColumnArea(QWidget* parent) : QScrollArea(parent) {
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

bool ColumnArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &ColumnArea::settle, Qt::QueuedConnection);
    return QScrollArea::eventFilter(watched, event);
}

/// A column that is resized while its layout places it for the size before, as happens where a scroll bar
/// comes when it is first shown, stays as it was for that size: squeezed (Qt 6.4).
void ColumnArea::settle() {
    QLayout* layout = widget() ? widget()->layout() : nullptr;
    if (!layout || layout->geometry() == widget()->rect()) return;
    layout->invalidate();
    layout->activate();
}

}  // namespace studio::ui
