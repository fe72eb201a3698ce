// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_folder.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <map>

#include "core/base/files.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_events.h"
#include "core/storage/run_leftovers.h"
#include "core/storage/run_lock.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/other_process.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

class RunFolderTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_runs;

    RunFolder makeRun(const std::string& name, std::int64_t created) {
        makeFolders(m_runs / name);
        RunFolder run(m_runs / name);
        run.writeRun(OrderedJson{{"method", "full"},
                                 {"created", created},
                                 {"base_model", {{"path", "/models/base"}, {"hash", "x"}}},
                                 {"template", {{"name", "alpaca"}}}});
        return run;
    }

private Q_SLOTS:
    void metricsJson_notFinite_keyLeftOut() {
        MetricsLine line;
        line.step = 3;
        line.loss = kNaN;
        line.evalLoss = std::numeric_limits<double>::infinity();
        line.learningRate = 1e-4;
        const OrderedJson json = metricsJson(line);
        QVERIFY(!json.contains("loss") && !json.contains("eval_loss"));
        QCOMPARE(json.at("lr").get<double>(), 1e-4);
        const MetricsLine back = metricsFromJson(json);
        QVERIFY(std::isnan(back.loss) && std::isnan(back.evalLoss));
        QCOMPARE(back.step, 3);
    }

    void metricsJson_everyKey_namesOfTheContract() {
        MetricsLine line{1, 0.5, 2.0, 3.0, 1e-3, 0.7, 400, 90.5, 123456, 9.5};
        QCOMPARE(
            metricsJson(line).dump(),
            std::string(
                R"({"step":1,"epoch":0.5,"loss":2.0,"eval_loss":3.0,"lr":0.001,"grad_norm":0.7,"tokens":400,)"
                R"("tokens_per_second":90.5,"memory":123456,"seconds":9.5})"));
    }

    void readMetrics_halfWrittenLines_leftOut() {
        const RunFolder run = makeRun("half", 1);
        std::ofstream(run.metricsFile())
            << "{\"step\":1,\"loss\":2.5}\n{\"step\":2,\"lo{\"step\":3,\"loss\":2}\n\n"
               "{\"step\":4,\"loss\":1.5}\n{\"step\":5,\"loss\":1";
        const std::vector<MetricsLine> lines = run.readMetrics();
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines.back().step, 4);
        QVERIFY(RunFolder(m_runs / "none").readMetrics().empty());
    }

    void summary_writtenRun_everyPart() {
        const RunFolder run = makeRun("whole", 5);
        run.writeStatus({"finished", 10, 10, "", 0, "", 0});
        LineAppender lines(run.metricsFile());
        lines.append(R"({"step":0,"eval_loss":3.5})");
        lines.append(R"({"step":1,"loss":3.0,"eval_loss":2.5})");
        lines.append(R"({"step":2,"loss":2.0})");
        RunSummary summary = run.summary();
        QCOMPARE(summary.name, std::string("whole"));
        QCOMPARE(summary.method, std::string("full"));
        QCOMPARE(summary.baseModel, fs::path("/models/base"));
        QCOMPARE(summary.templateName, std::string("alpaca"));
        QCOMPARE(summary.bestEvalLoss, 2.5);
        QCOMPARE(summary.last->step, 2);
        QCOMPARE(summary.state(), std::string("finished"));
        QVERIFY(!summary.hasModel);
        makeFolders(run.modelFolder());
        writeFileAtomically(run.modelFolder() / "config.json", "{}");
        writeFileAtomically(run.modelFolder() / "model.safetensors", "x");
        QVERIFY(run.summary().hasModel);
    }

    void state_processGone_interrupted() {
        const RunFolder run = makeRun("gone", 5);
        run.writeStatus({"training", 3, 10, "", 0, "", 0});
        QCOMPARE(run.summary().state(), std::string("training"));
        QCOMPARE(run.readStatus().processId, ownProcessId());
        run.writeStatus({"training", 3, 10, "", test::endedProcess(), "", 0});
        QCOMPARE(run.summary().state(), std::string("interrupted"));
        run.writeStatus({"finished", 3, 10, "", test::endedProcess(), "", 0});
        QCOMPARE(run.summary().state(), std::string("finished"));
    }

    void removeLeftovers_onlyOfProcessesThatAreGone() {
        const test::TemporaryFolder runs;
        const auto make = [&](const char* name, std::int64_t process) {
            makeFolders(runs / name / ".model.tmp-1-0");
            std::ofstream(runs / name / ".model.tmp-1-0" / "model.safetensors") << "half";
            makeFolders(runs / name / "model");
            RunFolder(runs / name).writeStatus({"saving", 3, 10, "", process, "", 0});
        };
        make("alive", ownProcessId());
        make("gone", test::endedProcess());
        makeFolders(runs / "unknown" / ".model.tmp-1-0");
        removeLeftovers(runs.path());
        QVERIFY(fs::exists(runs / "alive" / ".model.tmp-1-0"));
        QVERIFY(fs::exists(runs / "unknown" / ".model.tmp-1-0"));
        QVERIFY(!fs::exists(runs / "gone" / ".model.tmp-1-0"));
        QVERIFY(fs::exists(runs / "gone" / "model"));
    }

    void removeLeftovers_finishedOrSteppedAside_putRight() {
        const test::TemporaryFolder runs;
        const auto model = [](const fs::path& folder) {
            makeFolders(folder);
            writeFileAtomically(folder / "config.json", "{}");
            writeFileAtomically(folder / "model.safetensors", "x");
        };
        // Killed after its last word, before its checkpoints were cleared.
        model(runs / "finished" / "model");
        makeFolders(runs / "finished" / "checkpoints" / "step-8");
        RunFolder(runs / "finished").writeStatus({"finished", 10, 10, "", test::endedProcess(), "", 0});
        model(runs / "stopped" / "model");
        makeFolders(runs / "stopped" / "checkpoints" / "step-8");
        RunFolder(runs / "stopped").writeStatus({"stopped", 8, 10, "", test::endedProcess(), "", 0});
        // Killed where the file system cannot exchange two folders, between the renames.
        model(runs / "aside" / ".model.old-1-0");
        makeFolders(runs / "aside" / "checkpoints" / ".step-8.tmp-1-0");
        RunFolder(runs / "aside").writeStatus({"saving", 10, 10, "", test::endedProcess(), "", 0});
        removeLeftovers(runs.path());
        QVERIFY(!fs::exists(runs / "finished" / "checkpoints"));
        QVERIFY(fs::exists(runs / "finished" / "model"));
        QVERIFY(fs::exists(runs / "stopped" / "checkpoints" / "step-8"));
        QVERIFY(fs::exists(runs / "aside" / "model" / "model.safetensors"));
        QVERIFY(!fs::exists(runs / "aside" / ".model.old-1-0"));
        QVERIFY(!fs::exists(runs / "aside" / "checkpoints" / ".step-8.tmp-1-0"));
    }

    void state_lockFreeOrHeld_decidesWhereTheProcessCannot() {
        const RunFolder run = makeRun("elsewhere", 5);
        run.writeStatus({"training", 3, 10, "", 123, "another-host boot 1", 0});
        QCOMPARE(run.summary().state(), std::string("training"));
        {
            const RunLock lock(run.path());
            QCOMPARE(run.summary().state(), std::string("training"));
        }
        if (!lockDecides(run.path())) QSKIP("the temporary folder is on a network file system");
        QCOMPARE(run.summary().state(), std::string("interrupted"));
        writeFileAtomically(run.path() / "status.json", "{\"state\": ");
        QCOMPARE(run.summary().state(), std::string("interrupted"));
        QVERIFY(run.summary().status.message.find("status.json") != std::string::npos);
    }

    void dropMetricsAfter_linesThatStay_areNotChanged() {
        const RunFolder run = makeRun("dropped", 5);
        const std::string kept = "{\"step\":1, \"loss\":2.50,\"of_a_later_version\":[1]}\n";
        writeFileAtomically(run.metricsFile(), kept + "{\"step\":2}\n{\"step\":3,\"lo");
        QCOMPARE(run.dropMetricsAfter(1), std::int64_t{1});  // the torn one
        QCOMPARE(readFile(run.metricsFile()), kept);
        QCOMPARE(run.dropMetricsAfter(1), std::int64_t{0});
        RunFolder(m_runs / "none").dropMetricsAfter(1);
        QVERIFY(!fs::exists(m_runs / "none"));
    }

    void state_idGivenAgainOrOtherHost_toldApart() {
        const std::string mark = processMark(ownProcessId());
        QVERIFY(!mark.empty());
        const std::string earlier = mark.substr(0, mark.rfind(' ') + 1) + "1";
        QVERIFY(processIsGone({"training", 0, 0, "", ownProcessId(), earlier, 0}));
        QVERIFY(!processIsGone({"training", 0, 0, "", test::endedProcess(), "another-host boot 1", 0}));
        QVERIFY(!processIsGone({"training", 0, 0, "", 0, "", 0}));
    }

    void listRuns_severalFolders_newestFirstDamagedListed() {
        const test::TemporaryFolder empty;
        QVERIFY(listRuns(empty.path()).empty());
        QVERIFY(listRuns(empty / "absent").empty());
        const test::TemporaryFolder runs;
        for (const auto& [name, time] :
             {std::pair{"old", 100}, std::pair{"new", 300}, std::pair{"middle", 200}}) {
            makeFolders(runs / name);
            RunFolder(runs / name).writeRun(OrderedJson{{"created", time}});
        }
        makeFolders(runs / "not-a-run");
        makeFolders(runs / ".hidden");
        writeFileAtomically(runs / ".hidden" / "run.json", "{}");
        makeFolders(runs / "damaged");
        writeFileAtomically(runs / "damaged" / "run.json", "{");
        std::vector<std::string> names;
        for (const RunSummary& run : listRuns(runs.path())) names.push_back(run.name + " " + run.state());
        QCOMPARE(names, (std::vector<std::string>{"damaged failed", "new interrupted", "middle interrupted",
                                                  "old interrupted"}));
    }

    void listRuns_withoutADescription_listedWithStateAndReason() {
        const test::TemporaryFolder runs;
        for (const char* name : {"refused", "killed", "damaged", "begins", "silent"}) {
            makeFolders(runs / name);
            const bool failed = std::string(name) == "refused" || std::string(name) == "damaged";
            RunFolder(runs / name)
                .writeStatus({failed ? "failed" : "starting", 0, 9, failed ? "No row is left." : "",
                              test::endedProcess(), "", 0});
        }
        writeFileAtomically(runs / "damaged" / "run.json", "{");
        fs::remove(runs / "silent" / "status.json");
        writeFileAtomically(runs / "silent" / "metrics.jsonl", "");
        const RunLock begins(runs / "begins");
        RunFolder(runs / "begins").writeStatus({"starting", 0, 9, "", 0, "", 0});
        std::map<std::string, RunSummary> found;
        for (const RunSummary& run : listRuns(runs.path())) found[run.name] = run;
        QCOMPARE(found.size(), std::size_t{5});
        const auto says = [&](const char* name, const char* part) {
            return found.at(name).status.message.find(part) != std::string::npos;
        };
        for (const char* name : {"refused", "damaged"}) {
            QCOMPARE(found.at(name).state(), std::string("failed"));
            QVERIFY(says(name, "No row is left.") && says(name, "run.json"));
        }
        for (const char* name : {"killed", "silent"}) {
            QCOMPARE(found.at(name).state(), std::string("interrupted"));
            QVERIFY(says(name, "The run's description is missing"));
        }
        QCOMPARE(found.at("begins").state(), std::string("starting"));
        QVERIFY(found.at("begins").status.message.empty());  // its run.json is on its way
        for (const auto& [name, run] : found) QVERIFY(!run.described && run.created > 0);
    }

    void created_isoText_understood() {
        makeFolders(m_runs / "iso");
        RunFolder run(m_runs / "iso");
        run.writeRun(OrderedJson{{"created", isoTime(1700000000)}});
        QCOMPARE(run.summary().created, 1700000000);
    }

    void readRun_missingOrDamaged_isOneSentenceWithItsFile() {
        makeFolders(m_runs / "torn");
        const RunFolder run(m_runs / "torn");
        STUDIO_COMPARE_ERROR_TEXT(run.readRun(), ErrorCode::FileNotFound,
                                  "The run's description is missing: ");
        for (const char* content : {"{\n \"kind\": \"tr", "", "[1]", "{\"a\": \"\xff\"}"}) {
            writeFileAtomically(run.path() / "run.json", content);
            STUDIO_COMPARE_ERROR_TEXT(run.readRun(), ErrorCode::BadFormat,
                                      "The run's description is damaged: ");
            STUDIO_COMPARE_ERROR_TEXT(run.readRun(), ErrorCode::BadFormat, "torn/run.json");
        }
    }

    void state_withoutAStatus_isWhatTheLockSays() {
        const RunFolder run = makeRun("silent", 5);
        for (const char* status : {"", "{\"state\":", "{\"step\":3}"}) {
            if (*status) writeFileAtomically(run.path() / "status.json", status);
            QCOMPARE(run.summary().state(), std::string("interrupted"));
            {
                const RunLock lock(run.path());
                QCOMPARE(run.summary().state(), std::string("starting"));
            }
            QCOMPARE(run.summary().state(), std::string("interrupted"));
        }
    }

    void state_withoutAStatus_isWhatTheOtherFilesTell() {
        const RunFolder run = makeRun("told", 5);
        const auto tell = [&](const OrderedJson& result) {
            run.writeRun(OrderedJson{{"plan", {{"total_steps", 20}}}, {"result", result}});
            return run.look();
        };
        QCOMPARE(tell({{"steps", 20}, {"stopped_early", false}}).state(), std::string("finished"));
        QCOMPARE(run.look().status.step, std::int64_t{20});
        QCOMPARE(run.look().status.totalSteps, std::int64_t{20});
        QVERIFY(run.look().status.message.starts_with("The run's state file is missing: "));
        QCOMPARE(tell({{"steps", 7}, {"stopped_early", true}}).state(), std::string("stopped"));
        QCOMPARE(tell({{"steps", 7}, {"discarded", true}}).state(), std::string("discarded"));
        writeFileAtomically(run.path() / "status.json", "{");
        QCOMPARE(run.look().state(), std::string("discarded"));
        const RunLock lock(run.path());  // somebody goes on with it
        QCOMPARE(run.look().state(), std::string("starting"));
    }

    void state_withoutStatusAndDescription_isWhatTheEventsTell() {
        makeFolders(m_runs / "events" / "model");
        const RunFolder run(m_runs / "events");
        LineAppender events(eventsFile(run.path()));
        events.append(runEventLine({20, false, "saved", "The model is saved.", {}}));
        QCOMPARE(run.look().state(), std::string("interrupted"));  // the model is not there
        writeFileAtomically(run.modelFolder() / "config.json", "{}");
        writeFileAtomically(run.modelFolder() / "model.safetensors", "x");
        QCOMPARE(run.look().state(), std::string("finished"));
        QCOMPARE(run.look().status.step, std::int64_t{20});
        makeFolders(run.checkpointsFolder() / "step-20");
        QCOMPARE(run.look().state(), std::string("stopped"));
        events.append(runEventLine({20, false, "resumed", "It goes on.", {}}));
        QCOMPARE(run.look().state(), std::string("interrupted"));
    }

    void state_damagedDescription_isFailedUnlessSomebodyHasIt() {
        const RunFolder run = makeRun("broken", 5);
        writeFileAtomically(run.path() / "run.json", "{");
        for (const char* state : {"finished", "training"}) {
            run.writeStatus({state, 3, 10, "", 0, "", 0});
            QCOMPARE(run.look().state(), std::string("failed"));
            QVERIFY(run.look().problem.starts_with("The run's description is damaged: "));
        }
        const RunLock lock(run.path());
        QCOMPARE(run.look().state(), std::string("training"));
        QVERIFY(!run.look().problem.empty());
    }

    void readStatus_missingOrDamaged_isOneSentenceWithItsFile() {
        makeFolders(m_runs / "mute");
        const RunFolder run(m_runs / "mute");
        STUDIO_COMPARE_ERROR_TEXT(run.readStatus(), ErrorCode::FileNotFound,
                                  "The run's state file is missing: ");
        for (const char* content : {"{\"state\":", "[1]", "{\"step\":3}"}) {
            writeFileAtomically(run.path() / "status.json", content);
            STUDIO_COMPARE_ERROR_TEXT(run.readStatus(), ErrorCode::BadFormat, "The run's state file ");
            STUDIO_COMPARE_ERROR_TEXT(run.readStatus(), ErrorCode::BadFormat, "mute/status.json");
        }
    }

    void removeLeftovers_discarded_checkpointsGo() {
        const test::TemporaryFolder runs;
        makeFolders(runs / "dropped" / "checkpoints" / "step-8");
        RunFolder(runs / "dropped").writeStatus({"discarded", 8, 10, "", test::endedProcess(), "", 0});
        removeLeftovers(runs.path());
        QVERIFY(!fs::exists(runs / "dropped" / "checkpoints"));
    }
};

STUDIO_TEST(RunFolderTest)
#include "run_folder_test.moc"
