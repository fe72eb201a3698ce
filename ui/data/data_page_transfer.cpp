// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files into and out of the Data page, and the split: what runs off the GUI thread.
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>

#include "ui/data/data_page.h"
#include "ui/data/import_pane.h"
#include "ui/data/record_editor.h"
#include "ui/data/record_filter_bar.h"
#include "ui/data/record_table_model.h"
#include "ui/data/record_words.h"
#include "ui/data/split_dialog.h"
#include "ui/dialogs/dialogs.h"
#include "ui/session/project_session.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

QStringList droppedFiles(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    return files;
}

}  // namespace

void DataPage::connectTransfer() {
    connect(&m_transfer, &RecordTransfer::progressed, m_importPane, &ImportPane::setProgress);
    connect(&m_transfer, &RecordTransfer::readFinished, this,
            [this](std::shared_ptr<const ImportBatch> batch) {
                if (m_importing) m_importPane->showReport(std::move(batch));
            });
    connect(&m_transfer, &RecordTransfer::stored, this, [this](int rows) {
        endImport();
        m_filters->clear();
        rowsChangedElsewhere();
        selectNewest(rows);
        Q_EMIT statusMessage(tr("%Ln row(s) imported. Ctrl+Z takes that back.", nullptr, rows));
    });
    connect(&m_transfer, &RecordTransfer::written, this, [this](const QString& file, int rows) {
        updateStack();
        Q_EMIT statusMessage(
            tr("%Ln row(s) written to %1.", nullptr, rows).arg(QDir::toNativeSeparators(file)));
    });
    connect(&m_transfer, &RecordTransfer::splitDone, this, [this] {
        rowsChangedElsewhere();
        Q_EMIT statusMessage(tr("Rows split anew. Ctrl+Z brings the old split back."));
    });
    connect(&m_transfer, &RecordTransfer::stopped, this, &DataPage::endImport);
    connect(&m_transfer, &RecordTransfer::failed, this, [this](const Error& error) {
        endImport();
        fail(error);
    });
    connect(m_importPane, &ImportPane::accepted, this, &DataPage::storeImport);
    connect(m_importPane, &ImportPane::cancelled, this, [this] {
        // While work is under way, stopped() ends the import: only then is it known that nothing was stored.
        if (m_transfer.isBusy())
            m_transfer.stop();
        else
            endImport();
    });
}

void DataPage::chooseImport() {
    if (!m_session.isOpen() || m_importing || m_transfer.isBusy()) return;
    FileRequest request;
    request.title = tr("Import rows");
    request.filters = QStringList{tr("Rows (*.json *.jsonl)"), tr("All files (*)")};
    m_dialogs.openFiles(this, request, [this](const QStringList& files) { importFiles(files); });
}

void DataPage::importFiles(const QStringList& files) {
    if (files.isEmpty() || !m_session.isOpen() || m_importing || m_transfer.isBusy() || !flush()) return;
    m_note->clear();
    m_importing = true;
    m_importPane->showReading(files);
    m_transfer.read(files);
    updateStack();
}

void DataPage::storeImport() {
    const auto batch = m_importPane->batch();
    if (!batch || m_transfer.isBusy() || !m_session.isOpen()) return;
    m_importPane->showStoring();
    m_transfer.store(m_session.project().folder(), batch);
}

void DataPage::endImport() {
    m_importing = false;
    updateStack();
    if (m_stack->currentWidget() == m_content) m_table->setFocus();
}

// New rows have the highest numbers.
void DataPage::selectNewest(int rows) {
    try {
        const auto ids = m_session.project().ids({});
        if (rows > 0 && static_cast<std::size_t>(rows) <= ids.size())
            selectId(ids[ids.size() - static_cast<std::size_t>(rows)]);
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::rowsChangedElsewhere() {
    Q_EMIT m_session.recordsChanged();
    Q_EMIT m_session.undoStateChanged();
    Q_EMIT m_session.saved();
    updateFacts();
}

void DataPage::chooseSplit() {
    if (!m_session.isOpen() || m_importing || m_transfer.isBusy() || !flush()) return;
    auto* dialog = new SplitDialog(m_session.project().folder(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SplitDialog::splitChosen, this, [this](const SplitSettings& settings) {
        if (!m_session.isOpen() || m_transfer.isBusy()) return;
        m_transfer.split(m_session.project().folder(), settings);
        updateStack();
    });
    dialog->open();
}

void DataPage::chooseExport() {
    if (!m_session.isOpen() || m_importing || m_transfer.isBusy() || !flush()) return;
    ExportDialog::Counts counts;
    counts.all = m_counts.all;
    counts.accepted = m_counts.accepted;
    counts.shown = m_model->rowCount();
    counts.selected = static_cast<qint64>(selectedIds().size());
    counts.filtered = m_filters->isFiltering();
    auto* dialog = new ExportDialog(counts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::formChosen, this, &DataPage::exportRows);
    dialog->open();
}

void DataPage::exportRows(ExportDialog::Scope scope, bool array) {
    ExportRequest request;
    request.array = array;
    if (scope == ExportDialog::Scope::Accepted) request.query.status = RecordStatus::Accepted;
    if (scope == ExportDialog::Scope::Shown) request.query = m_model->query();
    if (scope == ExportDialog::Scope::Selected) request.query.ids = selectedIds();
    FileRequest file;
    file.title = tr("Export rows");
    file.suffix = array ? QStringLiteral("json") : QStringLiteral("jsonl");
    file.startAt = qtText(m_session.project().name()) + u'.' + file.suffix;
    file.filters = QStringList{array ? tr("JSON (*.json)") : tr("JSON Lines (*.jsonl)")};
    m_dialogs.saveFile(this, file, [this, request](const QString& path) mutable {
        if (path.isEmpty() || !m_session.isOpen() || m_transfer.isBusy()) return;
        request.path = std::filesystem::path(QFile::encodeName(path).toStdString());
        m_transfer.write(m_session.project().folder(), request);
        updateStack();
    });
}

void DataPage::setDropTarget(bool on) {
    m_stack->setProperty("dropTarget", on);
    m_stack->style()->unpolish(m_stack);
    m_stack->style()->polish(m_stack);
}

void DataPage::dragEnterEvent(QDragEnterEvent* event) {
    if (!m_session.isOpen() || m_importing || m_transfer.isBusy() ||
        droppedFiles(event->mimeData()).isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    setDropTarget(true);
}

void DataPage::dragLeaveEvent(QDragLeaveEvent* event) {
    Q_UNUSED(event)
    setDropTarget(false);
}

void DataPage::dropEvent(QDropEvent* event) {
    setDropTarget(false);
    const QStringList files = droppedFiles(event->mimeData());
    if (files.isEmpty()) return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    importFiles(files);
}

}  // namespace studio::ui
