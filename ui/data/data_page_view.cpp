// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Columns and order of the Data page's table, and what of its looks is kept with each project.
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <algorithm>

#include "core/formats/json.h"
#include "ui/data/data_page.h"
#include "ui/data/facet_panel.h"
#include "ui/data/record_editor.h"
#include "ui/data/record_filter_bar.h"
#include "ui/data/record_table_model.h"
#include "ui/session/page_looks.h"
#include "ui/session/project_session.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr const char* kViewKey = "data.view";
constexpr int kInputWidth = 116;
constexpr int kLeastTextWidth = 64;
constexpr double kInstructionShare = 0.4;  // of the room that the three texts have
constexpr double kInputShare = 0.24;

}  // namespace

void DataPage::setDefaultColumns() {
    QHeaderView* columns = m_table->horizontalHeader();
    for (int column = 0; column < RecordTableModel::ColumnCount; ++column) {
        columns->moveSection(columns->visualIndex(column), column);
        columns->setSectionHidden(column, false);
        columns->setSectionResizeMode(column, QHeaderView::Interactive);
    }
    columns->setSectionResizeMode(RecordTableModel::ResponseColumn, QHeaderView::Stretch);
    columns->setSectionResizeMode(RecordTableModel::StatusColumn, QHeaderView::Fixed);
    const struct {
        int column;
        int width;
    } widths[] = {{RecordTableModel::RowColumn, wordRoom(54)},
                  {RecordTableModel::StatusColumn, 28},
                  {RecordTableModel::InstructionColumn, 214},
                  {RecordTableModel::InputColumn, kInputWidth},
                  {RecordTableModel::TokensColumn, wordRoom(62)},
                  {RecordTableModel::SplitColumn, wordRoom(72)},
                  {RecordTableModel::SourceColumn, 96}};
    for (const auto& each : widths) columns->resizeSection(each.column, each.width);
}

// Instruction and input take their shares of what the narrow columns leave, until the user gives them a
// width; the rest is the response's.
void DataPage::fitColumns() {
    if (m_ownWidths) return;
    QHeaderView* columns = m_table->horizontalHeader();
    const auto widthOf = [columns](int column) {
        return columns->isSectionHidden(column) ? 0 : columns->sectionSize(column);
    };
    int room = m_table->viewport()->width();
    for (const int column :
         {RecordTableModel::RowColumn, RecordTableModel::StatusColumn, RecordTableModel::TokensColumn,
          RecordTableModel::SplitColumn, RecordTableModel::SourceColumn})
        room -= widthOf(column);
    const int instruction = std::max(kLeastTextWidth, static_cast<int>(kInstructionShare * room));
    const int input = std::clamp(static_cast<int>(kInputShare * room), kLeastTextWidth, kInputWidth);
    const bool before = m_restoring;
    m_restoring = true;
    columns->resizeSection(RecordTableModel::InstructionColumn, instruction);
    columns->resizeSection(RecordTableModel::InputColumn, input);
    m_restoring = before;
}

void DataPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // Only now does the table have its new width.
    QTimer::singleShot(0, this, &DataPage::fitColumns);
}

void DataPage::headerClicked(int column) {
    if (!RecordTableModel::isSortable(column)) return;
    const RecordQuery before = m_model->query();
    m_model->sort(column, Qt::AscendingOrder);
    const bool same = m_model->query().order == before.order;
    // Up, down, and the third click back to the order of the rows.
    if (same && !before.descending)
        m_model->sort(column, Qt::DescendingOrder);
    else if (same)
        m_model->sort(RecordTableModel::RowColumn, Qt::AscendingOrder);
    showSortIndicator();
    m_viewTimer->start();
}

void DataPage::showSortIndicator() {
    using Order = RecordQuery::Order;
    const RecordQuery& query = m_model->query();
    int column = -1;
    switch (query.order) {
        case Order::Id:
        case Order::Updated:
            column = query.descending ? RecordTableModel::RowColumn : -1;
            break;
        case Order::Instruction:
            column = RecordTableModel::InstructionColumn;
            break;
        case Order::Input:
            column = RecordTableModel::InputColumn;
            break;
        case Order::Output:
            column = RecordTableModel::ResponseColumn;
            break;
        case Order::Split:
            column = RecordTableModel::SplitColumn;
            break;
        case Order::Status:
            column = RecordTableModel::StatusColumn;
            break;
        case Order::Source:
            column = RecordTableModel::SourceColumn;
            break;
    }
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSortIndicatorShown(column >= 0);
    columns->setSortIndicator(column, query.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void DataPage::showColumnMenu(const QPoint& where) {
    QHeaderView* columns = m_table->horizontalHeader();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < RecordTableModel::ColumnCount; ++column) {
        QAction* action =
            menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString());
        action->setCheckable(true);
        action->setChecked(!columns->isSectionHidden(column));
        // One column always stays, or there would be no header left to bring the others back.
        action->setEnabled(column != RecordTableModel::InstructionColumn);
        connect(action, &QAction::toggled, this, [this, columns, column](bool on) {
            columns->setSectionHidden(column, !on);
            m_viewTimer->start();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("Columns as they were at first"), this, [this] {
        m_ownWidths = false;
        setDefaultColumns();
        fitColumns();
        m_viewTimer->start();
    });
    menu->popup(columns->mapToGlobal(where));
}

void DataPage::saveView() {
    m_viewTimer->stop();
    if (!m_session.isOpen()) return;
    if (m_transfer.isBusy()) {  // the database is taken; looks can wait
        m_viewTimer->start();
        return;
    }
    const RecordQuery& query = m_model->query();
    OrderedJson json;
    json["columns"] = stateText(m_table->horizontalHeader()->saveState());
    json["own_widths"] = m_ownWidths;
    json["rows"] = stateText(m_rows->saveState());
    json["sides"] = stateText(m_sides->saveState());
    json["search"] = query.search;
    json["status"] = query.status ? name(*query.status) : "";
    json["split"] = query.split ? name(*query.split) : "";
    if (query.source) json["source"] = *query.source;
    json["order"] = static_cast<int>(query.order);
    json["descending"] = query.descending;
    try {
        m_session.project().setSetting(kViewKey, json.dump());
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::restoreView() {
    RecordQuery query;
    m_ownWidths = false;
    if (m_session.isOpen()) {
        try {
            const OrderedJson json = storedLooks(m_session, kViewKey);
            if (!json.empty()) {
                m_table->horizontalHeader()->restoreState(stateIn(json, "columns"));
                m_ownWidths = json.value("own_widths", false);
                m_rows->restoreState(stateIn(json, "rows"));
                m_sides->restoreState(stateIn(json, "sides"));
                query.search = json.value("search", std::string());
                const std::string status = json.value("status", std::string());
                const std::string split = json.value("split", std::string());
                if (!status.empty()) query.status = recordStatusFromName(status);
                if (!split.empty()) query.split = splitFromName(split);
                if (json.contains("source")) query.source = json.value("source", std::string());
                const int order = json.value("order", 0);
                if (order >= 0 && order <= static_cast<int>(RecordQuery::Order::Updated))
                    query.order = static_cast<RecordQuery::Order>(order);
                query.descending = json.value("descending", false);
            }
            m_filters->setSources(m_session.project().sources());
        } catch (const Error& error) {
            // Looks that cannot be read are no reason to keep the rows from being seen.
            query = {};
            fail(error);
        } catch (const OrderedJson::exception&) {
            query = {};
        }
    }
    m_filters->show(query);
    m_model->setQuery(query);
    m_facets->showQuery(query);
    showSortIndicator();
}

void DataPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    window()->installEventFilter(this);
}

void DataPage::hideEvent(QHideEvent* event) {
    flush();
    if (m_viewTimer->isActive()) saveView();
    Page::hideEvent(event);
}

}  // namespace studio::ui
