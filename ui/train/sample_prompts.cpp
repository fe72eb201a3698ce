// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/sample_prompts.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "core/formats/json.h"
#include "ui/session/project_session.h"
#include "ui/text/error_text.h"
#include "ui/train/sample_prompts_dialog.h"

namespace studio::ui {

namespace {

const char* const kRowsKey = "sample_rows";

}  // namespace

SamplePrompts::SamplePrompts(ProjectSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_button(new QPushButton(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_button);
    row->addStretch(1);
    setFocusProxy(m_button);
    connect(m_button, &QPushButton::clicked, this, &SamplePrompts::openDialog);
}

void SamplePrompts::load() {
    m_rows.clear();
    if (!m_session.isOpen()) return;
    const auto stored = m_session.project().setting(kRowsKey);
    if (!stored) return;
    const OrderedJson list = OrderedJson::parse(*stored, nullptr, /*allow_exceptions=*/false);
    if (!list.is_array()) return;
    for (const OrderedJson& id : list)
        if (id.is_number_integer()) m_rows.push_back(id.get<std::int64_t>());
}

void SamplePrompts::openDialog() {
    if (!m_session.isOpen()) return;
    const QVector<qint64> rows(m_rows.begin(), m_rows.end());
    auto* dialog = new SamplePromptsDialog(m_session.project().folder(), rows, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SamplePromptsDialog::promptsChosen, this, &SamplePrompts::keep);
    dialog->open();
}

void SamplePrompts::keep(const QVector<qint64>& rows) {
    try {
        m_session.project().setSetting(
            kRowsKey, OrderedJson(std::vector<std::int64_t>(rows.begin(), rows.end())).dump());
    } catch (const Error& error) {
        Q_EMIT failed(errorLine(error));
        return;
    }
    m_rows.assign(rows.begin(), rows.end());
    Q_EMIT edited();
}

void SamplePrompts::retranslate() {
    m_button->setText(tr("Edit prompts…"));
}

}  // namespace studio::ui
