// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>

#include "ui/theme/theme.h"
#include "ui/widgets/page.h"

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;

namespace studio::ui {

/// The menu bar and its actions. It only says what was chosen: the composition root connects the signals to
/// the session. The keys of these actions (Ctrl+R, Ctrl+., Ctrl+Z, …) stand here and nowhere else.
class MainMenu : public QObject {
    Q_OBJECT

public:
    explicit MainMenu(QMenuBar* bar);

    /// Folders of the projects opened last, newest first.
    void setRecentProjects(const QStringList& folders);
    void setProjectOpen(bool open);
    /// `what` is what would be undone ("edit of row 207"), empty when there is nothing.
    void setUndo(bool enabled, const QString& what = {});
    void setRedo(bool enabled, const QString& what = {});
    struct RunState {
        bool canStart = false, canStop = false, canPause = false, canChangeRate = false;
        bool paused = false;  ///< the pause entry ends the pause
    };
    void setRunState(const RunState& state);
    void setNotifying(bool notify);
    void setThemeMode(Theme::Mode mode);
    /// "" (system), "en", "zh_TW" or "zh_CN"
    void setLanguage(const QString& language);
    void setPage(PageId page);
    /// Whether the page has a pane of details, and whether it is shown.
    void setSidePane(bool exists, bool shown);
    /// Every action that stands in a menu and is no menu itself, with its place: "View › Theme › Dark".
    struct Place {
        QAction* action;
        QString path;
    };
    QList<Place> places() const;
    void retranslate();

Q_SIGNALS:
    void newProject();
    void openProject();
    void openSampleProject();
    void openRecent(const QString& folder);
    void importRequested();
    void exportRequested();
    void quitRequested();
    void undoRequested();
    void redoRequested();
    void themeChosen(studio::ui::Theme::Mode mode);
    void languageChosen(const QString& language);
    void pageChosen(studio::ui::PageId page);
    void nextPaneRequested();
    void sidePaneToggled(bool shown);
    void findActionRequested();
    void startRequested();
    void stopRequested();
    void pauseRequested();
    void rateRequested();
    void notifyToggled(bool notify);
    void aboutRequested();
    void keyboardListRequested();

private:
    void makeFileMenu(QMenuBar* bar);
    void makeEditMenu(QMenuBar* bar);
    void makeViewMenu(QMenuBar* bar);
    void makeGoMenu(QMenuBar* bar);
    void makeRunMenu(QMenuBar* bar);
    void makeHelpMenu(QMenuBar* bar);

    QMenu *m_file, *m_recent, *m_edit, *m_view, *m_theme, *m_language, *m_go, *m_run, *m_help;
    QAction *m_new, *m_open, *m_sample, *m_import, *m_export, *m_quit;
    QAction *m_undo, *m_redo, *m_sidePane, *m_nextPane, *m_start, *m_stop, *m_pause, *m_rate, *m_notify,
        *m_about, *m_keys, *m_find;
    QList<QAction*> m_themes;
    QList<QAction*> m_languages;
    QList<QAction*> m_pages;
    bool m_paused = false;
    QString m_undoWhat;
    QString m_redoWhat;
};

}  // namespace studio::ui
