// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the Runs page is made of, how its parts hang together, and its keys.
#include <QCheckBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/charts/overlay_chart.h"
#include "ui/runs/details_view.h"
#include "ui/runs/run_delegates.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/settings_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

constexpr int kFilterWidth = 200;
constexpr int kLeastRightWidth = 320;

}  // namespace

void RunsPage::makeHead() {
    m_resume = head().addButton(Icon::Play);
    m_open = head().addButton(Icon::Folder);
    m_repeat = head().addButton();
    m_compare = head().addPrimaryButton(Icon::Compare);
    connect(m_resume, &QPushButton::clicked, this, &RunsPage::resumeCurrent);
    connect(m_open, &QPushButton::clicked, this, &RunsPage::openFolder);
    connect(m_repeat, &QPushButton::clicked, this, &RunsPage::repeatCurrent);
    connect(m_compare, &QPushButton::clicked, this, &RunsPage::compare);
}

QWidget* RunsPage::makeBody() {
    m_rows = new Splitter(Qt::Vertical, this);
    m_rows->addPane(makeTable(), 39);
    m_sides = new Splitter(Qt::Horizontal, this);
    m_chart = new OverlayChart(this);
    m_sides->addPane(m_chart, 62);
    m_sides->addPane(makeRight(), 43);
    m_rows->addPane(m_sides, 61);
    return m_rows;
}

QWidget* RunsPage::makeTable() {
    m_tablePanel = new Panel(this);
    m_filter = new SearchField(this);
    m_filter->setProperty("small", true);
    m_filter->setFixedWidth(wordRoom(kFilterWidth));
    m_tablePanel->addHeadLeading(m_filter);
    m_deleteButton = new QPushButton(icon(Icon::Delete), QString(), this);
    m_trashButton = new QPushButton(icon(Icon::Undo), QString(), this);
    m_trashMenu = new QMenu(m_trashButton);
    m_trashButton->setMenu(m_trashMenu);
    for (QPushButton* button : {m_deleteButton, m_trashButton}) {
        setButtonLook(button, ButtonLook::Flat);
        m_tablePanel->addHeadWidget(button);
    }
    m_table = new QTableView(m_tablePanel);
    m_table->setModel(&m_sorted);
    setListLook(m_table, 28);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setItemDelegate(new FigureDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTableModel::TickColumn, new CellDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTableModel::LineColumn, new LineDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTableModel::NameColumn, new NameDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTableModel::TagsColumn, new CellDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTableModel::MethodColumn, new CellDelegate(m_table));
    m_table->setItemDelegateForColumn(RunTableModel::StateColumn, new BadgeDelegate(m_table));
    QHeaderView* header = m_table->horizontalHeader();
    header->setMinimumSectionSize(28);
    header->setSectionsMovable(false);
    m_sorted.sort(RunTableModel::StartedColumn, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    header->setSortIndicator(RunTableModel::StartedColumn, Qt::DescendingOrder);
    setDefaultColumns();
    m_tablePanel->setBodyWidget(m_table);
    return m_tablePanel;
}

QWidget* RunsPage::makeRight() {
    m_right = new Panel(this);
    m_right->setMinimumWidth(wordRoom(kLeastRightWidth));  // its head gives way to that of the chart
    m_paneControl = new SegmentedControl(m_right);
    m_paneControl->setSmall(true);
    m_paneControl->addSegment({});
    m_paneControl->addSegment({});
    m_right->addHeadLeading(m_paneControl);
    m_differences = new QCheckBox(m_right);
    m_differences->setChecked(true);
    setTextRole(m_differences, TextRole::Secondary);
    setTone(m_differences, Tone::Secondary);
    m_right->addHeadWidget(m_differences);
    m_panes = new QStackedWidget(m_right);
    m_settings = new SettingsView(m_panes);
    m_details = new DetailsView(m_panes);
    m_panes->addWidget(m_settings);
    m_panes->addWidget(m_details);
    m_right->setBodyWidget(m_panes);
    return m_right;
}

void RunsPage::connectParts() {
    connect(&m_session, &ProjectSession::projectChanged, this, &RunsPage::adoptProject);
    connect(&m_session, &ProjectSession::runsChanged, this, &RunsPage::reload);
    connect(m_filter, &SearchField::searchChanged, this, [this](const QString& text) {
        m_sorted.setText(text);
        showHead();
        m_viewTimer->start();
    });
    connect(&m_model, &RunTableModel::ticksChanged, this, [this] {
        showTicked();
        m_viewTimer->start();
    });
    connect(&m_model, &RunTableModel::tooManyTicked, this, [this] {
        Q_EMIT statusMessage(tr("Six runs can be told apart on the chart. Untick one of them first."));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunsPage::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPage::showHead);
    connect(m_table, &QTableView::doubleClicked, this, [this] { showPane(1); });
    connect(m_table, &QTableView::customContextMenuRequested, this, &RunsPage::openRunMenu);
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, m_viewTimer,
            qOverload<>(&QTimer::start));
    connect(m_deleteButton, &QPushButton::clicked, this, &RunsPage::deleteSelected);
    connect(m_trashMenu, &QMenu::aboutToShow, this, &RunsPage::fillTrashMenu);
    connect(m_chart, &OverlayChart::viewChanged, m_viewTimer, qOverload<>(&QTimer::start));
    connect(m_chart, &OverlayChart::pngRequested, this, &RunsPage::savePng);
    connect(m_chart, &OverlayChart::csvRequested, this, &RunsPage::saveCsv);
    connect(m_paneControl, &SegmentedControl::currentChanged, this, &RunsPage::showPane);
    connect(m_differences, &QCheckBox::toggled, this, [this](bool only) {
        m_settings->setDifferencesOnly(only);
        m_viewTimer->start();
    });
    connect(m_details, &DetailsView::notesEdited, this, &RunsPage::storeNotes);
    connect(m_details, &DetailsView::runChosen, this, &RunsPage::select);
    for (Splitter* splitter : {m_rows, m_sides})
        connect(splitter, &QSplitter::splitterMoved, m_viewTimer, qOverload<>(&QTimer::start));
    connect(m_viewTimer, &QTimer::timeout, this, &RunsPage::saveView);
    connect(m_empty, &EmptyState::clicked, this, [this] { Q_EMIT goTo(PageId::Train); });
    connect(m_poll, &QTimer::timeout, this, &RunsPage::poll);
    connect(nextStepBar().button(), &QPushButton::clicked, this, [this] {
        if (const auto best = m_model.best(); best && nextStepBar().step().target == PageId::Compare)
            Q_EMIT compareRequested({answererOf(best->summary)});
    });
}

void RunsPage::addKeys() {
    const auto onTable = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, m_table);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    onTable(Qt::Key_Space, [this] { toggleTicks(); });
    onTable(Qt::Key_Delete, [this] { deleteSelected(); });
    const auto enter = [this] {
        showPane(1);
        m_details->noteEdit()->setFocus(Qt::ShortcutFocusReason);
    };
    onTable(Qt::Key_Return, enter);
    onTable(Qt::Key_Enter, enter);
    const auto onPage = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    onPage(Qt::CTRL | Qt::Key_D, [this] { repeatCurrent(); });
    onPage(Qt::CTRL | Qt::Key_Return, [this] { compare(); });
    onPage(Qt::CTRL | Qt::Key_Enter, [this] { compare(); });
    auto* back = new QShortcut(Qt::Key_Escape, m_right);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, this, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
}

}  // namespace studio::ui
