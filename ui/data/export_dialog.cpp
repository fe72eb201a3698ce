// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/export_dialog.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"

namespace studio::ui {

ExportDialog::ExportDialog(const Counts& counts, QWidget* parent)
    : QDialog(parent), m_scopes(new QButtonGroup(this)), m_forms(new QButtonGroup(this)) {
    setWindowTitle(tr("Export rows"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(4);
    const auto heading = [this, column](const QString& text) {
        auto* label = new QLabel(text, this);
        setTextRole(label, TextRole::PanelTitle);
        column->addWidget(label);
    };
    const auto rows = [](qint64 count) { return tr("%Ln row(s)", nullptr, static_cast<int>(count)); };
    heading(tr("Which rows"));
    addChoice(m_scopes, static_cast<int>(Scope::All), tr("All: %1").arg(rows(counts.all)), column);
    addChoice(m_scopes, static_cast<int>(Scope::Accepted), tr("Accepted: %1").arg(rows(counts.accepted)),
              column);
    addChoice(m_scopes, static_cast<int>(Scope::Shown),
              tr("Shown by the filters: %1").arg(rows(counts.shown)), column)
        ->setVisible(counts.filtered);
    addChoice(m_scopes, static_cast<int>(Scope::Selected), tr("Selected: %1").arg(rows(counts.selected)),
              column)
        ->setVisible(counts.selected > 1);
    setScope(counts.filtered ? Scope::Shown : Scope::All);
    column->addSpacing(8);
    heading(tr("As"));
    addChoice(m_forms, 0, tr("JSON Lines (.jsonl), one row a line"), column)->setChecked(true);
    addChoice(m_forms, 1, tr("JSON (.json), one list as the Alpaca files have it"), column);
    auto* help =
        new QLabel(tr("Written are instruction, input, output and the further fields that a row was imported "
                      "with."),
                   this);
    help->setWordWrap(true);
    help->setMinimumWidth(380);
    setTextRole(help, TextRole::Secondary);
    setTone(help, Tone::Tertiary);
    column->addWidget(help);
    column->addSpacing(12);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    auto* choose = new QPushButton(tr("Choose a file…"), this);
    setButtonLook(choose, ButtonLook::Primary);
    choose->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(choose);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(choose, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT formChosen(scope(), array());
    });
}

QRadioButton* ExportDialog::addChoice(QButtonGroup* group, int id, const QString& text, QVBoxLayout* column) {
    auto* button = new QRadioButton(text, this);
    group->addButton(button, id);
    column->addWidget(button);
    return button;
}

ExportDialog::Scope ExportDialog::scope() const {
    return static_cast<Scope>(m_scopes->checkedId());
}

void ExportDialog::setScope(Scope scope) {
    m_scopes->button(static_cast<int>(scope))->setChecked(true);
}

bool ExportDialog::array() const {
    return m_forms->checkedId() == 1;
}

}  // namespace studio::ui
