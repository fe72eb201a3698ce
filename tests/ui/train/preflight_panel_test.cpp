// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/preflight_panel.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <algorithm>

#include "tests/support/desktop_font.h"
#include "tests/support/studio_test.h"
#include "ui/theme/theme.h"

using namespace studio;
using namespace studio::ui;

namespace {

/// A run that fits everywhere and has nothing to complain about.
TrainPlan harmless() {
    TrainPlan plan;
    plan.found.trainRows = 100;
    plan.found.validationRows = 10;
    plan.found.cutoff = 128;
    plan.found.tokensPerEpoch = 3000;
    plan.found.paddedTokensPerEpoch = 4000;
    plan.found.plan = {30, 10.0, 2, 3};
    plan.found.memory.weights = 1'000'000'000;
    plan.found.diskBytes = 1'000'000;
    plan.freeMemoryBytes = 8'000'000'000;
    plan.freeDiskBytes = 80'000'000'000;
    return plan;
}

const Check* checkWith(const PreflightPanel& panel, const QString& words) {
    for (const Check& check : panel.checks())
        if (check.title.contains(words) || check.detail.contains(words)) return &check;
    return nullptr;
}

}  // namespace

class PreflightPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plan_withoutFault_tellsWhatPackingSaves() {
        PreflightPanel panel;
        panel.showPlan(harmless());
        QCOMPARE(panel.errorCount() + panel.warningCount(), 0);
        QVERIFY(!panel.hasDoubt());
        const Check* packed = checkWith(panel, QStringLiteral("without packing 25.0 %"));
        QVERIFY(packed && packed->kind == Check::Kind::Ok);
        QVERIFY(checkWith(panel, QStringLiteral("8.0 GB free")));  // the forecast against what there is
        // What a time that nothing has measured is computed from.
        QVERIFY(checkWith(panel, QStringLiteral("Assumes 50 × 10⁹ operations per second and thread")));
    }

    void chatModel_anotherTemplate_isAWarningWithAWayToPrompts() {
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.job.promptTemplate = builtInTemplates().front();
        plan.leavesChatFormat = true;
        panel.showPlan(plan);
        QCOMPARE(panel.warningCount(), 1);
        const Check* chat = checkWith(panel, QStringLiteral("own chat template"));
        QVERIFY(chat && chat->detail.contains(QStringLiteral("Alpaca")));
        QSignalSpy asked(&panel, &PreflightPanel::promptsRequested);
        chat->follow();
        QCOMPARE(asked.size(), 1);
    }

    void template_leavesOutTheInstructions_isAWarningWithAWayToPrompts() {
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.instructionsUnread = true;
        panel.showPlan(plan);
        QCOMPARE(panel.errorCount(), 0);
        QCOMPARE(panel.warningCount(), 1);
        const Check* unread = checkWith(panel, QStringLiteral("leaves out the instructions"));
        QVERIFY(unread && unread->kind == Check::Kind::Warning);
        QSignalSpy asked(&panel, &PreflightPanel::promptsRequested);
        unread->follow();
        QCOMPARE(asked.size(), 1);
    }

    void memory_beyondWhatIsFree_isAWarningThatCanBeOverridden() {
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.found.cutRows = {{1, 200, 72, false}};
        plan.freeMemoryBytes = 500'000'000;
        panel.showPlan(plan);
        QCOMPARE(panel.errorCount(), 0);
        QCOMPARE(panel.warningCount(), 2);
        QVERIFY(panel.hasDoubt());
        QCOMPARE(panel.checks().front().title, QStringLiteral("The memory may not be enough"));
        plan.freeMemoryBytes = 1'300'000'000;  // tight, not more
        panel.showPlan(plan);
        QVERIFY(!panel.hasDoubt());
        plan.freeMemoryBytes = 500'000'000;
        plan.freeDiskBytes = 10;
        panel.showPlan(plan);
        QCOMPARE(panel.errorCount(), 1);
        QVERIFY(!panel.hasDoubt());  // there is nothing to start
    }

    void memory_thatIsFreeNotKnown_isNotCalledEnough() {
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.freeMemoryBytes = 0;
        panel.showPlan(plan);
        const Check* check = checkWith(panel, QStringLiteral("How much memory is free is not known"));
        QVERIFY(check && check->kind == Check::Kind::Warning);
        QVERIFY(check->detail.startsWith(QStringLiteral("About 1.0 GB")));
        QVERIFY(!checkWith(panel, QStringLiteral("is enough")));
        QVERIFY(!panel.hasDoubt());
    }

    void mixture_namesASourceWithoutRows_isAWarning() {
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.found.unknownSources = {"wiki", "chat"};
        panel.showPlan(plan);
        QCOMPARE(panel.warningCount(), 2);
        const Check* check = checkWith(panel, QStringLiteral("No train row comes from chat"));
        QVERIFY(check && check->kind == Check::Kind::Warning);
        QSignalSpy asked(&panel, &PreflightPanel::fieldRequested);
        check->follow();
        QCOMPARE(asked.front().front().toString(), QStringLiteral("mixture"));
    }

    void time_notMeasured_isARange() {
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.found.seconds = 60;
        plan.found.secondsLeast = 30;
        plan.found.secondsMost = 180;
        panel.showPlan(plan);
        QVERIFY(checkWith(panel, QStringLiteral("between 30 s and 3 min 00 s")));
        plan.found.secondsMeasured = true;
        plan.found.secondsLeast = plan.found.secondsMost = 60;
        panel.showPlan(plan);
        QVERIFY(!checkWith(panel, QStringLiteral("between")));
    }

    void time_range_isNotCut() {
        const test::DesktopFont font(10);
        Theme theme(*qApp);
        PreflightPanel panel;
        TrainPlan plan = harmless();
        plan.found.seconds = 60;
        plan.found.secondsLeast = 30;
        plan.found.secondsMost = 180;
        panel.showPlan(plan);
        panel.resize(470, 500);  // as in a window of 1280 pixels
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QLabel* range = nullptr;
        for (QLabel* label : panel.findChildren<QLabel*>())
            if (label->text() == QStringLiteral("30 s to 3 min 00 s")) range = label;
        QVERIFY(range);
        QVERIFY(range->width() >= range->fontMetrics().horizontalAdvance(range->text()));
    }

    void measuring_isOfferedOnlyWhereTheRunCanStart_andCanBeStopped() {
        PreflightPanel panel;
        const auto linked = [&](const char* link) {
            const auto& checks = panel.checks();
            return std::find_if(checks.begin(), checks.end(),
                                [&](const Check& check) { return check.link == QLatin1String(link); });
        };
        TrainPlan plan = harmless();
        panel.showPlan(plan);
        QVERIFY(linked("Measure") != panel.checks().end());
        plan.freeDiskBytes = 10;
        panel.showPlan(plan);
        QCOMPARE(panel.errorCount(), 1);
        QVERIFY(linked("Measure") == panel.checks().end());
        panel.showPlan(harmless());
        panel.setMeasuring(true);
        QVERIFY(linked("Measure") == panel.checks().end());
        QVERIFY(linked("Stop") != panel.checks().end());
        QSignalSpy stopped(&panel, &PreflightPanel::measureStopRequested);
        linked("Stop")->follow();
        QCOMPARE(stopped.count(), 1);
    }

    void passedChecks_beyondTheFirst_areFoldedUntilAskedFor() {
        PreflightPanel panel;
        panel.resize(400, 600);
        panel.showPlan(harmless());
        const auto shown = [&] {
            const auto rows = panel.findChildren<CheckRow*>();
            return std::count_if(rows.begin(), rows.end(),
                                 [](const CheckRow* row) { return !row->isHidden(); });
        };
        const auto all = static_cast<std::ptrdiff_t>(panel.checks().size());
        QVERIFY(all > 6);
        QCOMPARE(shown(), std::ptrdiff_t(5));
        QPushButton* more = nullptr;
        for (QPushButton* button : panel.findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("all passed"))) more = button;
        QVERIFY(more);
        more->click();
        QCOMPARE(shown(), all);
        panel.showPlan(harmless());  // another change of the settings
        QTRY_COMPARE(shown(), all);
    }
};

STUDIO_TEST(PreflightPanelTest)
#include "preflight_panel_test.moc"
