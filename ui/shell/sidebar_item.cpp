// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sidebar_item.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QPainter>

namespace studio::ui {

namespace {

Icon iconOf(PageId page) {
    switch (page) {
        case PageId::Data:
            return Icon::Data;
        case PageId::Prompts:
            return Icon::Prompts;
        case PageId::Models:
            return Icon::Models;
        case PageId::Train:
            return Icon::Train;
        case PageId::Runs:
            return Icon::Runs;
        case PageId::Compare:
            break;
    }
    return Icon::Compare;
}

}  // namespace

SidebarItem::SidebarItem(PageId page, QWidget* parent) : QAbstractButton(parent), m_page(page) {
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::NoFocus);  // the sidebar gives it to the current one: one tab stop
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    retranslate();
}

void SidebarItem::retranslate() {
    const QString key = QKeySequence(static_cast<int>(Qt::CTRL) | (Qt::Key_1 + static_cast<int>(m_page)))
                            .toString(QKeySequence::NativeText);
    setText(pageTitle(m_page));
    setToolTip(tr("%1 (%2)").arg(pageTitle(m_page), key));
    setAccessibleName(m_note.isEmpty() ? text() : text() + QStringLiteral(", ") + m_note);
    update();
}

void SidebarItem::setNote(const QString& note) {
    m_note = note;
    setAccessibleName(note.isEmpty() ? text() : text() + QStringLiteral(", ") + note);
    update();
}

void SidebarItem::setSlim(bool slim) {
    m_slim = slim;
    updateGeometry();
    update();
}

QSize SidebarItem::sizeHint() const {
    return {m_slim ? 40 : 160, lineRoom(36)};
}

void SidebarItem::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        // Only the focus moves: QAbstractButton would press what it moves to, as the group is exclusive.
        Q_EMIT stepRequested(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void SidebarItem::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void SidebarItem::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void SidebarItem::paintEvent(QPaintEvent*) {
    const ThemeTokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area(rect());
    painter.setPen(Qt::NoPen);
    if (isChecked() || underMouse()) {
        painter.setBrush(isChecked() ? tokens.selection : blend(tokens.sidebar, tokens.field, 0.18));
        painter.drawRoundedRect(area, 4, 4);
    }
    if (isChecked()) painter.fillRect(QRectF(0, 8, 3, height() - 16), tokens.accentText);
    if (hasFocus()) {
        painter.setPen(QPen(tokens.accentText, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4);
    }
    const QRectF iconBox(10, (height() - 20) / 2, 20, 20);
    paintIcon(painter, iconOf(m_page), isChecked() ? tokens.accentText : tokens.text2, iconBox);
    if (m_slim) return;
    const QFont noteFont = roleFont(TextRole::Caption);
    QFont font = roleFont(TextRole::Body);
    if (isChecked()) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(tokens.text);
    // The name has its room first, the note what is left.
    const int room = width() - 8 - 42;
    const int nameWidth = qMin(QFontMetrics(font).horizontalAdvance(text()) + 1, room);
    const QRect nameBox(42, 0, nameWidth, height());
    const int noteLeft = 42 + nameWidth + 6;
    painter.drawText(nameBox, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(text(), Qt::ElideRight, nameBox.width()));
    painter.setFont(noteFont);
    painter.setPen(isChecked() ? tokens.text2 : tokens.text3);
    const QRect noteBox(noteLeft, 0, width() - 8 - noteLeft, height());
    painter.drawText(noteBox, Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetrics(noteFont).elidedText(m_note, Qt::ElideRight, noteBox.width() + 1));
}

}  // namespace studio::ui
