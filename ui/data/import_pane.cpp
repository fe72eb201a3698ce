// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/import_pane.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include "ui/data/import_models.h"
#include "ui/text/error_text.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

QTableView* makeTable(QAbstractItemModel* model, QWidget* parent) {
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setItemDelegate(new CellDelegate(table));
    setListLook(table, 28);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setFixedHeight(lineRoom(28));
    return table;
}

}  // namespace

ImportPane::ImportPane(QWidget* parent)
    : Panel(parent), m_refused(new RefusedRowsModel(this)), m_preview(new ImportPreviewModel(this)) {
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeProgress());
    m_stack->addWidget(makeReport());
    setBodyWidget(m_stack);
    QHBoxLayout* foot = footLayout();
    foot->setContentsMargins(12, 9, 12, 8);
    m_promise = new QLabel(this);
    setTextRole(m_promise, TextRole::Secondary);
    setTone(m_promise, Tone::Tertiary);
    m_promise->setWordWrap(true);
    m_cancel = new QPushButton(this);
    m_accept = new QPushButton(icon(Icon::Import, Tone::OnAccent), QString(), this);
    setButtonLook(m_accept, ButtonLook::Primary);
    foot->addWidget(m_promise, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_accept);
    connect(m_cancel, &QPushButton::clicked, this, &ImportPane::cancelled);
    connect(m_accept, &QPushButton::clicked, this, &ImportPane::accepted);
}

QWidget* ImportPane::makeProgress() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->addStretch(2);
    m_progressText = new QLabel(page);
    m_progressText->setAlignment(Qt::AlignCenter);
    m_line = new ProgressLine(page);
    m_line->setFixedWidth(360);
    column->addWidget(m_progressText, 0, Qt::AlignHCenter);
    column->addWidget(m_line, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

QWidget* ImportPane::makeReport() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    m_figures = new KeyFigures(KeyFigures::Form::Boxes, page);
    for (int i = 0; i < 4; ++i) m_figures->addFigure({});
    column->addWidget(m_figures);
    m_notes = new NoteBar(page);
    column->addWidget(m_notes);
    auto* splitter = new Splitter(Qt::Vertical, page);
    m_refusedPanel = new Panel(splitter);
    m_copy = new QPushButton(m_refusedPanel);
    setButtonLook(m_copy, ButtonLook::Link);
    m_refusedPanel->addHeadWidget(m_copy);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_refused->asText()); });
    auto* refusedTable = makeTable(m_refused, m_refusedPanel);
    refusedTable->horizontalHeader()->setSectionResizeMode(RefusedRowsModel::ReasonColumn,
                                                           QHeaderView::Stretch);
    refusedTable->setColumnWidth(RefusedRowsModel::FileColumn, wordRoom(220));
    refusedTable->setColumnWidth(RefusedRowsModel::RowColumn, wordRoom(80));
    m_refusedPanel->setBodyWidget(refusedTable);
    m_previewPanel = new Panel(splitter);
    auto* previewTable = makeTable(m_preview, m_previewPanel);
    previewTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    previewTable->horizontalHeader()->setSectionResizeMode(ImportPreviewModel::NumberColumn,
                                                           QHeaderView::Fixed);
    previewTable->setColumnWidth(ImportPreviewModel::NumberColumn, wordRoom(64));
    m_previewPanel->setBodyWidget(previewTable);
    splitter->addPane(m_refusedPanel, 1);
    splitter->addPane(m_previewPanel, 1);
    column->addWidget(splitter, 1);
    return page;
}

void ImportPane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else
        Panel::keyPressEvent(event);
}

QString ImportPane::filesInWords() const {
    if (m_files.size() == 1) return QFileInfo(m_files.first()).fileName();
    return tr("%Ln file(s)", nullptr, static_cast<int>(m_files.size()));
}

void ImportPane::showReading(const QStringList& files) {
    m_files = files;
    m_batch.reset();
    m_state = State::Reading;
    m_progressFile.clear();
    m_done = m_total = 0;
    showState();
}

void ImportPane::showReport(std::shared_ptr<const ImportBatch> batch) {
    m_batch = std::move(batch);
    m_files = m_batch->files;
    m_refused->setBatch(m_batch);
    m_preview->setBatch(m_batch);
    m_state = State::Report;
    showState();
    (m_batch->records.empty() ? m_cancel : m_accept)->setFocus();
}

void ImportPane::showStoring() {
    m_state = State::Storing;
    m_done = m_total = 0;
    showState();
}

void ImportPane::setProgress(const QString& file, qint64 done, qint64 total) {
    m_progressFile = file;
    m_done = done;
    m_total = total;
    if (m_state != State::Report) showState();
}

void ImportPane::showState() {
    const QLocale locale;
    m_stack->setCurrentIndex(m_state == State::Report ? 1 : 0);
    setTitle(tr("Import %1").arg(filesInWords()));
    m_accept->setVisible(m_state == State::Report);
    m_cancel->setText(m_state == State::Report ? tr("Cancel") : tr("Stop"));
    m_promise->setText(m_state == State::Storing ? tr("Stop leaves the project as it was.")
                                                 : tr("Nothing is stored until you accept."));
    if (m_state != State::Report) {
        const QString file =
            QFileInfo(m_progressFile.isEmpty() ? m_files.value(0) : m_progressFile).fileName();
        QString text = m_state == State::Storing ? tr("Storing the rows") : tr("Reading %1").arg(file);
        if (m_done > 0 && m_state == State::Storing && m_total > 0)
            text += tr(": %1 of %2").arg(locale.toString(m_done), locale.toString(m_total));
        m_progressText->setText(text);
        m_line->setIndeterminate(m_total <= 0);
        if (m_total > 0) m_line->setValue(static_cast<double>(m_done) / static_cast<double>(m_total));
        return;
    }
    const auto rows = static_cast<int>(m_batch->records.size());
    const int refused = m_refused->rowCount();
    m_figures->setLabel(0, tr("Rows that come in"));
    m_figures->setValue(0, locale.toString(rows),
                        rows > 0 ? tr("as accepted rows, in no split") : tr("nothing to import"));
    m_figures->setLabel(1, tr("Refused"));
    m_figures->setValue(1, locale.toString(refused),
                        refused > 0 ? tr("listed below with the reason") : tr("none"));
    m_figures->setCaptionTone(1, refused > 0 ? Tone::Warning : Tone::Ok);
    m_figures->setLabel(2, tr("Files"));
    QString names = QFileInfo(m_files.value(0)).fileName();
    if (m_files.size() > 1)
        names = tr("%1 and %Ln more", nullptr, static_cast<int>(m_files.size()) - 1).arg(names);
    m_figures->setValue(2, locale.toString(m_files.size()), names);
    QStringList formats = m_batch->formats;
    formats.removeDuplicates();
    m_figures->setLabel(3, tr("Read as"));
    m_figures->setValue(3, formats.isEmpty() ? QStringLiteral("–") : formats.join(QStringLiteral(", ")));
    m_refusedPanel->setTitle(tr("Refused rows"));
    m_refusedPanel->setVisible(refused > 0);
    m_copy->setText(tr("Copy the list"));
    m_previewPanel->setTitle(tr("Rows that come in"));
    m_previewPanel->setVisible(rows > 0);
    m_accept->setText(tr("Import %Ln row(s)", nullptr, rows));
    m_accept->setEnabled(rows > 0);
    showNotes();
}

void ImportPane::showNotes() {
    if (m_batch->notes.empty()) {
        m_notes->clear();
        return;
    }
    QStringList lines;
    for (const ImportNote& note : m_batch->notes) lines << importNote(note);
    m_notes->setNote(NoteKind::Info, lines.join(u'\n'));
}

void ImportPane::retranslate() {
    if (m_state != State::Report || m_batch) showState();
}

}  // namespace studio::ui
