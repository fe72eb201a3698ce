// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_menu.h"

#include <QAction>
#include <QActionGroup>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <functional>

#include "ui/theme/icon.h"

namespace studio::ui {

namespace {

struct Language {
    const char* code;
    const char* name;  // in its own language: a wrong language cannot be read
};
constexpr Language kLanguages[] = {{"", ""}, {"en", "English"}, {"zh_TW", "繁體中文"}, {"zh_CN", "简体中文"}};

}  // namespace

MainMenu::MainMenu(QMenuBar* bar) : QObject(bar) {
    makeFileMenu(bar);
    makeEditMenu(bar);
    makeViewMenu(bar);
    makeGoMenu(bar);
    makeRunMenu(bar);
    makeHelpMenu(bar);
    setRecentProjects({});
    setUndo(false);
    setRedo(false);
    setRunState({});
    setProjectOpen(false);
    retranslate();
}

void MainMenu::makeFileMenu(QMenuBar* bar) {
    m_file = bar->addMenu(QString());
    m_new = m_file->addAction(icon(Icon::Add), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), this,
                              &MainMenu::newProject);
    m_open = m_file->addAction(icon(Icon::Folder), {}, QKeySequence::Open, this, &MainMenu::openProject);
    m_sample = m_file->addAction(icon(Icon::Play), {}, this, &MainMenu::openSampleProject);
    m_recent = m_file->addMenu(icon(Icon::Clock), QString());
    m_file->addSeparator();
    m_import = m_file->addAction(icon(Icon::Import), {}, QKeySequence(Qt::CTRL | Qt::Key_I), this,
                                 &MainMenu::importRequested);
    m_export = m_file->addAction(icon(Icon::Export), {}, QKeySequence(Qt::CTRL | Qt::Key_E), this,
                                 &MainMenu::exportRequested);
    m_file->addSeparator();
    m_quit = m_file->addAction(QString(), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &MainMenu::quitRequested);
}

void MainMenu::makeEditMenu(QMenuBar* bar) {
    m_edit = bar->addMenu(QString());
    m_undo = m_edit->addAction(icon(Icon::Undo), {}, QKeySequence(Qt::CTRL | Qt::Key_Z), this,
                               &MainMenu::undoRequested);
    m_redo = m_edit->addAction(icon(Icon::Redo), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), this,
                               &MainMenu::redoRequested);
}

void MainMenu::makeViewMenu(QMenuBar* bar) {
    m_view = bar->addMenu(QString());
    m_theme = m_view->addMenu(icon(Icon::Theme), QString());
    auto* themes = new QActionGroup(this);
    for (const auto mode : {Theme::Mode::System, Theme::Mode::Light, Theme::Mode::Dark}) {
        QAction* action = m_theme->addAction(QString(), this, [this, mode] { Q_EMIT themeChosen(mode); });
        action->setCheckable(true);
        themes->addAction(action);
        m_themes.push_back(action);
    }
    m_language = m_view->addMenu(icon(Icon::Language), QString());
    auto* languages = new QActionGroup(this);
    for (const Language& language : kLanguages) {
        const QString code = QLatin1String(language.code);
        QAction* action = m_language->addAction(QString::fromUtf8(language.name), this,
                                                [this, code] { Q_EMIT languageChosen(code); });
        action->setCheckable(true);
        action->setData(code);
        languages->addAction(action);
        m_languages.push_back(action);
    }
    m_view->addSeparator();
    m_sidePane = m_view->addAction(QString());
    m_sidePane->setShortcut(QKeySequence(Qt::Key_F9));
    m_sidePane->setCheckable(true);
    m_notify = m_view->addAction(QString());
    m_notify->setCheckable(true);
    connect(m_notify, &QAction::triggered, this, &MainMenu::notifyToggled);
    connect(m_sidePane, &QAction::triggered, this, &MainMenu::sidePaneToggled);
    m_themes.front()->setChecked(true);
    m_languages.front()->setChecked(true);
}

void MainMenu::makeGoMenu(QMenuBar* bar) {
    m_go = bar->addMenu(QString());
    auto* pages = new QActionGroup(this);
    for (int i = 0; i < kPageCount; ++i) {
        const auto page = static_cast<PageId>(i);
        QAction* action =
            m_go->addAction(QString(), QKeySequence(static_cast<int>(Qt::CTRL) | (Qt::Key_1 + i)), this,
                            [this, page] { Q_EMIT pageChosen(page); });
        action->setCheckable(true);
        pages->addAction(action);
        m_pages.push_back(action);
    }
    m_go->addSeparator();
    m_nextPane = m_go->addAction(QString(), QKeySequence(Qt::Key_F6), this, &MainMenu::nextPaneRequested);
}

void MainMenu::makeRunMenu(QMenuBar* bar) {
    m_run = bar->addMenu(QString());
    m_start = m_run->addAction(icon(Icon::Play), {}, QKeySequence(Qt::CTRL | Qt::Key_R), this,
                               &MainMenu::startRequested);
    m_pause = m_run->addAction(icon(Icon::Pause), {}, QKeySequence(Qt::CTRL | Qt::Key_P), this,
                               &MainMenu::pauseRequested);
    m_rate = m_run->addAction(QString(), this, &MainMenu::rateRequested);
    m_stop = m_run->addAction(icon(Icon::Stop), {}, QKeySequence(Qt::CTRL | Qt::Key_Period), this,
                              &MainMenu::stopRequested);
}

void MainMenu::makeHelpMenu(QMenuBar* bar) {
    m_help = bar->addMenu(QString());
    m_find = m_help->addAction(icon(Icon::Search), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), this,
                               &MainMenu::findActionRequested);
    m_keys = m_help->addAction(icon(Icon::Info), {}, QKeySequence::HelpContents, this,
                               &MainMenu::keyboardListRequested);
    m_about = m_help->addAction(QString(), this, &MainMenu::aboutRequested);
}

void MainMenu::setRecentProjects(const QStringList& folders) {
    m_recent->clear();
    for (const QString& folder : folders) {
        QAction* action = m_recent->addAction(QFileInfo(QDir::cleanPath(folder)).fileName(), this,
                                              [this, folder] { Q_EMIT openRecent(folder); });
        action->setToolTip(QDir::toNativeSeparators(folder));
    }
    m_recent->setToolTipsVisible(true);
    m_recent->setEnabled(!folders.isEmpty());
}

void MainMenu::setProjectOpen(bool open) {
    m_import->setEnabled(open);
    m_export->setEnabled(open);
}

void MainMenu::setUndo(bool enabled, const QString& what) {
    m_undoWhat = what;
    m_undo->setEnabled(enabled);
    m_undo->setText(what.isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(what));
}

void MainMenu::setRedo(bool enabled, const QString& what) {
    m_redoWhat = what;
    m_redo->setEnabled(enabled);
    m_redo->setText(what.isEmpty() ? tr("&Redo") : tr("&Redo %1").arg(what));
}

void MainMenu::setRunState(const RunState& state) {
    m_start->setEnabled(state.canStart);
    m_stop->setEnabled(state.canStop);
    m_pause->setEnabled(state.canPause);
    m_rate->setEnabled(state.canChangeRate);
    m_paused = state.paused;
    m_pause->setText(m_paused ? tr("&Go on") : tr("&Pause"));
    m_pause->setIcon(icon(m_paused ? Icon::Play : Icon::Pause));
}

void MainMenu::setNotifying(bool notify) {
    m_notify->setChecked(notify);
}

void MainMenu::setThemeMode(Theme::Mode mode) {
    m_themes[static_cast<int>(mode)]->setChecked(true);
}

void MainMenu::setLanguage(const QString& language) {
    for (QAction* action : m_languages)
        if (action->data().toString() == language) action->setChecked(true);
}

void MainMenu::setPage(PageId page) {
    m_pages[static_cast<int>(page)]->setChecked(true);
}

void MainMenu::setSidePane(bool exists, bool shown) {
    m_sidePane->setEnabled(exists);
    m_sidePane->setChecked(exists && shown);
}

QList<MainMenu::Place> MainMenu::places() const {
    const auto plain = [](QString text) {
        return text.remove(QRegularExpression(QStringLiteral("\\(&.\\)")))
            .remove(u'&');  // "File(&F)", "&File"
    };
    QList<Place> places;
    const std::function<void(const QMenu*, const QString&)> walk = [&](const QMenu* menu,
                                                                       const QString& path) {
        for (QAction* action : menu->actions()) {
            if (action->isSeparator() || action == m_find) continue;
            const QString here = path + QStringLiteral(" › ") + plain(action->text());
            if (action->menu())
                walk(action->menu(), here);
            else
                places.push_back({action, here});
        }
    };
    for (const QMenu* menu : {m_file, m_edit, m_view, m_go, m_run, m_help}) walk(menu, plain(menu->title()));
    return places;
}

void MainMenu::retranslate() {
    m_file->setTitle(tr("&File"));
    m_new->setText(tr("&New project…"));
    m_open->setText(tr("&Open project…"));
    m_sample->setText(tr("Open the &sample project"));
    m_recent->setTitle(tr("Open &recent"));
    m_import->setText(tr("&Import…"));
    m_export->setText(tr("&Export…"));
    m_quit->setText(tr("&Quit"));
    m_edit->setTitle(tr("&Edit"));
    setUndo(m_undo->isEnabled(), m_undoWhat);
    setRedo(m_redo->isEnabled(), m_redoWhat);
    m_view->setTitle(tr("&View"));
    m_theme->setTitle(tr("&Theme"));
    m_themes[0]->setText(tr("Follow the &system"));
    m_themes[1]->setText(tr("&Light"));
    m_themes[2]->setText(tr("&Dark"));
    m_language->setTitle(tr("&Language"));
    m_languages[0]->setText(tr("Follow the &system"));
    m_sidePane->setText(tr("Pane of &details"));
    m_notify->setText(tr("&Notify when a run ends"));
    m_go->setTitle(tr("&Go"));
    for (int i = 0; i < kPageCount; ++i) m_pages[i]->setText(pageTitle(static_cast<PageId>(i)));
    m_nextPane->setText(tr("Next &pane"));
    m_run->setTitle(tr("&Run"));
    m_start->setText(tr("&Start training"));
    m_pause->setText(m_paused ? tr("&Go on") : tr("&Pause"));
    m_rate->setText(tr("&Learning rate…"));
    m_stop->setText(tr("S&top…"));
    m_help->setTitle(tr("&Help"));
    m_find->setText(tr("&Find an action…"));
    m_keys->setText(tr("&Keyboard"));
    m_about->setText(tr("&About FineTune Studio"));
}

}  // namespace studio::ui
