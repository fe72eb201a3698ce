// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QVBoxLayout>

#include "tests/support/bracket_translator.h"
#include "tests/support/studio_test.h"
#include "tests/support/tab_walk.h"
#include "ui/dialogs/qt_dialogs.h"
#include "ui/shell/action_finder.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/studio_status_bar.h"
#include "ui/shell/system_usage.h"
#include "ui/theme/theme.h"

using namespace studio::ui;

namespace {

// Records what was shown and answers nothing.
class SilentDialogs : public Dialogs {
public:
    void openFiles(QWidget*, const FileRequest&, std::function<void(const QStringList&)>) override {}
    void openFolder(QWidget*, const FileRequest&, std::function<void(const QString&)>) override {}
    void saveFile(QWidget*, const FileRequest&, std::function<void(const QString&)>) override {}
    void ask(QWidget*, const Question&, std::function<void(int)>) override {}
    void askText(QWidget*, const QString&, const QString&, const QString&,
                 std::function<void(const QString&)>) override {}
    void showMessage(QWidget*, const Message& message) override { shown.push_back(message.text); }
    void showError(QWidget*, const Message& message) override { shown.push_back(message.text); }
    QStringList shown;
};

class NotedPage : public Page {
public:
    explicit NotedPage(PageId id) : Page(id) {}
    QString sidebarNote() const override { return note; }
    void activated() override { ++activations; }
    QWidget* sidePane() const override { return side; }
    QString note;
    QWidget* side = nullptr;
    int activations = 0;
};

struct Shell {
    Shell()
        : settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat),
          theme(*qobject_cast<QApplication*>(qApp)) {
        for (int i = 0; i < kPageCount; ++i) pages.push_back(new NotedPage(static_cast<PageId>(i)));
        window = std::make_unique<MainWindow>(ShellServices{theme, settings, dialogs}, pages);
    }
    QTemporaryDir folder;
    QSettings settings;
    Theme theme;
    SilentDialogs dialogs;
    std::vector<Page*> pages;
    std::unique_ptr<MainWindow> window;
};

}  // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showPage_fromPageAndSidebar_keepsAllInStep() {
        Shell shell;
        shell.window->show();
        QSignalSpy shown(shell.window.get(), &MainWindow::pageShown);
        Q_EMIT shell.pages[0]->goTo(PageId::Train);
        QCOMPARE(shell.window->currentPage(), PageId::Train);
        QCOMPARE(shell.window->sidebar().current(), PageId::Train);
        QCOMPARE(shown.count(), 1);
        QCOMPARE(static_cast<NotedPage*>(shell.pages[3])->activations, 1);
        Q_EMIT shell.window->menu().pageChosen(PageId::Compare);
        QCOMPARE(shell.window->currentPage(), PageId::Compare);
    }

    void keys_controlDigits_changePages() {
        Shell shell;
        shell.window->show();
        QVERIFY(QTest::qWaitForWindowActive(shell.window.get()));
        QTest::keyClick(shell.window.get(), Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(shell.window->currentPage(), PageId::Train);
        QTest::keyClick(shell.window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(shell.window->currentPage(), PageId::Data);
    }

    void tab_fromTheSidebar_goesThroughPageAndStatusBar() {
        Shell shell;
        auto* edit = new QLineEdit(shell.pages[0]);
        shell.pages[0]->bodyLayout()->addWidget(edit);
        shell.window->show();
        QVERIFY(QTest::qWaitForWindowActive(shell.window.get()));
        QCOMPARE(studio::test::tabWalkProblem(shell.window.get()), QString());
    }

    void width_belowLimit_makesTheSidebarSlim() {
        Shell shell;
        shell.window->show();
        shell.window->resize(1280, 800);
        QTRY_COMPARE(shell.window->sidebar().width(), 176);
        shell.window->resize(1040, 700);
        QTRY_COMPARE(shell.window->sidebar().width(), 56);
        QCOMPARE(shell.window->minimumSize(), QSize(1024, 680));
    }

    void menuRow_largerFont_showsAllMenus() {
        const QFont before = QApplication::font();
        QFont font = before;
        font.setPointSizeF(14);
        QApplication::setFont(font);
        {
            Shell shell;
            shell.window->resize(1024, 680);
            shell.window->setProject(QStringLiteral("A project with quite a long name"), {});
            shell.window->show();
            QVERIFY(QTest::qWaitForWindowExposed(shell.window.get()));
            auto* bar = shell.window->findChild<QMenuBar*>();
            for (QAction* action : bar->actions()) {
                const QRect place = bar->actionGeometry(action);
                QVERIFY2(place.isValid() && bar->rect().contains(place), qPrintable(action->text()));
                QVERIFY(place.height() >= QFontMetrics(font).height());
            }
        }
        QApplication::setFont(before);
    }

    void close_guardSaysNo_staysOpen() {
        Shell shell;
        shell.window->show();
        shell.window->showPage(PageId::Prompts);
        shell.window->setCloseGuard([] { return false; });
        QVERIFY(!shell.window->close());
        shell.window->setCloseGuard([] { return true; });
        QVERIFY(shell.window->close());
        QCOMPARE(shell.settings.value(QStringLiteral("window/page")).toInt(), 1);
        QVERIFY(!shell.settings.value(QStringLiteral("window/geometry")).toByteArray().isEmpty());
    }

    void project_name_isInTitleAndUndoNamesTheEdit() {
        Shell shell;
        shell.window->setProject(QStringLiteral("Facts.ftproj"), shell.folder.path());
        QVERIFY(shell.window->windowTitle().contains(QStringLiteral("Facts.ftproj")));
        shell.window->menu().setUndo(true, QStringLiteral("edit of row 207"));
        bool found = false;
        for (const QAction* action : shell.window->findChildren<QAction*>())
            found = found || action->text().contains(QStringLiteral("edit of row 207"));
        QVERIFY(found);
    }

    void language_changed_retranslatesEverything() {
        Shell shell;
        shell.window->show();
        const studio::test::BracketTranslator translator;
        QTRY_VERIFY(shell.window->windowTitle().startsWith(u'‹'));
        // QMenuBar keeps a menu without a title for what does not fit.
        for (const QMenu* menu : shell.window->findChildren<QMenu*>())
            QVERIFY2(menu->title().isEmpty() || menu->title().startsWith(u'‹'), qPrintable(menu->title()));
        QVERIFY(shell.pages[0]->accessibleName().startsWith(u'‹'));
    }

    void finder_wordsOfAnAction_runsIt() {
        Shell shell;
        shell.window->show();
        QSignalSpy themes(&shell.window->menu(), &MainMenu::themeChosen);
        ActionFinder finder(shell.window->menu().places());
        finder.setAttribute(Qt::WA_DeleteOnClose, false);
        finder.show();
        const int all = finder.list()->model()->rowCount();
        QVERIFY(all > 15);
        QTest::keyClicks(finder.search(), QStringLiteral("dark the"));
        QCOMPARE(finder.list()->model()->rowCount(), 1);
        QCOMPARE(finder.list()->model()->index(0, 0).data().toString(),
                 QStringLiteral("View › Theme › Dark"));
        QTest::keyClick(finder.search(), Qt::Key_Return);
        QVERIFY(!finder.isVisible());
        QTRY_COMPARE(themes.count(), 1);
        QCOMPARE(themes.front().front().value<Theme::Mode>(), Theme::Mode::Dark);
    }

    void finder_actionThatCannotRun_staysOpen() {
        Shell shell;
        ActionFinder finder(shell.window->menu().places());
        finder.setAttribute(Qt::WA_DeleteOnClose, false);
        finder.show();
        QTest::keyClicks(finder.search(), QStringLiteral("undo"));
        QCOMPARE(finder.list()->model()->rowCount(), 1);
        QTest::keyClick(finder.search(), Qt::Key_Return);
        QVERIFY(finder.isVisible());
        QTest::keyClick(finder.search(), Qt::Key_Escape);
        QVERIFY(!finder.isVisible());
    }

    void sidePane_f9_hidesItAndRemembers() {
        Shell shell;
        auto* noted = static_cast<NotedPage*>(shell.pages[0]);
        noted->side = new QLabel(noted);
        shell.window->show();
        QVERIFY(QTest::qWaitForWindowActive(shell.window.get()));
        shell.window->showPage(PageId::Data);
        QVERIFY(noted->side->isVisible());
        QTest::keyClick(shell.window.get(), Qt::Key_F9);
        QVERIFY(!noted->side->isVisible());
        shell.window->showPage(PageId::Train);
        shell.window->showPage(PageId::Data);
        QVERIFY(!noted->side->isVisible());
        QTest::keyClick(shell.window.get(), Qt::Key_F9);
        QVERIFY(noted->side->isVisible());
    }

    void sidePane_comesAndGoes_theActionFollows() {
        Shell shell;
        auto* noted = static_cast<NotedPage*>(shell.pages[0]);
        auto* side = new QLabel(noted);
        shell.window->show();
        shell.window->showPage(PageId::Data);
        const auto action = [&shell] {
            for (const MainMenu::Place& place : shell.window->menu().places())
                if (place.action->shortcut() == QKeySequence(Qt::Key_F9)) return place.action;
            return static_cast<QAction*>(nullptr);
        };
        QVERIFY(!action()->isEnabled());
        noted->side = side;
        Q_EMIT noted->sidePaneChanged();
        QVERIFY(action()->isEnabled() && action()->isChecked());
        noted->side = nullptr;
        Q_EMIT noted->sidePaneChanged();
        QVERIFY(!action()->isEnabled() && !action()->isChecked());
    }

    void statusBar_jobAndMessages_shareTheLeftEnd() {
        StudioStatusBar bar;
        bar.setSavedText(QStringLiteral("All changes saved"));
        QCOMPARE(bar.leftText(), QStringLiteral("All changes saved"));
        bar.setJob({QStringLiteral("round-3"), 0.5, false, QStringLiteral("50 %"), {}});
        QVERIFY(bar.hasJob());
        QVERIFY(bar.leftText().isEmpty());
        bar.showMessage(QStringLiteral("Row 3 deleted."), QStringLiteral("Undo"));
        QCOMPARE(bar.leftText(), QStringLiteral("Row 3 deleted."));
        bar.clearJob();
        QVERIFY(!bar.hasJob());
    }

    void statusBar_languageChanges_dropsAMessageOfTheOldLanguage() {
        StudioStatusBar bar;
        bar.setSavedText(QStringLiteral("All changes saved"));
        bar.showMessage(QStringLiteral("Row 3 deleted."), QStringLiteral("Undo"));
        QEvent change(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&bar, &change);
        QCOMPARE(bar.leftText(), QStringLiteral("All changes saved"));
    }

    void memoryInfo_linesOfTheKernel_areRead() {
        SystemUsage usage;
        parseMemoryInfo(QStringLiteral("MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:   400 kB\n"), usage);
        QCOMPARE(usage.memoryTotalBytes, std::uint64_t{1'024'000});
        QCOMPARE(usage.memoryUsedBytes, std::uint64_t{614'400});
        QVERIFY(readSystemUsage(QStringLiteral("/")).ownMemoryBytes > 1'000'000);
    }

    void question_subjectGone_boxClosesWithoutAnAnswer() {
        QWidget parent;
        parent.show();
        QtDialogs dialogs;
        auto subject = std::make_unique<QObject>();
        Question question;
        question.text = QStringLiteral("Stop?");
        question.answers = {{QStringLiteral("Stop"), true}, {QStringLiteral("Go on"), false}};
        question.safeAnswer = 1;
        question.subject = subject.get();
        int answers = 0;
        const auto count = [&answers](int) { ++answers; };
        dialogs.ask(&parent, question, count);
        QTRY_VERIFY(parent.findChild<QMessageBox*>());
        subject.reset();
        QTRY_VERIFY(!parent.findChild<QMessageBox*>());
        QCOMPARE(answers, 0);
        subject = std::make_unique<QObject>();
        question.subject = subject.get();
        dialogs.ask(&parent, question, count);
        parent.findChild<QMessageBox*>()->buttons().front()->click();
        QCOMPARE(answers, 1);
    }

    void help_about_goesThroughTheSeam() {
        Shell shell;
        Q_EMIT shell.window->menu().aboutRequested();
        QCOMPARE(shell.dialogs.shown.size(), 1);
    }
};

STUDIO_TEST(MainWindowTest)
#include "main_window_test.moc"
