// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/export_dialog.h"

#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"

namespace studio::ui {

ExportDialog::ExportDialog(const Counts& counts, QWidget* parent)
    : DialogFrame(parent), m_scopes(new QButtonGroup(this)), m_forms(new QButtonGroup(this)) {
    setWindowTitle(tr("Export rows"));
    column()->setSpacing(4);
    const auto rows = [](qint64 count) { return tr("%Ln row(s)", nullptr, static_cast<int>(count)); };
    addHeading(tr("Which rows"));
    addChoice(m_scopes, static_cast<int>(Scope::All), tr("All: %1").arg(rows(counts.all)));
    addChoice(m_scopes, static_cast<int>(Scope::Accepted), tr("Accepted: %1").arg(rows(counts.accepted)));
    addChoice(m_scopes, static_cast<int>(Scope::Shown),
              tr("Shown by the filters: %1").arg(rows(counts.shown)))
        ->setVisible(counts.filtered);
    addChoice(m_scopes, static_cast<int>(Scope::Selected), tr("Selected: %1").arg(rows(counts.selected)))
        ->setVisible(counts.selected > 1);
    setScope(counts.filtered ? Scope::Shown : Scope::All);
    column()->addSpacing(8);
    addHeading(tr("As"));
    addChoice(m_forms, 0, tr("JSON Lines (.jsonl), one row a line"))->setChecked(true);
    addChoice(m_forms, 1, tr("JSON (.json), one list as the Alpaca files have it"));
    addHelp(tr("Written are instruction, input, output and the further fields that a row was imported "
               "with."),
            380);
    acceptButton()->setText(tr("Choose a file…"));
    connect(acceptButton(), &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT formChosen(scope(), array());
    });
}

void ExportDialog::addHeading(const QString& text) {
    auto* label = new QLabel(text, this);
    setTextRole(label, TextRole::PanelTitle);
    column()->addWidget(label);
}

QRadioButton* ExportDialog::addChoice(QButtonGroup* group, int id, const QString& text) {
    auto* button = new QRadioButton(text, this);
    group->addButton(button, id);
    column()->addWidget(button);
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
