// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Columns and panes of the Runs page, and what of its looks is kept with each project.
#include <QCheckBox>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QtMath>
#include <algorithm>
#include <iterator>

#include "core/formats/json.h"
#include "ui/charts/overlay_chart.h"
#include "ui/runs/details_view.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/settings_view.h"
#include "ui/session/page_looks.h"
#include "ui/theme/theme.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr const char* kViewKey = "runs.view";
constexpr int kLeastNameWidth = 96;
constexpr int kMostNameWidth = 180;
constexpr int kLeastWidthForAll = 960;   // below it tags and train loss are left to details and chart
constexpr int kLeastWidthForRows = 820;  // and below this the rows, which the settings have, too

struct ColumnWidth {
    int column;
    int width;       ///< at the designed size
    int leastWidth;  ///< where the window is narrow
    /// With a large font in a narrow window it is left out, the last one first: the details and the settings
    /// have it, too.
    bool spared = false;
};
constexpr ColumnWidth kWidths[] = {
    {RunTableModel::TickColumn, 34, 30},        {RunTableModel::LineColumn, 54, 48},
    {RunTableModel::TagsColumn, 100, 60},       {RunTableModel::StateColumn, 112, 98},
    {RunTableModel::RowsColumn, 90, 64},        {RunTableModel::MethodColumn, 104, 82, true},
    {RunTableModel::RateColumn, 106, 64, true}, {RunTableModel::TrainLossColumn, 88, 64},
    {RunTableModel::EvalLossColumn, 92, 76},    {RunTableModel::ExactColumn, 84, 60},
    {RunTableModel::TimeColumn, 72, 54, true},  {RunTableModel::StartedColumn, 118, 112}};

int within(const OrderedJson& json, const char* key, int most) {
    return std::clamp(json.value(key, 0), 0, most);
}

}  // namespace

void RunsPage::setDefaultColumns() {
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < RunTableModel::ColumnCount; ++column)
        header->setSectionResizeMode(column, QHeaderView::Interactive);
    header->setSectionResizeMode(RunTableModel::NameColumn, QHeaderView::Stretch);
    for (const ColumnWidth& each : kWidths) header->resizeSection(each.column, each.width);
}

// What a column needs for its head, with the arrow of a sorted one.
int RunsPage::headWidth(int column) const {
    constexpr int kPadding = 20, kArrow = 12;
    const QString text = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const bool sorted = m_table->horizontalHeader()->sortIndicatorSection() == column;
    return QFontMetrics(roleFont(TextRole::Secondary)).horizontalAdvance(text) + kPadding +
           (sorted ? kArrow : 2);
}

int RunsPage::nameWidth() const {
    const QFontMetrics metrics(roleFont(TextRole::PanelTitle));
    int widest = 0;
    for (const auto& run : m_model.runs())
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(run->name())));
    return std::clamp(widest + 20, wordRoom(kLeastNameWidth), wordRoom(kMostNameWidth));
}

// What a column gets at a designed width: more with a larger font, or where its head needs it.
int RunsPage::columnWidth(int column, int designed) const {
    const bool words = column != RunTableModel::TickColumn && column != RunTableModel::LineColumn;
    return std::max(words ? wordRoom(designed) : designed, headWidth(column));
}

void RunsPage::hideColumns(int room) {
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionHidden(RunTableModel::TagsColumn,
                             !m_model.anyTags() || room < wordRoom(kLeastWidthForAll));
    header->setSectionHidden(RunTableModel::TrainLossColumn, room < wordRoom(kLeastWidthForAll));
    header->setSectionHidden(RunTableModel::RowsColumn, room < wordRoom(kLeastWidthForRows));
    int least = nameWidth();
    for (const ColumnWidth& each : kWidths)
        if (each.spared || !header->isSectionHidden(each.column))
            least += columnWidth(each.column, each.leastWidth);
    for (auto each = std::rbegin(kWidths); each != std::rend(kWidths); ++each) {
        if (!each->spared) continue;
        const bool hide = least > room;
        header->setSectionHidden(each->column, hide);
        if (hide) least -= columnWidth(each->column, each->leastWidth);
    }
}

// The name takes what the figures leave; where that is little, the figures give way.
void RunsPage::fitColumns() {
    QHeaderView* header = m_table->horizontalHeader();
    const int room = m_table->viewport()->width();
    hideColumns(room);
    int wanted = nameWidth(), least = wanted;
    for (const ColumnWidth& each : kWidths) {
        if (header->isSectionHidden(each.column)) continue;
        wanted += columnWidth(each.column, each.width);
        least += columnWidth(each.column, each.leastWidth);
    }
    const double share = std::clamp(double(room - least) / std::max(1, wanted - least), 0.0, 1.0);
    for (const ColumnWidth& each : kWidths) {
        const int narrow = columnWidth(each.column, each.leastWidth);
        header->resizeSection(each.column,
                              narrow + qFloor(share * (columnWidth(each.column, each.width) - narrow)));
    }
}

void RunsPage::showColumns() {
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionHidden(RunTableModel::ExactColumn, !m_model.anyExact());
    fitColumns();
}

void RunsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // Only now does the table have its new width.
    QTimer::singleShot(0, this, [this] {
        fitColumns();
        showDifferences();
    });
}

void RunsPage::showPane(int pane) {
    {
        const QSignalBlocker quiet(m_paneControl);
        m_paneControl->setCurrentIndex(pane);
    }
    if (pane != 1) m_details->flush();
    m_panes->setCurrentIndex(pane);
    showDifferences();
    m_viewTimer->start();
}

void RunsPage::saveView() {
    m_viewTimer->stop();
    if (!m_session.isOpen() || m_firstReading) return;
    OrderedJson ticked = OrderedJson::array();
    for (const QString& name : m_model.ticked()) ticked.push_back(name.toStdString());
    const QHeaderView* header = m_table->horizontalHeader();
    const auto chosen = current();
    OrderedJson json;
    json["ticked"] = ticked;
    json["run"] = chosen ? chosen->name() : std::string();
    json["filter"] = m_sorted.text().toStdString();
    json["sort"] = header->sortIndicatorSection();
    json["descending"] = header->sortIndicatorOrder() == Qt::DescendingOrder;
    json["metric"] = m_chart->metricControl()->currentIndex();
    json["axis"] = m_chart->axisControl()->currentIndex();
    json["pane"] = m_paneControl->currentIndex();
    json["differences_only"] = m_differences->isChecked();
    json["rows"] = stateText(m_rows->saveState());
    json["sides"] = stateText(m_sides->saveState());
    try {
        m_session.project().setSetting(kViewKey, json.dump());
    } catch (const Error& error) {
        showError(error);
    }
}

void RunsPage::restoreView() {
    m_restoredTicks.clear();
    OrderedJson json = OrderedJson::object();
    try {
        json = storedLooks(m_session, kViewKey);
    } catch (const Error& error) {
        showError(error);
    }
    try {
        for (const auto& name : json.value("ticked", OrderedJson::array()))
            if (name.is_string()) m_restoredTicks << QString::fromStdString(name.get<std::string>());
        m_wanted = QString::fromStdString(json.value("run", std::string()));
        m_filter->setText(QString::fromStdString(json.value("filter", std::string())));
        m_sorted.setText(m_filter->text());
        const int column = json.value("sort", static_cast<int>(RunTableModel::StartedColumn));
        if (column >= 0 && column < RunTableModel::ColumnCount)
            m_table->sortByColumn(column,
                                  json.value("descending", true) ? Qt::DescendingOrder : Qt::AscendingOrder);
        m_chart->metricControl()->setCurrentIndex(within(json, "metric", 3));
        m_chart->axisControl()->setCurrentIndex(within(json, "axis", 2));
        m_differences->setChecked(json.value("differences_only", true));
        showPane(within(json, "pane", 1));
        m_rows->restoreState(stateIn(json, "rows"));
        m_sides->restoreState(stateIn(json, "sides"));
    } catch (const OrderedJson::exception&) {
        m_restoredTicks.clear();  // looks that cannot be read are looks as they were at first
    }
    m_viewTimer->stop();
}

}  // namespace studio::ui
