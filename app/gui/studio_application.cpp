// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/studio_application.h"

#include <QApplication>
#include <QDesktopServices>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QThread>
#include <QTime>
#include <QUrl>

#include "app/gui/background_run.h"
#include "app/gui/notifier.h"
#include "ui/compare/compare_page.h"
#include "ui/data/data_page.h"
#include "ui/dialogs/dialogs.h"
#include "ui/models/models_page.h"
#include "ui/prompts/prompts_page.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/shell/studio_status_bar.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

namespace studio::ui {

namespace {

const QString kLanguageKey = QStringLiteral("window/language");
const QString kNotifyKey = QStringLiteral("window/notify");

}  // namespace

StudioApplication::StudioApplication(StudioServices services, const StartOptions& options, QObject* parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_options(options),
      m_theme(m_services.application),
      m_language(m_theme),
      m_recent(m_services.settings),
      m_runner(m_services.engine) {
    const QString chosen = m_services.settings.value(kLanguageKey).toString();
    m_language.setLanguage(m_options.language.value_or(chosen));
    m_data = new DataPage(m_session, m_services.dialogs);
    m_prompts = new PromptsPage(m_session, m_services.dialogs);
    ModelTools tools;
    tools.engine = m_services.engine;
    tools.settings = &m_services.settings;
    m_models = new ModelsPage(
        m_session, m_services.dialogs,
        m_services.knownModels.empty() ? KnownModels() : KnownModels(m_services.knownModels), tools);
    m_train = new TrainPage(m_session, m_runner, m_services.dialogs);
    m_runs = new RunsPage(m_session, m_services.dialogs);
    m_compare = new ComparePage(m_session, m_services.dialogs, m_services.engine);
    m_window = std::make_unique<MainWindow>(
        ShellServices{m_theme, m_services.settings, m_services.dialogs},
        std::vector<Page*>{m_data, m_prompts, m_models, m_train, m_runs, m_compare});
    if (m_options.theme) {
        m_theme.setMode(*m_options.theme);
        m_window->menu().setThemeMode(*m_options.theme);
    }
    m_window->menu().setLanguage(m_language.choice());
    m_window->menu().setRecentProjects(m_recent.folders());
    connectProjectMenu();
    connectWorkMenu();
    connectSession();
    connectTraining();
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/finetune");
    m_background = new BackgroundRun(m_services.finetune.isEmpty() ? beside : m_services.finetune, this);
    connect(m_background, &BackgroundRun::taken, this, [this] {
        m_closeWhenStopped = false;  // the window may stay: what was typed cannot always be stored
        m_window->close();
    });
    connect(m_background, &BackgroundRun::failed, this, &StudioApplication::backgroundFailed);
    m_window->menu().setNotifying(m_services.settings.value(kNotifyKey, true).toBool());
    connectRuns();
    connectModels();
    m_window->setCloseGuard([this] { return mayClose(); });
    updateTexts();
}

StudioApplication::~StudioApplication() = default;

void StudioApplication::connectProjectMenu() {
    MainMenu& menu = m_window->menu();
    connect(&menu, &MainMenu::newProject, this, &StudioApplication::chooseNewProject);
    connect(&menu, &MainMenu::openProject, this, &StudioApplication::chooseProject);
    connect(&menu, &MainMenu::openSampleProject, this, &StudioApplication::openSample);
    // Queued: opening rebuilds the list of recent projects, and with it the action that asks.
    connect(&menu, &MainMenu::openRecent, this, &StudioApplication::openProject, Qt::QueuedConnection);
    connect(&menu, &MainMenu::importRequested, this, [this] {
        m_window->showPage(PageId::Data);
        m_data->chooseImport();
    });
    connect(&menu, &MainMenu::exportRequested, this, [this] {
        m_window->showPage(PageId::Data);
        m_data->chooseExport();
    });
    connect(&menu, &MainMenu::languageChosen, this, &StudioApplication::setLanguage);
}

void StudioApplication::connectWorkMenu() {
    MainMenu& menu = m_window->menu();
    connect(&menu, &MainMenu::undoRequested, this, &StudioApplication::undo);
    connect(&menu, &MainMenu::redoRequested, m_data, &DataPage::redo);
    connect(m_window.get(), &MainWindow::pageShown, this, &StudioApplication::updateUndo);
    connect(&menu, &MainMenu::startRequested, this, &StudioApplication::startTraining);
    connect(&menu, &MainMenu::stopRequested, this, &StudioApplication::stopTraining);
    connect(&menu, &MainMenu::pauseRequested, m_train, &TrainPage::togglePause);
    connect(&menu, &MainMenu::rateRequested, this, [this] {
        m_window->showPage(PageId::Train);
        m_train->askForLearningRate();
    });
    connect(&menu, &MainMenu::notifyToggled, this,
            [this](bool notify) { m_services.settings.setValue(kNotifyKey, notify); });
}

void StudioApplication::connectSession() {
    connect(&m_session, &ProjectSession::projectChanged, this, &StudioApplication::projectChanged);
    connect(&m_session, &ProjectSession::undoStateChanged, this, &StudioApplication::updateUndo);
    connect(&m_session, &ProjectSession::saved, this, [this] {
        m_savedAt = QLocale().toString(QTime::currentTime(), QStringLiteral("HH:mm"));
        updateTexts();
    });
    connect(&m_language, &LanguageSwitcher::changed, this, &StudioApplication::updateTexts);
}

void StudioApplication::connectTraining() {
    connect(m_train, &TrainPage::rowsRequested, this,
            [this](const QVector<qint64>& ids, const QString& what) {
                m_data->showRows(ids, what);
                m_window->showPage(PageId::Data);
            });
    connect(m_train, &TrainPage::progressChanged, this, &StudioApplication::showProgress);
    connect(m_train, &Page::sidebarNoteChanged, this, &StudioApplication::updateRunState);
    connect(m_train, &TrainPage::runEnded, this, &StudioApplication::notifyOfEnd);
    connect(m_train, &TrainPage::handOverRefused, this, [this] { m_closeWhenStopped = false; });
    connect(m_train, &TrainPage::handedOver, this,
            [this](const std::filesystem::path& project, const QString& run) {
                m_background->start(project, run);
            });
    connect(&m_runner, &JobRunner::trainingStarted, this, [this](quint64, const TrainingStarted& facts) {
        m_facts = facts;
        updateTexts();
    });
}

void StudioApplication::connectRuns() {
    connect(m_runs, &RunsPage::resumeRequested, this,
            [this](const RunSummary& run, const std::vector<std::string>& changes) {
                m_window->showPage(PageId::Train);
                m_train->resumeRun(run, changes);
            });
    connect(m_runs, &RunsPage::repeatRequested, this, [this](const RunSummary& run) {
        m_window->showPage(PageId::Train);
        m_train->repeatRun(run);
    });
    connect(m_runs, &RunsPage::compareRequested, m_compare, &ComparePage::chooseModels);
    connect(m_compare, &ComparePage::scoresStored, m_runs, &RunsPage::reload);
    connect(m_runs, &RunsPage::folderRequested, this, &StudioApplication::openFolder);
    connect(m_runs, &RunsPage::undoStateChanged, this, &StudioApplication::updateUndo);
    StudioStatusBar& bar = m_window->statusLine();
    connect(m_runs, &RunsPage::runsDeleted, this, [this, &bar](const QString& text) {
        m_deletedText = text;
        bar.showMessage(text, tr("Undo"));
    });
    // The button belongs to the message that is seen, which may be another one by now.
    connect(&bar, &StudioStatusBar::messageAction, this, [this, &bar] {
        if (bar.leftText() == m_deletedText) m_runs->undoDelete();
    });
}

void StudioApplication::connectModels() {
    connect(m_models, &ModelsPage::compareRequested, m_compare, &ComparePage::chooseModels);
    connect(m_models, &ModelsPage::folderRequested, this, &StudioApplication::openFolder);
    connect(m_models, &ModelsPage::undoStateChanged, this, &StudioApplication::updateUndo);
    StudioStatusBar& bar = m_window->statusLine();
    connect(m_models, &ModelsPage::modelRemoved, this, [this, &bar](const QString& text) {
        m_removedText = text;
        bar.showMessage(text, tr("Undo"));
    });
    connect(&bar, &StudioStatusBar::messageAction, this, [this, &bar] {
        if (bar.leftText() == m_removedText) m_models->undoRemove();
    });
}

void StudioApplication::undo() {
    switch (m_window->currentPage()) {
        case PageId::Runs:
            return m_runs->undoDelete();
        case PageId::Models:
            return m_models->undoRemove();
        default:
            m_data->undo();
    }
}

void StudioApplication::openFolder(const QString& folder) {
    if (QDesktopServices::openUrl(QUrl::fromLocalFile(folder))) return;
    m_services.dialogs.showError(
        m_window.get(), {tr("The folder was not opened"),
                         tr("This system has no program that shows folders. The folder is %1.").arg(folder),
                         {}});
}

void StudioApplication::startTraining() {
    // From elsewhere the key leads to the settings first: nothing starts unseen.
    const bool seen = m_window->currentPage() == PageId::Train;
    m_window->showPage(PageId::Train);
    if (!m_train->isSetupShown())
        m_train->newRunButton()->click();
    else if (seen && m_train->setup().startButton()->isEnabled())
        m_train->setup().startButton()->click();
}

void StudioApplication::stopTraining() {
    m_window->showPage(PageId::Train);
    m_train->stopButton()->click();
}

void StudioApplication::showProgress(const QString& name, double share, const QString& left) {
    if (share >= 0.0) {
        JobStatus job;
        job.name = name;
        job.share = share;
        job.indeterminate = m_train->state() == TrainPage::State::Starting;
        if (!job.indeterminate) job.progressText = tr("%1 %").arg(qRound(share * 100));
        job.timeLeft = left;
        m_window->statusLine().setJob(job);
        return;
    }
    m_window->statusLine().clearJob();
    m_question.reset();  // the training has ended by itself: there is nothing left to ask
    if (!m_closeWhenStopped || m_background->isWaiting()) return;
    m_closeWhenStopped = false;
    // A run that failed says why on its page; the window waits until that was read.
    if (m_train->state() == TrainPage::State::Failed)
        m_window->showPage(PageId::Train);
    else
        QMetaObject::invokeMethod(m_window.get(), &QWidget::close, Qt::QueuedConnection);
}

void StudioApplication::updateUndo() {
    bool undo = false;
    bool redo = false;
    // Elsewhere the keys would change rows that cannot be seen; text fields have an undo of their own.
    if (m_session.isOpen() && m_window->currentPage() == PageId::Data) {
        try {
            undo = m_session.project().undoInfo().has_value();
            redo = m_session.project().redoInfo().has_value();
        } catch (const Error&) {
            // The Data page reads the same for its own buttons and shows the sentence.
        }
    }
    const bool deleted = m_window->currentPage() == PageId::Runs && m_runs->canUndoDelete();
    const bool removed = m_window->currentPage() == PageId::Models && m_models->canUndoRemove();
    m_window->menu().setUndo(undo || deleted || removed, deleted   ? tr("deletion of runs")
                                                         : removed ? tr("removal of a model")
                                                                   : QString());
    m_window->menu().setRedo(redo);
}

void StudioApplication::updateRunState() {
    MainMenu::RunState state;
    state.canStart = m_session.isOpen();  // while a run goes on: to the settings of the next one
    state.canStop = m_train->isRunning();
    state.canPause = m_train->canPause();
    state.canChangeRate = m_train->canChangeRate();
    state.paused = m_train->state() == TrainPage::State::Paused;
    m_window->menu().setRunState(state);
}

void StudioApplication::updateTexts() {
    StudioStatusBar& bar = m_window->statusLine();
    if (m_facts) {
        bar.setDevice(tr("%1 · %Ln thread(s) · %2", nullptr, m_facts->threads)
                          .arg(QString::fromStdString(m_facts->device).toUpper(),
                               QString::fromStdString(m_facts->precision)));
    } else {
        // The engine, which knows the devices, is not loaded before the first job: it costs 0.3 s and 160 MB.
        bar.setDevice(tr("CPU · %Ln core(s)", nullptr, QThread::idealThreadCount()));
    }
    if (!m_session.isOpen())
        bar.setSavedText({});
    else if (m_savedAt.isEmpty())
        bar.setSavedText(tr("All changes are saved"));
    else
        bar.setSavedText(tr("Saved %1 · undo keeps 100 changes").arg(m_savedAt));
}

void StudioApplication::setLanguage(const QString& language) {
    m_services.settings.setValue(kLanguageKey, language);
    m_language.setLanguage(language);
    m_window->menu().setLanguage(m_language.choice());
}

// Closing
// ------------------------------------------------------------------------------------------------------

bool StudioApplication::mayClose() {
    if (!m_data->flush()) {
        m_window->showPage(PageId::Data);  // it says why what was typed cannot be stored
        return false;
    }
    if (m_background->isWaiting()) return false;
    if (m_models->isWorking()) {
        m_window->showPage(PageId::Models);
        m_models->askToStopWork();
        return false;
    }
    if (m_train->isPreparing()) m_train->stopAndKeep();  // nothing has begun
    m_runs->flush();
    // A run of another process does not hang on this window.
    if (!m_train->isRunning() || m_train->isFollowing()) return true;
    askBeforeClosing();
    return false;
}

void StudioApplication::askBeforeClosing() {
    if (m_question || m_closeWhenStopped) return;
    if (m_train->state() == TrainPage::State::Stopping)
        return closeWhenStopped(tr("The training stops; then the window closes."));
    Question question;
    question.title = tr("A training is running");
    question.text = tr("The training can go on without the window.");
    question.details = tr(
        "In the background a process of its own goes on from this step and ends with the same model; opening "
        "the project shows it again. Or what was learned so far is kept as a model; before the first step "
        "there is nothing to keep.");
    if (m_train->state() == TrainPage::State::Paused) {
        question.title = tr("A training is paused");
        question.text = tr("In the background the training goes on; the pause ends.");
    }
    question.answers = {{tr("Go on in the background"), false},
                        {tr("Stop and keep"), false},
                        {tr("Stop and discard"), true},
                        {tr("Stay"), false}};
    question.defaultAnswer = 0;
    question.safeAnswer = 3;
    m_question = std::make_unique<QObject>();
    question.subject = m_question.get();
    m_services.dialogs.ask(m_window.get(), question, [this](int answer) { takeCloseAnswer(answer); });
}

void StudioApplication::takeCloseAnswer(int answer) {
    // Not destroyed here: the answer may come from within the question.
    if (m_question) m_question.release()->deleteLater();
    if (answer > 2 || !m_train->isRunning()) return;
    m_train->holdQueue();  // what waits is there when the project is opened again
    if (answer == 0) {
        m_train->handOver();
        if (m_train->state() == TrainPage::State::HandingOver)
            closeWhenStopped(tr("The training is handed over; then the window closes."));
        return;
    }
    answer == 1 ? m_train->stopAndKeep() : m_train->stopAndDiscard();
    if (m_train->state() == TrainPage::State::Stopping)
        closeWhenStopped(tr("The training stops; then the window closes."));
}

void StudioApplication::closeWhenStopped(const QString& message) {
    m_closeWhenStopped = true;
    m_train->holdQueue();
    m_window->statusLine().showMessage(message);
}

void StudioApplication::backgroundFailed(const QString& text, const QString& details) {
    m_closeWhenStopped = false;
    m_window->showPage(PageId::Train);
    m_train->handOverFailed(text, details);
}

void StudioApplication::notifyOfEnd(const QString& name, const QString& sentence, bool failed) {
    const bool wanted = m_services.settings.value(kNotifyKey, true).toBool();
    if (!m_services.notifier || !wanted || QApplication::activeWindow()) return;
    m_services.notifier->notify(failed ? tr("%1 has failed").arg(name) : tr("%1 has ended").arg(name),
                                sentence);
}

}  // namespace studio::ui
