// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the download dialog is made of, and how its parts hang together.
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QVBoxLayout>
#include <iterator>

#include "core/hub/hub_address.h"
#include "ui/models/download_dialog.h"
#include "ui/models/download_words.h"
#include "ui/models/progress_row.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

constexpr int kWidth = 640;
constexpr int kTableHeight = 200;

}  // namespace

QLineEdit* DownloadDialog::addField(QGridLayout* grid, QLabel** label) {
    const int row = grid->rowCount();
    *label = new QLabel(this);
    auto* line = new QLineEdit(this);
    (*label)->setBuddy(line);
    grid->addWidget(*label, row, 0);
    grid->addWidget(line, row, 1);
    return line;
}

void DownloadDialog::makeFields() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    m_model = addField(grid, &m_labels[0]);
    m_model->setMinimumWidth(wordRoom(kWidth - 240));
    grid->addWidget(m_help, grid->rowCount(), 1, 1, 2);
    m_revision = addField(grid, &m_labels[1]);
    m_hub = addField(grid, &m_labels[2]);
    m_folder = addField(grid, &m_labels[3]);
    m_browse->setAutoDefault(false);
    grid->addWidget(m_browse, grid->rowCount() - 1, 2);
    grid->addWidget(m_token, grid->rowCount(), 1, 1, 2);
    for (QLabel* label : {m_help, m_token, m_summary, m_problem}) {
        setTextRole(label, TextRole::Secondary);
        setTone(label, label == m_problem ? Tone::Warning : Tone::Secondary);
        label->setWordWrap(true);
    }
    m_problem->hide();
    m_revision->setText(QStringLiteral("main"));
    const QString stored =
        m_tools.settings ? m_tools.settings->value(QLatin1String(kHubAddressKey)).toString() : QString();
    try {
        m_hub->setText(QString::fromStdString(hubAddress(stored.toStdString(), m_tools.environment)));
    } catch (const Error&) {
        m_hub->setText(stored);  // it is said once something is to be asked of it
    }
    m_usersHub = m_hub->text();
    column()->addLayout(grid);
}

void DownloadDialog::makeTable() {
    m_table->setModel(m_files);
    setListLook(m_table, 28);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setItemDelegate(new CellDelegate(m_table));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(DownloadFileModel::FileColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(DownloadFileModel::SizeColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(DownloadFileModel::ReasonColumn, QHeaderView::ResizeToContents);
    m_table->setMinimumSize(wordRoom(kWidth), kTableHeight);
    column()->addWidget(m_table, 1);
}

void DownloadDialog::connectParts() {
    connect(m_model, &QLineEdit::textEdited, this, &DownloadDialog::forgetFiles);
    connect(m_model, &QLineEdit::textChanged, this, [this] {
        suggestFolder();
        updateState();
    });
    connect(m_model, &QLineEdit::editingFinished, this, &DownloadDialog::takeAddress);
    for (QLineEdit* line : {m_revision, m_hub})
        connect(line, &QLineEdit::textEdited, this, &DownloadDialog::forgetFiles);
    connect(m_hub, &QLineEdit::textChanged, this, [this](const QString& hub) { m_usersHub = hub; });
    connect(m_folder, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_ownFolder = !text.trimmed().isEmpty();
        updateState();
    });
    connect(m_folder, &QLineEdit::editingFinished, this, [this] {
        suggestFolder();
        if (m_files->hasPlan()) measureRoom();
    });
    connect(m_browse, &QPushButton::clicked, this, &DownloadDialog::chooseFolder);
    connect(m_list, &QPushButton::clicked, this, &DownloadDialog::list);
    connect(m_files, &DownloadFileModel::ticksChanged, this, &DownloadDialog::updateState);
    connect(acceptButton(), &QPushButton::clicked, this, &DownloadDialog::download);
    connect(m_progress, &ProgressRow::stopRequested, this, [this] {
        m_progress->setStopping(tr("Stopping"));
        m_task.stop();
    });
}

void DownloadDialog::connectTask() {
    connect(&m_task, &HubTask::listed, this, &DownloadDialog::take);
    connect(&m_task, &HubTask::progressed, this, &DownloadDialog::takeProgress);
    connect(&m_task, &HubTask::downloaded, this, &DownloadDialog::takeResult);
    connect(&m_task, &HubTask::stopped, this, &DownloadDialog::takeStop);
    connect(&m_task, &HubTask::failed, this, [this](const QString& sentence, const QString& details) {
        endWork();
        if (m_closes) return DialogFrame::reject();
        m_note->setNote(NoteKind::Error, sentence, details);
        updateState();
    });
}

QString DownloadDialog::summary() const {
    return m_summary->text();
}

QString DownloadDialog::tokenLine() const {
    return m_token->text();
}

QString DownloadDialog::problem() const {
    return m_problem->isHidden() ? QString() : m_problem->text();
}

void DownloadDialog::retranslate() {
    setWindowTitle(tr("Download a model"));
    const QString labels[] = {tr("Model"), tr("Revision"), tr("Hub"), tr("Folder")};
    for (std::size_t i = 0; i < std::size(labels); ++i) m_labels[i]->setText(labels[i]);
    m_model->setPlaceholderText(tr("ORGANISATION/NAME"));
    m_help->setText(
        tr("As it stands at the head of the model's page; the address of the page can be pasted, too."));
    m_revision->setToolTip(tr("A branch, a tag or a commit"));
    m_hub->setToolTip(tr("https://huggingface.co, or a mirror of it; the address is remembered"));
    m_folder->setToolTip(tr("The model's own folder; it appears when everything has arrived"));
    m_browse->setText(tr("Browse…"));
    m_browse->setToolTip(tr("Choose where the model's folder is to be"));
    m_list->setText(tr("List files"));
    m_list->setToolTip(tr("Ask the hub which files the model has; nothing is downloaded yet"));
    m_table->setAccessibleName(tr("Files of the model"));
    acceptButton()->setText(tr("Download"));
    acceptButton()->setToolTip(
        tr("Fetch the files that are ticked; what is there already is not fetched again"));
    m_token->setText(m_found ? tokenText(*m_found)
                             : tr("An access token is taken from HF_TOKEN, from the file of Hugging Face's "
                                  "programs or from the keyring, and sent to the hub alone."));
    m_files->retranslate();
    m_progress->retranslate();
    showSummary();
}

void DownloadDialog::changeEvent(QEvent* event) {
    DialogFrame::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    updateState();  // after the frame, whose Cancel is Close here
}

}  // namespace studio::ui
