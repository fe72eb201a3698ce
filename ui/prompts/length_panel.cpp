// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/length_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableView>
#include <QTimer>
#include <algorithm>

#include "core/config/settings.h"
#include "core/storage/project.h"
#include "ui/prompts/cutoff_table_model.h"
#include "ui/prompts/length_chart.h"
#include "ui/session/project_session.h"
#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

constexpr int kHeadHeight = 28, kRowHeight = 24;
constexpr int kMostRows = 4;
constexpr int kFrame = 4;  // around the table, seen when it has the keys

}  // namespace

LengthPanel::LengthPanel(ProjectSession& session, QWidget* parent)
    : Panel(parent),
      m_session(session),
      m_chart(new LengthChart(this)),
      m_note(new NoteBar(this)),
      m_cutoffName(new QLabel(this)),
      m_cutoff(new QSpinBox(this)),
      m_atMost(new QLabel(this)),
      m_showCut(new QPushButton(this)),
      m_model(new CutoffTableModel(this)),
      m_table(new QTableView(this)),
      m_delay(new QTimer(this)) {
    m_delay->setSingleShot(true);
    m_delay->setInterval(250);
    const Field& cutoff = trainField("cutoff");  // as Train allows it
    m_cutoff->setRange(static_cast<int>(cutoff.minimum), static_cast<int>(cutoff.maximum));
    m_cutoff->setSingleStep(16);
    m_cutoff->setMinimumWidth(wordRoom(88));
    m_cutoffName->setBuddy(m_cutoff);
    setTone(m_cutoffName, Tone::Secondary);
    setTextRole(m_atMost, TextRole::Secondary);
    setTone(m_atMost, Tone::Secondary);
    setButtonLook(m_showCut, ButtonLook::Link);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(lineRoom(kRowHeight));
    m_table->verticalHeader()->setMinimumSectionSize(lineRoom(kRowHeight));
    // The figures get the room that their heads need; what is left is the first column's.
    m_table->horizontalHeader()->setMinimumSectionSize(40);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(CutoffTableModel::Cutoff, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setFixedHeight(lineRoom(kHeadHeight) + kMostRows * lineRoom(kRowHeight) + kFrame);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* line = new QHBoxLayout;
    line->addWidget(m_cutoffName);
    line->addWidget(m_cutoff);
    line->addWidget(m_atMost);
    line->addStretch(1);
    line->addWidget(m_showCut);
    bodyLayout()->setContentsMargins(12, 6, 12, 8);
    bodyLayout()->setSpacing(6);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(m_chart, 1);
    bodyLayout()->addLayout(line);
    bodyLayout()->addWidget(m_table);

    connect(m_delay, &QTimer::timeout, this, &LengthPanel::count);
    m_cutoff->setKeyboardTracking(false);  // each value is stored
    connect(m_cutoff, &QSpinBox::valueChanged, this, &LengthPanel::takeCutoff);
    connect(&m_session, &ProjectSession::cutoffChanged, this, &LengthPanel::showLengths);
    const auto becomeStale = [this] { m_stale = true; };
    connect(&m_session, &ProjectSession::projectChanged, this, becomeStale);
    connect(&m_session, &ProjectSession::recordsChanged, this, becomeStale);
    connect(&m_session, &ProjectSession::recordEdited, this, becomeStale);
    connect(&m_session, &ProjectSession::modelChanged, this, becomeStale);
    connect(m_showCut, &QPushButton::clicked, this, &LengthPanel::chooseCutRow);
    const auto take = [this](const QModelIndex& index) { takeCutoff(m_model->cutoff(index.row())); };
    connect(m_table, &QTableView::activated, this, take);
    connect(m_table, &QTableView::clicked, this, take);
    retranslate();
}

void LengthPanel::recount(const PromptTemplate& promptTemplate) {
    if (!m_stale && m_template == promptTemplate) return;
    m_template = promptTemplate;
    m_delay->start();
}

void LengthPanel::clear() {
    m_delay->stop();
    m_runner.cancel();
    m_stale = true;
    setBusy(false);
    m_lengths.reset();
    showLengths();
}

void LengthPanel::count() {
    const std::shared_ptr<const Tokenizer> tokenizer = m_session.tokenizer();
    if (!m_session.isOpen() || !tokenizer || !checkTemplate(m_template).empty()) {
        clear();
        return;
    }
    m_stale = false;
    setBusy(true);
    m_runner.run<std::vector<RowLength>>(
        [folder = m_session.project().folder(), tokenizer, used = m_template](const std::stop_token& stop) {
            // A connection of its own: a project belongs to the thread that opened it.
            const std::unique_ptr<Project> project = Project::open(folder);
            return rowLengths(trainingRecords(*project).train, used, *tokenizer, stop);
        },
        [this](const std::vector<RowLength>& lengths) {
            setBusy(false);
            m_note->clear();
            m_lengths = lengths;
            showLengths();
        },
        [this](const Error& error) {
            clear();
            const ErrorText text = errorText(error);
            m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
        });
}

void LengthPanel::takeCutoff(qint64 tokens) {
    try {
        m_session.setCutoff(tokens);
    } catch (const Error& error) {
        showLengths();  // the box goes back to what is in force
        const ErrorText text = errorText(error);
        m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
    }
}

CutoffEffect LengthPanel::effect() const {
    return m_lengths ? cutoffEffect(*m_lengths, m_session.cutoff()) : CutoffEffect();
}

void LengthPanel::showLengths() {
    const qint64 cutoff = m_session.cutoff();
    const auto tallest = static_cast<qint64>(trainField("cutoff").maximum);
    {
        const QSignalBlocker quiet(m_cutoff);
        const qint64 context = m_session.modelContext();
        m_cutoff->setMaximum(static_cast<int>(context > 0 ? std::min<qint64>(context, tallest) : tallest));
        m_cutoff->setValue(static_cast<int>(std::min<qint64>(cutoff, tallest)));
        m_cutoff->setEnabled(m_session.isOpen());
    }
    const QLocale locale;
    const CutoffEffect now = effect();
    QVector<CutoffEffect> effects;
    if (m_lengths && !m_lengths->empty()) {
        setTitle(tr("Length of all %Ln train row(s)", nullptr, static_cast<int>(m_lengths->size())));
        m_chart->setBars(lengthBars(*m_lengths, cutoff), now);
        for (const qint64 each : cutoffSuggestions(*m_lengths, cutoff, m_session.modelContext()))
            effects.push_back(cutoffEffect(*m_lengths, each));
    } else {
        setTitle(tr("Length of the train rows"));
        m_chart->clear();
    }
    m_model->setEffects(effects, cutoff);
    fitTable();
    if (m_model->currentRow() >= 0) m_table->selectRow(m_model->currentRow());
    const qint64 context = m_session.modelContext();
    const QString use = tr("Longest row in tokens; longer rows lose their end. Train uses the same.");
    m_cutoff->setToolTip(
        context > 0 ? use + u'\n' + tr("At most %1 for this model.").arg(locale.toString(m_cutoff->maximum()))
                    : use);
    m_atMost->setText(context > 0 ? tr("of at most %1").arg(locale.toString(context)) : QString());
    const qint64 hurt = now.cut + now.dropped;
    m_showCut->setVisible(hurt > 0);
    m_showCut->setText(tr("Show next of %Ln row(s)", nullptr, static_cast<int>(hurt)));
    Q_EMIT effectChanged();
}

// Each click shows the next row that loses its end, in the order of the rows.
void LengthPanel::chooseCutRow() {
    if (!m_lengths) return;
    const qint64 cutoff = m_session.cutoff();
    qint64 first = 0;
    for (const RowLength& row : *m_lengths) {
        if (row.answered && row.total <= cutoff) continue;
        if (first == 0) first = row.id;
        if (row.id > m_session.currentRow()) {
            Q_EMIT rowChosen(row.id);
            return;
        }
    }
    if (first != 0) Q_EMIT rowChosen(first);
}

void LengthPanel::retranslate() {
    m_cutoffName->setText(tr("Cutoff"));
    m_cutoff->setAccessibleName(tr("Cutoff in tokens"));
    m_showCut->setToolTip(tr("Show the next row that loses its end"));
    m_table->setAccessibleName(tr("What another cutoff would do"));
    m_model->retranslate();
    showLengths();
}

// As wide as its heads: none of them is cut, whatever the font and the language.
void LengthPanel::fitTable() {
    const QHeaderView* heads = m_table->horizontalHeader();
    int width = kFrame;
    for (int column = 0; column < heads->count(); ++column)
        width += std::max(heads->sectionSizeHint(column), heads->minimumSectionSize());
    m_table->setMinimumWidth(width);
}

}  // namespace studio::ui
