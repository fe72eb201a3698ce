// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the Models page is made of, how its parts hang together, and its keys.
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/models/forecast_view.h"
#include "ui/models/model_details.h"
#include "ui/models/models_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

constexpr int kFilterWidth = 232;
constexpr int kDetailsWidth = 312;
constexpr int kRowHeight = 32;  // rows with badges

/// Figures in digits of one width, the name semibold.
class ModelCellDelegate : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return {CellDelegate::sizeHint(option, index).width(), lineRoom(kRowHeight)};
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        CellDelegate::initStyleOption(option, index);
        if (index.column() == ModelTableModel::NameColumn) {
            option->font.setWeight(QFont::DemiBold);
            return;
        }
        if (!(option->displayAlignment & Qt::AlignRight)) return;
        option->font = figureFont();
        option->fontMetrics = QFontMetrics(option->font);
    }
};

}  // namespace

void ModelsPage::makeHead() {
    m_download = head().addButton(Icon::Import);
    connect(m_download, &QPushButton::clicked, this, &ModelsPage::openDownload);
    m_open = head().addPrimaryButton(Icon::Folder);
    connect(m_open, &QPushButton::clicked, this, &ModelsPage::chooseFolder);
}

QWidget* ModelsPage::makeBody() {
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(makeTable(), 1);
    m_advice = new NoteBar(left);
    column->addWidget(m_advice);
    m_sides = new Splitter(Qt::Horizontal, this);
    m_sides->addPane(left, 71);
    m_sides->addPane(makeDetails(), 30);
    auto* body = new QWidget(this);
    auto* all = new QVBoxLayout(body);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(12);
    all->addWidget(makeFilters());
    all->addWidget(m_sides, 1);
    return body;
}

QWidget* ModelsPage::makeFilters() {
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_filter = new SearchField(row);
    m_filter->setFixedWidth(wordRoom(kFilterWidth));
    m_kind = new QComboBox(row);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_fitting = new QCheckBox(row);
    line->addWidget(m_filter);
    line->addWidget(m_kind);
    line->addSpacing(8);
    line->addWidget(m_fitting);
    line->addStretch(1);
    m_legend = new QWidget(row);
    auto* badges = new QHBoxLayout(m_legend);
    badges->setContentsMargins(0, 0, 0, 0);
    badges->setSpacing(12);
    m_fits = new Badge(m_legend);
    m_tight = new Badge(m_legend);
    m_tooLarge = new Badge(m_legend);
    for (Badge* badge : {m_fits, m_tight, m_tooLarge}) badges->addWidget(badge);
    line->addWidget(m_legend);
    return row;
}

void ModelsPage::makeTableLook() {
    setListLook(m_table, kRowHeight);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setItemDelegate(new ModelCellDelegate(m_table));
    for (const int column :
         {ModelTableModel::AnsweringColumn, ModelTableModel::LoraColumn, ModelTableModel::FullColumn})
        m_table->setItemDelegateForColumn(column, new BadgeDelegate(m_table));
    QHeaderView* header = m_table->horizontalHeader();
    header->setMinimumSectionSize(28);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(ModelTableModel::NameColumn, QHeaderView::Stretch);
    // As they were read: the embedded one first, then by where they come from; a click sorts.
    m_table->setSortingEnabled(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    m_sorted.sort(-1);
}

QWidget* ModelsPage::makeTable() {
    m_tablePanel = new Panel(this);
    auto* body = new QWidget(m_tablePanel);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_table = new QTableView(body);
    m_table->setModel(&m_sorted);
    makeTableLook();
    column->addWidget(m_table, 1);
    m_progressRow = new QWidget(body);
    auto* row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins(12, 4, 8, 4);
    m_progress = new QLabel(m_progressRow);
    setTextRole(m_progress, TextRole::Secondary);
    setTone(m_progress, Tone::Secondary);
    m_stop = new QPushButton(m_progressRow);
    row->addWidget(m_progress, 1);
    row->addWidget(m_stop);
    m_progressRow->hide();
    column->addWidget(m_progressRow);
    m_tablePanel->setBodyWidget(body);
    return m_tablePanel;
}

QWidget* ModelsPage::makeDetails() {
    m_right = new Panel(this);
    m_right->setMinimumWidth(wordRoom(kDetailsWidth - 40));
    m_baseBadge = m_right->addBadge();
    m_details = new ModelDetails(m_right);
    m_right->setBodyWidget(m_details);
    m_train = new QPushButton(icon(Icon::Train), QString(), m_right);
    m_compare = new QPushButton(icon(Icon::Compare), QString(), m_right);
    m_compareMenu = new QMenu(m_compare);
    m_compare->setMenu(m_compareMenu);
    m_more = new QPushButton(icon(Icon::More), QString(), m_right);
    setButtonLook(m_more, ButtonLook::Flat);
    m_moreMenu = new QMenu(m_more);
    m_more->setMenu(m_moreMenu);
    QHBoxLayout* foot = m_right->footLayout();
    for (QPushButton* button : {m_train, m_compare, m_more}) foot->addWidget(button);
    foot->addStretch(1);
    return m_right;
}

void ModelsPage::connectParts() {
    connect(&m_session, &ProjectSession::projectChanged, this, &ModelsPage::adoptProject);
    connect(&m_session, &ProjectSession::modelsChanged, this, &ModelsPage::reload);
    connect(&m_session, &ProjectSession::modelChanged, this, [this] {
        showNextStep();
        showCurrent();
    });
    connect(&m_session, &ProjectSession::cutoffChanged, this, [this] {
        if (m_ownLength) return;
        forecast()->setLoad(usualLoad());
        computeForecasts();
    });
    const auto keep = [this] { m_viewTimer->start(); };
    connect(m_filter, &SearchField::searchChanged, this, [this, keep](const QString& text) {
        m_sorted.setText(text);
        showHead();
        keep();
    });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this, keep] {
        const QVariant kind = m_kind->currentData();
        const bool adapters = kind.isValid() && kind.toInt() == kAdapterKind;
        m_sorted.setOnlyAdapters(adapters);
        m_sorted.setOrigin(kind.isValid() && !adapters ? std::optional(static_cast<ModelOrigin>(kind.toInt()))
                                                       : std::nullopt);
        showHead();
        keep();
    });
    connect(m_fitting, &QCheckBox::toggled, this, [this, keep](bool only) {
        m_sorted.setOnlyFitting(only);
        showHead();
        keep();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ModelsPage::showCurrent);
    connect(m_table, &QTableView::customContextMenuRequested, this, &ModelsPage::openTableMenu);
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, keep);
    connect(m_stop, &QPushButton::clicked, this, &ModelsPage::stopReading);
    connect(m_progressTimer, &QTimer::timeout, this, [this] { m_progressRow->show(); });
    connect(m_train, &QPushButton::clicked, this, &ModelsPage::trainCurrent);
    connect(m_compareMenu, &QMenu::aboutToShow, this, &ModelsPage::fillCompareMenu);
    connect(m_moreMenu, &QMenu::aboutToShow, this, [this] { fillMoreMenu(*m_moreMenu); });
    connect(forecast(), &ForecastView::loadChanged, this, [this, keep](const ForecastLoad& load) {
        m_ownLength = m_ownLength || load.length != usualLoad().length;
        computeForecasts();
        keep();
    });
    connect(forecast(), &ForecastView::deviceChanged, this, [this, keep] {
        computeForecasts();
        keep();
    });
    connect(m_sides, &QSplitter::splitterMoved, this, [this, keep] {
        fitColumns();
        keep();
    });
    connect(m_viewTimer, &QTimer::timeout, this, &ModelsPage::saveView);
    connect(m_poll, &QTimer::timeout, this, [this] {
        if (isVisible() && !isReading()) reload();
    });
    connect(m_empty, &EmptyState::clicked, this, &ModelsPage::chooseFolder);
    connect(m_empty, &EmptyState::secondClicked, this, &ModelsPage::openDownload);
}

void ModelsPage::addKeys() {
    const auto onTable = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, m_table);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    const auto enter = [this] {
        if (forecast()->isVisible()) forecast()->lengthBox()->setFocus(Qt::ShortcutFocusReason);
    };
    onTable(Qt::Key_Return, enter);
    onTable(Qt::Key_Enter, enter);
    onTable(Qt::Key_B, [this] { makeBase(); });
    onTable(Qt::Key_E, [this] { exportCurrent(); });
    onTable(Qt::Key_F2, [this] { renameCurrent(); });
    onTable(Qt::Key_Delete, [this] { removeCurrent(); });
    const auto onPage = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    onPage(Qt::CTRL | Qt::Key_Return, [this] { trainCurrent(); });
    onPage(Qt::CTRL | Qt::Key_Enter, [this] { trainCurrent(); });
    auto* back = new QShortcut(Qt::Key_Escape, m_right);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, this, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
}

}  // namespace studio::ui
