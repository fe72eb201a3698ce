// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the export dialog is made of, how its parts hang together, and what it says of itself.
#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/models/model_export_dialog.h"
#include "ui/models/model_words.h"
#include "ui/models/progress_row.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

constexpr int kWidth = 560;

}  // namespace

ModelExportDialog::ModelExportDialog(const ExportSource& source, const ModelTools& tools, Dialogs& dialogs,
                                     QWidget* parent)
    : DialogFrame(parent),
      m_source(source),
      m_tools(tools),
      m_dialogs(dialogs),
      m_heading(new QLabel(this)),
      m_formatLabel(new QLabel(this)),
      m_formats(new QButtonGroup(this)),
      m_formatHelp(new QLabel(this)),
      m_typeLabel(new QLabel(this)),
      m_type(new QComboBox(this)),
      m_targetLabel(new QLabel(this)),
      m_target(new QLineEdit(this)),
      m_browse(new QPushButton(icon(Icon::Folder), QString(), this)),
      m_need(new QLabel(this)),
      m_note(new NoteBar(this)),
      m_progress(new ProgressRow(this)),
      m_task(tools) {
    makeFields();
    connectParts();
    connectTask();
    retranslate();
    formatButton(m_source.model.empty() ? ExportFormat::Adapter : ExportFormat::Folder)->setChecked(true);
    if (m_source.model.empty())
        takeFacts({});  // the adapter alone, of which there is nothing to find out
    else
        m_task.inspect(m_source.model);
    updateState();
    acceptButton()->setFocus();
}

ModelExportDialog::~ModelExportDialog() = default;

void ModelExportDialog::makeFields() {
    setTextRole(m_heading, TextRole::PanelTitle);
    column()->addWidget(m_heading);
    column()->addWidget(m_formatLabel);
    for (const ExportFormat each : {ExportFormat::Folder, ExportFormat::Gguf, ExportFormat::Adapter}) {
        if (each == ExportFormat::Adapter && m_source.adapter.empty()) continue;
        auto* button = new QRadioButton(this);
        button->setEnabled(each == ExportFormat::Adapter || !m_source.model.empty());
        m_formats->addButton(button, static_cast<int>(each));
        column()->addWidget(button);
    }
    for (QLabel* label : {m_formatHelp, m_need}) {
        label->setWordWrap(true);
        label->setMinimumWidth(wordRoom(kWidth));
        setTextRole(label, TextRole::Secondary);
        setTone(label, Tone::Secondary);
    }
    column()->addWidget(m_formatHelp);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    m_typeLabel->setBuddy(m_type);
    m_targetLabel->setBuddy(m_target);
    m_browse->setAutoDefault(false);
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToContents);  // it is filled after it was shown
    grid->addWidget(m_typeLabel, 0, 0);
    grid->addWidget(m_type, 0, 1, Qt::AlignLeft);
    grid->addWidget(m_targetLabel, 1, 0);
    grid->addWidget(m_target, 1, 1);
    grid->addWidget(m_browse, 1, 2);
    column()->addLayout(grid);
    column()->addWidget(m_need);
    column()->addWidget(m_note);
    column()->addWidget(m_progress);
}

void ModelExportDialog::connectParts() {
    connect(m_formats, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked && m_facts) takeFormat();
    });
    connect(m_type, &QComboBox::currentIndexChanged, this, [this] {
        suggestTarget();
        measure();
    });
    connect(m_target, &QLineEdit::textEdited, this, [this] {
        m_ownTarget = true;
        measure();
    });
    connect(m_browse, &QPushButton::clicked, this, &ModelExportDialog::chooseTarget);
    connect(acceptButton(), &QPushButton::clicked, this, &ModelExportDialog::startExport);
    connect(m_progress, &ProgressRow::stopRequested, this, [this] {
        m_progress->setStopping(tr("Stopping"));
        m_task.stop();
    });
}

void ModelExportDialog::connectTask() {
    connect(&m_task, &ExportTask::inspected, this, &ModelExportDialog::takeFacts);
    connect(&m_task, &ExportTask::measured, this, &ModelExportDialog::takeNeed);
    connect(&m_task, &ExportTask::progressed, this, &ModelExportDialog::takeStep);
    connect(&m_task, &ExportTask::exported, this, &ModelExportDialog::takeResult);
    connect(&m_task, &ExportTask::stopped, this, [this] {
        endWork();
        if (m_closes) return DialogFrame::reject();
        m_note->setNote(NoteKind::Info, tr("Stopped. Nothing was written."));
        measure();
    });
    connect(&m_task, &ExportTask::failed, this, [this](const QString& sentence, const QString& details) {
        endWork();
        if (m_closes) return DialogFrame::reject();
        m_note->setNote(NoteKind::Error, sentence, details);
        measure();
    });
}

QString ModelExportDialog::needText() const {
    return m_need->text();
}

QString ModelExportDialog::formatHelp() const {
    return m_formatHelp->text();
}

void ModelExportDialog::updateState() {
    const bool busy = m_task.isExporting();
    for (QAbstractButton* button : m_formats->buttons()) {
        const bool isAdapter = m_formats->id(button) == static_cast<int>(ExportFormat::Adapter);
        const bool isGguf = m_formats->id(button) == static_cast<int>(ExportFormat::Gguf);
        const bool known = isAdapter || !m_source.model.empty();
        button->setEnabled(!busy && known && !(isGguf && m_facts && !m_facts->notGguf.isEmpty()));
    }
    m_type->setEnabled(!busy);
    m_target->setReadOnly(busy);
    m_browse->setEnabled(!busy);
    const bool fits = m_measured && m_measured->size && m_measured->freeBytes >= m_measured->size->peak();
    const bool isFree = m_measured && (!m_measured->isThere || format() == ExportFormat::Gguf);
    acceptButton()->setEnabled(!busy && fits && isFree);
    cancelButton()->setText(tr("Close"));
    showNeed();
}

void ModelExportDialog::showNeed() {
    if (!m_measured) return m_need->setText({});
    setTone(m_need, Tone::Error);
    if (!m_measured->problem.isEmpty()) return m_need->setText(m_measured->problem);
    if (m_measured->isThere && format() != ExportFormat::Gguf)
        return m_need->setText(tr("%1 is there already. Choose another name.").arg(m_target->text()));
    const ExportSize size = m_measured->size.value_or(ExportSize());
    const auto text = [](std::uint64_t bytes) { return fileSizeText(static_cast<qint64>(bytes)); };
    QString need = size.passingBytes > 0 ? tr("About %1, and %2 in between for the merged weights.")
                                               .arg(text(size.bytes), text(size.passingBytes))
                                         : tr("About %1.").arg(text(size.bytes));
    const bool fits = m_measured->freeBytes >= size.peak();
    need = sentences(need, fits ? tr("%1 are free.").arg(text(m_measured->freeBytes))
                                : tr("Only %1 are free: choose another disk or a smaller type.")
                                      .arg(text(m_measured->freeBytes)));
    if (fits) setTone(m_need, Tone::Secondary);
    m_need->setText(need);
}

void ModelExportDialog::showFormatHelp() {
    QString text;
    switch (format()) {
        case ExportFormat::Folder:
            text = m_source.merges
                       ? tr("Weights with the adapter merged into them, tokenizer, template and "
                            "card, for Transformers and all that reads its folders.")
                       : tr("Weights, tokenizer, template and card, for Transformers and all that "
                            "reads its folders.");
            break;
        case ExportFormat::Gguf:
            text =
                tr("Weights, tokenizer and chat template in one file, for llama.cpp, Ollama and LM Studio.");
            break;
        case ExportFormat::Adapter:
            text =
                tr("The files that PEFT reads, in the adapter's own type; they need the base model beside "
                   "them.");
            break;
    }
    if (m_source.model.empty())
        text = sentences(text, tr("The base model is not on this computer, so nothing can be merged."));
    else if (m_facts && !m_facts->notGguf.isEmpty())
        text = sentences(text, tr("A GGUF file is not possible. %1").arg(m_facts->notGguf));
    m_formatHelp->setText(text);
}

void ModelExportDialog::retranslate() {
    setWindowTitle(tr("Export a model"));
    m_heading->setText(m_source.title);
    m_formatLabel->setText(tr("As"));
    formatButton(ExportFormat::Folder)->setText(tr("Model folder (Hugging Face)"));
    formatButton(ExportFormat::Gguf)->setText(tr("GGUF file"));
    if (QRadioButton* adapter = formatButton(ExportFormat::Adapter))
        adapter->setText(tr("Adapter alone (PEFT)"));
    m_typeLabel->setText(tr("Type of the weights"));
    m_targetLabel->setText(tr("To"));
    m_browse->setText(tr("Browse…"));
    m_browse->setToolTip(tr("Choose where to export to"));
    acceptButton()->setText(tr("Export"));
    acceptButton()->setToolTip(tr("Write it; under its name it appears only when it is complete"));
    m_progress->retranslate();
    showFormatHelp();
}

void ModelExportDialog::changeEvent(QEvent* event) {
    DialogFrame::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    if (m_facts) fillTypes();
    updateState();
}

}  // namespace studio::ui
