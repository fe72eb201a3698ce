// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/files.h"
#include "ui/dialogs/dialogs.h"
#include "ui/shell/action_finder.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/studio_status_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/tab_order.h"

namespace studio::ui {

namespace {

constexpr QSize kSmallest{1024, 680};
constexpr QSize kDesigned{1280, 800};
constexpr int kSlimBelow = 1120;

}  // namespace

MainWindow::MainWindow(ShellServices services, const std::vector<Page*>& pages, QWidget* parent)
    : QMainWindow(parent),
      m_services(services),
      m_sidebar(new Sidebar(this)),
      m_stack(new QStackedWidget(this)),
      m_statusBar(new StudioStatusBar(this)),
      m_projectLabel(new QLabel(this)),
      m_menuBar(new QMenuBar(this)),
      m_menu(new MainMenu(m_menuBar)) {
    setMinimumSize(kSmallest);
    const QScreen* screen = QGuiApplication::primaryScreen();
    resize(screen ? kDesigned.boundedTo(screen->availableSize()) : kDesigned);
    makeFrame();
    addPages(pages);
    connectMenu();
    retranslate();
    restore();
}

void MainWindow::makeFrame() {
    setTextRole(m_projectLabel, TextRole::Secondary);
    setTone(m_projectLabel, Tone::Secondary);
    m_projectLabel->setContentsMargins(10, 0, 10, 0);
    // Not a corner widget: the bar would hide menus behind an arrow whenever the project has a long name.
    auto* top = new QWidget(this);
    top->setAttribute(Qt::WA_StyledBackground);
    top->setProperty("menuRow", true);
    // A larger font needs more: a menu bar that is too low hides its menus behind an arrow.
    top->setMinimumHeight(28);
    top->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* topRow = new QHBoxLayout(top);
    topRow->setContentsMargins(0, 0, 8, 1);
    topRow->addWidget(m_menuBar);
    topRow->addWidget(m_projectLabel, 0, Qt::AlignRight | Qt::AlignVCenter);
    m_menuBar->setNativeMenuBar(false);
    setMenuWidget(top);

    auto* central = new QWidget(this);
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addWidget(m_stack, 1);
    column->addLayout(row, 1);
    column->addWidget(m_statusBar);
    setCentralWidget(central);
}

void MainWindow::addPages(const std::vector<Page*>& pages) {
    for (Page* page : pages) {
        m_pages.push_back(page);
        m_stack->addWidget(page);
        connect(page, &Page::goTo, this, &MainWindow::showPage);
        connect(page, &Page::statusMessage, this,
                [this](const QString& text) { m_statusBar->showMessage(text); });
        connect(page, &Page::sidebarNoteChanged, this,
                [this, page] { m_sidebar->setNote(page->id(), page->sidebarNote()); });
        connect(page, &Page::sidePaneChanged, this, [this, page] {
            if (page->id() == currentPage()) updateSidePane();
        });
        m_sidebar->setNote(page->id(), page->sidebarNote());
    }
    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
}

void MainWindow::connectMenu() {
    connect(m_menu, &MainMenu::pageChosen, this, &MainWindow::showPage);
    connect(m_menu, &MainMenu::nextPaneRequested, this, &MainWindow::focusNextPane);
    connect(m_menu, &MainMenu::quitRequested, this, &QWidget::close);
    connect(m_menu, &MainMenu::aboutRequested, this, &MainWindow::showAbout);
    connect(m_menu, &MainMenu::keyboardListRequested, this, &MainWindow::showKeyboardList);
    connect(m_menu, &MainMenu::findActionRequested, this, &MainWindow::findAction);
    connect(m_menu, &MainMenu::sidePaneToggled, this, &MainWindow::showSidePane);
    connect(m_menu, &MainMenu::themeChosen, this, [this](Theme::Mode mode) {
        m_services.theme.setMode(mode);
        m_services.settings.setValue(QStringLiteral("window/theme"), static_cast<int>(mode));
    });
}

Page* MainWindow::page(PageId id) const {
    const auto it =
        std::find_if(m_pages.begin(), m_pages.end(), [id](Page* page) { return page->id() == id; });
    return it == m_pages.end() ? nullptr : *it;
}

PageId MainWindow::currentPage() const {
    const auto* page = qobject_cast<const Page*>(m_stack->currentWidget());
    return page ? page->id() : PageId::Data;
}

void MainWindow::showPage(PageId id) {
    Page* wanted = page(id);
    if (!wanted) return;
    m_stack->setCurrentWidget(wanted);
    m_sidebar->setCurrent(id);
    m_menu->setPage(id);
    updateSidePane();
    // The keyboard goes with the eye: Tab begins at the top of the page, unless activated() chooses a place
    // in it.
    wanted->setFocus(Qt::OtherFocusReason);
    wanted->activated();
    Q_EMIT pageShown(id);
}

void MainWindow::updateSidePane() {
    const Page* shownPage = page(currentPage());
    QWidget* side = shownPage ? shownPage->sidePane() : nullptr;
    if (side) side->setVisible(m_services.settings.value(sidePaneKey(), true).toBool());
    m_menu->setSidePane(side, side && !side->isHidden());
}

QString MainWindow::sidePaneKey() const {
    return QStringLiteral("window/sidePane%1").arg(static_cast<int>(currentPage()));
}

void MainWindow::showSidePane(bool shown) {
    Page* shownPage = page(currentPage());
    if (!shownPage || !shownPage->sidePane()) return;
    shownPage->sidePane()->setVisible(shown);
    m_services.settings.setValue(sidePaneKey(), shown);
}

void MainWindow::findAction() {
    auto* finder = new ActionFinder(m_menu->places(), this);
    finder->open();
}

void MainWindow::setProject(const QString& name, const QString& folder) {
    m_projectName = name;
    m_statusBar->setProjectFolder(folder);
    m_menu->setProjectOpen(!folder.isEmpty());
    retranslate();
}

void MainWindow::focusNextPane() {
    // Panes in reading order: the sidebar, then the panels of the page from top left to bottom right.
    QList<QWidget*> panes{m_sidebar};
    QList<Panel*> panels =
        m_stack->currentWidget() ? m_stack->currentWidget()->findChildren<Panel*>() : QList<Panel*>();
    std::stable_sort(panels.begin(), panels.end(), [this](const Panel* a, const Panel* b) {
        const QPoint left = a->mapTo(this, QPoint());
        const QPoint right = b->mapTo(this, QPoint());
        return left.y() != right.y() ? left.y() < right.y() : left.x() < right.x();
    });
    for (Panel* panel : panels)
        if (panel->isVisible()) panes.push_back(panel);
    const QWidget* focused = QApplication::focusWidget();
    int at = -1;
    for (int i = 0; i < panes.size(); ++i)
        if (focused && (panes[i] == focused || panes[i]->isAncestorOf(focused))) at = i;
    for (int step = 1; step <= panes.size(); ++step) {
        QWidget* pane = panes[(at + step + static_cast<int>(panes.size())) % panes.size()];
        for (QWidget* child : pane->findChildren<QWidget*>()) {
            if (!child->isVisible() || !child->isEnabled() || !(child->focusPolicy() & Qt::TabFocus))
                continue;
            child->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

void MainWindow::restore() {
    QSettings& settings = m_services.settings;
    const QByteArray geometry = settings.value(QStringLiteral("window/geometry")).toByteArray();
    if (!geometry.isEmpty()) restoreGeometry(geometry);
    const int mode = std::clamp(settings.value(QStringLiteral("window/theme"), 0).toInt(), 0, 2);
    m_services.theme.setMode(static_cast<Theme::Mode>(mode));
    m_menu->setThemeMode(static_cast<Theme::Mode>(mode));
    const int shown = std::clamp(settings.value(QStringLiteral("window/page"), 0).toInt(), 0, kPageCount - 1);
    showPage(static_cast<PageId>(shown));
}

void MainWindow::store() {
    m_services.settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_services.settings.setValue(QStringLiteral("window/page"), static_cast<int>(currentPage()));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_closeGuard && !m_closeGuard()) {
        event->ignore();
        return;
    }
    store();
    QMainWindow::closeEvent(event);
}

bool MainWindow::focusNextPrevChild(bool next) {
    return focusNextStop(this, next);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    m_sidebar->setSlim(width() < kSlimBelow);
    QMainWindow::resizeEvent(event);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_menu->retranslate();
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::retranslate() {
    m_projectLabel->setText(m_projectName);
    setWindowTitle(m_projectName.isEmpty() ? tr("FineTune Studio")
                                           : tr("%1 – FineTune Studio").arg(m_projectName));
    for (Page* page : m_pages) m_sidebar->setNote(page->id(), page->sidebarNote());
}

void MainWindow::showAbout() {
    m_services.dialogs.showMessage(
        this, {tr("About FineTune Studio"), tr("FineTune Studio %1").arg(QLatin1String(programVersion())),
               tr("Prepare instruction–response data, see what the model will see, fine-tune on this "
                  "computer and find out "
                  "whether it got better.\nFree software under the GNU General Public License, version 3 or "
                  "later.")});
}

void MainWindow::showKeyboardList() {
    const QStringList lines{tr("Ctrl+1 to Ctrl+%1: the pages from Data to Compare").arg(kPageCount),
                            tr("Alt+Right: the next step of the loop"),
                            tr("F6: next pane"),
                            tr("F9: show or hide the pane of details"),
                            tr("Ctrl+Shift+P: find an action by its name"),
                            tr("Ctrl+F: search"),
                            tr("Ctrl+Z, Ctrl+Shift+Z: undo, redo"),
                            tr("Ctrl+I, Ctrl+E: import, export"),
                            tr("Ctrl+R: start training"),
                            tr("Ctrl+P: pause, or go on"),
                            tr("Ctrl+.: stop"),
                            tr("Ctrl+Enter: the main action of a page")};
    m_services.dialogs.showMessage(this,
                                   {tr("Keyboard"), tr("Keys that work on every page"), lines.join(u'\n')});
}

}  // namespace studio::ui
