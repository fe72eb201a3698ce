// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/widgets/badge.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/progress_line.h"

namespace studio::ui {

namespace {

constexpr int kHeadHeight = 32;

}  // namespace

Panel::Panel(QWidget* parent) : Panel(QString(), parent) {}

Panel::Panel(const QString& title, QWidget* parent)
    : QFrame(parent),
      m_head(new QWidget(this)),
      m_headRow(new QHBoxLayout),
      m_secondRow(new QHBoxLayout),
      m_leading(new QHBoxLayout),
      m_trailing(new QHBoxLayout),
      m_title(new QLabel(title, this)),
      m_fact(new ElidedLabel(this)),
      m_busy(new ProgressLine(this)),
      m_outer(new QVBoxLayout(this)),
      m_body(new QVBoxLayout) {
    setProperty("panel", true);
    m_outer->setContentsMargins(1, 1, 1, 1);
    m_outer->setSpacing(0);
    m_head->setAttribute(Qt::WA_StyledBackground);
    m_head->setProperty("ruleBelow", true);
    m_head->setFixedHeight(lineRoom(kHeadHeight));
    setTextRole(m_title, TextRole::PanelTitle);
    setTextRole(m_fact, TextRole::Secondary);
    setTone(m_fact, Tone::Secondary);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
    auto* rows = new QVBoxLayout(m_head);
    rows->setContentsMargins(12, 0, 8, 1);
    rows->setSpacing(0);
    rows->addLayout(m_headRow, 1);
    m_headRow->setSpacing(8);
    m_leading->setSpacing(8);
    m_leading->addWidget(m_title);
    m_headRow->addLayout(m_leading);
    m_headRow->addWidget(m_fact, 1);
    m_trailing->setSpacing(8);
    m_headRow->addLayout(m_trailing);
    m_secondRow->addStretch(1);
    rows->addLayout(m_secondRow);
    m_outer->addWidget(m_head);
    m_busy->setThickness(2);
    m_busy->setVisible(false);
    m_outer->addWidget(m_busy);
    m_body->setContentsMargins(12, 12, 12, 12);
    m_body->setSpacing(8);
    m_outer->addLayout(m_body, 1);
}

void Panel::setTitle(const QString& title) {
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Panel::setFact(const QString& fact) {
    m_fact->setText(fact);
}

Badge* Panel::addBadge() {
    auto* badge = new Badge(m_head);
    m_leading->addWidget(badge);
    return badge;
}

void Panel::addHeadWidget(QWidget* widget) {
    m_trailing->addWidget(widget);
}

QPushButton* Panel::addHeadButton(Icon which, const QString& tooltip) {
    auto* button = new QPushButton(icon(which), QString(), m_head);
    setButtonLook(button, ButtonLook::Flat);
    button->setProperty("iconOnly", true);
    button->setIconSize(QSize(16, 16));
    button->setToolTip(tooltip);
    button->setAccessibleName(tooltip);
    m_trailing->addWidget(button);
    return button;
}

void Panel::addHeadLeading(QWidget* widget) {
    m_leading->addWidget(widget);
}

void Panel::setHeadVisible(bool visible) {
    m_head->setVisible(visible);
}

int Panel::headWidth() const {
    m_head->layout()->activate();
    const QMargins margins = m_head->layout()->contentsMargins();
    const int wrapped = m_wrapped ? m_headRow->spacing() + m_trailing->minimumSize().width() : 0;
    return margins.left() + m_headRow->minimumSize().width() + wrapped + margins.right() + 2;
}

void Panel::setHeadWraps(bool wraps) {
    m_wraps = wraps;
    fitHeadRows();
}

bool Panel::event(QEvent* event) {
    const bool done = QFrame::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) fitHeadRows();
    return done;
}

void Panel::fitHeadRows() {
    if (!m_wraps) return;
    auto* rows = static_cast<QVBoxLayout*>(m_head->layout());
    const QMargins margins = rows->contentsMargins();
    const int oneRow = headWidth(), trailing = m_trailing->minimumSize().width();
    // Without this the head's one row would keep the panel as wide as that.
    m_head->setMinimumWidth(
        qMax(oneRow - 2 - m_headRow->spacing() - trailing, margins.left() + trailing + margins.right()));
    const bool wrap = oneRow > width();
    if (wrap == m_wrapped) return;
    m_wrapped = wrap;
    if (wrap) {
        m_headRow->removeItem(m_trailing);
        m_secondRow->insertLayout(0, m_trailing);
    } else {
        m_secondRow->removeItem(m_trailing);
        m_headRow->addLayout(m_trailing);
    }
    rows->setStretchFactor(m_secondRow, wrap ? 1 : 0);
    m_head->setFixedHeight(lineRoom(kHeadHeight) * (wrap ? 2 : 1));
}

void Panel::setBodyWidget(QWidget* widget) {
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    m_body->addWidget(widget, 1);
}

QHBoxLayout* Panel::footLayout() {
    if (!m_foot) {
        auto* foot = new QWidget(this);
        foot->setAttribute(Qt::WA_StyledBackground);
        foot->setProperty("ruleAbove", true);
        foot->setMinimumHeight(lineRoom(kHeadHeight));
        m_foot = new QHBoxLayout(foot);
        m_foot->setContentsMargins(12, 1, 12, 0);
        m_foot->setSpacing(8);
        m_outer->addWidget(foot);
    }
    return m_foot;
}

void Panel::setBusy(bool busy) {
    m_busy->setProperty("wanted", busy);
    if (!busy) {
        m_busy->setVisible(false);
        return;
    }
    m_busy->setIndeterminate(true);
    QTimer::singleShot(400, m_busy, [line = m_busy] { line->setVisible(line->property("wanted").toBool()); });
}

}  // namespace studio::ui
