// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_label.h"

namespace studio::ui {

EmptyState::EmptyState(Icon icon, QWidget* parent)
    : QWidget(parent), m_sentence(new QLabel(this)), m_button(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addStretch(1);
    column->addWidget(new IconLabel(icon, Tone::Tertiary, 32, this), 0, Qt::AlignHCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    setTone(m_sentence, Tone::Secondary);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(1);
    m_button->setVisible(false);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::clicked);
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
    const int wanted = m_sentence->fontMetrics().horizontalAdvance(sentence) + 8;
    // A wrapped label in an aligned cell gets its hint and no more, so both sides are fixed here.
    m_sentence->setFixedWidth(qMin(420, wanted));
    m_sentence->setMinimumHeight(m_sentence->heightForWidth(m_sentence->width()));
}

void EmptyState::setButtonText(const QString& text) {
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

}  // namespace studio::ui
