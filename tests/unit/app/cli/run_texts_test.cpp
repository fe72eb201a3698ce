// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_texts.h"

#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
using test::MadeRun;

/// How the end of a run is said where no model was saved, and what can be typed then.
class RunTextsTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    QString endOf(MadeRun made) const {
        made.hasModel = false;
        const std::filesystem::path runs = m_folder / "My project.ftproj" / "runs";
        return QString::fromStdString(endWithoutModel(test::makeRun(runs, made).path()));
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
