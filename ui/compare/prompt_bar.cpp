// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/prompt_bar.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

#include "ui/compare/generate_settings_popup.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

namespace studio::ui {

namespace {

/// What a line edit shows of a text.
QString oneLine(const std::string& text) {
    return QString::fromStdString(text).replace(u'\n', u' ');
}

}  // namespace

PromptBar::PromptBar(QWidget* parent)
    : Panel(parent),
      m_edit(new QLineEdit(this)),
      m_ask(new QPushButton(icon(Icon::Play, Tone::OnAccent), QString(), this)),
      m_stop(new QPushButton(icon(Icon::Stop), QString(), this)),
      m_previous(new QPushButton(icon(Icon::ChevronLeft), QString(), this)),
      m_next(new QPushButton(icon(Icon::ChevronRight), QString(), this)),
      m_fact(new QLabel(this)),
      m_input(new ElidedLabel(this)),
      m_settingsLine(new ElidedLabel(this)),
      m_change(new QPushButton(this)),
      m_popup(new GenerateSettingsPopup(this)) {
    setHeadVisible(false);
    m_edit->setProperty("big", true);
    setTextRole(m_edit, TextRole::Reading);
    setButtonLook(m_ask, ButtonLook::Primary);
    m_ask->setProperty("big", true);
    m_stop->setProperty("big", true);
    m_stop->hide();
    setButtonLook(m_change, ButtonLook::Link);
    for (QPushButton* button : {m_previous, m_next}) {
        setButtonLook(button, ButtonLook::Flat);
        button->setProperty("iconOnly", true);
        button->setIconSize(QSize(16, 16));
    }
    for (QLabel* label : {m_fact, static_cast<QLabel*>(m_input), static_cast<QLabel*>(m_settingsLine)}) {
        setTextRole(label, TextRole::Secondary);
        setTone(label, Tone::Secondary);
    }
    m_settingsLine->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* upper = new QHBoxLayout;
    upper->addWidget(m_edit, 1);
    upper->addWidget(m_ask);
    upper->addWidget(m_stop);
    auto* lower = new QHBoxLayout;
    lower->addWidget(m_previous);
    lower->addWidget(m_next);
    lower->addWidget(m_fact);
    // Without stretch: then each gets what it needs before one is elided.
    lower->addWidget(m_input);
    lower->addWidget(m_settingsLine);
    lower->addWidget(m_change);
    bodyLayout()->setContentsMargins(12, 12, 12, 6);
    bodyLayout()->setSpacing(4);
    bodyLayout()->addLayout(upper);
    bodyLayout()->addLayout(lower);

    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_prompt = {};
        m_prompt.instruction = text.toStdString();
        if (m_row.rowId != 0 && text == oneLine(m_row.instruction)) m_prompt = m_row;
        showFacts();
        Q_EMIT promptChanged();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &PromptBar::askRequested);
    connect(m_ask, &QPushButton::clicked, this, &PromptBar::askRequested);
    connect(m_stop, &QPushButton::clicked, this, &PromptBar::stopRequested);
    connect(m_previous, &QPushButton::clicked, this, &PromptBar::previousRequested);
    connect(m_next, &QPushButton::clicked, this, &PromptBar::nextRequested);
    connect(m_change, &QPushButton::clicked, this, [this] { m_popup->openBelow(m_change); });
    connect(m_popup, &GenerateSettingsPopup::settingsChanged, this, [this](const GenerateSettings& settings) {
        showFacts();
        Q_EMIT settingsChanged(settings);
    });
    retranslate();
}

void PromptBar::setPrompt(const ComparePrompt& prompt) {
    m_prompt = m_row = prompt;
    // The prompt itself keeps its line breaks until the text is edited.
    m_edit->setText(oneLine(prompt.instruction));
    m_edit->setCursorPosition(0);
    m_edit->setToolTip(prompt.instruction.find('\n') == std::string::npos
                           ? QString()
                           : QString::fromStdString(prompt.instruction));
    showFacts();
}

void PromptBar::setSettings(const GenerateSettings& settings) {
    m_popup->setSettings(settings);
    showFacts();
}

const GenerateSettings& PromptBar::settings() const {
    return m_popup->settings();
}

void PromptBar::setBusy(bool busy) {
    const bool focused = busy ? m_ask->hasFocus() : m_stop->hasFocus();
    m_ask->setVisible(!busy);
    m_stop->setVisible(busy);
    if (focused) (busy ? m_stop : m_ask)->setFocus();
}

void PromptBar::setAskEnabled(bool enabled) {
    m_ask->setEnabled(enabled);
}

void PromptBar::setNeighbours(bool previous, bool next) {
    m_previous->setEnabled(previous);
    m_next->setEnabled(next);
}

void PromptBar::showFacts() {
    const bool hasInput = !m_prompt.input.empty();
    const QString part = hasInput ? tr("with input") : tr("without input");
    if (m_prompt.rowId == 0)
        m_fact->setText(tr("Your own prompt · %1").arg(part));
    else
        m_fact->setText(tr("Row %1 · test split · %2").arg(QLocale().toString(m_prompt.rowId), part));
    m_input->setText(hasInput ? oneLine(m_prompt.input) : QString());
    m_input->setVisible(hasInput);
    m_settingsLine->setText(settingsLine(m_popup->settings()));
}

QString PromptBar::factLine() const {
    return m_fact->text();
}

void PromptBar::retranslate() {
    m_edit->setPlaceholderText(tr("Ask both models something"));
    m_edit->setAccessibleName(tr("Prompt"));
    m_ask->setText(tr("Ask both"));
    m_ask->setToolTip(tr("Ask both (Ctrl+Enter)"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop (Esc)"));
    m_previous->setToolTip(tr("Previous prompt (K)"));
    m_previous->setAccessibleName(tr("Previous prompt"));
    m_next->setToolTip(tr("Next prompt (J)"));
    m_next->setAccessibleName(tr("Next prompt"));
    m_change->setText(tr("Change…"));
    m_change->setAccessibleName(tr("Change how answers are generated"));
    m_popup->retranslate();
    showFacts();
}

}  // namespace studio::ui
