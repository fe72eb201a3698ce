// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>

#include "core/storage/run_score.h"
#include "tests/support/desktop_font.h"
#include "tests/support/tab_walk.h"
#include "tests/ui/compare/compare_fixture.h"
#include "ui/compare/answer_view.h"
#include "ui/compare/arm_panel.h"
#include "ui/compare/generate_settings_popup.h"
#include "ui/compare/prompt_bar.h"
#include "ui/compare/reference_panel.h"
#include "ui/compare/test_prompt_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/tab_order.h"

using namespace studio;
using namespace studio::ui;
using studio::test::CompareFixture;

class ComparePageTest : public QObject {
    Q_OBJECT

private:
    static void picture(QWidget& widget, const QString& name) {
        QTest::qWait(150);
        const QImage image = widget.grab().toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7) colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 5, "the page is drawn");
        const QString folder = qEnvironmentVariable("STUDIO_SCREENSHOTS");
        if (!folder.isEmpty()) QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }

private Q_SLOTS:
    void open_projectWithRun_armsAreBaseAndNewestRun() {
        CompareFixture fixture(3);
        QCOMPARE(fixture.page->arm(0).model()->title, QStringLiteral("pilot-base"));
        QCOMPARE(fixture.page->arm(1).model()->title, QStringLiteral("round-1"));
        QCOMPARE(fixture.page->armPanel(0)->templateLine(), QStringLiteral("Alpaca none in training"));
        QCOMPARE(fixture.page->armPanel(1)->templateLine(), QStringLiteral("Alpaca as trained"));
        const QString hash = QString::fromStdString(modelHash(fixture.folder / "pilot-base"));
        QTRY_COMPARE(fixture.page->armPanel(0)->weightsLine(),
                     hash.left(8) + QStringLiteral(" … ") + hash.right(4));
        fixture.session.setCurrentTemplate(QStringLiteral("plain"));
        QVERIFY(fixture.page->armPanel(1)->templateLine().contains(QStringLiteral("trained with “Alpaca”")));
        fixture.makeRun("round-2");
        QVERIFY(fixture.page->arm(1).model().has_value());
    }

    void chooseModels_oneAndTwo_areTheArms() {
        CompareFixture fixture(3);
        fixture.makeRun("round-2");
        const std::filesystem::path runs = fixture.session.project().runsFolder();
        fixture.page->chooseModels({runs / "round-1" / "model", runs / "round-2" / "model"});
        QCOMPARE(fixture.page->arm(0).model()->title, QStringLiteral("round-1"));
        QCOMPARE(fixture.page->arm(1).model()->title, QStringLiteral("round-2"));
        QCOMPARE(fixture.page->armPanel(0)->name(), QStringLiteral("First model"));
        QVERIFY(fixture.page->list()->scoreLine(1).startsWith(QStringLiteral("Second model")));
        fixture.page->activated();  // coming to the page changes nothing
        QCOMPARE(fixture.page->arm(0).model()->title, QStringLiteral("round-1"));
        fixture.page->chooseModels({runs / "round-1" / "model"});
        QCOMPARE(fixture.page->arm(0).model()->title, QStringLiteral("pilot-base"));
        QCOMPARE(fixture.page->arm(1).model()->title, QStringLiteral("round-1"));
        QCOMPARE(fixture.page->armPanel(0)->name(), QStringLiteral("Base"));
    }

    void runAll_everyTestRow_leavesTheScoreWithTheRun() {
        CompareFixture fixture(3);
        const std::filesystem::path run = fixture.session.project().runsFolder() / "round-1";
        QSignalSpy stored(fixture.page.get(), &ComparePage::scoresStored);
        fixture.page->askBoth();  // one prompt is no measurement
        QTRY_VERIFY(!fixture.page->isBusy());
        QVERIFY(!readRunScore(run));
        fixture.page->runAll();
        QTRY_VERIFY(!fixture.page->isBusy());
        QTRY_VERIFY(readRunScore(run).has_value());
        QCOMPARE(readRunScore(run)->all, 3);
        QCOMPARE(readRunScore(run)->matched, 2);  // "The city is City 2." is not exact
        QCOMPARE(stored.count(), 1);
    }

    void runAll_anotherTemplateThanTrained_leavesNoScore() {
        CompareFixture fixture(3);
        fixture.session.setCurrentTemplate(QStringLiteral("plain"));
        fixture.page->runAll();
        QTRY_VERIFY(!fixture.page->isBusy());
        QVERIFY(!readRunScore(fixture.session.project().runsFolder() / "round-1"));
    }

    void tab_fromTheTop_reachesEverythingInReadingOrder() {
        CompareFixture fixture(3);
        QVERIFY(QTest::qWaitForWindowActive(fixture.page.get()));
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(test::tabWalkProblem(fixture.page.get()), QString());
        const QList<QWidget*> stops = tabStops(fixture.page.get());
        QVERIFY(stops.indexOf(fixture.page->armPanel(0)->view()) <
                stops.indexOf(fixture.page->armPanel(1)->view()));
    }

    void askBoth_testRow_bothStreamTheSamePrompt() {
        CompareFixture fixture(3);
        fixture.gate = false;
        QTest::keyClick(fixture.page->promptBar()->edit(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(fixture.page->armPanel(0)->stateLine(), QStringLiteral("writing"));
        QTRY_COMPARE(fixture.page->armPanel(0)->view()->toPlainText(), QStringLiteral("What is the"));
        QVERIFY(fixture.page->armPanel(0)->view()->isWriting());
        QVERIFY(fixture.page->promptBar()->stopButton()->isVisible());
        fixture.gate = true;
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
        QCOMPARE(fixture.page->armPanel(1)->stateLine(), QStringLiteral("end token"));
        QVERIFY(!fixture.page->armPanel(1)->view()->isWriting());
        QCOMPARE(fixture.page->reference()->verdict(0), QStringLiteral("not in the answer"));
        QCOMPARE(fixture.page->reference()->verdict(1), QStringLiteral("exact match"));
        QVERIFY(fixture.page->reference()->diffText(0).contains(QStringLiteral("line-through")));
        const std::lock_guard lock(fixture.mutex);
        QCOMPARE(static_cast<int>(fixture.prompts.size()), 2);
        QCOMPARE(fixture.prompts[0].prompt, fixture.prompts[1].prompt);
        QCOMPARE(fixture.prompts[0].prompt,
                 hydratedPrompt(builtInTemplates().front(), "What is the capital of country 1?", ""));
        QVERIFY(toJson(fixture.prompts[0].settings) == toJson(fixture.prompts[1].settings));
    }

    void ownPrompt_typed_isTheInstructionWithoutReference() {
        CompareFixture fixture(2);
        QLineEdit* edit = fixture.page->promptBar()->edit();
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("Why? {input}"));
        QVERIFY(fixture.page->promptBar()->factLine().startsWith(QStringLiteral("Your own prompt")));
        fixture.page->promptBar()->askButton()->click();
        QTRY_VERIFY(!fixture.page->isBusy());
        QVERIFY(fixture.page->reference()->verdict(0).isEmpty());
        const std::lock_guard lock(fixture.mutex);
        QVERIFY(QString::fromStdString(fixture.prompts.front().prompt)
                    .contains(QStringLiteral("\nWhy? {input}\n")));
    }

    void ownPrompt_textOfATestRow_isNotCounted() {
        CompareFixture fixture(2);
        PromptBar* bar = fixture.page->promptBar();
        bar->edit()->selectAll();
        QTest::keyClicks(bar->edit(), QStringLiteral("What is the capital of country 2?"));
        QVERIFY(bar->factLine().startsWith(QStringLiteral("Your own prompt")));
        bar->askButton()->click();
        QTRY_VERIFY(!fixture.page->isBusy());
        QVERIFY(!fixture.page->armPanel(1)->view()->toPlainText().isEmpty());
        QCOMPARE(fixture.page->prompts().score(1).all, std::int64_t(0));
    }

    void ownPrompt_typedBackToTheRow_isTheRowAgain() {
        CompareFixture fixture(2);
        PromptBar* bar = fixture.page->promptBar();
        QVERIFY(bar->factLine().startsWith(QStringLiteral("Row 1")));
        bar->edit()->setCursorPosition(0);
        QTest::keyClick(bar->edit(), Qt::Key_X);
        QVERIFY(bar->factLine().startsWith(QStringLiteral("Your own prompt")));
        QTest::keyClick(bar->edit(), Qt::Key_Backspace);
        QVERIFY(bar->factLine().startsWith(QStringLiteral("Row 1")));
        bar->askButton()->click();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->reference()->verdict(1), QStringLiteral("exact match"));
        QCOMPARE(fixture.page->prompts().score(1).all, std::int64_t(1));
    }

    void settingsPopup_escape_closesIt() {
        CompareFixture fixture(2);
        PromptBar* bar = fixture.page->promptBar();
        bar->settingsButton()->click();
        QTRY_VERIFY(bar->popup()->isVisible());
        QTest::keyClick(bar->popup()->control(QStringLiteral("max_new_tokens")), Qt::Key_Escape);
        QVERIFY(!bar->popup()->isVisible());
        bar->settingsButton()->click();
        QTest::keyClick(bar->popup()->stopEdit(), Qt::Key_Escape);
        QVERIFY(!bar->popup()->isVisible());
    }

    void settingsLine_withRoom_isWholeAndGrouped() {
        CompareFixture fixture(2);
        PromptBar* bar = fixture.page->promptBar();
        GenerateSettings settings = bar->settings();
        settings.maxNewTokens = 2048;
        settings.temperature = 0.7;
        bar->setSettings(settings);
        QTest::qWait(20);
        ElidedLabel* line = nullptr;
        for (ElidedLabel* each : bar->findChildren<ElidedLabel*>()) {
            if (each->text().contains(QStringLiteral("at most 2,048 token"))) line = each;
        }
        QVERIFY(line);
        QVERIFY(line->width() >= line->fontMetrics().horizontalAdvance(line->text()));
    }

    void largeFont_rowsGrowByALineOfText() {
        const test::DesktopFont font(14);
        Theme theme(*qApp);
        CompareFixture fixture(2);
        QVERIFY(lineRoom(28) > 28);
        QCOMPARE(fixture.page->list()->table()->rowHeight(0), lineRoom(28));
    }

    void neighbours_byKeys_keepAnswers() {
        CompareFixture fixture(3);
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        fixture.page->list()->table()->setFocus();
        QTest::keyClick(fixture.page->list()->table(), Qt::Key_J);
        QVERIFY(fixture.page->promptBar()->edit()->text().contains(QStringLiteral("country 2")));
        QVERIFY(fixture.page->armPanel(1)->view()->toPlainText().isEmpty());
        QTest::keyClick(fixture.page->list()->table(), Qt::Key_K);
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
        // In the prompt the same keys are letters.
        QLineEdit* edit = fixture.page->promptBar()->edit();
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_End);
        QTest::keyClicks(edit, QStringLiteral("jk"));
        QVERIFY(edit->text().endsWith(QStringLiteral("?jk")));
    }

    void runAll_scoresEveryPrompt() {
        CompareFixture fixture(40);
        const QAbstractItemModelTester tester(fixture.page->list()->table()->model());
        fixture.page->list()->runButton()->click();
        QVERIFY(fixture.page->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.page->isBusy(), 20000);
        QCOMPARE(fixture.page->prompts().score(0).matched, std::int64_t(0));
        QCOMPARE(fixture.page->prompts().score(0).all, std::int64_t(40));
        QCOMPARE(fixture.page->prompts().score(1).matched, std::int64_t(39));
        QTRY_COMPARE(fixture.page->list()->scoreLine(1), QStringLiteral("Fine-tuned: 39 of 40 (97.5 %)"));
        QTRY_COMPARE(fixture.page->nextStepBar().step().hint,
                     QStringLiteral("Exact match: base 0 of 40 · fine-tuned 39 of 40"));
        // What is answered is not asked again.
        const int asked = fixture.jobs;
        fixture.page->runAll();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.jobs.load(), asked);
        // The one that is not exact is found by the filter.
        QComboBox* filter = fixture.page->list()->filterBox();
        Q_EMIT filter->activated(TestPromptFilter::NotExact);
        QCOMPARE(fixture.page->list()->table()->model()->rowCount(), 1);
    }

    void stop_whileWriting_keepsWhatIsThere() {
        CompareFixture fixture(30);
        fixture.gate = false;
        fixture.page->runAll();
        QTRY_COMPARE(fixture.page->armPanel(0)->view()->toPlainText(), QStringLiteral("What is the"));
        fixture.page->list()->table()->setFocus();
        QTest::keyClick(fixture.page->list()->table(), Qt::Key_Escape);
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->armPanel(0)->view()->toPlainText(), QStringLiteral("What is the"));
        QCOMPARE(fixture.page->armPanel(0)->stateLine(), QStringLiteral("stopped"));
        QCOMPARE(fixture.page->prompts().score(0).all, std::int64_t(0));  // a stopped answer is not counted
        QVERIFY(fixture.page->promptBar()->askButton()->isVisible());
    }

    void brokenArm_saysSo_otherGoesOn() {
        CompareFixture fixture(2);
        fixture.broken = true;
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->armPanel(0)->stateLine(), QStringLiteral("failed"));
        QVERIFY(!fixture.page->armPanel(0)->note()->text().isEmpty());
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
    }

    void sameTokens_fromOtherWeights_areFlagged() {
        CompareFixture fixture(2);
        fixture.sameAnswers = true;
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->reference()->badge()->content().text,
                 QStringLiteral("The same tokens from different weights"));
    }

    void settings_changed_applyToBothAndAreKept() {
        CompareFixture fixture(2);
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        GenerateSettingsPopup* popup = fixture.page->promptBar()->popup();
        qobject_cast<QSpinBox*>(popup->control(QStringLiteral("max_new_tokens")))->setValue(64);
        popup->stopEdit()->setPlainText(QStringLiteral("###\n\\n\\n"));
        QCOMPARE(popup->settings().maxNewTokens, std::int64_t(64));
        QVERIFY((popup->settings().stop == std::vector<std::string>{"###", "\n\n"}));
        // Answers of other settings are not shown as if they were these.
        QVERIFY(fixture.page->armPanel(1)->view()->toPlainText().isEmpty());
        ComparePage again(fixture.session, fixture.dialogs, [] { return std::unique_ptr<Engine>(); });
        QCOMPARE(again.promptBar()->settings().maxNewTokens, std::int64_t(64));
        QVERIFY(again.promptBar()->settings().stop == popup->settings().stop);
        qobject_cast<QSpinBox*>(popup->control(QStringLiteral("max_new_tokens")))->setValue(128);
        popup->stopEdit()->clear();
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
    }

    void noRunAndNoTestRows_leadToTrainAndData() {
        CompareFixture fixture(0, false);
        QVERIFY(!fixture.page->arm(1).model().has_value());
        QSignalSpy away(fixture.page.get(), &Page::goTo);
        fixture.page->armPanel(1)->empty()->button()->click();
        QCOMPARE(away.takeFirst().front().value<PageId>(), PageId::Train);
        fixture.page->list()->empty()->button()->click();
        QCOMPARE(away.takeFirst().front().value<PageId>(), PageId::Data);
        QVERIFY(!fixture.page->list()->runButton()->isEnabled());
        fixture.page->promptBar()->edit()->setFocus();
        QTest::keyClicks(fixture.page->promptBar()->edit(), QStringLiteral("Hello"));
        fixture.page->askBoth();  // the base model alone answers
        QTRY_VERIFY(!fixture.page->isBusy());
        QVERIFY(!fixture.page->armPanel(0)->view()->toPlainText().isEmpty());
    }

    void page_isDrawn_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void page_isDrawn() {
        QFETCH(bool, dark);
        Theme theme(*qApp);
        theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const QString look = dark ? QStringLiteral("dark") : QStringLiteral("light");
        CompareFixture fixture(24);
        picture(*fixture.page, QStringLiteral("compare-before-") + look);
        fixture.page->runAll();
        QTRY_VERIFY(!fixture.page->isBusy());
        picture(*fixture.page, QStringLiteral("compare-done-") + look);
        fixture.gate = false;
        fixture.page->askBoth();
        QTRY_COMPARE(fixture.page->armPanel(0)->view()->toPlainText(), QStringLiteral("What is the"));
        picture(*fixture.page, QStringLiteral("compare-writing-") + look);
        fixture.page->promptBar()->settingsButton()->click();
        picture(*fixture.page->promptBar()->popup(), QStringLiteral("compare-settings-") + look);
        fixture.page->promptBar()->popup()->close();
        fixture.gate = true;
        QTRY_VERIFY(!fixture.page->isBusy());
        CompareFixture bare(0, false);
        picture(*bare.page, QStringLiteral("compare-empty-") + look);
    }
};

STUDIO_TEST(ComparePageTest)
#include "compare_page_test.moc"
