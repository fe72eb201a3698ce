// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_texts.h"

#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/small_adapter.h"
#include "tests/support/studio_test.h"

using namespace studio;
using test::MadeRun;

/// How the end of a run is said where no model was saved, and what can be typed then.
class RunTextsTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    QString endOf(MadeRun made, bool hasModel = false, bool unchanged = false) const {
        made.hasModel = hasModel;
        const std::filesystem::path runs = m_folder / "My project.ftproj" / "runs";
        return QString::fromStdString(endWithoutModel(test::makeRun(runs, made).path(), unchanged));
    }

private Q_SLOTS:
    void resumeCommand_anyFolder_canBeTyped() {
        QCOMPARE(resumeCommand("/p/A.ftproj/runs/run-1"),
                 std::string("finetune train --project /p/A.ftproj --run run-1 --resume"));
        QCOMPARE(resumeCommand("/p/it's mine.ftproj/runs/run-1"),
                 std::string("finetune train --project '/p/it'\\''s mine.ftproj' --run run-1 --resume"));
    }

    void end_discarded_namesTheStepAndWhatStays() {
        const QString text = endOf({.name = "dropped", .steps = 7, .state = "discarded"});
        QVERIFY2(text.startsWith("The run dropped was discarded after step 7: nothing "), qPrintable(text));
        QVERIFY2(text.contains("finetune runs delete '") && text.contains("My project.ftproj' dropped"),
                 qPrintable(text));
    }

    void end_stopped_namesItsCheckpointIfThereIsOne() {
        const QString kept = endOf({.name = "kept", .steps = 7, .state = "stopped", .hasCheckpoint = true});
        QVERIFY2(kept.contains("the checkpoint of step 7 is kept") && kept.contains("--run kept --resume"),
                 qPrintable(kept));
        const QString lost = endOf({.name = "lost", .steps = 7, .state = "stopped"});
        QVERIFY2(lost.contains("after step 7 ") && lost.contains("no checkpoint"), qPrintable(lost));
        const QString early = endOf({.name = "early", .steps = 0, .state = "stopped"});
        QVERIFY2(early.contains("before its first step"), qPrintable(early));
    }

    void end_withACheckpointThatCannotBeGoneOnFrom_advisesNoResume() {
        MadeRun made{.name = "cut", .steps = 7, .state = "stopped", .hasCheckpoint = true};
        made.hasModel = false;
        const RunFolder folder = test::makeRun(m_folder / "My project.ftproj" / "runs", made);
        OrderedJson run = folder.readRun();
        run["settings"] = "lost";
        folder.writeRun(run);
        const QString text = QString::fromStdString(endWithoutModel(folder.path()));
        QVERIFY2(text.contains("the checkpoint of step 7 is kept") && !text.contains("--resume") &&
                     text.contains("has no usable settings"),
                 qPrintable(text));
        writeFileAtomically(folder.path() / "run.json", "{");
        const QString damaged = QString::fromStdString(endWithoutModel(folder.path()));
        QVERIFY2(damaged.startsWith("The run cut has ended. The run's description is damaged: "),
                 qPrintable(damaged));
    }

    void end_withTheModelOfAnEarlierStop_saysThatItStays() {
        const QString stopped =
            endOf({.name = "twice", .steps = 60, .state = "stopped", .hasCheckpoint = true}, true);
        QVERIFY2(stopped.contains("stopped after step 60; the model that an earlier stop saved stays in ") &&
                     stopped.contains("runs/twice/model") && !stopped.contains("no model"),
                 qPrintable(stopped));
        const QString dropped = endOf({.name = "dropped-late", .steps = 60, .state = "discarded"}, true);
        QVERIFY2(dropped.contains("the model that an earlier stop saved stays in ") &&
                     dropped.contains("since its last stop") && dropped.contains("finetune runs delete"),
                 qPrintable(dropped));
    }

    void end_failedOrInterrupted_isNotCalledStopped() {
        const QString failed = endOf({.name = "failed", .steps = 5, .state = "failed"});
        QVERIFY2(failed.startsWith("The run failed failed after step 5 "), qPrintable(failed));
        const QString early = endOf({.name = "refused", .steps = 0, .state = "failed"});
        QVERIFY2(early.startsWith("The run refused failed before its first step: "), qPrintable(early));
        if (!lockDecides(m_folder.path())) QSKIP("the temporary folder is on a network file system");
        const QString killed = endOf({.name = "killed", .steps = 5, .state = "training"});
        QVERIFY2(killed.startsWith("The run killed was interrupted after step 5 "), qPrintable(killed));
    }

    void state_withAndWithoutSteps_isSaidInWords() {
        QCOMPARE(runStateText("failed", 0), std::string("failed before its first step"));
        QCOMPARE(runStateText("failed", 7), std::string("failed after step 7"));
        QCOMPARE(runStateText("stopped", 0), std::string("was stopped before its first step"));
        QCOMPARE(runStateText("interrupted", 7), std::string("was interrupted after step 7"));
        QCOMPARE(runStateText("starting", 0), std::string("is starting and has made no step yet"));
        QCOMPARE(runStateText("training", 7), std::string("is training at step 7"));
    }

    void end_resumedWithoutAStep_saysThatNothingWasChanged() {
        const QString text =
            endOf({.name = "same", .steps = 50, .state = "stopped", .hasCheckpoint = true}, true, true);
        QVERIFY2(text.startsWith("No step was made, and the run same is as it was: it was stopped after "
                                 "step 50; the model") &&
                     text.contains("--run same --resume goes on"),
                 qPrintable(text));
    }

    void runGone_namesTheStepAndTheTrashOfAProject() {
        const QString text = QString::fromStdString(runGoneText("/p/A.ftproj/runs/r", 1000));
        QVERIFY2(text.startsWith("The run r is no longer there, after step 1000: ") &&
                     text.contains("finetune runs list /p/A.ftproj --trash"),
                 qPrintable(text));
        QVERIFY(runGoneText("/models/r", {}).ends_with("while it trained."));
    }

    void problem_lostModelOfALoraRun_namesTheCommandThatMergesAnew() {
        const RunFolder run = test::makeRun(m_folder.path(), {.name = "robbed"});
        RunEntry entry;
        entry.summary = run.look();
        QCOMPARE(problemText(entry), std::string());
        std::filesystem::remove(run.modelFolder() / "config.json");
        const QString plain = QString::fromStdString(problemText(entry));
        QVERIFY2(plain.contains("is not whole") && !plain.contains("finetune"), qPrintable(plain));
        test::writeSmallAdapter(run.adapterFolder());
        const QString merged = QString::fromStdString(problemText(entry));
        QVERIFY2(merged.endsWith("export the run's adapter, merged into its base model. The command is "
                                 "finetune model export --model BASE --adapter RUN --merge --to hf --out "
                                 "FOLDER."),
                 qPrintable(merged));
    }

    void figures_ofSeveralRuns_standSideBySide() {
        auto one = std::make_shared<RunEntry>(), other = std::make_shared<RunEntry>();
        one->state = RunState::Finished;
        one->steps = 40;
        one->trainLoss = 2.0;
        one->evalLoss = 2.5;
        one->bestEvalLoss = 2.25;
        one->bestEvalStep = 30;
        one->seconds = 61;
        other->state = RunState::Interrupted;
        const RunEntries runs{one, other};
        const auto rows = runFigureRows(runs);
        QCOMPARE(rows[0], (std::vector<std::string>{"state", "finished", "interrupted"}));
        QCOMPARE(rows[2], (std::vector<std::string>{"train loss", "2.0000", "–"}));
        QCOMPARE(rows[4], (std::vector<std::string>{"best evaluation", "2.2500 at step 30", "–"}));
        QCOMPARE(rows[5], (std::vector<std::string>{"time", "1:01", "–"}));
        const OrderedJson json = runFiguresJson(runs);
        QCOMPARE(json["step"].dump(), std::string("[40,0]"));
        QCOMPARE(json["best_eval_loss"].dump(), std::string("[2.25,null]"));
    }

    void evaluation_asFarAsItWasMeasured() {
        RunEntry run;
        QCOMPARE(evaluationText(run), std::string("not measured"));
        run.firstEvalLoss = run.evalLoss = run.bestEvalLoss = 3.5;
        QCOMPARE(evaluationText(run), std::string("3.5000 before; none since"));
        run.evaluatedAfterStart = true;
        run.evalLoss = 2.5;
        run.bestEvalLoss = 2.25;
        QCOMPARE(evaluationText(run), std::string("3.5000 before, 2.5000 now, 2.2500 at its best"));
    }
};

STUDIO_TEST(RunTextsTest)
#include "run_texts_test.moc"
