// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/runs_look.h"

#include "core/formats/json.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
using test::MadeRun;

namespace {

class RunsLookTest : public QObject {
    Q_OBJECT

    static ui::RunsLook look(const std::filesystem::path& runs) {
        return ui::lookAtRuns(runs, {.last = true}, {});
    }

private Q_SLOTS:
    // What a resume would refuse is not offered: the newest run with a model is shown instead.
    void last_stoppedWithACheckpoint_canGoOnUnlessItsSettingsAreDamaged() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "whole"});
        MadeRun made{.name = "stopped", .created = 2'000};
        made.state = "stopped";
        made.hasModel = false;
        made.hasCheckpoint = true;
        const RunFolder folder = test::makeRun(runs.path(), made);
        const ui::RunsLook before = look(runs.path());
        QVERIFY(before.lastCanGoOn && before.last && before.anyModel);
        QCOMPARE(before.last->facts.folder.filename().string(), std::string("stopped"));
        OrderedJson run = folder.readRun();
        run["settings"] = 3;
        folder.writeRun(run);
        const ui::RunsLook after = look(runs.path());
        QVERIFY(!after.lastCanGoOn && after.last);
        QCOMPARE(after.last->facts.folder.filename().string(), std::string("whole"));
    }

    // Runs and Models say then that a resume brings the model back.
    void last_failedWithACheckpoint_canGoOnWhereItsModelIsLost() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "whole"});
        const RunFolder folder = test::makeRun(
            runs.path(), {.name = "failed", .created = 2'000, .state = "failed", .hasCheckpoint = true});
        QVERIFY(!look(runs.path()).lastCanGoOn);
        std::filesystem::remove(folder.modelFolder() / "config.json");
        const ui::RunsLook lost = look(runs.path());
        QVERIFY(lost.lastCanGoOn && lost.last);
        QCOMPARE(lost.last->facts.folder.filename().string(), std::string("failed"));
        std::filesystem::remove_all(folder.checkpointsFolder());
        QVERIFY(!look(runs.path()).lastCanGoOn);
    }
};

STUDIO_TEST(RunsLookTest)

}  // namespace

#include "runs_look_test.moc"
