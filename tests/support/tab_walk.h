// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QRadioButton>
#include <QSet>
#include <QtTest/QtTest>

#include "ui/widgets/panel.h"

namespace studio::test {

inline QString widgetName(const QWidget* widget) {
    return QStringLiteral("%1 “%2”").arg(
        QLatin1String(widget->metaObject()->className()),
        widget->accessibleName().isEmpty() ? widget->property("text").toString() : widget->accessibleName());
}

/// Presses Tab until the focus is back where it began. Empty where every widget of the window that takes the
/// focus by Tab was reached once and the way within each panel leads down or to the right; else what is
/// wrong.
inline QString tabWalkProblem(QWidget* window) {
    QSet<QWidget*> left;
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        // Of radio buttons Tab stops at the chosen one; arrow keys lead to the others.
        const auto* radio = qobject_cast<QRadioButton*>(widget);
        if (widget->window() == window && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy() && (!radio || radio->isChecked()))
            left.insert(widget);
    }
    if (left.isEmpty()) return QStringLiteral("nothing takes the focus");
    const auto panelOf = [](QWidget* widget) {
        while (widget && !qobject_cast<ui::Panel*>(widget)) widget = widget->parentWidget();
        return widget;
    };
    // The topmost one: the walk ends with the window, not in the middle of a panel.
    const auto place = [window](const QWidget* widget) { return widget->mapTo(window, QPoint()); };
    QWidget* first = *left.begin();
    for (QWidget* widget : left) {
        if (place(widget).y() < place(first).y()) first = widget;
    }
    first->setFocus();
    QWidget* begin = QApplication::focusWidget();
    QWidget* before = begin;
    QStringList way;
    do {
        QTest::keyClick(before, Qt::Key_Tab);
        QWidget* now = QApplication::focusWidget();
        if (!now) return QStringLiteral("no focus after ") + widgetName(before);
        way << widgetName(now);
        if (!left.remove(now)) return QStringLiteral("reached twice: ") + way.join(QStringLiteral(", "));
        const QRect from(before->mapTo(window, QPoint()), before->size());
        const QRect to(now->mapTo(window, QPoint()), now->size());
        const bool onward = to.top() > from.bottom() || to.left() > from.right();
        if (now != begin && panelOf(now) && panelOf(now) == panelOf(before) && !onward)
            return widgetName(now) + QStringLiteral(" comes after ") + widgetName(before);
        before = now;
    } while (before != begin);
    QStringList never;
    for (const QWidget* widget : left) never << widgetName(widget);
    return never.isEmpty() ? QString() : QStringLiteral("never reached: ") + never.join(QStringLiteral(", "));
}

}  // namespace studio::test
