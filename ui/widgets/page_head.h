// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/theme/icon.h"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace studio::ui {

class Badge;
class ElidedLabel;

/// The 56-pixel head of a page: title, badge, one fact line, actions at the right (at most one of them
/// primary).
class PageHead : public QWidget {
    Q_OBJECT

public:
    explicit PageHead(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// One line of facts, elided at the right, in full as tooltip.
    void setFact(const QString& fact);
    /// Between title and fact line; hidden until it has a text.
    Badge& badge() { return *m_badge; }

    /// Buttons are added from left to right and owned by the head. Texts are set by the caller in
    /// retranslate().
    QPushButton* addButton(Icon icon, const QString& text = {});
    QPushButton* addButton(const QString& text = {});
    QPushButton* addPrimaryButton(Icon icon, const QString& text = {});
    /// 28 x 28, without a border. `tooltip` should name the key; it becomes the accessible name too.
    QPushButton* addIconButton(Icon icon, const QString& tooltip = {});
    /// A label, combo box or the like among the actions.
    void addWidget(QWidget* widget);

private:
    QPushButton* add(QPushButton* button);

    QLabel* m_title;
    Badge* m_badge;
    ElidedLabel* m_fact;
    QHBoxLayout* m_actions;
};

}  // namespace studio::ui
