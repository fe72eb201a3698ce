// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page_head.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/badge.h"
#include "ui/widgets/elided_label.h"

namespace studio::ui {

PageHead::PageHead(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_badge(new Badge(this)),
      m_fact(new ElidedLabel(this)),
      m_actions(new QHBoxLayout) {
    setFixedHeight(lineRoom(56));
    setTextRole(m_title, TextRole::Title);
    setTone(m_fact, Tone::Secondary);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addSpacing(4);
    row->addWidget(m_badge);
    row->addWidget(m_fact, 1);
    m_actions->setSpacing(8);
    row->addLayout(m_actions);
}

void PageHead::setTitle(const QString& title) {
    m_title->setText(title);
}

void PageHead::setFact(const QString& fact) {
    m_fact->setText(fact);
}

QPushButton* PageHead::addButton(Icon which, const QString& text) {
    auto* button = new QPushButton(icon(which), text, this);
    return add(button);
}

QPushButton* PageHead::addButton(const QString& text) {
    return add(new QPushButton(text, this));
}

QPushButton* PageHead::addPrimaryButton(Icon which, const QString& text) {
    auto* button = new QPushButton(icon(which, Tone::OnAccent), text, this);
    setButtonLook(button, ButtonLook::Primary);
    return add(button);
}

QPushButton* PageHead::addIconButton(Icon which, const QString& tooltip) {
    auto* button = new QPushButton(icon(which), QString(), this);
    setButtonLook(button, ButtonLook::Flat);
    button->setProperty("iconOnly", true);
    button->setToolTip(tooltip);
    button->setAccessibleName(tooltip);
    return add(button);
}

void PageHead::addWidget(QWidget* widget) {
    m_actions->addWidget(widget);
}

QPushButton* PageHead::add(QPushButton* button) {
    button->setIconSize(button->property("iconOnly").toBool() ? QSize(16, 16) : QSize(20, 16));
    m_actions->addWidget(button);
    return button;
}

}  // namespace studio::ui
