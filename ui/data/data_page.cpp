// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/data_page.h"

#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/data/facet_panel.h"
#include "ui/data/import_pane.h"
#include "ui/data/record_delegates.h"
#include "ui/data/record_editor.h"
#include "ui/data/record_filter_bar.h"
#include "ui/data/record_table_model.h"
#include "ui/session/project_session.h"
#include "ui/text/error_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

constexpr int kFactsDelayMs = 200;
constexpr int kViewDelayMs = 600;
constexpr int kEditorLines = 4;             // of text, where the editor is lowest
constexpr std::size_t kListedSources = 50;  // each costs one count; the filter has them all

}  // namespace

DataPage::DataPage(ProjectSession& session, Dialogs& dialogs, QWidget* parent)
    : Page(PageId::Data, parent),
      m_session(session),
      m_dialogs(dialogs),
      m_counter(session),
      m_model(new RecordTableModel(session, m_counter, this)) {
    setAcceptDrops(true);
    makeHead();
    m_filters = new RecordFilterBar(this);
    m_note = new NoteBar(this);
    m_note->setClosable(true);
    m_stack = new QStackedWidget(this);
    m_content = makeContent();
    m_empty = new EmptyState(Icon::Import, this);
    m_importPane = new ImportPane(this);
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_importPane);
    bodyLayout()->addWidget(m_filters);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(m_stack, 1);
    m_factsTimer = new QTimer(this);
    m_factsTimer->setSingleShot(true);
    m_factsTimer->setInterval(kFactsDelayMs);
    m_viewTimer = new QTimer(this);
    m_viewTimer->setSingleShot(true);
    m_viewTimer->setInterval(kViewDelayMs);
    connectParts();
    connectTransfer();
    retranslate();
    projectChanged();
}

DataPage::~DataPage() {
    flush();
}

void DataPage::makeHead() {
    m_undo = head().addIconButton(Icon::Undo);
    m_redo = head().addIconButton(Icon::Redo);
    m_split = head().addButton();
    m_export = head().addButton();
    m_add = head().addButton(Icon::Add);
    m_import = head().addPrimaryButton(Icon::Import);
    connect(m_undo, &QPushButton::clicked, this, &DataPage::undo);
    connect(m_redo, &QPushButton::clicked, this, &DataPage::redo);
    connect(m_split, &QPushButton::clicked, this, &DataPage::chooseSplit);
    connect(m_export, &QPushButton::clicked, this, &DataPage::chooseExport);
    connect(m_add, &QPushButton::clicked, this, &DataPage::addRow);
    connect(m_import, &QPushButton::clicked, this, &DataPage::chooseImport);
}

QWidget* DataPage::makeContent() {
    m_sides = new Splitter(Qt::Horizontal, this);
    m_rows = new Splitter(Qt::Vertical, m_sides);
    auto* tablePanel = new Panel(m_rows);
    tablePanel->setHeadVisible(false);
    m_tableStack = new QStackedWidget(tablePanel);
    makeTable(m_tableStack);
    m_noMatch = new EmptyState(Icon::Search, m_tableStack);
    m_tableStack->addWidget(m_table);
    m_tableStack->addWidget(m_noMatch);
    tablePanel->setBodyWidget(m_tableStack);
    m_editor = new RecordEditor(m_session, m_counter, m_rows);
    m_rows->addPane(tablePanel, 5);
    m_rows->addPane(m_editor, 4);
    tablePanel->setMinimumHeight(120);
    m_editor->setMinimumHeight(200 + kEditorLines * lineRoom(0));
    m_facets = new FacetPanel(m_sides);
    m_facets->setMinimumWidth(wordRoom(200));
    m_sides->addPane(m_rows, 1);
    m_sides->addPane(m_facets, 0);
    m_sides->setSizes({810, 256});
    m_rows->setSizes({316, 268});
    return m_sides;
}

void DataPage::makeTable(QWidget* parent) {
    m_table = new QTableView(parent);
    m_table->setModel(m_model);
    setListLook(m_table, 28);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setItemDelegate(new CellDelegate(m_table));
    auto* texts = new TextCellDelegate(m_table);
    for (const int column : {RecordTableModel::InstructionColumn, RecordTableModel::InputColumn,
                             RecordTableModel::ResponseColumn})
        m_table->setItemDelegateForColumn(column, texts);
    m_table->setItemDelegateForColumn(RecordTableModel::StatusColumn, new StatusCellDelegate(m_table));
    m_table->setItemDelegateForColumn(RecordTableModel::SplitColumn, new SplitCellDelegate(m_table));
    m_table->verticalHeader()->setMinimumSectionSize(lineRoom(28));
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setFixedHeight(lineRoom(28));
    columns->setSectionsClickable(true);
    columns->setSectionsMovable(true);
    columns->setMinimumSectionSize(28);
    columns->setContextMenuPolicy(Qt::CustomContextMenu);
    setDefaultColumns();
    m_table->installEventFilter(this);
}

void DataPage::connectParts() {
    connect(&m_session, &ProjectSession::projectChanged, this, &DataPage::projectChanged);
    connect(&m_session, &ProjectSession::recordsChanged, m_factsTimer, qOverload<>(&QTimer::start));
    connect(&m_session, &ProjectSession::recordEdited, m_factsTimer, qOverload<>(&QTimer::start));
    connect(&m_session, &ProjectSession::undoStateChanged, this, &DataPage::updateUndo);
    connect(&m_session, &ProjectSession::currentRowChanged, this, &DataPage::selectId);
    connect(m_factsTimer, &QTimer::timeout, this, &DataPage::updateFacts);
    connect(m_viewTimer, &QTimer::timeout, this, &DataPage::saveView);
    connect(m_model, &RecordTableModel::failed, this, &DataPage::fail);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DataPage::tableReset);
    connect(m_filters, &RecordFilterBar::changed, this, &DataPage::applyFilters);
    connect(m_noMatch, &EmptyState::clicked, m_filters, &RecordFilterBar::clear);
    connect(m_empty, &EmptyState::clicked, this, &DataPage::chooseImport);
    connect(m_facets, &FacetPanel::rowsRequested, this, [this](const RecordQuery& query) {
        m_filters->show(query);
        applyFilters();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &DataPage::currentChanged);
    connect(m_table, &QWidget::customContextMenuRequested, this, &DataPage::showRowMenu);
    connect(m_editor, &RecordEditor::failed, this, &DataPage::fail);
    connect(m_editor, &RecordEditor::stored, m_note, &NoteBar::clear);
    connect(m_editor, &RecordEditor::previousRequested, this, [this] { stepRow(-1); });
    connect(m_editor, &RecordEditor::nextRequested, this, [this] { stepRow(1); });
    connect(m_editor, &RecordEditor::duplicateRequested, this, &DataPage::duplicateRows);
    connect(m_editor, &RecordEditor::deleteRequested, this, &DataPage::deleteRows);
    QHeaderView* columns = m_table->horizontalHeader();
    connect(columns, &QHeaderView::sectionClicked, this, &DataPage::headerClicked);
    connect(columns, &QWidget::customContextMenuRequested, this, &DataPage::showColumnMenu);
    const auto keep = [this] {
        if (!m_restoring) m_viewTimer->start();
    };
    connect(columns, &QHeaderView::sectionResized, this, [this, keep](int column) {
        // Of all columns only the response follows the window by itself.
        if (!m_restoring && column != RecordTableModel::ResponseColumn) m_ownWidths = true;
        keep();
    });
    connect(columns, &QHeaderView::sectionMoved, this, keep);
    connect(m_rows, &QSplitter::splitterMoved, this, keep);
    connect(m_sides, &QSplitter::splitterMoved, this, keep);
}

void DataPage::projectChanged() {
    m_transfer.stop();
    m_importing = false;
    m_note->clear();
    m_factsKnown = false;
    m_editor->showRecord(0);
    m_restoring = true;
    restoreView();
    m_model->reload();
    m_restoring = false;
    updateFacts();
    updateUndo();
}

void DataPage::applyFilters() {
    RecordQuery query = m_model->query();
    m_filters->apply(query);
    m_model->setQuery(query);
    m_facets->showQuery(query);
    m_filters->setCounts(m_model->rowCount(), m_counts.all);
    if (!m_restoring) m_viewTimer->start();
}

void DataPage::tableReset() {
    const qint64 wanted = m_session.isOpen() ? m_session.currentRow() : 0;
    int row = wanted != 0 ? m_model->rowOf(wanted) : -1;
    if (row < 0) row = qMin(m_lastRow, m_model->rowCount() - 1);
    if (row >= 0) {
        const QModelIndex index = m_model->index(row, RecordTableModel::InstructionColumn);
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    } else {
        m_editor->showRecord(0);
        m_editor->setNeighbours(false, false);
    }
    m_filters->setCounts(m_model->rowCount(), m_counts.all);
    updateStack();
}

void DataPage::currentChanged(const QModelIndex& current) {
    const qint64 id = m_model->idAt(current.row());
    if (id == 0) return;
    if (!m_editor->showRecord(id)) {
        // What was typed could not be stored and stays in its boxes, so the row that it belongs to stays
        // chosen.
        const qint64 kept = m_editor->recordId();
        QTimer::singleShot(0, this, [this, kept] { selectId(kept); });
        return;
    }
    m_lastRow = current.row();
    m_editor->setNeighbours(current.row() > 0, current.row() + 1 < m_model->rowCount());
    try {
        m_session.setCurrentRow(id);
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::selectId(qint64 id) {
    if (id == 0 || id == m_model->idAt(m_table->currentIndex().row())) return;
    const int row = m_model->rowOf(id);
    if (row < 0) return;
    const QModelIndex index = m_model->index(row, RecordTableModel::InstructionColumn);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void DataPage::stepRow(int by) {
    const int row = m_table->currentIndex().row() + by;
    if (row < 0 || row >= m_model->rowCount()) return;
    m_table->setCurrentIndex(m_model->index(row, qMax(0, m_table->currentIndex().column())));
}

void DataPage::updateFacts() {
    m_factsTimer->stop();
    m_counts = {};
    std::vector<FacetPanel::Source> sources;
    if (m_session.isOpen()) {
        try {
            m_counts = m_session.project().counts();
            const std::vector<std::string> names = m_session.project().sources();
            m_filters->setSources(names);
            for (const std::string& name : names) {
                if (sources.size() == kListedSources) break;
                RecordQuery query;
                query.source = name;
                sources.push_back({name, m_session.project().count(query)});
            }
        } catch (const Error& error) {
            fail(error);
        }
    }
    m_factsKnown = true;
    m_facets->setCounts(m_counts);
    m_facets->setSources(sources);
    m_filters->setCounts(m_model->rowCount(), m_counts.all);
    head().setFact(factLine());
    showNextStep();
    updateStack();
    Q_EMIT sidebarNoteChanged();
}

QString DataPage::factLine() const {
    if (!m_session.isOpen() || m_counts.all == 0) return {};
    const QLocale locale;
    QStringList parts{tr("%Ln row(s)", nullptr, static_cast<int>(m_counts.all))};
    if (m_counts.accepted > 0) parts << tr("%1 accepted").arg(locale.toString(m_counts.accepted));
    if (m_counts.draft > 0) parts << tr("%1 draft").arg(locale.toString(m_counts.draft));
    if (m_counts.rejected > 0) parts << tr("%1 rejected").arg(locale.toString(m_counts.rejected));
    return parts.join(QStringLiteral(" · "));
}

void DataPage::updateStack() {
    const bool open = m_session.isOpen();
    const bool anything = m_counts.all > 0 || m_model->rowCount() > 0;
    QWidget* wanted = m_importing ? static_cast<QWidget*>(m_importPane) : anything ? m_content : m_empty;
    const bool other = m_stack->currentWidget() != wanted;
    m_stack->setCurrentWidget(wanted);
    if (other) Q_EMIT sidePaneChanged();
    m_filters->setVisible(wanted == m_content);
    m_tableStack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    const bool idle = open && !m_importing && !m_transfer.isBusy();
    m_import->setEnabled(idle);
    m_add->setEnabled(idle);
    m_split->setEnabled(idle && m_counts.accepted > 0);
    m_export->setEnabled(idle && m_counts.all > 0);
    m_empty->button()->setEnabled(idle);
    updateUndo();
}

void DataPage::showNextStep() {
    NextStep step;
    step.buttonText = tr("Next: see what the model sees");
    step.target = PageId::Prompts;
    step.enabled = m_counts.all > 0;
    if (m_counts.all == 0)
        step.hint = tr("no rows yet");
    else if (m_counts.accepted == 0)
        step.hint = tr("no accepted rows yet"), step.warning = true;
    else if (m_counts.test == 0)
        step.hint = tr("no test rows set aside");
    else
        step.hint = tr("%1 to train on").arg(tr("%Ln row(s)", nullptr, static_cast<int>(m_counts.train)));
    setNextStep(step);
}

QString DataPage::sidebarNote() const {
    return m_counts.all > 0 ? QLocale().toString(m_counts.all) : QString();
}

void DataPage::showRows(const QVector<qint64>& ids, const QString& what) {
    if (!m_session.isOpen() || m_importing || !flush()) return;
    m_filters->showOnly({ids.begin(), ids.end()}, what);
    applyFilters();
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, RecordTableModel::InstructionColumn));
}

bool DataPage::flush() {
    return m_editor->flush();
}

bool DataPage::isImporting() const {
    return m_importing;
}

void DataPage::activated() {
    updateFacts();
    if (m_stack->currentWidget() == m_content) m_table->setFocus();
}

void DataPage::fail(const Error& error) {
    const ErrorText text = errorText(error);
    m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
}

QWidget* DataPage::sidePane() const {
    return m_stack->currentWidget() == m_content ? m_facets : nullptr;
}

void DataPage::retranslate() {
    Page::retranslate();
    m_split->setText(tr("Split…"));
    m_export->setText(tr("Export…"));
    m_add->setText(tr("Add row"));
    m_add->setToolTip(tr("Add a row (N)"));
    m_import->setText(tr("Import…"));
    m_empty->setSentence(
        tr("The rows to train on stand here: an instruction, an input where there is one, and the "
           "response wanted. Drop a JSON or JSONL file here, or import one."));
    m_empty->setButtonText(tr("Import…"));
    m_noMatch->setSentence(tr("No row matches the filters."));
    m_noMatch->setButtonText(tr("Show all rows"));
    m_table->setAccessibleName(tr("Rows"));
    m_filters->retranslate();
    m_facets->retranslate();
    m_editor->retranslate();
    m_importPane->retranslate();
    m_model->retranslate();
    updateUndo();
    if (m_factsKnown) updateFacts();
}

}  // namespace studio::ui
