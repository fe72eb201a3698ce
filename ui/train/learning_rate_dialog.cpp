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
    : DialogFrame(parent),
      m_peak(peak),
      m_line(new QLineEdit(this)),
      m_problem(new QLabel(this)),
      m_halve(new QPushButton(tr("Halve"), this)) {
    setWindowTitle(tr("Learning rate"));
    column()->addWidget(new QLabel(
        std::isfinite(now) ? tr("The peak is %1; the newest step had %2.").arg(rateText(peak), rateText(now))
                           : tr("The peak is %1.").arg(rateText(peak)),
        this));
    makeRow();
    setTextRole(m_problem, TextRole::Secondary);
    setTone(m_problem, Tone::Error);
    column()->addWidget(m_problem);
    addHelp(tr("It counts from the next step on. The schedule keeps its shape: where it is at half its peak, "
               "half of the new one is used."),
            400);
    acceptButton()->setText(tr("Change the rate"));
    connect(m_line, &QLineEdit::textChanged, this, &LearningRateDialog::check);
    connect(m_halve, &QPushButton::clicked, this, [this] {
        m_line->setText(settingText(FieldValue(rate().value_or(m_peak) / 2)));
        m_line->setFocus();
    });
    connect(acceptButton(), &QPushButton::clicked, this, [this] {
        const double chosen = *rate();
        accept();
        Q_EMIT rateChosen(chosen);
    });
    m_line->selectAll();
    m_line->setFocus();
    check();
}

void LearningRateDialog::makeRow() {
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("New peak"), this);
    label->setBuddy(m_line);
    m_line->setText(settingText(FieldValue(m_peak)));
    m_line->setFixedWidth(wordRoom(140));
    m_line->setAccessibleName(tr("New peak learning rate"));
    m_halve->setAutoDefault(false);
    row->addWidget(label);
    row->addWidget(m_line);
    row->addWidget(m_halve);
    row->addStretch(1);
    column()->addLayout(row);
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
    acceptButton()->setEnabled(chosen && *chosen != m_peak);
    m_halve->setEnabled(chosen && *chosen / 2 >= field.minimum);
}

}  // namespace studio::ui
