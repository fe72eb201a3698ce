// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/download_dialog.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include "core/hub/hub_address.h"
#include "core/hub/hub_page.h"
#include "core/hub/web_origin.h"
#include "ui/dialogs/dialogs.h"
#include "ui/models/download_words.h"
#include "ui/models/model_words.h"
#include "ui/models/progress_row.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note_bar.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

std::string textOf(const QLineEdit& line) {
    return line.text().trimmed().toStdString();
}

}  // namespace

DownloadDialog::DownloadDialog(const ModelTools& tools, Dialogs& dialogs, QWidget* parent)
    : DialogFrame(parent),
      m_tools(tools),
      m_dialogs(dialogs),
      m_browse(new QPushButton(icon(Icon::Folder), QString(), this)),
      m_list(new QPushButton(this)),
      m_help(new QLabel(this)),
      m_token(new QLabel(this)),
      m_table(new QTableView(this)),
      m_files(new DownloadFileModel(this)),
      m_summary(new QLabel(this)),
      m_note(new NoteBar(this)),
      m_progress(new ProgressRow(this)),
      m_problem(new QLabel(this)),
      m_task(tools) {
    makeFields();
    makeTable();
    column()->addWidget(m_summary);
    column()->addWidget(m_note);
    column()->addWidget(m_progress);
    column()->addWidget(m_problem);
    buttonRow()->insertWidget(0, m_list);
    connectParts();
    connectTask();
    retranslate();
    updateState();
    m_model->setFocus();
}

DownloadDialog::~DownloadDialog() = default;

// What is asked
// ------------------------------------------------------------------------------------------------

/// An address that was pasted says hub and revision as well.
void DownloadDialog::takeAddress() {
    if (textOf(*m_model).find('/') == std::string::npos) return;
    try {
        const HubPage page = hubPageOf(textOf(*m_model));
        if (page.hub.empty()) return;  // a name, which stays as it is
        m_model->setText(QString::fromStdString(page.model));
        showHub(page.hub);
        if (!page.revision.empty()) m_revision->setText(QString::fromStdString(page.revision));
        suggestFolder();
    } catch (const Error&) {
        // It is said when the files are to be listed: the text may not be finished.
    }
}

/// Not as the user's own: an address that was pasted may come from anywhere and gets no token.
void DownloadDialog::showHub(const std::string& hub) {
    const QSignalBlocker notTheUsers(m_hub);
    m_hub->setText(QString::fromStdString(hub));
}

/// As hubAddress() gives it; empty where what the user wrote is no address.
std::string DownloadDialog::usersHub() const {
    try {
        return hubAddress(m_usersHub.trimmed().toStdString(), m_tools.environment);
    } catch (const Error&) {
        return {};
    }
}

/// What is listed belongs to what was asked.
void DownloadDialog::forgetFiles() {
    m_files->clear();
    m_found.reset();
    m_note->clear();
    updateState();
}

void DownloadDialog::suggestFolder() {
    if (m_ownFolder) return;
    QString folder;
    try {
        const std::string model = textOf(*m_model);
        checkModelId(model);
        folder = QString::fromStdString(usualModelFolder(model, m_tools.environment).string());
    } catch (const Error&) {
        // No name yet, or no home: then the folder is to be chosen.
    }
    m_folder->setText(QDir::toNativeSeparators(folder));
}

void DownloadDialog::chooseFolder() {
    FileRequest request;
    request.title = tr("Where the model is to go");
    const QFileInfo now(m_folder->text());
    if (now.dir().exists()) request.startAt = now.path();
    m_dialogs.openFolder(this, request, [this](const QString& chosen) {
        // The model gets a folder of its own in the one that was chosen.
        const std::string model = textOf(*m_model);
        const QString name = QString::fromStdString(model).replace(u'/', QStringLiteral("--"));
        const bool isEmpty = QDir(chosen).isEmpty();
        m_folder->setText(
            QDir::toNativeSeparators(isEmpty || name.isEmpty() ? chosen : QDir(chosen).filePath(name)));
        m_ownFolder = true;
        measureRoom();
        updateState();
    });
}

/// What the fields ask for; nothing where one of them is wrong, which is said.
std::optional<HubQuery> DownloadDialog::query() {
    takeAddress();
    HubQuery query;
    query.patience = m_tools.patience;
    try {
        query.model = hubPageOf(textOf(*m_model)).model;
    } catch (const Error& error) {
        m_model->setFocus();
        m_note->setNote(
            NoteKind::Error,
            tr("“%1” is neither a model nor the page of one. Write it as ORGANISATION/NAME, as it stands at "
               "the head of its page, or paste the page's address.")
                .arg(error.args().empty() ? QString() : QString::fromStdString(error.args().front())));
        return std::nullopt;
    }
    try {
        query.hub = hubAddress(textOf(*m_hub), m_tools.environment);
        query.revision = m_revision->text().trimmed().isEmpty() ? "main" : textOf(*m_revision);
        checkRevision(query.revision);
    } catch (const Error& error) {
        showError(error);
        return std::nullopt;
    }
    return query;
}

/// The usual address is not remembered: it may be another one tomorrow. One that was only pasted is not
/// either, as it would be the user's own the next time.
void DownloadDialog::rememberHub(const std::string& hub) {
    if (!m_tools.settings || !haveSameOrigin(hub, usersHub())) return;
    const QString key = QLatin1String(kHubAddressKey);
    std::string usual;
    try {
        usual = hubAddress({}, m_tools.environment);
    } catch (const Error&) {
        // The environment's address is wrong; then any other is worth remembering.
    }
    if (hub == usual)
        m_tools.settings->remove(key);
    else
        m_tools.settings->setValue(key, QString::fromStdString(hub));
}

// List
// ------------------------------------------------------------------------------------------------------

void DownloadDialog::list() {
    if (m_task.isBusy()) return;
    m_note->clear();
    const auto asked = query();
    if (!asked) return;
    rememberHub(asked->hub);
    showHub(asked->hub);
    m_revision->setText(QString::fromStdString(asked->revision));
    suggestFolder();
    m_files->clear();
    m_asked = asked->model;
    m_task.list(*asked, usersHub());
    m_progress->begin(tr("Asking %1").arg(m_hub->text()));
    updateState();
}

void DownloadDialog::take(const HubListed& found) {
    endWork();
    m_found = found;
    m_files->setPlan(found.plan);
    m_token->setText(tokenText(found));
    if (!found.plan.hasWeights())
        m_note->setNote(NoteKind::Warning,
                        tr("This model has no weights as safetensors or pytorch_model.bin: the Studio cannot "
                           "use it. Look for another copy of it on the hub."));
    if (m_files->rowCount() > 0) m_table->setCurrentIndex(m_files->index(0, 0));
    measureRoom();
    updateState();
    m_table->setFocus();
}

void DownloadDialog::measureRoom() {
    m_freeBytes.reset();
    const fs::path folder = textOf(*m_folder);
    if (folder.empty()) return showSummary();
    m_room.run<quint64>([free = m_tools.freeBytes, folder](const std::stop_token&) { return free(folder); },
                        [this](const quint64& free) {
                            m_freeBytes = free;
                            showSummary();
                        },
                        [this](const Error&) { showSummary(); });  // then it is not known
}

void DownloadDialog::showSummary() {
    if (!m_files->hasPlan()) {
        m_summary->setText({});
        return;
    }
    const qint64 bytes = m_files->tickedBytes();
    QString text =
        tr("%Ln file(s), %1, are to come.", nullptr, m_files->tickedCount()).arg(fileSizeText(bytes));
    const bool tooLarge = m_freeBytes && *m_freeBytes < static_cast<quint64>(bytes);
    if (m_freeBytes)
        text = sentences(text, tooLarge
                                   ? tr("Only %1 are free: what is not there yet may not fit.")
                                         .arg(fileSizeText(static_cast<qint64>(*m_freeBytes)))
                                   : tr("%1 are free.").arg(fileSizeText(static_cast<qint64>(*m_freeBytes))));
    setTone(m_summary, tooLarge ? Tone::Warning : Tone::Secondary);
    m_summary->setText(text);
}

// Download
// --------------------------------------------------------------------------------------------------

void DownloadDialog::download() {
    if (m_task.isBusy() || !m_files->hasPlan()) return;
    m_note->clear();
    m_files->setLocked(true);
    m_task.download(m_files->plan(), fs::path(textOf(*m_folder)));
    m_progress->begin(tr("Checking what is there"));
    updateState();
    m_progress->stopButton()->setFocus();
}

void DownloadDialog::takeProgress(const DownloadProgress& progress) {
    if (!m_task.isDownloading() || !m_progress->stopButton()->isEnabled()) return;
    const bool known = progress.bytesTotal > 0 && progress.stage != DownloadProgress::Stage::Finishing;
    m_progress->setProgress(
        known ? static_cast<double>(progress.bytesDone) / static_cast<double>(progress.bytesTotal) : -1.0,
        downloadProgressText(progress));
    m_problem->setText(progress.failure ? tr("It is tried again: %1").arg(errorText(*progress.failure).cause)
                                        : QString());
    m_problem->setVisible(progress.failure.has_value());
}

void DownloadDialog::takeResult(const DownloadResult& result) {
    const std::string model = m_files->plan().model;
    endWork();
    const QString text = downloadResultText(model, result), warning = downloadWarning(result);
    m_note->setNote(warning.isEmpty() ? NoteKind::Ok : NoteKind::Warning,
                    warning.isEmpty() ? text : sentences(text, warning));
    measureRoom();
    updateState();
    cancelButton()->setFocus();
    const bool closes = m_closes;
    Q_EMIT downloaded(result.folder);
    if (closes) DialogFrame::reject();
}

void DownloadDialog::takeStop(const QString& kept) {
    const bool wasDownload = m_files->hasPlan();
    endWork();
    if (m_closes) return DialogFrame::reject();
    if (!wasDownload)
        m_note->setNote(NoteKind::Info, tr("The hub is not asked any more."));
    else if (kept.isEmpty())
        m_note->setNote(NoteKind::Info, tr("Stopped before anything arrived."));
    else
        m_note->setNote(NoteKind::Info,
                        tr("Stopped. What has arrived is kept in %1; Download goes on with it.")
                            .arg(QDir::toNativeSeparators(kept)));
    updateState();
}

// State
// -----------------------------------------------------------------------------------------------------

void DownloadDialog::endWork() {
    m_progress->end();
    m_problem->hide();
    m_files->setLocked(false);
    m_question.reset();  // there is nothing left to ask
}

void DownloadDialog::updateState() {
    const bool busy = m_task.isBusy();
    for (QLineEdit* line : {m_model, m_revision, m_hub, m_folder}) line->setReadOnly(busy);
    m_browse->setEnabled(!busy);
    m_list->setEnabled(!busy && !m_model->text().trimmed().isEmpty());
    const bool ready =
        m_files->hasPlan() && m_files->tickedCount() > 0 && !m_folder->text().trimmed().isEmpty();
    acceptButton()->setEnabled(!busy && ready);
    // Enter does what comes next.
    (m_files->hasPlan() ? acceptButton() : m_list)->setDefault(true);
    cancelButton()->setText(tr("Close"));
    showSummary();
}

void DownloadDialog::showError(const Error& error) {
    const ErrorText text = errorText(error);
    m_note->setNote(NoteKind::Error, sentences(text.cause, text.nextStep), text.details);
}

void DownloadDialog::reject() {
    if (m_task.isDownloading() && !m_closes) return askBeforeClosing();
    if (!m_task.isBusy()) return DialogFrame::reject();
    m_closes = true;
    m_task.stop();
}

void DownloadDialog::askBeforeClosing() {
    if (m_question) return;
    Question question;
    question.title = tr("A download is running");
    question.text = tr("%1 has not arrived yet.").arg(QString::fromStdString(m_asked));
    question.details =
        tr("What has arrived is kept: the same download goes on with it another time. It also goes on while "
           "this window is open and other pages are used.");
    question.answers = {{tr("Go on downloading"), false}, {tr("Stop and close"), false}};
    m_question = std::make_unique<QObject>();
    question.subject = m_question.get();
    m_dialogs.ask(this, question, [this](int answer) {
        // Not destroyed here: the answer may come from within the question.
        if (m_question) m_question.release()->deleteLater();
        if (answer != 1) return;
        m_closes = true;
        m_progress->setStopping(tr("Stopping"));
        m_task.stop();
    });
}

}  // namespace studio::ui
