// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The runs that are there already: one of another process that is at work, the last one that ended, and how
// one that did not come to its end may go on.
#include <QApplication>
#include <QFocusEvent>
#include <QPushButton>
#include <utility>

#include "core/storage/run_control.h"
#include "ui/text/error_text.h"
#include "ui/train/field_editor.h"
#include "ui/train/run_link.h"
#include "ui/train/run_view.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

void TrainPage::attach() {
    if (!isRunning()) lookForRuns({true, false});
}

// What is seen stays until the answer is there: the page does not go through the settings on its way from one
// run to another.
void TrainPage::showRuns(const RunsWanted& wanted) {
    if (!m_session.isOpen()) {
        m_wayOn = WayOn::None;
        return setState(State::Setup);
    }
    setState(m_state);
    lookForRuns(wanted);
}

void TrainPage::lookForRuns(const RunsWanted& wanted) {
    if (!m_session.isOpen()) return;
    if (!m_wanted.any()) m_setupUsed = false;
    m_wanted |= wanted;  // of a look that this one takes the place of, too
    if (m_wanted.any()) qApp->installEventFilter(this);
    m_look.run<RunsLook>([folder = m_session.project().runsFolder(), wanted = m_wanted](
                             const std::stop_token& stop) { return lookAtRuns(folder, wanted, stop); },
                         [this](const RunsLook& look) { takeRuns(look); },
                         [this](const Error& error) {
                             RunsLook nothing;
                             nothing.problem = error;
                             takeRuns(nothing);
                         });
}

void TrainPage::forgetRuns() {
    m_look.cancel();
    m_wanted = {};
    qApp->removeEventFilter(this);
}

void TrainPage::takeRuns(const RunsLook& look) {
    const RunsWanted wanted = std::exchange(m_wanted, RunsWanted());
    qApp->removeEventFilter(this);
    m_anyModel = look.anyModel;
    if (isRunning()) return;
    m_setupStays = m_setupUsed;
    if (wanted.atWork && look.atWork)
        follow(*look.atWork);
    else if (wanted.last)
        showLast(look);
    else
        updateHead();
    m_setupStays = false;
}

// While runs are looked for: whoever has begun to set something meanwhile is not taken away from it by the
// answer.
bool TrainPage::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    bool used = type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::InputMethod;
    if (type == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        used = reason == Qt::MouseFocusReason || reason == Qt::TabFocusReason ||
               reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    }
    const auto* widget = used ? qobject_cast<QWidget*>(watched) : nullptr;
    if (widget && m_setup->isAncestorOf(widget)) m_setupUsed = true;
    return Page::eventFilter(watched, event);
}

// The newest run that came to an end stands here after the program is opened again, or one that did not.
void TrainPage::showLast(const RunsLook& look) {
    m_wayOn = WayOn::None;
    // The settings can still be used; the sentence says which file of the run is damaged.
    if (look.problem) Q_EMIT statusMessage(errorLine(*look.problem));
    if (!look.last) return setState(State::Setup);
    const std::string& ended = look.last->status.state;
    m_run->showPast(*look.last);
    if (!look.lastCanGoOn) return setState(ended == "finished" ? State::Finished : State::Stopped);
    m_jobFolder = look.last->facts.folder;
    m_wayOn = WayOn::Resume;
    setState(ended == "interrupted" ? State::Interrupted : State::Stopped);
    showWayOn();
}

void TrainPage::follow(const std::filesystem::path& folder) {
    RunFacts facts;
    facts.name = QString::fromStdString(folder.filename().string());
    prepare(facts, folder);
    m_tasks.run<PastRun>(
        [folder](const std::stop_token&) { return readPastRun(RunFolder(folder).summary()); },
        [this, folder](const PastRun& run) {
            m_preparing = false;
            RunFacts found = run.facts;
            // It may have been given another one since it began.
            if (run.status.learningRate > 0.0) found.settings.learningRate = run.status.learningRate;
            begin(found, folder, true);
            // Perhaps it was resumed: then what it had learned before is not to go with it.
            m_resumed = newestCheckpoint(folder) > 0;
            m_link->follow(folder);
            setState(State::Starting);
        },
        [this](const Error& error) {
            // It has just begun, or its description is damaged: it is looked for again when the page is
            // shown.
            endPreparation();
            Q_EMIT statusMessage(errorLine(error));
            showRuns({false, true});
        });
}

// A run that did not come to its end may go on from its newest checkpoint; one that diverged with half its
// learning rate.
void TrainPage::showWayOn() {
    NoteBar& note = m_run->note();
    note.clearActions();
    if (isRunning() || m_wayOn == WayOn::None) return;
    const qint64 checkpoint = newestCheckpoint(m_jobFolder);
    if (!m_run->hasOutcome()) sayWhereItStands(checkpoint);
    if (checkpoint == 0 || !isOfThisProject(m_jobFolder)) return;
    const bool halve = m_wayOn == WayOn::HalfRate;
    std::vector<std::string> changes;
    if (halve) changes = {"learning_rate=" + settingText(FieldValue(m_peak / 2)).toStdString()};
    QPushButton* button = note.addAction(halve ? tr("Go on from step %1 with half the rate").arg(checkpoint)
                                               : tr("Resume from step %1").arg(checkpoint));
    connect(button, &QPushButton::clicked, this, [this, changes] {
        if (isOfThisProject(m_jobFolder)) ask([&] { resumeRun(RunFolder(m_jobFolder).summary(), changes); });
    });
}

// A run of this process is seen till its end, whatever project is open by then.
bool TrainPage::isOfThisProject(const std::filesystem::path& run) const {
    return m_session.isOpen() && run.parent_path() == m_session.project().runsFolder();
}

// Of a run that has not told its end itself.
void TrainPage::sayWhereItStands(qint64 checkpoint) {
    NoteBar& note = m_run->note();
    const qint64 step = m_run->step();
    if (m_state == State::Stopped) {
        note.setNote(NoteKind::Info,
                     tr("The run was left at step %1 and can go on from there.").arg(checkpoint));
    } else if (checkpoint == 0 && step == 0) {
        note.setNote(NoteKind::Warning,
                     tr("The process that trained this run is gone: interrupted before its "
                        "first step. Start a new run."));
    } else if (checkpoint == 0) {
        note.setNote(NoteKind::Warning,
                     tr("The process that trained this run is gone: interrupted at step %1, before its first "
                        "checkpoint. Start a new run.")
                         .arg(step));
    } else {
        note.setNote(NoteKind::Warning,
                     tr("The process that trained this run is gone: interrupted at step %1. Its newest "
                        "checkpoint is of step %2.")
                         .arg(step)
                         .arg(checkpoint));
    }
}

}  // namespace studio::ui
