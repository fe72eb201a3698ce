// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/test_prompt_panel.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

TestPromptPanel::TestPromptPanel(TestPromptModel& model, QWidget* parent)
    : Panel(parent),
      m_model(model),
      m_filter(model),
      m_filterBox(new QComboBox(this)),
      m_table(new QTableView(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(Icon::Split, this)) {
    for (int kind = 0; kind < TestPromptFilter::kKinds; ++kind) m_filterBox->addItem(QString());
    m_filterBox->setProperty("small", true);
    addHeadWidget(m_filterBox);
    m_table->setModel(&m_filter);
    m_table->setItemDelegate(new CellDelegate(m_table));
    for (int arm = 0; arm < TestPromptModel::kArms; ++arm)
        m_table->setItemDelegateForColumn(TestPromptModel::FirstArm + arm, new StatusDelegate(m_table));
    setListLook(m_table, 28);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView* header = m_table->horizontalHeader();
    header->setMinimumSectionSize(40);
    header->setSectionResizeMode(TestPromptModel::Prompt, QHeaderView::Stretch);
    for (int column = TestPromptModel::FirstArm; column < TestPromptModel::kColumns; ++column)
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    setBodyWidget(m_stack);
    makeFoot();

    connect(m_filterBox, &QComboBox::activated, this,
            [this](int kind) { m_filter.setKind(static_cast<TestPromptFilter::Kind>(kind)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const qint64 id = selectedRecord()) Q_EMIT recordSelected(id);
    });
    connect(m_run, &QPushButton::clicked, this, &TestPromptPanel::runRequested);
    connect(m_stop, &QPushButton::clicked, this, &TestPromptPanel::stopRequested);
    connect(m_empty, &EmptyState::clicked, this, &TestPromptPanel::dataRequested);
    retranslate();
}

void TestPromptPanel::makeFoot() {
    m_scoreName = new QLabel(this);
    setTextRole(m_scoreName, TextRole::Caption);
    setTone(m_scoreName, Tone::Tertiary);
    auto* lines = new QVBoxLayout;
    lines->setContentsMargins(0, 6, 0, 6);
    lines->setSpacing(3);
    lines->addWidget(m_scoreName);
    for (QLabel*& score : m_scores) {
        score = new QLabel(this);
        setTextRole(score, TextRole::Secondary);
        score->setTextFormat(Qt::PlainText);
        lines->addWidget(score);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_progress = new ProgressLine(this);
    m_progressText = new QLabel(this);
    setTextRole(m_progressText, TextRole::Secondary);
    setTone(m_progressText, Tone::Secondary);
    m_run = new QPushButton(icon(Icon::Play), QString(), this);
    m_stop = new QPushButton(icon(Icon::Stop), QString(), this);
    m_stop->setProperty("iconOnly", true);
    row->addWidget(m_progress, 1);
    row->addWidget(m_progressText);
    row->addWidget(m_run, 1);
    row->addWidget(m_stop);
    lines->addSpacing(3);
    lines->addLayout(row);
    footLayout()->addLayout(lines, 1);
    setRunning(false, 0, 0);
}

void TestPromptPanel::reload(std::vector<ComparePrompt> prompts, const CompareSetup& setup) {
    const qint64 selected = selectedRecord();
    m_model.setPrompts(std::move(prompts), setup);
    m_stack->setCurrentIndex(m_model.rowCount() == 0 ? 1 : 0);
    setFact(m_model.rowCount() == 0 ? QString() : QLocale().toString(m_model.rowCount()));
    if (m_model.rowOf(selected) >= 0)
        select(selected);
    else if (m_filter.rowCount() > 0)
        m_table->setCurrentIndex(m_filter.index(0, 0));
    showScores();
}

qint64 TestPromptPanel::selectedRecord() const {
    const QModelIndex source = m_filter.mapToSource(m_table->currentIndex());
    return source.isValid() ? m_model.prompts()[static_cast<std::size_t>(source.row())].rowId : 0;
}

void TestPromptPanel::select(qint64 recordId) {
    const int row = m_model.rowOf(recordId);
    if (row < 0) return;
    const QModelIndex index = m_filter.mapFromSource(m_model.index(row, 0));
    if (!index.isValid()) return;
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

qint64 TestPromptPanel::neighbour(int by) const {
    const int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row() + by : 0;
    if (row < 0 || row >= m_filter.rowCount()) return 0;
    const QModelIndex source = m_filter.mapToSource(m_filter.index(row, 0));
    return m_model.prompts()[static_cast<std::size_t>(source.row())].rowId;
}

std::vector<int> TestPromptPanel::listed() const {
    std::vector<int> rows;
    for (int row = 0; row < m_filter.rowCount(); ++row)
        rows.push_back(m_filter.mapToSource(m_filter.index(row, 0)).row());
    return rows;
}

void TestPromptPanel::setRunning(bool running, int done, int all) {
    for (QWidget* part : {static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_progressText),
                          static_cast<QWidget*>(m_stop)})
        part->setVisible(running);
    m_run->setVisible(!running);
    m_progress->setValue(all > 0 ? static_cast<double>(done) / all : 0.0);
    m_progressText->setText(tr("%1 of %2").arg(QLocale().toString(done), QLocale().toString(all)));
}

void TestPromptPanel::setRunEnabled(bool enabled) {
    m_run->setEnabled(enabled && m_model.rowCount() > 0);
}

void TestPromptPanel::showScores() {
    const QLocale locale;
    for (std::size_t arm = 0; arm < m_scores.size(); ++arm) {
        const MatchCount count = m_model.score(static_cast<int>(arm));
        const QString name = m_model.twoTuned() ? (arm == 0 ? tr("First model") : tr("Second model"))
                                                : (arm == 0 ? tr("Base") : tr("Fine-tuned"));
        m_scoreTexts[arm] = count.all == 0 ? tr("%1: nothing answered yet").arg(name)
                                           : tr("%1: %2 of %3 (%4 %)")
                                                 .arg(name, locale.toString(qint64(count.matched)),
                                                      locale.toString(qint64(count.all)),
                                                      locale.toString(count.percent(), 'f', 1));
        m_scores[arm]->setText(m_scoreTexts[arm]);
    }
    const bool any = m_model.rowCount() > 0;
    m_scoreName->setVisible(any);
    for (QLabel* score : m_scores) score->setVisible(any);
}

void TestPromptPanel::retranslate() {
    setTitle(tr("Test split"));
    m_filterBox->setItemText(TestPromptFilter::All, tr("All answers"));
    m_filterBox->setItemText(TestPromptFilter::Different, tr("Only one is right"));
    m_filterBox->setItemText(TestPromptFilter::NotExact,
                             m_model.twoTuned() ? tr("Second not exact") : tr("Fine-tuned not exact"));
    m_filterBox->setItemText(TestPromptFilter::NotAsked, tr("Not asked yet"));
    m_filterBox->setAccessibleName(tr("Which prompts are listed"));
    m_table->setAccessibleName(tr("Test prompts"));
    m_scoreName->setText(tr("Exact match"));
    m_run->setText(tr("Run all test prompts"));
    m_stop->setToolTip(tr("Stop (Esc)"));
    m_stop->setAccessibleName(tr("Stop"));
    m_empty->setSentence(tr("Rows of the test split will be listed here. There are none yet."));
    m_empty->setButtonText(tr("Go to Data"));
    m_model.retranslate();
    showScores();
}

}  // namespace studio::ui
