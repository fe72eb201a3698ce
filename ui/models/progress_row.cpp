// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/progress_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/icon.h"
#include "ui/widgets/progress_line.h"

namespace studio::ui {

ProgressRow::ProgressRow(QWidget* parent)
    : QWidget(parent),
      m_line(new ProgressLine(this)),
      m_text(new QLabel(this)),
      m_stop(new QPushButton(icon(Icon::Stop), QString(), this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    auto* column = new QVBoxLayout;
    column->setSpacing(6);
    column->addWidget(m_line);
    m_text->setWordWrap(true);
    setTextRole(m_text, TextRole::Secondary);
    setTone(m_text, Tone::Secondary);
    column->addWidget(m_text);
    row->addLayout(column, 1);
    m_stop->setAutoDefault(false);
    row->addWidget(m_stop, 0, Qt::AlignTop);
    connect(m_stop, &QPushButton::clicked, this, &ProgressRow::stopRequested);
    retranslate();
    hide();
}

void ProgressRow::begin(const QString& text) {
    m_stop->setEnabled(true);
    m_line->setValue(0.0);
    setProgress(-1.0, text);
    show();
}

void ProgressRow::setProgress(double share, const QString& text) {
    m_line->setIndeterminate(share < 0.0);
    if (share >= 0.0) m_line->setValue(share);
    m_line->setAccessibleName(text);
    m_text->setText(text);
}

void ProgressRow::setStopping(const QString& text) {
    m_stop->setEnabled(false);
    m_text->setText(text);
}

void ProgressRow::end() {
    m_line->setIndeterminate(false);
    hide();
}

QString ProgressRow::text() const {
    return m_text->text();
}

double ProgressRow::share() const {
    return m_line->isIndeterminate() ? -1.0 : m_line->value();
}

void ProgressRow::retranslate() {
    m_stop->setText(tr("Stop"));
}

}  // namespace studio::ui
