// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <functional>
#include <vector>

#include "ui/widgets/page.h"

class QLabel;
class QMenuBar;
class QSettings;
class QStackedWidget;

namespace studio::ui {

class Dialogs;
class MainMenu;
class Sidebar;
class StudioStatusBar;
class Theme;

/// What the main window needs from the composition root; all outlive it.
struct ShellServices {
    Theme& theme;
    QSettings& settings;  ///< geometry, page and theme are kept in group "window"
    Dialogs& dialogs;
};

/// The frame around the pages: menu bar, sidebar, the page, status bar. It opens no project and starts no
/// run: those wishes are signals of menu(). Languages: on menu().languageChosen the composition root installs
/// a translator and calls Theme::setLocale(); every widget then retranslates itself. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `pages` in the order of the loop, one of each id; the window takes ownership.
    MainWindow(ShellServices services, const std::vector<Page*>& pages, QWidget* parent = nullptr);

    MainMenu& menu() { return *m_menu; }
    StudioStatusBar& statusLine() { return *m_statusBar; }
    Sidebar& sidebar() { return *m_sidebar; }
    Page* page(PageId id) const;
    PageId currentPage() const;
    /// The name in the title and at the right of the menu bar, and the folder whose disk is watched.
    void setProject(const QString& name, const QString& folder);
    /// Asked before the window closes; false keeps it open (the guard may then ask the user, and close
    /// again).
    void setCloseGuard(std::function<bool()> guard) { m_closeGuard = std::move(guard); }

public Q_SLOTS:
    void showPage(studio::ui::PageId page);
    void focusNextPane();

Q_SIGNALS:
    void pageShown(studio::ui::PageId page);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    /// Tab goes in reading order through sidebar, page and status bar.
    bool focusNextPrevChild(bool next) override;

private:
    void makeFrame();
    void addPages(const std::vector<Page*>& pages);
    void connectMenu();
    void retranslate();
    void restore();
    void store();
    void showAbout();
    void showKeyboardList();
    void findAction();
    void showSidePane(bool shown);
    void updateSidePane();
    QString sidePaneKey() const;

    ShellServices m_services;
    Sidebar* m_sidebar;
    QStackedWidget* m_stack;
    StudioStatusBar* m_statusBar;
    QLabel* m_projectLabel;
    QMenuBar* m_menuBar;
    MainMenu* m_menu;
    std::vector<Page*> m_pages;
    QString m_projectName;
    std::function<bool()> m_closeGuard;
};

}  // namespace studio::ui
