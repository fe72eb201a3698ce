// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sidebar.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/shell/sidebar_item.h"

namespace studio::ui {

namespace {

// Of what a larger font makes the words wider, half: the rest of the width is the pages'.
int wholeWidth() {
    return (Sidebar::kWidth + wordRoom(Sidebar::kWidth)) / 2;
}

}  // namespace

Sidebar::Sidebar(QWidget* parent) : QWidget(parent), m_caption(new QLabel(this)) {
    setFixedWidth(wholeWidth());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 9, 8);
    column->setSpacing(0);
    setTextRole(m_caption, TextRole::Caption);
    setTone(m_caption, Tone::Tertiary);
    m_caption->setContentsMargins(10, 4, 0, 4);
    column->addWidget(m_caption);
    for (int i = 0; i < kPageCount; ++i) {
        auto* item = new SidebarItem(static_cast<PageId>(i), this);
        connect(item, &QAbstractButton::clicked, this, [this, item] { Q_EMIT pageChosen(item->page()); });
        connect(item, &SidebarItem::stepRequested, this, [this, i](int step) {
            const int to = (i + step + kPageCount) % kPageCount;
            m_items[static_cast<std::size_t>(to)]->setFocus(Qt::TabFocusReason);
        });
        m_items.push_back(item);
        column->addWidget(item);
    }
    column->addStretch(1);
    setCurrent(PageId::Data);
    retranslate();
}

void Sidebar::setCurrent(PageId page) {
    m_current = page;
    m_items[static_cast<std::size_t>(page)]->setChecked(true);
    for (SidebarItem* item : m_items) item->setFocusPolicy(item->page() == page ? Qt::TabFocus : Qt::NoFocus);
}

void Sidebar::setNote(PageId page, const QString& note) {
    m_items[static_cast<std::size_t>(page)]->setNote(note);
}

void Sidebar::setSlim(bool slim) {
    if (slim == m_slim) return;
    m_slim = slim;
    setFixedWidth(slim ? kSlimWidth : wholeWidth());
    m_caption->setVisible(!slim);
    for (SidebarItem* item : m_items) item->setSlim(slim);
}

void Sidebar::retranslate() {
    m_caption->setText(tr("The loop"));
    setAccessibleName(tr("The rooms of the loop"));
    for (SidebarItem* item : m_items) item->retranslate();
}

void Sidebar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeTokens& tokens = tokensOf(this);
    painter.fillRect(rect(), tokens.sidebar);
    painter.fillRect(width() - 1, 0, 1, height(), tokens.border);
}

void Sidebar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace studio::ui
