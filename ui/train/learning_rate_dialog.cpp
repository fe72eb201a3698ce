// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/learning_rate_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

#include "core/config/settings.h"
#include "ui/charts/chart_style.h"
#include "ui/theme/theme.h"
#include "ui/train/field_editor.h"

namespace studio::ui {

LearningRateDialog::LearningRateDialog(double peak, double now, QWidget* parent)
    : QDialog(parent), m_peak(peak), m_line(new QLineEdit(this)), m_problem(new QLabel(this)) {
    setWindowTitle(tr("Learning rate"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* present = new QLabel(
        std::isfinite(now) ? tr("The peak is %1; the newest step had %2.").arg(rateText(peak), rateText(now))
                           : tr("The peak is %1.").arg(rateText(peak)),
        this);
    column->addWidget(present);
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("New peak"), this);
    label->setBuddy(m_line);
    m_line->setText(settingText(FieldValue(peak)));
    m_line->setFixedWidth(140);
    m_line->setAccessibleName(tr("New peak learning rate"));
    m_halve = new QPushButton(tr("Halve"), this);
    row->addWidget(label);
    row->addWidget(m_line);
    row->addWidget(m_halve);
    row->addStretch(1);
    column->addLayout(row);
    setTextRole(m_problem, TextRole::Secondary);
    setTone(m_problem, Tone::Error);
    column->addWidget(m_problem);
    auto* help = new QLabel(tr("It counts from the next step on. The schedule keeps its shape: where it is "
                               "at half its peak, half "
                               "of the new one is used."),
                            this);
    help->setWordWrap(true);
    help->setMinimumWidth(400);
    setTextRole(help, TextRole::Secondary);
    setTone(help, Tone::Tertiary);
    column->addWidget(help);
    column->addSpacing(12);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    m_apply = new QPushButton(tr("Change the rate"), this);
    setButtonLook(m_apply, ButtonLook::Primary);
    m_apply->setDefault(true);
    m_halve->setAutoDefault(false);
    cancel->setAutoDefault(false);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_apply);
    column->addLayout(buttons);
    connect(m_line, &QLineEdit::textChanged, this, &LearningRateDialog::check);
    connect(m_halve, &QPushButton::clicked, this, [this] {
        m_line->setText(settingText(FieldValue(rate().value_or(m_peak) / 2)));
        m_line->setFocus();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        const double chosen = *rate();
        accept();
        Q_EMIT rateChosen(chosen);
    });
    m_line->selectAll();
    m_line->setFocus();
    check();
}

std::optional<double> LearningRateDialog::rate() const {
    bool readable = false;
    const double value = m_line->text().trimmed().toDouble(&readable);
    const Field& field = trainField("learning_rate");
    if (!readable || !std::isfinite(value) || value < field.minimum || value > field.maximum)
        return std::nullopt;
    return value;
}

void LearningRateDialog::check() {
    const std::optional<double> chosen = rate();
    const Field& field = trainField("learning_rate");
    markBad(*m_line, !chosen);
    m_problem->setText(chosen ? QString()
                              : tr("The learning rate is a number from %1 to %2.")
                                    .arg(rateText(field.minimum), rateText(field.maximum)));
    m_apply->setEnabled(chosen && *chosen != m_peak);
    m_halve->setEnabled(chosen && *chosen / 2 >= field.minimum);
}

}  // namespace studio::ui
