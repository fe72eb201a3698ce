// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_words.h"

#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;

namespace {

std::shared_ptr<const RunEntry> entryOf(const TrainSettings& settings, const std::string& dataHash = "9c41") {
    auto entry = std::make_shared<RunEntry>();
    entry->kind = "train";
    entry->settings = settings;
    entry->dataHash = dataHash;
    entry->summary.baseModel = "/models/base";
    entry->summary.templateName = "alpaca";
    return entry;
}

}  // namespace

class RunWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void started_nearAndFar_isSaidAsPeopleDo() {
        const QDateTime now(QDate(2026, 11, 27), QTime(15, 30));  // a Friday
        const auto said = [&](const QDateTime& time) { return startedText(time.toSecsSinceEpoch(), now); };
        QCOMPARE(said(QDateTime(QDate(2026, 11, 27), QTime(12, 58))), QStringLiteral("Today 12:58"));
        QCOMPARE(said(QDateTime(QDate(2026, 11, 26), QTime(23, 59))), QStringLiteral("Yesterday 23:59"));
        QVERIFY(said(QDateTime(QDate(2026, 11, 24), QTime(16, 2))).endsWith(QStringLiteral(" 16:02")));
        QVERIFY(!said(QDateTime(QDate(2025, 1, 4), QTime(16, 2))).contains(QStringLiteral("16:02")));
        QCOMPARE(startedText(0, now), QStringLiteral("–"));
    }

    void discarded_withAndWithoutTheModelOfAnEarlierStop_isToldApart() {
        RunEntry run;
        run.state = RunState::Discarded;
        run.steps = 60;
        QCOMPARE(stateSentence(run),
                 QStringLiteral("Stopped at step 60; nothing of what it had learned was kept."));
        run.summary.hasModel = true;
        QCOMPARE(stateSentence(run),
                 QStringLiteral("Stopped at step 60; only the model that an earlier stop saved was kept."));
    }

    void lostModel_isAWordOfItsOwn() {
        RunEntry run;
        run.steps = 60;
        const QString said = QStringLiteral("no longer whole. Notes and lineage says");
        for (const RunState state : kRunStates) {
            run.state = state;
            run.lost.reset();
            QCOMPARE(stateWord(run), stateWord(state));
            QCOMPARE(stateBadge(run).kind, stateBadge(state).kind);
            QCOMPARE(stateTip(run), stateSentence(run));
            QVERIFY(!stateTip(run).contains(said));
            run.lost = Error(ErrorCode::FileNotFound, "It is not whole.", "Train again.");
            QCOMPARE(stateWord(run), QStringLiteral("Model lost"));
            QCOMPARE(stateBadge(run).text, stateWord(run));
            const bool failed = stateBadge(state).kind == BadgeKind::Error;
            QCOMPARE(stateBadge(run).kind, failed ? BadgeKind::Error : BadgeKind::Warning);
            QCOMPARE(stateTip(run).count(said), 1);
        }
        run.problem = "notes.json is damaged.";
        run.state = RunState::Finished;
        QCOMPARE(stateTip(run).count(said), 1);
        QVERIFY(stateTip(run).startsWith(QStringLiteral("notes.json is damaged.")));
    }

    void noStep_isSaidInWords_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, RunState state, const char* sentence) {
            QTest::newRow(name) << static_cast<int>(state) << QString::fromLatin1(sentence);
        };
        row("failed", RunState::Failed, "It ended before its first step.");
        row("diverged", RunState::Diverged, "The loss was no longer a finite number from its first step on.");
        row("interrupted", RunState::Interrupted,
            "Its process has ended before its first step, without a word.");
        row("stopped", RunState::Stopped, "Stopped before its first step; nothing was learned.");
        row("discarded", RunState::Discarded, "Stopped before its first step; nothing was learned.");
        row("at work", RunState::Running, "It has made no step yet.");
    }
    void noStep_isSaidInWords() {
        QFETCH(int, state);
        RunEntry run;
        run.state = static_cast<RunState>(state);
        QTEST(stateSentence(run), "sentence");
        run.problem = "The device is gone.";
        QCOMPARE(stateSentence(run), QStringLiteral("The device is gone."));
    }

    void finished_withoutItsStatus_isSaidInTheLanguageOfThePage() {
        RunEntry run;
        run.state = RunState::Finished;
        run.steps = 60;
        run.summary.hasModel = true;
        run.summary.statusKnown = false;
        run.summary.status.message = "The run's state file is missing: /a/status.json.";
        QVERIFY(stateSentence(run).startsWith(QStringLiteral("How it ended is told by its other files")));
        run.state = RunState::Running;
        QVERIFY(stateSentence(run).startsWith(QStringLiteral("Step 60")));
    }

    void names_withACommonBeginning_areShortened() {
        QCOMPARE(shortRunNames({"round-3-full", "round-3-lora", "round-2-full"}),
                 QStringList({"3-full", "3-lora", "2-full"}));
        QCOMPARE(shortRunNames({"run-1", "run-10"}), QStringList({"1", "10"}));
        QCOMPARE(shortRunNames({"alpha", "alpine"}), QStringList({"alpha", "alpine"}));
        QCOMPARE(shortRunNames({"round-3-full"}), QStringList{"round-3-full"});
        QCOMPARE(shortRunNames({}), QStringList());
        // One is the beginning of the other: none may be left without a name.
        QCOMPARE(shortRunNames({"a-", "a-b"}).front(), QStringLiteral("a-"));
    }

    void values_areWrittenAsTheFormWritesThem() {
        TrainSettings settings;
        settings.learningRate = 2e-5;
        settings.keepBest = true;
        const RunDifference difference = compareRuns({entryOf(settings)});
        const auto text = [&](const char* field) { return runValueText(*difference.find(field), 0); };
        QCOMPARE(text("learning_rate"), QStringLiteral("2e-5"));
        QCOMPARE(text("beta2"), QStringLiteral("0.999"));
        QCOMPARE(text("keep_best"), QStringLiteral("on"));
        QCOMPARE(text("method"), QStringLiteral("full"));
        QCOMPARE(text("mixture"), QStringLiteral("–"));
        QCOMPARE(text("data_snapshot"), QStringLiteral("9c41"));
    }

    void same_isSaidInWords() {
        TrainSettings one, other;
        other.learningRate = 1e-3;
        const QString same = sameText(compareRuns({entryOf(one), entryOf(other)}));
        QCOMPARE(same,
                 QStringLiteral("Same in all: base model, template, seed 42, cutoff 512, data snapshot. "
                                "Only then are the losses comparable."));
        const QString apart = sameText(compareRuns({entryOf(one), entryOf(other, "52e0")}));
        QVERIFY2(apart.contains(QStringLiteral("what differs: data snapshot")), qPrintable(apart));
    }

    void everyState_hasItsWordAndBadge() {
        QStringList words;
        for (const RunState state : kRunStates) {
            words << stateWord(state);
            QCOMPARE(stateBadge(state).text, stateWord(state));
        }
        QCOMPARE(QSet<QString>(words.begin(), words.end()).size(), qsizetype(kRunStates.size()));
        QCOMPARE(obstacleText(ResumeObstacle::None), QString());
        for (const ResumeObstacle obstacle :
             {ResumeObstacle::AtWork, ResumeObstacle::Finished, ResumeObstacle::Discarded,
              ResumeObstacle::NoCheckpoint, ResumeObstacle::NoTraining})
            QVERIFY(obstacleText(obstacle).endsWith(u'.'));
    }
};

STUDIO_TEST(RunWordsTest)
#include "run_words_test.moc"
