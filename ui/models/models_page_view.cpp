// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of the Models page, and what of its looks is kept with each project.
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableView>
#include <QTimer>
#include <algorithm>
#include <array>

#include "core/config/settings.h"
#include "core/formats/json.h"
#include "core/formats/json_fields.h"
#include "ui/models/forecast_view.h"
#include "ui/models/models_page.h"
#include "ui/session/page_looks.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr const char* kViewKey = "models.view";
constexpr int kLeastNameWidth = 140;

/// What is left out first where the window is narrow: the details have it, too.
constexpr int kSpared[] = {ModelTableModel::SizeColumn, ModelTableModel::FamilyColumn,
                           ModelTableModel::ContextColumn, ModelTableModel::KindColumn};

}  // namespace

// Each column as wide as its head and its widest cell need; the name takes what is left.
void ModelsPage::fitColumns() {
    constexpr int kPadding = 20, kBadgePadding = 16;
    QHeaderView* header = m_table->horizontalHeader();
    const QFontMetrics headMetrics(roleFont(TextRole::Secondary));
    const QFontMetrics words(roleFont(TextRole::Body)), figures(figureFont());
    int needed = wordRoom(kLeastNameWidth);
    std::array<int, ModelTableModel::ColumnCount> widths{};
    for (int column = ModelTableModel::KindColumn; column < ModelTableModel::ColumnCount; ++column) {
        const QString title = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        int width = headMetrics.horizontalAdvance(title) + kPadding + 4;
        const bool figure =
            m_model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        for (int row = 0; row < m_model.rowCount(); ++row) {
            const QModelIndex index = m_model.index(row, column);
            const auto badge = index.data(BadgeDelegate::kBadgeRole).value<BadgeContent>();
            const QString text = index.data().toString();
            width = std::max(width, ModelTableModel::useOf(column)
                                        ? badgeSize(badge).width() + kBadgePadding
                                        : (figure ? figures : words).horizontalAdvance(text) + kPadding);
        }
        widths[static_cast<std::size_t>(column)] = width;
        needed += width;
    }
    const int room = m_table->viewport()->width();
    for (int column = ModelTableModel::KindColumn; column < ModelTableModel::ColumnCount; ++column)
        header->setSectionHidden(column, false);
    for (const int column : kSpared) {
        if (needed <= room) break;
        header->setSectionHidden(column, true);
        needed -= widths[static_cast<std::size_t>(column)];
    }
    for (int column = ModelTableModel::KindColumn; column < ModelTableModel::ColumnCount; ++column)
        header->resizeSection(column, widths[static_cast<std::size_t>(column)]);
}

// The colours explain themselves in the details; where there is no room the legend goes.
void ModelsPage::fitLegend() {
    int others = m_filter->width() + m_kind->sizeHint().width() + m_fitting->sizeHint().width() + 48;
    const int room = m_legend->parentWidget()->width();
    m_legend->setVisible(others + m_legend->sizeHint().width() <= room);
}

void ModelsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // Only now do the parts have their new widths.
    QTimer::singleShot(0, this, [this] {
        fitColumns();
        fitLegend();
    });
}

ForecastLoad ModelsPage::usualLoad() const {
    ForecastLoad load = forecast()->load();
    load.length = m_session.cutoff();
    return load;
}

void ModelsPage::saveView() {
    m_viewTimer->stop();
    if (!m_session.isOpen() || m_firstReading) return;
    const ForecastLoad& load = forecast()->load();
    const QHeaderView* header = m_table->horizontalHeader();
    OrderedJson json;
    if (m_ownLength) json["length"] = load.length;
    json["rows"] = load.rows;
    json["precision"] = load.precision;
    json["device"] = forecast()->device().name;
    json["filter"] = m_sorted.text().toStdString();
    json["kind"] = m_kind->currentIndex();
    json["only_fitting"] = m_fitting->isChecked();
    json["sort"] = header->sortIndicatorSection();
    json["descending"] = header->sortIndicatorOrder() == Qt::DescendingOrder;
    json["sides"] = stateText(m_sides->saveState());
    try {
        m_session.project().setSetting(kViewKey, json.dump());
    } catch (const Error& error) {
        showError(error);
    }
}

void ModelsPage::restoreView() {
    OrderedJson json = OrderedJson::object();
    try {
        json = storedLooks(m_session, kViewKey);
    } catch (const Error& error) {
        showError(error);
    }
    // What cannot be read is as it was at first.
    const std::int64_t length = integerOf(json, "length"), rows = integerOf(json, "rows");
    m_ownLength = length > 0;
    ForecastLoad load;
    load.length = m_ownLength ? length : m_session.cutoff();
    if (rows > 0) load.rows = rows;
    if (const std::string precision = textOf(json, "precision"); !precision.empty())
        load.precision = precision;
    forecast()->setLoad(load);
    forecast()->chooseDevice(textOf(json, "device"));
    m_filter->setText(QString::fromStdString(textOf(json, "filter")));
    m_sorted.setText(m_filter->text());
    m_kind->setCurrentIndex(
        static_cast<int>(std::clamp<std::int64_t>(integerOf(json, "kind"), 0, m_kind->count() - 1)));
    m_fitting->setChecked(flagOf(json, "only_fitting"));
    const std::int64_t column = json.contains("sort") ? integerOf(json, "sort") : -1;
    const bool sorts = column >= 0 && column < ModelTableModel::ColumnCount;
    m_table->sortByColumn(sorts ? static_cast<int>(column) : -1,
                          flagOf(json, "descending") ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_sides->restoreState(stateIn(json, "sides"));
    m_viewTimer->stop();
}

}  // namespace studio::ui
