// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialog_frame.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/tab_order.h"

namespace studio::ui {

DialogFrame::DialogFrame(QWidget* parent)
    : QDialog(parent),
      m_column(new QVBoxLayout),
      m_buttons(new QHBoxLayout),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_accept(new QPushButton(this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 16, 16, 16);
    outer->setSpacing(20);
    m_column->setSpacing(8);
    outer->addLayout(m_column);
    setButtonLook(m_accept, ButtonLook::Primary);
    m_accept->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_buttons->addStretch(1);
    m_buttons->addWidget(m_cancel);
    m_buttons->addWidget(m_accept);
    outer->addLayout(m_buttons);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
}

QLabel* DialogFrame::addHelp(const QString& text, int width) {
    auto* help = new QLabel(text, this);
    help->setWordWrap(true);
    help->setMinimumWidth(wordRoom(width));
    setTextRole(help, TextRole::Secondary);
    setTone(help, Tone::Tertiary);
    m_column->addWidget(help);
    return help;
}

bool DialogFrame::focusNextPrevChild(bool next) {
    return focusNextStop(this, next);
}

bool DialogFrame::event(QEvent* event) {
    const bool done = QDialog::event(event);
    // Qt makes no room for a wrapped sentence that has become longer while the dialog is open.
    if (event->type() == QEvent::LayoutRequest && isVisible()) {
        const int need = layout()->totalHeightForWidth(width());
        if (height() < need) resize(width(), need);
    }
    return done;
}

void DialogFrame::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) m_cancel->setText(tr("Cancel"));
}

}  // namespace studio::ui
