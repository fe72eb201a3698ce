// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/lost_model.h"

#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/small_adapter.h"
#include "tests/support/studio_test.h"

using namespace studio;
using test::MadeRun;
namespace fs = std::filesystem;

class LostModelTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_runs;

    /// A run whose model lost these files; with "model" all of it.
    RunSummary robbed(const MadeRun& made, const std::vector<std::string>& lost) const {
        const RunFolder run = test::makeRun(m_runs.path(), made);
        for (const std::string& name : lost)
            fs::remove_all(name == "model" ? run.modelFolder() : run.modelFolder() / name);
        return run.look();
    }
    std::string modelOf(const std::string& run) const { return (m_runs / run / "model").string(); }

private Q_SLOTS:
    void lostModel_finishedRun_namesWhatIsMissing() {
        QVERIFY(!lostModel(robbed({.name = "whole"}, {})));
        const auto causeOf = [&](const char* name, const std::vector<std::string>& lost) {
            return lostModel(robbed({.name = name}, lost)).value().cause();
        };
        QCOMPARE(causeOf("a", {"config.json"}),
                 "The model of the run a is not whole. Missing: " + modelOf("a") + "/config.json.");
        QCOMPARE(causeOf("b", {"model.safetensors"}),
                 "The model of the run b is not whole. Missing: " + modelOf("b") + "/model.safetensors.");
        QCOMPARE(causeOf("c", {"config.json", "model.safetensors"}),
                 "The model of the run c is not whole. Missing: " + modelOf("c") + "/config.json, " +
                     modelOf("c") + "/model.safetensors.");
        QCOMPARE(causeOf("d", {"model"}),
                 "The model of the run d is not whole. Missing: " + modelOf("d") + ".");
    }

    void lostModel_whatToDo_dependsOnTheCheckpoint() {
        const auto lost = [&](const MadeRun& made) {
            return lostModel(robbed(made, {"config.json"})).value();
        };
        const Error resumable = lost({.name = "stopped", .state = "stopped", .hasCheckpoint = true});
        QVERIFY2(resumable.nextStep().find("resume the run") != std::string::npos, resumable.what());
        QCOMPARE(resumable.args(), (std::vector<std::string>{modelOf("stopped") + "/config.json",
                                                             "run_model_resumable", "stopped"}));
        for (const MadeRun& made : {MadeRun{.name = "ended", .state = "stopped"},
                                    MadeRun{.name = "dropped", .state = "discarded", .hasCheckpoint = true},
                                    MadeRun{.name = "done", .hasCheckpoint = true}}) {
            const Error gone = lost(made);
            QVERIFY2(gone.nextStep().find("train again") != std::string::npos, gone.what());
            QCOMPARE(gone.args().at(1), std::string("run_model_lost"));
        }
    }

    void lostModel_adapterIsWhole_canBeMerged() {
        robbed({.name = "lora"}, {"config.json"});
        test::writeSmallAdapter(RunFolder(m_runs / "lora").adapterFolder());
        const Error lost = lostModel(RunFolder(m_runs / "lora").look()).value();
        // The Studio says this, too: it has no commands.
        QCOMPARE(
            lost.nextStep(),
            std::string("Put it back from a copy, or export the run's adapter, merged into its base model."));
        QCOMPARE(lost.args().at(1), std::string("run_model_mergeable"));
    }

    void lostModel_runThatNeverHadOneOrIsAtWork_isNone() {
        for (const char* state : {"stopped", "failed", "discarded"})
            QVERIFY2(!lostModel(robbed(
                         {.name = std::string("never-") + state, .state = state, .hasModel = false}, {})),
                     state);
        const MadeRun made{.name = "working", .state = "training"};
        const RunFolder run = test::makeRun(m_runs.path(), made);
        fs::remove(run.modelFolder() / "config.json");  // an earlier stop saved it
        {
            const RunLock held(run.path());
            QVERIFY(!lostModel(run.look()));
        }
        QVERIFY(lostModel(run.look()));  // interrupted
    }
};

STUDIO_TEST(LostModelTest)
#include "lost_model_test.moc"
