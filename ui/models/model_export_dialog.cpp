// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_export_dialog.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QStandardPaths>
#include <algorithm>

#include "core/formats/adapter_files.h"
#include "core/storage/run_folder.h"
#include "ui/dialogs/dialogs.h"
#include "ui/models/model_words.h"
#include "ui/models/progress_row.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note_bar.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

QString native(const fs::path& path) {
    return QDir::toNativeSeparators(QString::fromStdString(path.string()));
}

}  // namespace

ExportSource exportSourceOf(const ModelEntry& entry) {
    ExportSource source{modelName(entry), QString::fromStdString(entry.name()), entry.folder, {}, false};
    if (isAdapterFolder(entry.folder)) {
        std::error_code ignored;
        const bool baseIsThere = fs::exists(entry.madeFrom / "config.json", ignored);
        source.model = baseIsThere ? entry.madeFrom : fs::path();
        source.adapter = entry.folder;
        source.merges = true;
    } else if (entry.origin == ModelOrigin::Run) {
        // A LoRA run leaves its adapter beside the model that it is merged into.
        const fs::path adapter = RunFolder(entry.folder.parent_path()).adapterFolder();
        if (isAdapterFolder(adapter)) source.adapter = adapter;
    }
    return source;
}

bool canExport(const ModelEntry& entry) {
    return !entry.problem || (entry.isAdapter && isAdapterFolder(entry.folder));
}

// What is asked for
// -----------------------------------------------------------------------------------------

ExportFormat ModelExportDialog::format() const {
    return static_cast<ExportFormat>(std::max(0, m_formats->checkedId()));
}

QRadioButton* ModelExportDialog::formatButton(ExportFormat format) const {
    return static_cast<QRadioButton*>(m_formats->button(static_cast<int>(format)));
}

std::optional<GgufType> ModelExportDialog::type() const {
    const QVariant chosen = m_type->currentData();
    return chosen.isValid() ? std::optional(static_cast<GgufType>(chosen.toUInt())) : std::nullopt;
}

ModelExport ModelExportDialog::request() const {
    ModelExport request;
    request.format = format();
    request.model = m_source.model;
    if (m_source.merges || request.format == ExportFormat::Adapter) request.adapter = m_source.adapter;
    request.type = type().value_or(GgufType::Float16);
    request.out = m_target->text().trimmed().toStdString();
    request.name = m_source.name.toStdString();
    return request;
}

void ModelExportDialog::takeFacts(const ExportFacts& facts) {
    m_facts = facts;
    QRadioButton* gguf = formatButton(ExportFormat::Gguf);
    gguf->setToolTip(facts.notGgufDetails);
    const bool isRefused = !facts.notGguf.isEmpty() && gguf->isChecked();
    if (isRefused) return formatButton(ExportFormat::Folder)->setChecked(true);  // which takes the format
    takeFormat();
}

void ModelExportDialog::takeFormat() {
    fillTypes();
    showFormatHelp();
    suggestTarget();
    measure();
}

void ModelExportDialog::fillTypes() {
    const std::optional<GgufType> before = type();
    const QSignalBlocker quiet(m_type);
    m_type->clear();
    if (m_facts)
        for (const GgufType each : exportTypes(format(), m_facts->stored))
            m_type->addItem(weightTypeText(each), static_cast<uint>(each));
    // What was chosen stays chosen where the format has it; the first one is the usual one.
    const int again = before ? m_type->findData(static_cast<uint>(*before)) : -1;
    m_type->setCurrentIndex(m_type->count() == 0 ? -1 : std::max(0, again));
    const bool hasTypes = format() != ExportFormat::Adapter;
    m_type->setVisible(hasTypes);
    m_typeLabel->setVisible(hasTypes);
}

QString ModelExportDialog::suggestedName() const {
    QString name = m_source.name;
    name.replace(u'/', u'-');
    switch (format()) {
        case ExportFormat::Gguf:
            return QStringLiteral("%1-%2.gguf")
                .arg(name, QLatin1String(ggufTypeName(type().value_or(GgufType::Float16))));
        case ExportFormat::Adapter:
            return name + QStringLiteral("-adapter");
        case ExportFormat::Folder:
            break;
    }
    return name;
}

void ModelExportDialog::suggestTarget() {
    if (m_ownTarget) return;
    QString folder =
        m_tools.settings ? m_tools.settings->value(QLatin1String(kExportFolderKey)).toString() : QString();
    if (folder.isEmpty() || !QDir(folder).exists())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty() || !QDir(folder).exists()) folder = QDir::homePath();
    m_target->setText(QDir::toNativeSeparators(QDir(folder).filePath(suggestedName())));
}

void ModelExportDialog::chooseTarget() {
    FileRequest request;
    request.title = tr("Where to export to");
    const QFileInfo now(m_target->text());
    if (format() == ExportFormat::Gguf) {
        if (now.dir().exists()) request.startAt = now.filePath();
        request.filters = {tr("GGUF files (*.gguf)")};
        request.suffix = QStringLiteral("gguf");
        m_dialogs.saveFile(this, request, [this](const QString& file) { takeTarget(file, true); });
        return;
    }
    if (now.dir().exists()) request.startAt = now.path();
    // An export is a new folder in the one that is chosen.
    m_dialogs.openFolder(this, request, [this](const QString& folder) {
        takeTarget(QDir(folder).filePath(suggestedName()), false);
    });
}

void ModelExportDialog::takeTarget(const QString& path, bool mayReplace) {
    m_target->setText(QDir::toNativeSeparators(path));
    m_replaced = mayReplace ? m_target->text() : QString();
    m_ownTarget = true;
    measure();
}

void ModelExportDialog::measure() {
    m_measured.reset();
    const bool ready =
        !m_target->text().trimmed().isEmpty() && m_facts && (type() || format() == ExportFormat::Adapter);
    if (ready) m_task.measure(request());
    updateState();
}

void ModelExportDialog::takeNeed(const ExportNeed& need) {
    m_measured = need;
    updateState();
}

// Export
// ----------------------------------------------------------------------------------------------------

void ModelExportDialog::startExport() {
    if (m_task.isExporting() || !m_measured) return;
    const bool replaces = format() == ExportFormat::Gguf && m_measured->isThere;
    if (replaces && m_replaced != m_target->text()) return askBeforeReplacing();
    begin();
}

void ModelExportDialog::begin() {
    m_note->clear();
    const ModelExport asked = request();
    if (m_tools.settings)
        m_tools.settings->setValue(QLatin1String(kExportFolderKey), native(asked.out.parent_path()));
    m_task.run(asked);
    m_progress->begin(tr("Reading the model"));
    updateState();
    m_progress->stopButton()->setFocus();
}

QString ModelExportDialog::writingText(const ExportStep& step) const {
    QStringList parts{tr("Writing: %1 of %2").arg(fileSizeText(step.done), fileSizeText(step.total))};
    if (step.bytesPerSecond > 0.0)
        parts << tr("%1/s").arg(fileSizeText(static_cast<qint64>(step.bytesPerSecond)));
    if (step.secondsLeft >= 0.0) parts << tr("about %1 left").arg(durationText(step.secondsLeft));
    return parts.join(QStringLiteral(" · "));
}

void ModelExportDialog::takeStep(const ExportStep& step) {
    if (!m_task.isExporting() || !m_progress->stopButton()->isEnabled()) return;
    const double share =
        step.total > 0 ? static_cast<double>(step.done) / static_cast<double>(step.total) : -1.0;
    switch (step.stage) {
        case ExportStep::Stage::Loading:
            return m_progress->setProgress(share, tr("Loading the weights"));
        case ExportStep::Stage::Writing:
            return m_progress->setProgress(share, writingText(step));
    }
}

void ModelExportDialog::takeResult(const ExportResult& result) {
    endWork();
    m_replaced.clear();
    QString text =
        tr("%1 was written: %2.").arg(native(result.out), fileSizeText(static_cast<qint64>(result.bytes)));
    QString notes;
    for (const ExportNote& note : result.notes)
        notes = notes.isEmpty() ? exportNote(note) : sentences(notes, exportNote(note));
    if (!notes.isEmpty()) text = sentences(text, tr("Worth knowing: %1").arg(notes));
    m_note->clear();
    m_note->setNote(NoteKind::Ok, text);
    const fs::path folder =
        format() == ExportFormat::Gguf ? fs::absolute(result.out).parent_path() : fs::absolute(result.out);
    connect(m_note->addAction(tr("Open folder")), &QPushButton::clicked, this,
            [this, folder] { Q_EMIT folderRequested(QString::fromStdString(folder.string())); });
    // The target is there now: another export needs another name, or another format.
    m_measured.reset();
    updateState();
    cancelButton()->setFocus();
    // A stop that came too late: closed without a word, the dialog would have promised that nothing stays.
    m_closes = false;
}

void ModelExportDialog::endWork() {
    m_progress->end();
    m_question.reset();  // there is nothing left to ask
}

void ModelExportDialog::reject() {
    if (!m_task.isExporting()) return DialogFrame::reject();
    if (!m_closes) askBeforeClosing();
}

void ModelExportDialog::askBeforeClosing() {
    if (m_question) return;
    Question question;
    question.title = tr("An export is running");
    question.text = tr("%1 is not written yet.").arg(m_target->text());
    question.details =
        tr("Stopped, nothing of it stays. It also goes on while this window is open and other "
           "pages are used.");
    question.answers = {{tr("Go on exporting"), false}, {tr("Stop and close"), false}};
    m_question = std::make_unique<QObject>();
    question.subject = m_question.get();
    m_dialogs.ask(this, question, [this](int answer) {
        // Not destroyed here: the answer may come from within the question.
        if (m_question) m_question.release()->deleteLater();
        if (answer != 1 || !m_task.isExporting()) return;
        m_closes = true;
        m_progress->setStopping(tr("Stopping"));
        m_task.stop();
    });
}

void ModelExportDialog::askBeforeReplacing() {
    if (m_question) return;
    Question question;
    question.title = tr("The file is there already");
    question.text = tr("%1 is overwritten by the export.").arg(m_target->text());
    question.details = tr("The old file stays until the new one is complete.");
    question.answers = {{tr("Keep the file"), false}, {tr("Overwrite"), true}};
    m_question = std::make_unique<QObject>();
    question.subject = m_question.get();
    m_dialogs.ask(this, question, [this, target = m_target->text()](int answer) {
        if (m_question) m_question.release()->deleteLater();
        if (answer != 1 || m_task.isExporting() || target != m_target->text()) return;
        m_replaced = target;
        begin();
    });
}

}  // namespace studio::ui
