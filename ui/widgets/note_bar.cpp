// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/note_bar.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/widgets/icon_label.h"

namespace studio::ui {

NoteBar::NoteBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new IconLabel(Icon::Info, Tone::Accent, 16, this)),
      m_heading(new QLabel(this)),
      m_text(new QLabel(this)),
      m_actions(new QHBoxLayout),
      m_copy(new QPushButton(this)),
      m_close(new QPushButton(icon(Icon::Clear), QString(), this)) {
    setTextRole(m_heading, TextRole::PanelTitle);
    m_heading->setVisible(false);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(8);
    auto* iconColumn = new QVBoxLayout;
    iconColumn->setContentsMargins(0, 6, 0, 0);
    iconColumn->addWidget(m_icon);
    iconColumn->addStretch(1);
    row->addLayout(iconColumn);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 5, 0, 5);
    column->setSpacing(2);
    column->addWidget(m_heading);
    column->addWidget(m_text);
    row->addLayout(column, 1);
    m_actions->setSpacing(4);
    row->addLayout(m_actions);
    setButtonLook(m_copy, ButtonLook::Link);
    row->addWidget(m_copy);
    setButtonLook(m_close, ButtonLook::Flat);
    m_close->setProperty("iconOnly", true);
    m_close->setIconSize(QSize(16, 16));
    m_close->setVisible(false);
    row->addWidget(m_close);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text->text() + QStringLiteral("\n\n") + m_details);
    });
    connect(m_close, &QPushButton::clicked, this, [this] {
        setVisible(false);
        Q_EMIT closed();
    });
    retranslate();
    clear();
}

void NoteBar::setNote(NoteKind kind, const QString& text, const QString& details) {
    static const char* const kNames[] = {"info", "ok", "warning", "error"};
    static const Icon kIcons[] = {Icon::Info, Icon::Check, Icon::Warning, Icon::Error};
    static const Tone kTones[] = {Tone::Accent, Tone::Ok, Tone::Warning, Tone::Error};
    m_kind = kind;
    m_details = details;
    const auto which = static_cast<std::size_t>(kind);
    setProperty("note", QLatin1String(kNames[which]));
    style()->unpolish(this);
    style()->polish(this);
    m_icon->setIcon(kIcons[which], kTones[which]);
    m_text->setText(text);
    m_copy->setVisible(!details.isEmpty());
    setAccessibleName(text);
    setVisible(true);
}

void NoteBar::setHeading(const QString& heading) {
    m_heading->setText(heading);
    m_heading->setVisible(!heading.isEmpty());
}

void NoteBar::clear() {
    clearActions();
    setHeading({});
    m_text->clear();
    m_details.clear();
    setVisible(false);
}

QString NoteBar::text() const {
    return m_text->text();
}

void NoteBar::setClosable(bool closable) {
    m_close->setVisible(closable);
}

QPushButton* NoteBar::addAction(const QString& text) {
    auto* button = new QPushButton(text, this);
    setButtonLook(button, ButtonLook::Link);
    m_actions->addWidget(button);
    return button;
}

void NoteBar::clearActions() {
    while (QLayoutItem* item = m_actions->takeAt(0)) {
        // Later: the note is often renewed from the click of one of its own buttons.
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void NoteBar::retranslate() {
    m_copy->setText(tr("Copy details"));
    m_close->setToolTip(tr("Close this note"));
    m_close->setAccessibleName(m_close->toolTip());
}

void NoteBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

}  // namespace studio::ui
