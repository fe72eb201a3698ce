// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows, and when it turns to something else. How runs begin, are asked and end, and what the
// head says, stand in files of their own.
#include "ui/train/train_page.h"

#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

#include "core/storage/run_control.h"
#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/train/format_texts.h"
#include "ui/train/queue_model.h"
#include "ui/train/queue_panel.h"
#include "ui/train/run_link.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/speed_probe.h"
#include "ui/widgets/page_head.h"

namespace studio::ui {

TrainPage::TrainPage(ProjectSession& session, JobRunner& runner, Dialogs& dialogs, QWidget* parent)
    : Page(PageId::Train, parent),
      m_session(session),
      m_dialogs(dialogs),
      m_link(new RunLink(runner, this)),
      m_probe(new SpeedProbe(runner, this)),
      m_queue(new QueueModel(this)) {
    m_stack = new QStackedWidget(this);
    m_setup = new SetupView(session, dialogs, m_stack);
    m_stack->addWidget(m_setup);
    m_stack->addWidget(makeRunPane());
    bodyLayout()->addWidget(m_stack, 1);
    m_setupQueue = new QueuePanel(*m_queue, dialogs, this);
    m_setup->placeQueue(m_setupQueue);
    makeHead();
    connectSetup();
    connectLink();
    for (QueuePanel* panel : {m_runQueue, m_setupQueue})
        connect(panel, &QueuePanel::startRequested, this, &TrainPage::startQueue);
    connect(&session, &ProjectSession::projectChanged, this, &TrainPage::projectOpened);
    connect(&session, &ProjectSession::runsChanged, this, [this] { lookForRuns({}); });
    retranslate();
    projectOpened();
}

TrainPage::~TrainPage() = default;

// The queue stands below the run, and in the setup between what Start does and the checks: there it takes the
// room of the checks, and Start stays where it is.
QWidget* TrainPage::makeRunPane() {
    auto* pane = new QWidget(m_stack);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_run = new RunView(pane);
    column->addWidget(m_run, 1);
    m_runQueue = new QueuePanel(*m_queue, m_dialogs, pane);
    column->addWidget(m_runQueue);
    return pane;
}

void TrainPage::connectSetup() {
    connect(m_setup, &SetupView::startRequested, this, [this](const TrainPlan& plan) {
        start(plan);
        if (isRunning()) showView(false);
    });
    connect(m_setup, &SetupView::queueRequested, this, &TrainPage::enqueue);
    connect(m_setup, &SetupView::measureRequested, this, [this](const TrainJob& training) {
        if (isRunning()) return;
        m_setup->measuringStarted();
        m_probe->start(training);
    });
    connect(m_setup, &SetupView::measureStopRequested, m_probe, &SpeedProbe::cancel);
    connect(m_probe, &SpeedProbe::ended, m_setup, &SetupView::measuringEnded);
    connect(m_setup, &SetupView::dataRequested, this, [this] { Q_EMIT goTo(PageId::Data); });
    connect(m_setup, &SetupView::promptsRequested, this, [this] { Q_EMIT goTo(PageId::Prompts); });
    connect(m_setup, &SetupView::rowsRequested, this, &TrainPage::rowsRequested);
    connect(m_run, &RunView::rowsRequested, this, [this](const QVector<qint64>& ids, const QString& what) {
        // Another project has other rows under these numbers.
        if (isOfThisProject(m_run->facts().folder))
            Q_EMIT rowsRequested(ids, what);
        else
            Q_EMIT statusMessage(tr("The rows of this run are in another project"));
    });
    connect(m_run, &RunView::pngRequested, this, &TrainPage::savePng);
    connect(m_run, &RunView::csvRequested, this, &TrainPage::saveCsv);
}

void TrainPage::makeHead() {
    m_reset = head().addButton(Icon::Undo);
    setButtonLook(m_reset, ButtonLook::Flat);
    m_lastRun = head().addButton(Icon::Chart);
    m_showRun = head().addButton(Icon::Chart);
    m_rate = head().addButton();
    setButtonLook(m_rate, ButtonLook::Flat);
    m_pause = head().addButton(Icon::Pause);
    m_stop = head().addButton(Icon::Stop);
    m_newRun = head().addPrimaryButton(Icon::Add);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        SettingsForm& form = m_setup->form();
        form.canTakeBackReset() ? form.takeBackReset() : form.resetToRecipe();
    });
    connect(&m_setup->form(), &SettingsForm::resetStateChanged, this, &TrainPage::showResetText);
    connect(m_lastRun, &QPushButton::clicked, this, [this] { showRuns({false, true}); });
    connect(m_showRun, &QPushButton::clicked, this, [this] { showView(false); });
    connect(m_rate, &QPushButton::clicked, this, &TrainPage::askForLearningRate);
    connect(m_pause, &QPushButton::clicked, this, &TrainPage::togglePause);
    connect(m_stop, &QPushButton::clicked, this, &TrainPage::askToStop);
    connect(m_newRun, &QPushButton::clicked, this, [this] {
        showSetup();
        m_setup->form().focusField("run_name");
        m_setupUsed = true;
    });
    auto* rateKey = new QShortcut(Qt::Key_L, this);
    rateKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(rateKey, &QShortcut::activated, this, &TrainPage::askForLearningRate);
}

void TrainPage::connectLink() {
    connect(m_link, &RunLink::restarted, this, [this] {
        const RunFacts facts = m_run->facts();
        m_run->begin(facts, m_link->isFollowed());
        m_resumed = m_resumed || newestCheckpoint(m_jobFolder) > 0;
    });
    connect(m_link, &RunLink::stageChanged, this, &TrainPage::takeStage);
    connect(m_link, &RunLink::trainingStarted, m_run, &RunView::setStarted);
    connect(m_link, &RunLink::metricsArrived, this, [this](const QVector<MetricsEvent>& metrics) {
        m_run->addMetrics(metrics);
        reportProgress();
        if (m_state == State::Paused) updateHead();  // whether the checkpoint is of this step
    });
    connect(m_link, &RunLink::logArrived, this, &TrainPage::takeLog);
    connect(m_link, &RunLink::sampleArrived, m_run, &RunView::addSample);
    connect(m_link, &RunLink::finished, this, &TrainPage::finish);
}

void TrainPage::takeStage(const StageEvent& stage) {
    m_run->setStage(stage);
    if (m_state == State::HandingOver || (m_state == State::Stopping && stage.stage != "saving")) return;
    const bool asked = m_state == State::Pausing;
    if (stage.stage == "paused") {
        m_goOnAsked = false;
        setState(State::Paused);
    } else if (stage.stage == "training" && !asked) {
        m_goOnAsked = false;
        setState(State::Training);
    } else if (stage.stage == "evaluating" && !asked) {
        m_goOnAsked = false;
        setState(State::Evaluating);
    } else if (stage.stage == "saving") {
        setState(State::Saving);
    }
}

void TrainPage::takeLog(const LogEvent& log) {
    m_run->addLog(log);
    if (log.rule == "learning_rate_changed" && log.args.size() > 1) {
        m_peak = QString::fromStdString(log.args[1]).toDouble();
    } else if (log.rule == "continued") {
        m_goOnAsked = false;
        const bool stood = m_state == State::Pausing || m_state == State::Paused;
        setState(stood ? State::Training : m_state);
    } else if (log.rule == "hand_over_failed" && m_state == State::HandingOver) {
        setState(State::Training);
        handOverFailed(logText(log), QString::fromStdString(log.message));
        Q_EMIT handOverRefused();
    }
}

bool TrainPage::isRunning() const {
    return m_link->isActive() || m_preparing;
}

bool TrainPage::isFollowing() const {
    return m_link->isFollowed();
}

bool TrainPage::isSetupShown() const {
    return m_stack->currentWidget() == m_setup;
}

QWidget* TrainPage::sidePane() const {
    return isSetupShown() ? nullptr : m_run->eventPanel();
}

QueuePanel& TrainPage::queuePanel() const {
    return isSetupShown() ? *m_setupQueue : *m_runQueue;
}

void TrainPage::activated() {
    attach();
    if (isSetupShown()) m_setup->refresh();
}

QString TrainPage::sidebarNote() const {
    return isRunning() ? tr("%1 %").arg(qRound(m_run->progress() * 100)) : QString();
}

// A run of this process goes on when another project is opened, and is seen till its end; one of another
// process can be left and found again. What else is seen is not of the project that is open now.
void TrainPage::projectOpened() {
    const auto folder = m_session.isOpen() ? m_session.project().folder() : std::filesystem::path();
    const bool other = std::exchange(m_project, folder) != folder;
    m_queueGoes = m_anyModel = false;
    forgetRuns();
    putTakenBack({});  // the queue is still that of the project before
    try {
        m_queue->open(m_session.isOpen() ? m_session.project().runsFolder() : std::filesystem::path());
    } catch (const Error& error) {
        Q_EMIT statusMessage(errorLine(error));
    }
    if (m_session.isOpen() && m_queue->rowCount() > 0)
        m_setup->form().setRunName(QString::fromStdString(m_queue->freeName("run")));
    if (m_link->isOwn()) {
        lookForRuns({});
        return setState(m_state);
    }
    m_probe->cancel();
    const bool wasRunning = isRunning();
    m_link->leave();
    m_tasks.cancel();
    m_preparing = false;
    m_run->leave();
    if (wasRunning) tellNoProgress();
    if (other) {
        m_wayOn = WayOn::None;
        setState(State::Setup);
    }
    showRuns({true, true});
}

void TrainPage::showSetup() {
    try {
        const std::string name = m_queue->freeName("run");
        if (m_session.isOpen()) m_setup->form().setRunName(QString::fromStdString(name));
    } catch (const Error& error) {
        showError(tr("The runs cannot be listed"), error);
    }
    m_wanted.last = false;  // a run at work is still looked for
    if (isRunning())
        showView(true);
    else
        setState(State::Setup);
    m_setup->refresh();
}

void TrainPage::setState(State state) {
    // Whoever looks at the settings of the next run is not taken away from them by this one.
    const bool stays = isSetupShown() && state != State::Setup && (m_state != State::Setup || m_setupStays);
    m_state = state;
    m_setup->setBusy(isRunning());
    showView(stays || state == State::Setup);
    showQueueState();
    if (isRunning()) reportProgress();
    Q_EMIT sidebarNoteChanged();
    Q_EMIT sidePaneChanged();
}

void TrainPage::showView(bool setup) {
    m_stack->setCurrentIndex(setup ? 0 : 1);
    updateHead();
    Q_EMIT sidePaneChanged();
}

void TrainPage::reportProgress() {
    const double left = m_run->secondsLeft();
    QString text;
    if (m_state == State::Paused)
        text = tr("paused");
    else if (std::isfinite(left))
        text = tr("about %1 left").arg(durationText(left));
    Q_EMIT progressChanged(m_run->runName(), m_run->progress(), text);
    Q_EMIT sidebarNoteChanged();
}

void TrainPage::tellNoProgress() {
    Q_EMIT progressChanged(m_run->runName(), -1.0, QString());
}

void TrainPage::showError(const QString& title, const Error& error) {
    m_dialogs.showError(this, {title, errorLine(error), errorText(error).details});
}

}  // namespace studio::ui
