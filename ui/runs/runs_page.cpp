// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_page.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/files.h"
#include "ui/charts/overlay_chart.h"
#include "ui/dialogs/dialogs.h"
#include "ui/runs/details_view.h"
#include "ui/runs/run_delegates.h"
#include "ui/runs/run_words.h"
#include "ui/runs/settings_view.h"
#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr int kBusyMilliseconds = 1'000;   // between readings while a run is at work
constexpr int kQuietMilliseconds = 5'000;  // a run may be started from a terminal
constexpr std::size_t kFirstTicks = 4;
constexpr std::int64_t kDaySeconds = 24 * 60 * 60;

}  // namespace

RunsPage::RunsPage(ProjectSession& session, Dialogs& dialogs, QWidget* parent)
    : Page(PageId::Runs, parent),
      m_session(session),
      m_dialogs(dialogs),
      m_sorted(m_model),
      m_note(new NoteBar(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(Icon::Runs, this)),
      m_poll(new QTimer(this)),
      m_viewTimer(new QTimer(this)) {
    makeHead();
    m_note->setClosable(true);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(m_stack, 1);
    m_stack->addWidget(makeBody());
    m_stack->addWidget(m_empty);
    m_viewTimer->setSingleShot(true);
    m_viewTimer->setInterval(500);
    connectParts();
    addKeys();
    retranslate();
    adoptProject();
}

QWidget* RunsPage::sidePane() const {
    return m_model.rowCount() > 0 ? m_right : nullptr;
}

QString RunsPage::sidebarNote() const {
    return m_model.rowCount() > 0 ? QLocale().toString(m_model.rowCount()) : QString();
}

// Reading
// ------------------------------------------------------------------------------------------------------

void RunsPage::adoptProject() {
    m_details->setRun(nullptr, {});  // what was typed belongs to the project before, which is still there
    m_tasks.cancel();
    m_deleted.clear();
    m_trash.clear();
    m_note->clear();
    m_firstReading = true;
    m_wanted.clear();
    m_model.setRuns({});
    restoreView();
    Q_EMIT undoStateChanged();
    showTicked();
    trashChanged();
    reload();
}

void RunsPage::reload() {
    if (!m_session.isOpen()) {
        take({});
        return;
    }
    const std::filesystem::path folder = m_session.project().runsFolder();
    m_tablePanel->setBusy(m_firstReading);
    m_tasks.run<Reading>(
        [folder, previous = m_model.runs(), first = m_firstReading](const std::stop_token& stop) {
            if (first) {
                try {
                    removeOldTrash(folder, unixTime() - kTrashDays * kDaySeconds, stop);
                } catch (const Error&) {
                    // It stays in the trash, where it is listed; emptying it says why it cannot be removed.
                }
            }
            return Reading{readRunEntries(folder, previous, stop), listTrash(folder)};
        },
        [this](const Reading& reading) { take(reading); },
        [this](const Error& error) {
            m_tablePanel->setBusy(false);
            showError(error);
        });
}

void RunsPage::poll() {
    if (isVisible() && !m_tasks.isBusy()) reload();
}

void RunsPage::take(const Reading& reading) {
    m_tablePanel->setBusy(false);
    const auto chosen = current();
    const QString before = !m_wanted.isEmpty() ? m_wanted
                           : chosen            ? QString::fromStdString(chosen->name())
                                               : QString();
    const int rowsBefore = m_model.rowCount();
    const bool first = std::exchange(m_firstReading, false) && m_session.isOpen();
    m_trash = reading.trash;
    m_model.setRuns(reading.runs);
    if (first) tickFirst();
    if (m_sorted.rowOf(before) >= 0) {
        if (!chosen || before != QString::fromStdString(chosen->name()) || !current()) select(before);
    } else if (!current() && m_sorted.rowCount() > 0) {
        m_table->selectionModel()->setCurrentIndex(
            m_sorted.index(0, RunTableModel::NameColumn),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    m_wanted.clear();  // also where it is gone: a later reading is not to take the choice away
    m_stack->setCurrentIndex(m_model.rowCount() > 0 || m_tasks.isBusy() ? 0 : 1);
    showColumns();
    showCurrent();
    trashChanged();
    if (m_model.rowCount() != rowsBefore) {
        Q_EMIT sidebarNoteChanged();
        Q_EMIT sidePaneChanged();
    }
    const bool working = std::any_of(reading.runs.begin(), reading.runs.end(),
                                     [](const auto& run) { return isAtWork(run->state); });
    m_poll->setInterval(working ? kBusyMilliseconds : kQuietMilliseconds);
}

// The runs that were ticked last time, else the newest ones that have a curve.
void RunsPage::tickFirst() {
    QStringList names = m_restoredTicks;
    if (names.isEmpty()) {
        for (const auto& run : m_model.runs()) {
            if (names.size() == kFirstTicks) break;
            if (!run->metrics->empty()) names << QString::fromStdString(run->name());
        }
    }
    m_model.setTicked(names);
    m_viewTimer->stop();  // nothing of it was the user's choice
}

std::shared_ptr<const RunEntry> RunsPage::current() const {
    return m_sorted.runAt(m_table->currentIndex().row());
}

void RunsPage::select(const QString& run) {
    if (m_model.rowOf(run) >= 0 && m_sorted.rowOf(run) < 0) m_filter->clear();  // it is filtered away
    const int row = m_sorted.rowOf(run);
    if (row < 0) {
        m_wanted = run;
        return;
    }
    const QModelIndex index = m_sorted.index(row, RunTableModel::NameColumn);
    // By itself the view would add it to what is selected while a key is held that does so.
    m_table->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(index);
}

// Showing
// ------------------------------------------------------------------------------------------------------

void RunsPage::showTicked() {
    QVector<OverlayCurve> curves;
    RunEntries runs;
    for (const QString& name : m_model.ticked()) {
        const auto run = m_model.runAt(m_model.rowOf(name));
        curves.append({name, m_model.styleOf(name), run->metrics, run->state == RunState::Diverged});
        runs.push_back(run);
    }
    m_chart->setCurves(curves);
    m_settings->setRuns(runs);
    showDifferences();
    showHead();
    showNextStep();
}

void RunsPage::showCurrent() {
    m_details->setRun(current(), m_model.runs());
    showHead();
}

void RunsPage::showDifferences() {
    const RunDifference& difference = m_settings->model().difference();
    const bool several = m_settings->model().runCount() > 1;
    m_differences->setVisible(m_paneControl->currentIndex() == 0);
    m_differences->setEnabled(several);
    if (several)
        m_differences->setText(
            tr("Differences only, %1 of %2").arg(difference.differing()).arg(difference.fields.size()));
    if (!several || m_right->headWidth() > m_right->width()) m_differences->setText(tr("Differences only"));
}

void RunsPage::showHead() {
    const auto run = current();
    const int all = m_model.rowCount(), ticked = static_cast<int>(m_model.ticked().size());
    head().setFact(all == 0 ? QString()
                            : tr("%Ln run(s)", nullptr, all) + QStringLiteral(" · ") +
                                  tr("%1 on the chart").arg(QLocale().toString(ticked)));
    m_tablePanel->setFact(
        m_sorted.text().isEmpty()
            ? QString()
            : tr("%1 of %2 match").arg(QLocale().toString(m_sorted.rowCount()), QLocale().toString(all)));
    const ResumeObstacle obstacle = run ? run->resumeObstacle() : ResumeObstacle::NoTraining;
    m_resume->setEnabled(run && obstacle == ResumeObstacle::None);
    m_resume->setToolTip(run ? obstacleText(obstacle) : QString());
    m_open->setEnabled(run != nullptr);
    m_repeat->setEnabled(run && run->settings && run->kind == "train");
    m_deleteButton->setEnabled(run != nullptr);
    const auto models = comparedModels();
    m_compare->setEnabled(!models.empty());
    QStringList names;
    for (const auto& model : models) names << ProjectSession::modelTitle(model);
    m_compare->setToolTip(
        models.empty() ? tr("The chosen runs have no model yet.")
        : models.size() == 1
            ? tr("The base model and %1 answer the same prompts (Ctrl+Enter)").arg(names.front())
            : tr("%1 and %2 answer the same prompts (Ctrl+Enter)").arg(names.front(), names.back()));
}

void RunsPage::showNextStep() {
    NextStep step;
    step.target = PageId::Compare;
    step.buttonText = tr("Next: compare with the base model");
    if (const auto best = m_model.best()) {
        step.hint = tr("Best eval loss: %1").arg(QString::fromStdString(best->name()));
    } else {
        const bool any = std::any_of(m_model.runs().begin(), m_model.runs().end(),
                                     [](const auto& run) { return run->summary.hasModel; });
        step.enabled = any;
        step.hint = any ? QString() : tr("No run has a model to compare yet");
    }
    if (m_model.rowCount() == 0) {
        step.target = PageId::Train;
        step.buttonText = tr("Next: train");
        step.hint.clear();
        step.enabled = true;
    }
    setNextStep(step);
}

void RunsPage::showError(const Error& error) {
    const ErrorText text = errorText(error);
    m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
}

void RunsPage::activated() {
    reload();
    if (m_model.rowCount() > 0) m_table->setFocus(Qt::OtherFocusReason);
}

void RunsPage::flush() {
    m_details->flush();
    if (m_viewTimer->isActive()) saveView();
}

void RunsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_poll->start();
}

void RunsPage::hideEvent(QHideEvent* event) {
    m_poll->stop();
    flush();
    Page::hideEvent(event);
}

void RunsPage::retranslate() {
    Page::retranslate();
    m_resume->setText(tr("Resume…"));
    m_open->setText(tr("Open folder"));
    m_repeat->setText(tr("Repeat with changes…"));
    m_repeat->setToolTip(tr("The settings of this run, on the Train page (Ctrl+D)"));
    m_compare->setText(tr("Compare answers"));
    m_filter->setPlaceholderText(tr("Name, tag or state"));
    m_filter->setAccessibleName(tr("Filter the runs"));
    m_deleteButton->setText(tr("Delete"));
    m_deleteButton->setToolTip(tr("Move the selected runs to the trash (Del)"));
    m_table->setAccessibleName(tr("Runs"));
    m_right->setAccessibleName(tr("Settings and notes"));
    m_paneControl->setSegmentText(0, tr("Settings"));
    m_paneControl->setSegmentText(1, tr("Notes and lineage"));
    m_paneControl->setAccessibleName(tr("What stands beside the chart"));
    m_empty->setSentence(
        tr("Every training will be listed here, with its curves and settings. There is none yet."));
    m_empty->setButtonText(tr("Go to Train"));
    m_model.retranslate();
    showColumns();  // the words of their heads are of other lengths
    m_settings->retranslate();
    m_details->retranslate();
    trashChanged();
    showDifferences();
    showHead();
    showNextStep();
}

}  // namespace studio::ui
