// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_control.h"

#include <chrono>
#include <fstream>
#include <thread>

#include "core/storage/line_tail.h"
#include "core/storage/run_events.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "core/storage/run_queue.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

void append(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::vector<std::string> linesOf(LineTail& tail) {
    std::vector<std::string> lines;
    tail.read([&](std::string_view line) { lines.emplace_back(line); });
    return lines;
}

QueuedRun queued(const std::string& name, double rate) {
    QueuedRun run;
    run.name = name;
    run.modelFolder = "/models/base";
    run.settings.learningRate = rate;
    run.settings.method = "lora";
    run.promptTemplate = builtInTemplates().back();
    run.sampleRows = {7, 3};
    run.queued = 1234;
    return run;
}

}  // namespace

/// How a run that another process does is asked, found and read.
class RunControlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changeRunControl_oneThing_leavesTheOthers() {
        const test::TemporaryFolder folder;
        changeRunControl(folder.path(), [](RunControl& control) { control.learningRate = 1e-4; });
        changeRunControl(folder.path(), [](RunControl& control) { control.paused = true; });
        changeRunControl(folder.path(),
                         [](RunControl& control) { control.stop = RunControl::Stop::HandOver; });
        const auto read = readRunControl(folder.path());
        QVERIFY(read == (RunControl{true, 1e-4, RunControl::Stop::HandOver}));
    }

    void askToStop_keepAndDiscard_whatWasLearnedIsKept() {
        using Stop = RunControl::Stop;
        const test::TemporaryFolder folder;
        const auto now = [&] { return *readRunControl(folder.path()); };
        QVERIFY(askToStop(folder.path(), Stop::Discard) == Stop::No);
        QVERIFY(now().stop == Stop::Discard);
        QVERIFY(askToStop(folder.path(), Stop::Keep) == Stop::Discard);  // the asker is told
        QVERIFY(now().stop == Stop::Keep && now().discardWithdrawn);     // and so is the run
        QVERIFY(askToStop(folder.path(), Stop::Keep) == Stop::Keep);
        for (const Stop other : {Stop::Discard, Stop::HandOver}) {
            STUDIO_COMPARE_ERROR_TEXT(askToStop(folder.path(), other), ErrorCode::RunStopping,
                                      "what it has learned is kept");
            STUDIO_COMPARE_ERROR(checkMayStop(folder.path(), other), ErrorCode::RunStopping);
        }
        QVERIFY(now().stop == Stop::Keep);
        checkMayStop(folder.path(), Stop::Keep);
    }

    void askToStop_handOver_givesWayToAStop() {
        using Stop = RunControl::Stop;
        for (const Stop stop : {Stop::Keep, Stop::Discard}) {
            const test::TemporaryFolder folder;
            QVERIFY(askToStop(folder.path(), Stop::HandOver) == Stop::No);
            QVERIFY(askToStop(folder.path(), stop) == Stop::HandOver);
            QVERIFY(readRunControl(folder.path())->stop == stop);
            STUDIO_COMPARE_ERROR(askToStop(folder.path(), Stop::HandOver), ErrorCode::RunStopping);
        }
    }

    void askRun_ofOneThatIsToEnd_isRefused() {
        const test::TemporaryFolder folder;
        askRun(folder.path(), [](RunControl& control) { control.paused = true; });
        QVERIFY(readRunControl(folder.path())->paused);
        askToStop(folder.path(), RunControl::Stop::HandOver);
        STUDIO_COMPARE_ERROR_TEXT(askRun(folder.path(), [](RunControl& control) { control.paused = false; }),
                                  ErrorCode::RunStopping, "handed over to another process");
        QVERIFY(readRunControl(folder.path())->paused);
    }

    void settleRunEnd_ofAskedAndDecided_keepsWhereverOneAskedForIt() {
        using Stop = RunControl::Stop;
        const auto settled = [](Stop asked, bool discard) {
            const test::TemporaryFolder folder;
            if (asked != Stop::No) askToStop(folder.path(), asked);
            const RunControl end = settleRunEnd(folder.path(), discard);
            // Whoever asks later is told that it ends.
            if (*readRunControl(folder.path()) != end) return std::string("not written");
            return runStopName(end.stop) + std::string(end.discardWithdrawn ? ", withdrawn" : "");
        };
        QCOMPARE(settled(Stop::No, false), std::string("keep"));
        QCOMPARE(settled(Stop::No, true), std::string("discard"));
        QCOMPARE(settled(Stop::Keep, false), std::string("keep"));
        QCOMPARE(settled(Stop::Keep, true), std::string("keep, withdrawn"));
        QCOMPARE(settled(Stop::Discard, true), std::string("discard"));
        QCOMPARE(settled(Stop::Discard, false), std::string("keep, withdrawn"));
        const test::TemporaryFolder none;
        QVERIFY(settleRunEnd(none / "gone", true).stop == Stop::Discard);
    }

    void settled_staysAndWhoeverAsksIsTold() {
        using Stop = RunControl::Stop;
        for (const Stop end : {Stop::Keep, Stop::Discard}) {
            const test::TemporaryFolder folder;
            settleRunEnd(folder.path(), end == Stop::Discard);
            const Stop other = end == Stop::Keep ? Stop::Discard : Stop::Keep;
            STUDIO_COMPARE_ERROR(askToStop(folder.path(), other), ErrorCode::RunStopping);
            STUDIO_COMPARE_ERROR(checkMayStop(folder.path(), other), ErrorCode::RunStopping);
            QVERIFY(askToStop(folder.path(), end) == end);
            QVERIFY(settleRunEnd(folder.path(), end == Stop::Keep).stop == end);
        }
    }

    void settleHandOver_onlyWhereNoOtherStopCame() {
        using Stop = RunControl::Stop;
        const test::TemporaryFolder folder;
        askToStop(folder.path(), Stop::HandOver);
        QVERIFY(settleHandOver(folder.path()).stop == Stop::HandOver);
        for (const Stop late : {Stop::Keep, Stop::Discard})
            STUDIO_COMPARE_ERROR_TEXT(askToStop(folder.path(), late), ErrorCode::RunStopping, "handed over");
        clearRunControl(folder.path());
        askToStop(folder.path(), Stop::HandOver);
        askToStop(folder.path(), Stop::Discard);
        const RunControl asked = settleHandOver(folder.path());
        QVERIFY(asked.stop == Stop::Discard && !asked.settled);
    }

    void changeRunControl_twoAtTheSameMoment_loseNothing() {
        for (int round = 0; round < 40; ++round) {
            const test::TemporaryFolder folder;
            std::thread other([&] {
                changeRunControl(folder.path(), [](RunControl& control) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    control.learningRate = 1e-4;
                });
            });
            changeRunControl(folder.path(), [](RunControl& control) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                control.paused = true;
            });
            other.join();
            QVERIFY(readRunControl(folder.path()) == (RunControl{true, 1e-4, RunControl::Stop::No}));
        }
    }

    void runIsAtWork_holdsItsLock_untilItLetsGo() {
        const test::TemporaryFolder runs;
        const fs::path run = runs / "one";
        fs::create_directories(run);
        QVERIFY(!runIsAtWork(run));
        RunStatus status;
        status.state = "training";
        RunFolder(run).writeStatus(status);
        QVERIFY(!runIsAtWork(run));  // nobody ever took its lock
        write(run / "run.json", "{}");
        {
            const RunLock lock(run);
            QVERIFY(runIsAtWork(run));
            QVERIFY(findRunAtWork(runs.path()) == run);
            status.state = "paused";
            RunFolder(run).writeStatus(status);
            QVERIFY(runIsAtWork(run));
            status.state = "finished";
            RunFolder(run).writeStatus(status);
            QVERIFY(!runIsAtWork(run));
        }
        status.state = "training";
        RunFolder(run).writeStatus(status);
        QVERIFY(!runIsAtWork(run));
        QVERIFY(!findRunAtWork(runs.path()));
        write(run / "status.json", "damaged");
        QVERIFY(!runIsAtWork(run));
        const RunLock lock(run);  // then the lock alone tells
        QVERIFY(runIsAtWork(run));
        fs::remove(run / "status.json");
        QVERIFY(runIsAtWork(run));
    }

    void findRunAtWork_stopped_endsBetweenTwoRuns() {
        const test::TemporaryFolder runs;
        fs::create_directories(runs / "one");
        std::stop_source stop;
        QVERIFY(!findRunAtWork(runs.path(), stop.get_token()));
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(findRunAtWork(runs.path(), stop.get_token()), Cancelled);
    }

    void newestCheckpoint_ofWholeNames_isTheHighest() {
        const test::TemporaryFolder run;
        QCOMPARE(newestCheckpoint(run.path()), std::int64_t{0});
        for (const char* name : {"step-9", "step-120", ".step-300.tmp", "step-x", "best-500"})
            fs::create_directories(run / "checkpoints" / name);
        QCOMPARE(newestCheckpoint(run.path()), std::int64_t{120});
    }

    void status_failureAndTimeLeft_areReadBack() {
        const test::TemporaryFolder run;
        RunStatus status;
        status.state = "failed";
        status.failure = RunFailure{"loss_not_finite", "The loss is NaN.", "Halve it.", {"7", "1, 2"}};
        RunFolder(run.path()).writeStatus(status);
        QVERIFY(RunFolder(run.path()).readStatus().failure == status.failure);
        QVERIFY(!RunFolder(run.path()).readStatus().secondsLeft);
        status.failure.reset();
        status.secondsLeft = 12.5;
        RunFolder(run.path()).writeStatus(status);
        QVERIFY(!RunFolder(run.path()).readStatus().failure);
        QCOMPARE(RunFolder(run.path()).readStatus().secondsLeft.value_or(0), 12.5);
    }

    void lineTail_growingFile_givesEachWholeLineOnce() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "lines";
        LineTail tail(file);
        QVERIFY(linesOf(tail).empty() && !tail.wasRewritten());
        append(file, "one\ntw");
        QCOMPARE(linesOf(tail), std::vector<std::string>{"one"});
        QVERIFY(linesOf(tail).empty());
        append(file, "o\nthree\n");
        QCOMPARE(linesOf(tail), (std::vector<std::string>{"two", "three"}));
        const std::string longLine(200'000, 'x');
        append(file, longLine + "\n");
        QCOMPARE(linesOf(tail), std::vector<std::string>{longLine});
    }

    void lineTail_fileShorterOrReplaced_saysSo() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "lines";
        append(file, "one\ntwo\n");
        LineTail tail(file);
        QCOMPARE(linesOf(tail).size(), std::size_t{2});
        write(file, "one\n");
        QVERIFY(tail.wasRewritten());
        tail.rewind();
        QCOMPARE(linesOf(tail), std::vector<std::string>{"one"});
        QVERIFY(!tail.wasRewritten());
        write(folder / "new", "1\n2\n3\n4\n5\n6\n");
        fs::rename(folder / "new", file);
        QVERIFY(tail.wasRewritten());
    }

    void lineTail_replacedBeforeTheRead_givesNothingOfTheNewFileUntilRewound() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "lines";
        append(file, "one\ntwo\n");
        LineTail tail(file);
        QCOMPARE(linesOf(tail).size(), std::size_t{2});
        QVERIFY(!tail.wasRewritten());
        write(folder / "new", "1\n2\n3\n4\n5\n6\n");
        fs::rename(folder / "new", file);
        QVERIFY(linesOf(tail).empty());
        QVERIFY(tail.wasRewritten());
        tail.rewind();
        QCOMPARE(linesOf(tail).size(), std::size_t{6});
    }

    void events_anyText_comeBack() {
        const RunEvent event{12, true, "rows_cut", "Three rows\nare cut.", {"3", "\"256\""}};
        QVERIFY(runEventOf(runEventLine(event)) == event);
        QCOMPARE(runEventLine(event).find('\n'), std::string::npos);
        for (const char* line :
             {"", "[]", "{\"step\":1", "{\"step\":\"1\",\"rule\":\"a\",\"message\":\"b\"}"})
            QVERIFY2(!runEventOf(line), line);
    }

    void queue_written_isReadBackInOrderAndLeavesNoFileWhenEmpty() {
        const test::TemporaryFolder runs;
        QVERIFY(readRunQueue(runs.path()).empty());
        QueuedRun second = queued("second", 1e-3);
        second.problem = "The model is gone.";
        writeRunQueue(runs.path(), {queued("first", 2e-5), second});
        const auto read = readRunQueue(runs.path());
        QCOMPARE(read.size(), std::size_t{2});
        QCOMPARE(read[0].name, std::string("first"));
        QCOMPARE(read[0].settings.learningRate, 2e-5);
        QCOMPARE(read[0].settings.method, std::string("lora"));
        QCOMPARE(read[0].modelFolder, fs::path("/models/base"));
        QVERIFY(read[0].promptTemplate == builtInTemplates().back());
        QCOMPARE(read[0].queued, std::int64_t{1234});
        QCOMPARE(read[0].sampleRows, (std::vector<std::int64_t>{7, 3}));
        QCOMPARE(read[1].problem, std::string("The model is gone."));
        QVERIFY(listRuns(runs.path()).empty());
        writeRunQueue(runs.path(), {});
        QVERIFY(!fs::exists(runs / "queue.json"));
    }

    void queue_damaged_isRefusedNamingTheFile() {
        const test::TemporaryFolder runs;
        for (const char* text :
             {"{}", "[]", "{\"runs\":[1]}", "{\"runs\":[{\"name\":\"a\"}]}", "{\"runs\":"}) {
            write(runs / "queue.json", text);
            STUDIO_COMPARE_ERROR(readRunQueue(runs.path()), ErrorCode::BadFormat);
        }
    }
};

STUDIO_TEST(RunControlTest)
#include "run_control_test.moc"
