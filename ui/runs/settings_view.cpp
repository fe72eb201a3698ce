// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/settings_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/runs/run_delegates.h"
#include "ui/runs/run_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

constexpr int kLeastValueWidth = 68;
constexpr int kMostNameWidth = 168;

}  // namespace

SettingsView::SettingsView(QWidget* parent)
    : QWidget(parent),
      m_stack(new QStackedWidget(this)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(Icon::Settings, this)),
      m_same(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new SettingDelegate(m_table));
    setListLook(m_table, 28);
    m_table->horizontalHeader()->setMinimumSectionSize(32);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    m_same->setWordWrap(true);
    m_same->setContentsMargins(12, 8, 12, 10);
    m_same->setAttribute(Qt::WA_StyledBackground);
    m_same->setProperty("ruleAbove", true);
    m_same->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTextRole(m_same, TextRole::Secondary);
    setTone(m_same, Tone::Secondary);
    column->addWidget(m_same);
    retranslate();
}

void SettingsView::setRuns(const RunEntries& runs) {
    m_model.setRuns(runs);
    showSentence();
    fitColumns();
}

void SettingsView::setDifferencesOnly(bool only) {
    m_model.setDifferencesOnly(only);
    showSentence();
    fitColumns();
}

void SettingsView::showSentence() {
    const int runs = m_model.runCount();
    m_same->setVisible(runs > 1);
    m_same->setText(runs > 1 ? sameText(m_model.difference()) : QString());
    m_empty->setSentence(runs == 0 ? tr("The settings of the runs that are ticked will be compared here.")
                                   : tr("The ticked runs have the same settings."));
    m_stack->setCurrentWidget(m_model.rowCount() == 0 ? static_cast<QWidget*>(m_empty) : m_table);
}

QString SettingsView::sameSentence() const {
    return m_same->text();
}

// The names of the fields take what they need; the runs share the rest.
void SettingsView::fitColumns() {
    const int runs = m_model.runCount();
    if (runs == 0) return;
    QHeaderView* header = m_table->horizontalHeader();
    const QFontMetrics metrics(roleFont(TextRole::Code));
    int name = 0;
    for (int row = 0; row < m_model.rowCount(); ++row)
        name = qMax(name, metrics.horizontalAdvance(m_model.index(row, 0).data().toString()) + 20);
    name = qBound(kLeastValueWidth, name, kMostNameWidth);
    const int room = m_table->viewport()->width() - name;
    const int each = qMax(kLeastValueWidth, room / runs);
    header->resizeSection(0, name);
    for (int run = 1; run <= runs; ++run)
        header->resizeSection(run, run == runs ? qMax(each, room - each * (runs - 1)) : each);
}

void SettingsView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Only now does the table have its new width.
    QTimer::singleShot(0, this, &SettingsView::fitColumns);
}

void SettingsView::retranslate() {
    m_table->setAccessibleName(tr("Settings of the ticked runs"));
    m_model.retranslate();
    showSentence();
}

}  // namespace studio::ui
