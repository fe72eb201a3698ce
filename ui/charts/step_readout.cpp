// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/step_readout.h"

#include <QEvent>
#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <algorithm>

#include "ui/charts/chart_style.h"
#include "ui/charts/readout_place.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

namespace studio::ui {

namespace {

constexpr int kWidth = 300;

}  // namespace

StepReadout::StepReadout(QWidget* parent)
    : QFrame(parent),
      m_values(new QLabel(this)),
      m_caption(new QLabel(this)),
      m_link(new QPushButton(this)),
      m_key(new QLabel(this)),
      m_close(new QPushButton(icon(Icon::Clear), QString(), this)) {
    setProperty("panel", true);
    setFixedWidth(wordRoom(kWidth));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(12, 8, 8, 8);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    m_values->setTextFormat(Qt::RichText);
    m_values->setWordWrap(true);
    m_close->setProperty("iconOnly", true);
    setButtonLook(m_close, ButtonLook::Flat);
    m_close->setFocusPolicy(Qt::NoFocus);  // Esc closes
    grid->addWidget(m_values, 0, 0);
    grid->addWidget(m_close, 0, 1, Qt::AlignTop | Qt::AlignRight);
    grid->addWidget(m_caption, 1, 0, 1, 2);
    for (int i = 0; i < kShown; ++i) {
        m_texts[i] = new ElidedLabel(this);
        m_losses[i] = new QLabel(this);
        m_losses[i]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        setTextRole(m_texts[i], TextRole::Secondary);
        setTextRole(m_losses[i], TextRole::Secondary);
        grid->addWidget(m_texts[i], 2 + i, 0);
        grid->addWidget(m_losses[i], 2 + i, 1);
    }
    setButtonLook(m_link, ButtonLook::Link);
    m_link->setFocusPolicy(Qt::NoFocus);  // Enter does the same
    grid->addWidget(m_link, 2 + kShown, 0, Qt::AlignLeft);
    grid->addWidget(m_key, 2 + kShown, 1, Qt::AlignRight);
    for (QLabel* label : {m_values, m_caption}) setTextRole(label, TextRole::Secondary);
    setTextRole(m_key, TextRole::Caption);
    setTone(m_caption, Tone::Secondary);
    setTone(m_key, Tone::Tertiary);
    connect(m_link, &QPushButton::clicked, this, &StepReadout::rowsRequested);
    connect(m_close, &QPushButton::clicked, this, &StepReadout::closeRequested);
    retranslate();
    hide();
}

void StepReadout::showValues(const QString& richText) {
    m_values->setText(richText);
    m_rows.clear();
    m_known = false;
    showTexts();
}

void StepReadout::translateValues(const QString& richText) {
    m_values->setText(richText);
    showTexts();
}

void StepReadout::showRows(const QVector<RowOfStep>& rows) {
    m_rows = rows;
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const RowOfStep& a, const RowOfStep& b) { return a.rank() > b.rank(); });
    m_known = true;
    showTexts();
}

void StepReadout::showTexts() {
    const auto count = static_cast<int>(m_rows.size());
    if (!m_known)
        m_caption->setText(tr("Reading the rows of this batch."));
    else if (count == 0)
        m_caption->setText(tr("Which rows this batch had was not written down."));
    else if (count > kShown)
        m_caption->setText(tr("Highest of the %Ln row(s) in this batch:", nullptr, count));
    else
        m_caption->setText(tr("The %Ln row(s) of this batch:", nullptr, count));
    for (int i = 0; i < kShown; ++i) {
        const bool there = i < count;
        m_texts[i]->setVisible(there);
        m_losses[i]->setVisible(there);
        if (!there) continue;
        const QString id = QLocale().toString(m_rows[i].id);
        m_texts[i]->setText(m_rows[i].text.isEmpty()
                                ? tr("%1 (no longer in the project)").arg(id)
                                : id + QStringLiteral("  ") + m_rows[i].text.simplified());
        m_losses[i]->setText(lossText(m_rows[i].loss));
    }
    m_link->setVisible(count > 0);
    m_key->setVisible(count > 0);
    // The height follows from the words, also before the box is shown.
    layout()->activate();
    const int width = wordRoom(kWidth);
    resize(width, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height());
}

void StepReadout::placeAt(const QPoint& point) {
    showBeside(this, point);
}

void StepReadout::retranslate() {
    m_link->setText(tr("Show these rows in Data"));
    m_key->setText(QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(tr("Close (Esc)"));
    showTexts();
}

void StepReadout::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace studio::ui
