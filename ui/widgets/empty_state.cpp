// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_label.h"

namespace studio::ui {

namespace {

constexpr int kMostSentence = 420;
constexpr int kLeastSentence = 160;

}  // namespace

EmptyState::EmptyState(Icon icon, QWidget* parent)
    : QWidget(parent),
      m_sentence(new QLabel(this)),
      m_button(new QPushButton(this)),
      m_second(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addStretch(1);
    column->addWidget(new IconLabel(icon, Tone::Tertiary, 32, this), 0, Qt::AlignHCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    setTone(m_sentence, Tone::Secondary);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_button);
    buttons->addWidget(m_second);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addStretch(1);
    m_button->setVisible(false);
    m_second->setVisible(false);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::clicked);
    connect(m_second, &QPushButton::clicked, this, &EmptyState::secondClicked);
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
    fitSentence();
}

// A wrapped label in an aligned cell gets its hint and no more, so both sides are fixed here.
void EmptyState::fitSentence() {
    const QMargins margins = layout()->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    const int wanted = m_sentence->fontMetrics().horizontalAdvance(m_sentence->text()) + 8;
    m_sentence->setFixedWidth(qMax(kLeastSentence, qMin(qMin(wordRoom(kMostSentence), wanted), room)));
    m_sentence->setMinimumHeight(0);  // a label asks for at least what it was given before
    m_sentence->setMinimumHeight(m_sentence->heightForWidth(m_sentence->width()));
}

QSize EmptyState::minimumSizeHint() const {
    return {kLeastSentence, QWidget::minimumSizeHint().height()};
}

void EmptyState::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitSentence();
}

void EmptyState::setButtonText(const QString& text) {
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

void EmptyState::setSecondButtonText(const QString& text) {
    m_second->setText(text);
    m_second->setVisible(!text.isEmpty());
}

}  // namespace studio::ui
