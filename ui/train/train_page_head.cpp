// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the head and the next-step bar say, and what is saved of the charts.
#include <QKeySequence>
#include <QPushButton>

#include "core/base/files.h"
#include "core/storage/run_control.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/dialogs/dialogs.h"
#include "ui/session/model_paths.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/page_head.h"

namespace studio::ui {

namespace {

QString keyText(int key) {
    return QKeySequence(key).toString(QKeySequence::NativeText);
}

}  // namespace

void TrainPage::retranslate() {
    Page::retranslate();
    showResetText();
    m_lastRun->setText(tr("Last run"));
    m_showRun->setText(tr("Show run"));
    m_rate->setText(tr("Learning rate…"));
    m_rate->setToolTip(tr("Another learning rate from the next step on (%1)").arg(keyText(Qt::Key_L)));
    m_stop->setText(tr("Stop…"));
    // The key is the menu's: two owners of one key and it does nothing.
    m_stop->setToolTip(
        tr("Stop the training (%1)").arg(keyText(static_cast<int>(Qt::CTRL) | Qt::Key_Period)));
    m_newRun->setText(tr("New run"));
    if (!isRunning() && m_state != State::Setup) showWayOn();
    if (isRunning()) reportProgress();
    updateHead();
}

void TrainPage::showResetText() {
    m_reset->setText(m_setup->form().resetText());
}

void TrainPage::updateHead() {
    updateButtons();
    updateBadge();
    updateNextStep();
    head().setFact(m_state == State::Setup ? tr("not started") : runFact());
}

void TrainPage::updateButtons() {
    const bool setup = isSetupShown();
    const bool asked = m_state == State::Stopping || m_state == State::HandingOver;
    m_reset->setVisible(setup);
    m_lastRun->setVisible(setup && canCompare());
    m_showRun->setVisible(setup && m_state != State::Setup);
    m_rate->setVisible(isRunning() && !setup);
    m_rate->setEnabled(canChangeRate());
    m_pause->setVisible(isRunning() && !setup);
    enablePause(canPause());
    const bool paused = m_state == State::Paused;
    m_pause->setIcon(icon(paused ? Icon::Play : Icon::Pause));
    m_pause->setText(paused ? tr("Go on") : tr("Pause"));
    const QString key = keyText(static_cast<int>(Qt::CTRL) | Qt::Key_P);
    m_pause->setToolTip(paused ? tr("Go on training (%1)").arg(key)
                               : tr("Pause after the step at work (%1)").arg(key));
    m_stop->setVisible(isRunning());
    m_stop->setEnabled(!asked && m_state != State::Saving);
    m_newRun->setVisible(!setup);
    setButtonLook(m_newRun, isRunning() ? ButtonLook::Normal : ButtonLook::Primary);
    m_newRun->setIcon(icon(Icon::Add, isRunning() ? Tone::Text : Tone::OnAccent));
}

void TrainPage::enablePause(bool enabled) {
    if (enabled == m_pause->isEnabled()) return;
    const QWidget* window = this->window();
    const bool focused = window->focusWidget() == m_pause;
    m_pause->setEnabled(enabled);
    if (focused) m_focusHeir = window->focusWidget();
    if (!enabled) return;
    if (m_focusHeir && window->focusWidget() == m_focusHeir) m_pause->setFocus(Qt::OtherFocusReason);
    m_focusHeir.clear();
}

void TrainPage::updateBadge() {
    Badge& badge = head().badge();
    switch (m_state) {
        case State::Setup:
            return badge.clear();
        case State::Starting:
            return badge.set(BadgeKind::Accent, tr("Starting"), Icon::Play);
        case State::Training:
            return badge.set(BadgeKind::Accent, tr("Training"), Icon::Play);
        case State::Evaluating:
            return badge.set(BadgeKind::Accent, tr("Evaluating"), Icon::Play);
        case State::Saving:
            return badge.set(BadgeKind::Accent, tr("Saving"), Icon::Save);
        case State::Pausing:
            return badge.set(BadgeKind::Warning, tr("Pausing"), Icon::Pause);
        case State::Paused:
            return badge.set(BadgeKind::Warning, tr("Paused"), Icon::Pause);
        case State::Stopping:
            return badge.set(BadgeKind::Warning, tr("Stopping"), Icon::Stop);
        case State::HandingOver:
            return badge.set(BadgeKind::Warning, tr("Handing over"), Icon::Save);
        case State::Finished:
            return badge.set(BadgeKind::Ok, tr("Finished"));
        case State::Stopped:
            return badge.set(BadgeKind::Neutral, tr("Stopped"), Icon::Stop);
        case State::Interrupted:
            return badge.set(BadgeKind::Warning, tr("Interrupted"), Icon::Warning);
        case State::Failed:
            return badge.set(BadgeKind::Error, tr("Failed"));
    }
}

void TrainPage::updateNextStep() {
    NextStep step;
    step.target = PageId::Compare;
    step.buttonText = tr("Next: compare");
    step.hint = tr("After this: base and fine-tuned model answer the same prompts");
    step.enabled = canCompare();
    if (isFollowing()) {
        step.hint = tr("A process of its own trains this run; it goes on when the window is closed");
    } else if (isRunning()) {
        step.hint = tr("You can leave this page; training goes on");
    } else if (m_state != State::Setup) {
        step.buttonText = tr("Next: compare with the base model");
        step.enabled = m_state == State::Finished ||
                       (m_state == State::Stopped && m_wayOn == WayOn::None && !m_run->endedWithoutModel());
        step.hint = step.enabled ? tr("Both answer the same prompts, side by side") : QString();
    }
    if (m_state == State::Paused) {
        const bool all = m_run->step() > 0 && newestCheckpoint(m_jobFolder) == m_run->step();
        step.hint = all ? tr("Paused: what was learned so far is in a checkpoint")
                        : tr("Paused: nothing is trained until it goes on");
    }
    setNextStep(step);
}

QString TrainPage::runFact() const {
    const RunFacts& run = m_run->facts();
    QStringList parts{run.name};
    if (!run.baseModel.empty()) parts << ProjectSession::modelTitle(run.baseModel);
    if (run.method == QLatin1String("full")) parts << tr("all weights");
    if (isFollowing()) parts << tr("in the background");
    return parts.join(QStringLiteral(" · "));
}

void TrainPage::savePng() {
    FileRequest request;
    request.title = tr("Save the chart as PNG");
    request.startAt = m_run->runName() + QStringLiteral("-%1.png").arg(m_run->askedChart());
    request.filters = {tr("PNG picture (*.png)")};
    request.suffix = QStringLiteral("png");
    m_dialogs.saveFile(this, request, [this](const QString& path) {
        if (m_run->savePng(path)) {
            Q_EMIT statusMessage(tr("Saved %1").arg(path));
        } else {
            m_dialogs.showError(this, {tr("The chart was not saved"),
                                       tr("%1 cannot be written. Choose another folder.").arg(path),
                                       {}});
        }
    });
}

void TrainPage::saveCsv() {
    FileRequest request;
    request.title = tr("Save the figures as CSV");
    request.startAt = m_run->runName() + QStringLiteral("-metrics.csv");
    request.filters = {tr("Comma-separated values (*.csv)")};
    request.suffix = QStringLiteral("csv");
    m_dialogs.saveFile(this, request, [this](const QString& path) {
        try {
            writeFileAtomically(path.toStdString(),
                                m_run->chart().plot().table(QLatin1Char(',')).toStdString());
            Q_EMIT statusMessage(tr("Saved %1").arg(path));
        } catch (const Error& error) {
            showError(tr("The figures were not saved"), error);
        }
    });
}

}  // namespace studio::ui
