// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tab_order.h"

#include <QApplication>
#include <QLayout>
#include <QScrollArea>
#include <algorithm>

namespace studio::ui {

namespace {

bool isStop(const QWidget* widget) {
    return (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() && !widget->focusProxy();
}

bool comesBefore(const QRect& a, const QRect& b) {
    if (a.bottom() < b.top()) return true;
    return a.top() <= b.bottom() && a.right() < b.left();
}

/// In reading order. "Before" is no order that can be sorted by (three widgets may go in a circle), so each
/// time the topmost of those that nothing left stands before is taken.
QList<QWidget*> inReadingOrder(QList<QWidget*> widgets) {
    std::stable_sort(widgets.begin(), widgets.end(), [](const QWidget* a, const QWidget* b) {
        return a->y() != b->y() ? a->y() < b->y() : a->x() < b->x();
    });
    QList<QWidget*> ordered;
    while (!widgets.isEmpty()) {
        const auto free = std::find_if(widgets.cbegin(), widgets.cend(), [&](const QWidget* each) {
            return std::none_of(widgets.cbegin(), widgets.cend(), [each](const QWidget* other) {
                return other != each && comesBefore(other->geometry(), each->geometry());
            });
        });
        ordered.push_back(widgets.takeAt(free == widgets.cend() ? 0 : free - widgets.cbegin()));
    }
    return ordered;
}

/// `here` is a place between the stops that is kept, whether Tab stops at it or not.
void collect(const QWidget* part, const QWidget* here, QList<QWidget*>& stops) {
    QList<QWidget*> children;
    if (QLayout* layout = part->layout()) layout->activate();  // what came just now has no place yet
    for (QObject* child : part->children()) {
        auto* widget = qobject_cast<QWidget*>(child);
        if (widget && !widget->isWindow() && widget->isVisible()) children.push_back(widget);
    }
    for (QWidget* widget : inReadingOrder(children)) {
        if (isStop(widget) || widget == here) stops.push_back(widget);
        collect(widget, here, stops);
    }
}

}  // namespace

QList<QWidget*> tabStops(const QWidget* root) {
    QList<QWidget*> stops;
    collect(root, nullptr, stops);
    return stops;
}

bool focusNextStop(QWidget* root, bool next) {
    const QWidget* here = QApplication::focusWidget();
    QList<QWidget*> stops;
    collect(root, here, stops);
    const int count = static_cast<int>(stops.size());
    const int at = static_cast<int>(stops.indexOf(here));
    const int from = at < 0 && !next ? count : at;
    for (int step = 1; step <= count; ++step) {
        QWidget* stop = stops[((from + (next ? step : -step)) % count + count) % count];
        if (!isStop(stop) || stop == here) continue;
        stop->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
        for (QWidget* above = stop->parentWidget(); above; above = above->parentWidget())
            if (auto* scroll = qobject_cast<QScrollArea*>(above)) scroll->ensureWidgetVisible(stop);
        return true;
    }
    return false;
}

}  // namespace studio::ui
