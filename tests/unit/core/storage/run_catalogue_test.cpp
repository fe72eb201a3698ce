// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_catalogue.h"

#include <cmath>
#include <fstream>

#include "core/storage/run_description.h"
#include "core/storage/run_difference.h"
#include "core/storage/run_lineage.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
using test::MadeRun;
namespace fs = std::filesystem;

namespace {

QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

QStringList namesOf(const RunEntries& runs) {
    QStringList names;
    for (const auto& run : runs) names << text(run->name());
    return names;
}

FieldValue valueIn(const RunDifference& difference, const char* field, std::size_t run) {
    const RunField* found = difference.find(field);
    return found && found->values[run] ? *found->values[run] : FieldValue(std::string("nothing"));
}

}  // namespace

class RunCatalogueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entry_finishedRun_hasWhatTheFolderSays() {
        test::TemporaryFolder runs;
        MadeRun made{.name = "round-1"};
        made.settings.learningRate = 2e-5;
        test::makeRun(runs.path(), made);
        const RunEntries entries = readRunEntries(runs.path(), {});
        QCOMPARE(entries.size(), 1U);
        const RunEntry& run = *entries.front();
        QCOMPARE(run.state, RunState::Finished);
        QCOMPARE(run.kind, std::string("train"));
        QCOMPARE(run.learningRate(), 2e-5);
        QCOMPARE(*run.trainRows, 2181);
        QCOMPARE(run.steps, 40);
        QCOMPARE(run.firstEvalLoss, test::madeLine(made, 0).evalLoss);
        QCOMPARE(run.evalLoss, test::madeLine(made, 40).evalLoss);
        QCOMPARE(run.bestEvalLoss, run.evalLoss);
        QCOMPARE(run.bestEvalStep, 40);
        QCOMPARE(run.trainLoss, test::madeLine(made, 40).loss);
        QCOMPARE(run.seconds, test::madeLine(made, 40).seconds);
        QCOMPARE(run.peakMemoryBytes, 1'700'000'000U);
        QCOMPARE(run.summary.created, 1'000);
        QCOMPARE(run.metrics->size(), 41U);
        QVERIFY(run.problem.empty() && !run.score);
        QCOMPARE(run.resumeObstacle(), ResumeObstacle::Finished);
    }

    void state_ofEveryEnding_isToldApart() {
        test::TemporaryFolder runs;
        const auto make = [&](const char* name, const char* state, const char* code = "") {
            MadeRun made{.name = name};
            made.state = state;
            made.code = code;
            made.hasModel = false;
            made.hasCheckpoint = true;
            test::makeRun(runs.path(), made);
        };
        make("stopped", "stopped");
        make("hot", "failed", "loss_not_finite");
        make("broken", "failed", "disk_full");
        make("old", "failed");
        MadeRun older{.name = "older"};
        older.state = "failed";
        older.message = "The gradient is not a finite number at step 7 (rows 3, 9). Halve the rate.";
        test::makeRun(runs.path(), older);
        make("lost", "training");
        make("working", "training");
        make("waiting", "paused");
        make("dropped", "discarded");
        make("silent", "training");
        fs::remove(runs / "silent" / "status.json");
        const RunLock held(runs / "working"), alsoHeld(runs / "waiting");
        const RunEntries all = readRunEntries(runs.path(), {});
        const auto stateOf = [&](const char* name) { return findRun(all, name)->state; };
        QCOMPARE(stateOf("stopped"), RunState::Stopped);
        QCOMPARE(stateOf("hot"), RunState::Diverged);
        QCOMPARE(stateOf("broken"), RunState::Failed);
        QCOMPARE(stateOf("old"), RunState::Failed);
        QCOMPARE(stateOf("older"), RunState::Diverged);
        QCOMPARE(stateOf("lost"), RunState::Interrupted);
        QCOMPARE(stateOf("working"), RunState::Running);
        QCOMPARE(stateOf("waiting"), RunState::Paused);
        QCOMPARE(findRun(all, "waiting")->resumeObstacle(), ResumeObstacle::AtWork);
        QCOMPARE(stateOf("dropped"), RunState::Discarded);
        QCOMPARE(findRun(all, "dropped")->resumeObstacle(), ResumeObstacle::Discarded);
        QCOMPARE(stateOf("silent"), RunState::Interrupted);
        QCOMPARE(findRun(all, "working")->resumeObstacle(), ResumeObstacle::AtWork);
        QCOMPARE(findRun(all, "lost")->resumeObstacle(), ResumeObstacle::None);
        fs::remove_all(runs / "lost" / "checkpoints");
        const RunEntries later = readRunEntries(runs.path(), all);
        QCOMPARE(findRun(later, "lost")->resumeObstacle(), ResumeObstacle::NoCheckpoint);
    }

    void silentRun_lockTakenAndLetGo_changesItsState() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "silent", .state = "training"});
        fs::remove(runs / "silent" / "status.json");
        RunEntries all = readRunEntries(runs.path(), {});
        QCOMPARE(all.front()->state, RunState::Interrupted);
        {
            const RunLock held(runs / "silent");
            all = readRunEntries(runs.path(), all);
            QCOMPARE(all.front()->state, RunState::Running);
        }
        QCOMPARE(readRunEntries(runs.path(), all).front()->state, RunState::Interrupted);
    }

    void rateChanges_areReadAndCompared() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "same", .created = 2});
        const RunFolder changed = test::makeRun(runs.path(), {.name = "changed", .created = 1});
        OrderedJson run = changed.readRun();
        run["learning_rate_changes"] = OrderedJson::parse(
            R"([{"step":3,"from":0.001,"to":0.0002},{"step":7,"from":0.0002,"to":0.0004},{"step":"x"},5])");
        changed.writeRun(run);
        const RunEntries all = readRunEntries(runs.path(), {});
        QVERIFY(all[0]->rateChanges.empty());
        QVERIFY(all[1]->rateChanges == (std::vector<RunRateChange>{{3, 0.001, 0.0002}, {7, 0.0002, 0.0004}}));
        const RunDifference difference = compareRuns(all);
        QVERIFY(difference.find("learning_rate_changes")->differs());
        QCOMPARE(text(std::get<std::string>(valueIn(difference, "learning_rate_changes", 1))),
                 QStringLiteral("3: 0.001 → 2e-4, 7: 2e-4 → 4e-4"));
        QVERIFY(!compareRuns({all[0]}).find("learning_rate_changes"));
    }

    void evaluation_beforeTheFirstStepOnly_isKnownAsThat() {
        test::TemporaryFolder runs;
        MadeRun made{.name = "early"};
        made.steps = 5;
        made.state = "stopped";
        test::makeRun(runs.path(), made);
        test::makeRun(runs.path(), {.name = "later", .created = 5});
        const RunEntries all = readRunEntries(runs.path(), {});
        QVERIFY(!findRun(all, "early")->evaluatedAfterStart && findRun(all, "later")->evaluatedAfterStart);
    }

    void reading_again_givesTheSameObjectUntilAFileChanges() {
        test::TemporaryFolder runs;
        MadeRun made{.name = "a"};
        const RunFolder folder = test::makeRun(runs.path(), made);
        test::makeRun(runs.path(), {.name = "b", .created = 2'000});
        const RunEntries first = readRunEntries(runs.path(), {});
        QCOMPARE(namesOf(first), QStringList({"b", "a"}));
        const RunEntries second = readRunEntries(runs.path(), first);
        QCOMPARE(second[0].get(), first[0].get());
        QCOMPARE(second[1].get(), first[1].get());
        writeRunNotes(folder.path(), {"warm-up too short", {"keep"}});
        const RunEntries third = readRunEntries(runs.path(), second);
        QCOMPARE(third[0].get(), first[0].get());
        QVERIFY(third[1].get() != first[1].get());
        QCOMPARE(third[1]->notes.note, std::string("warm-up too short"));
        QCOMPARE(third[1]->metrics.get(), first[1]->metrics.get());  // not read again
    }

    void modelThatLostAPart_isFoundOutWithoutAnotherFileChanging() {
        test::TemporaryFolder runs;
        const RunFolder folder = test::makeRun(runs.path(), {.name = "a"});
        const RunEntries whole = readRunEntries(runs.path(), {});
        QVERIFY(whole.front()->summary.hasModel && !whole.front()->lost);
        fs::remove(folder.modelFolder() / "model.safetensors");
        const RunEntries lost = readRunEntries(runs.path(), whole);
        QVERIFY(!lost.front()->summary.hasModel && lost.front()->lost);
        QCOMPARE(readRunEntries(runs.path(), lost).front().get(), lost.front().get());
        // More of it goes, and then the folder comes to be all that is left: other sentences.
        fs::remove(folder.modelFolder() / "config.json");
        const RunEntries more = readRunEntries(runs.path(), lost);
        QVERIFY(more.front()->lost->cause() != lost.front()->lost->cause());
        fs::remove(folder.modelFolder());
        const RunEntries gone = readRunEntries(runs.path(), more);
        QVERIFY(gone.front()->lost->cause() != more.front()->lost->cause());
        test::makeRun(runs.path(), {.name = "a"});
        QVERIFY(!readRunEntries(runs.path(), gone).front()->lost);
    }

    void modelThatLostAPart_ofARunThatDidNotFinish_isFoundOutAsWell() {
        test::TemporaryFolder runs;
        const RunFolder folder = test::makeRun(runs.path(), {.name = "a", .state = "stopped"});
        const RunEntries whole = readRunEntries(runs.path(), {});
        QVERIFY(!whole.front()->lost);
        fs::remove(folder.modelFolder() / "config.json");
        QVERIFY(readRunEntries(runs.path(), whole).front()->lost);
        fs::remove_all(folder.modelFolder());  // as if it had never had one
        QVERIFY(!readRunEntries(runs.path(), whole).front()->lost);
    }

    void metrics_thatGrow_areReadOn() {
        test::TemporaryFolder runs;
        MadeRun made{.name = "a"};
        made.state = "training";
        made.totalSteps = 400;
        const RunFolder folder = test::makeRun(runs.path(), made);
        const RunEntries before = readRunEntries(runs.path(), {});
        {
            // Half a line, as the kernel may show it: it comes with the next reading, once and whole.
            const std::string whole = metricsJson(test::madeLine(made, 41)).dump() + "\n";
            std::FILE* file = std::fopen(folder.metricsFile().c_str(), "a");
            std::fwrite(whole.data(), 1, whole.size() / 2, file);
            std::fflush(file);
            const RunEntries half = readRunEntries(runs.path(), before);
            QCOMPARE(half.front()->metrics->size(), 41U);
            std::fwrite(whole.data() + whole.size() / 2, 1, whole.size() - whole.size() / 2, file);
            std::fclose(file);
            const RunEntries after = readRunEntries(runs.path(), half);
            QCOMPARE(after.front()->metrics->size(), 42U);
            QCOMPARE(after.front()->metrics->back().step, 41);
            QCOMPARE(after.front()->trainLoss, test::madeLine(made, 41).loss);
            // A run that goes on writes its metrics anew up to its checkpoint.
            folder.dropMetricsAfter(20);
            const RunEntries dropped = readRunEntries(runs.path(), after);
            QCOMPARE(dropped.front()->metrics->size(), 21U);
            QCOMPARE(dropped.front()->metrics->back().step, 20);
        }
    }

    void metrics_withDamagedLines_sayHowMany() {
        test::TemporaryFolder runs;
        MadeRun made{.name = "a"};
        const RunFolder folder = test::makeRun(runs.path(), made);
        const auto add = [&](const std::string& text) {
            std::ofstream(folder.metricsFile(), std::ios::app) << text;
        };
        add("garbage\n{\"step\":\n");
        const RunEntries damaged = readRunEntries(runs.path(), {});
        QCOMPARE(damaged.front()->metricsTorn, 2);
        QCOMPARE(damaged.front()->metrics->size(), 41U);
        add("\n[1]\n" + metricsJson(test::madeLine(made, 41)).dump() + "\n{\"st");
        const RunEntries more = readRunEntries(runs.path(), damaged);
        QCOMPARE(more.front()->metricsTorn, 3);  // the last one may be written on
        QCOMPARE(more.front()->metrics->size(), 42U);
        QCOMPARE(readRunEntries(runs.path(), {}).front()->metricsTorn, 3);
        folder.dropMetricsAfter(100);
        QCOMPARE(readRunEntries(runs.path(), more).front()->metricsTorn, 0);
    }

    void damagedRun_isListedWithItsProblem() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "good"});
        test::makeRun(runs.path(), {.name = "bad"});
        writeFileAtomically(runs / "bad" / "run.json", "{\"kind\":");
        test::makeRun(runs.path(), {.name = "notes"});
        writeFileAtomically(runs / "notes" / "notes.json", "[1]");
        makeFolders(runs / ".trash" / "gone");
        writeFileAtomically(runs / ".trash" / "gone" / "run.json", "{}");
        makeFolders(runs / "no-run");
        const RunEntries all = readRunEntries(runs.path(), {});
        QCOMPARE(all.size(), 3U);
        QCOMPARE(findRun(all, "bad")->state, RunState::Failed);
        QVERIFY(findRun(all, "bad")->problem.find("run.json") != std::string::npos);
        QCOMPARE(findRun(all, "bad")->resumeObstacle(), ResumeObstacle::NoTraining);
        QCOMPARE(findRun(all, "notes")->state, RunState::Finished);
        QVERIFY(findRun(all, "notes")->problem.find("notes.json") != std::string::npos);
    }

    void oneLookup_saysTheSameStateEverywhere() {
        test::TemporaryFolder runs;
        for (const char* name : {"damaged", "undescribed", "silent", "mute"})
            test::makeRun(runs.path(), {.name = name});
        writeFileAtomically(runs / "damaged" / "run.json", "{\"kind\":");
        fs::remove(runs / "undescribed" / "run.json");
        fs::remove(runs / "silent" / "status.json");
        writeFileAtomically(runs / "mute" / "status.json", "[1]");
        const RunEntries entries = readRunEntries(runs.path(), {});
        for (const RunSummary& run : listRuns(runs.path())) {
            const std::string expected = run.name == "damaged" ? "failed" : "finished";
            QCOMPARE(run.state(), expected);
            QCOMPARE(RunFolder(run.folder).look().state(), expected);
            QCOMPARE(std::string(runStateName(findRun(entries, run.name)->state)), expected);
        }
        // Nothing has changed: the same object again, also of the damaged one.
        QCOMPARE(findRun(readRunEntries(runs.path(), entries), "damaged").get(),
                 findRun(entries, "damaged").get());
    }

    void resumeObstacle_descriptionThatAResumeRefuses_isOne() {
        test::TemporaryFolder runs;
        MadeRun made{.name = "lost"};
        made.state = "stopped";
        made.hasCheckpoint = true;
        const RunFolder folder = test::makeRun(runs.path(), made);
        QCOMPARE(readRunEntries(runs.path(), {}).front()->resumeObstacle(), ResumeObstacle::None);
        QVERIFY(!resumeProblem(folder.path()));
        const OrderedJson whole = folder.readRun();
        for (const auto& [part, value] :
             {std::pair{"settings", OrderedJson(3)}, std::pair{"settings", OrderedJson{{"rate", 3}}},
              std::pair{"template", OrderedJson("alpaca")}, std::pair{"base_model", OrderedJson(nullptr)},
              std::pair{"data", OrderedJson::object()}, std::pair{"kind", OrderedJson("pretrain")}}) {
            OrderedJson run = whole;
            run[part] = value;
            folder.writeRun(run);
            QCOMPARE(readRunEntries(runs.path(), {}).front()->resumeObstacle(), ResumeObstacle::NoTraining);
            QVERIFY2(resumeProblem(folder.path()), part);
        }
    }

    void runWithoutADescription_isListedWithItsStateAndReason() {
        test::TemporaryFolder runs;
        for (const char* name : {"refused", "killed", "begins"}) {
            test::MadeRun made{.name = name, .steps = 0};
            made.state = made.name == "refused" ? "failed" : "training";
            made.message = made.name == "refused" ? "No row is left." : "";
            made.hasModel = false;
            test::makeRun(runs.path(), made);
            std::filesystem::remove(runs / name / "run.json");
        }
        auto lock = std::make_unique<RunLock>(runs / "begins");
        const RunEntries all = readRunEntries(runs.path(), {});
        QCOMPARE(all.size(), 3U);
        QCOMPARE(findRun(all, "refused")->state, RunState::Failed);
        QVERIFY(findRun(all, "refused")->problem.starts_with("No row is left. "));
        if (!lockDecides(runs.path())) QSKIP("the temporary folder is on a network file system");
        QCOMPARE(findRun(all, "killed")->state, RunState::Interrupted);
        QVERIFY(findRun(all, "killed")->problem.find("is missing") != std::string::npos);
        QCOMPARE(findRun(all, "begins")->state, RunState::Running);
        QVERIFY(findRun(all, "begins")->problem.empty());
        lock.reset();
        QCOMPARE(findRun(readRunEntries(runs.path(), all), "begins")->state, RunState::Interrupted);
    }

    void score_ofTheTestSplit_isRead() {
        test::TemporaryFolder runs;
        const RunFolder folder = test::makeRun(runs.path(), {.name = "a"});
        writeRunScore(folder.path(), {109, 120, 5});
        QCOMPARE(readRunEntries(runs.path(), {}).front()->score, RunScore({109, 120, 5}));
        for (const char* damaged :
             {"{}", "[]", "{\"matched\":3,\"all\":0}", "{\"matched\":9,\"all\":3}", "{"}) {
            writeFileAtomically(runScoreFile(folder.path()), damaged);
            QVERIFY2(!readRunEntries(runs.path(), {}).front()->score, damaged);
        }
    }

    void difference_ofLoraAndFull_namesWhatDiffersAndWhatHasNoMeaning() {
        test::TemporaryFolder runs;
        MadeRun full{.name = "full", .created = 3};
        MadeRun lora{.name = "lora", .created = 2};
        lora.settings.method = "lora";
        lora.settings.loraRank = 16;
        lora.settings.learningRate = 2e-4;
        MadeRun small{.name = "small", .created = 1};
        small.trainRows = 1204;
        small.dataHash = "52e0aaaabbbb";
        for (const MadeRun& each : {full, lora, small}) test::makeRun(runs.path(), each);
        const RunDifference difference = compareRuns(readRunEntries(runs.path(), {}));
        QStringList differing;
        for (const RunField& field : difference.fields)
            if (field.differs()) differing << text(field.name);
        QCOMPARE(differing,
                 QStringList({"method", "learning_rate", "lora_rank", "lora_alpha", "lora_rank_stabilized",
                              "lora_dropout", "lora_targets", "data_snapshot", "train_rows"}));
        QCOMPARE(difference.differing(), differing.size());
        QCOMPARE(valueIn(difference, "lora_rank", 1), FieldValue(std::int64_t(16)));
        QVERIFY(!difference.find("lora_rank")->values[0]);
        QCOMPARE(valueIn(difference, "data_snapshot", 2), FieldValue(std::string("52e0aaaa")));
        QVERIFY(difference.find("learning_rate")->differsFromFirst(1));
        QVERIFY(!difference.find("learning_rate")->differsFromFirst(2));
        QVERIFY(!difference.find("seed")->differs());
        QVERIFY(!difference.find("momentum"));  // none of them uses SGD
        QCOMPARE(incomparable(difference), std::vector<std::string>{"data_snapshot"});
    }

    void difference_settingsWithoutEffect_areNone() {
        test::TemporaryFolder runs;
        MadeRun full{.name = "full", .created = 2};
        full.settings.freeze = "model.embed_tokens*";
        MadeRun lora{.name = "lora", .created = 1};
        lora.settings.method = "lora";
        lora.settings.freeze = "model.layers.0.*";  // left from another method
        for (const MadeRun& each : {full, lora}) test::makeRun(runs.path(), each);
        const RunDifference difference = compareRuns(readRunEntries(runs.path(), {}));
        const RunField* frozen = difference.find("freeze");
        QVERIFY(frozen && !frozen->values[1]);
        QCOMPARE(valueIn(difference, "freeze", 0), FieldValue(std::string("model.embed_tokens*")));
        full.settings.freeze = "";
        test::makeRun(runs.path(), full);
        // Nothing frozen, and nothing that could be.
        QVERIFY(!compareRuns(readRunEntries(runs.path(), {})).find("freeze"));
    }

    void difference_ofOneRun_isNone() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "one"});
        const RunDifference difference = compareRuns(readRunEntries(runs.path(), {}));
        QCOMPARE(difference.differing(), 0);
        QVERIFY(difference.fields.size() > trainFields().size() / 2);
        QVERIFY(incomparable(difference).empty());
        QVERIFY(compareRuns({}).fields.empty());
    }

    void difference_sameNameOtherContent_isToldApart() {
        test::TemporaryFolder runs;
        MadeRun one{.name = "one", .created = 2};
        MadeRun other{.name = "other", .created = 1};
        other.templateText = "Another text";
        other.baseHash = "bbbb2222";
        for (const MadeRun& each : {one, other}) test::makeRun(runs.path(), each);
        const RunDifference difference = compareRuns(readRunEntries(runs.path(), {}));
        QVERIFY(difference.find("template")->differs());
        QCOMPARE(valueIn(difference, "base_model", 0), FieldValue(std::string("base aaaa")));
        QCOMPARE(valueIn(difference, "base_model", 1), FieldValue(std::string("base bbbb")));
        QCOMPARE(incomparable(difference), std::vector<std::string>({"base_model", "template"}));
    }

    void lineage_runsOnRuns_goesUpToTheBase() {
        test::TemporaryFolder project;
        const fs::path runs = project / "runs";
        test::makeRun(runs, {.name = "one", .created = 1});
        test::makeRun(runs, {.name = "two", .created = 2, .base = runs / "one" / "model"});
        test::makeRun(runs, {.name = "three", .created = 3, .base = runs / "two"});
        test::makeRun(runs, {.name = "other", .created = 4, .base = runs / "one" / "model"});
        const RunEntries all = readRunEntries(runs, {});
        const RunLineage three = lineageOf(*findRun(all, "three"), all);
        QCOMPARE(namesOf(three.ancestors), QStringList({"two", "one"}));
        QCOMPARE(three.root, fs::path("/models/base"));
        QVERIFY(three.children.empty());
        QCOMPARE(namesOf(lineageOf(*findRun(all, "one"), all).children), QStringList({"other", "two"}));
    }

    void lineage_movedProjectAndCircle_areFollowedAsFarAsTheyGo() {
        test::TemporaryFolder project;
        const fs::path runs = project / "runs";
        test::makeRun(runs, {.name = "one", .created = 1});
        test::makeRun(runs, {.name = "two", .created = 2, .base = "/old/place/runs/one/model"});
        test::makeRun(runs, {.name = "early", .created = 0, .base = "/old/place/runs/two/model"});
        test::makeRun(runs, {.name = "x", .created = 5, .base = runs / "y" / "model"});
        test::makeRun(runs, {.name = "y", .created = 5, .base = runs / "x" / "model"});
        const RunEntries all = readRunEntries(runs, {});
        QCOMPARE(namesOf(lineageOf(*findRun(all, "two"), all).ancestors), QStringList({"one"}));
        QVERIFY(lineageOf(*findRun(all, "early"), all).ancestors.empty());
        QCOMPARE(namesOf(lineageOf(*findRun(all, "x"), all).ancestors), QStringList({"y"}));
    }

    void notes_writtenAndCleared_surviveAndGo() {
        test::TemporaryFolder runs;
        const RunFolder folder = test::makeRun(runs.path(), {.name = "a"});
        QCOMPARE(readRunNotes(folder.path()), RunNotes());
        RunNotes notes{"二行\nmore", {}};
        changeTags(notes, {" keep ", "baseline", "keep"}, {});
        writeRunNotes(folder.path(), notes);
        QCOMPARE(readRunNotes(folder.path()), RunNotes({"二行\nmore", {"keep", "baseline"}}));
        changeTags(notes, {}, {"keep", "never there"});
        QCOMPARE(notes.tags, std::vector<std::string>{"baseline"});
        folder.dropMetricsAfter(3);  // what a run that goes on does
        folder.writeRun(folder.readRun());
        QCOMPARE(readRunNotes(folder.path()).note, std::string("二行\nmore"));
        writeRunNotes(folder.path(), {});
        QVERIFY(!fs::exists(folder.path() / "notes.json"));
    }

    void tags_badOnes_areRefused() {
        QCOMPARE(tagsFromText(" a, b b ,,a"), std::vector<std::string>({"a", "b b"}));
        QCOMPARE(normalTag(std::string(40, 'x')).size(), 40U);
        for (const std::string& bad : {std::string(), std::string("  "), std::string("a,b"),
                                       std::string("a\nb"), std::string(41, 'x')}) {
            STUDIO_COMPARE_ERROR(normalTag(bad), ErrorCode::InvalidArgument);
        }
        std::string chinese;
        for (int i = 0; i < 40; ++i) chinese += "標";
        QCOMPARE(normalTag(chinese), chinese);
    }
};

STUDIO_TEST(RunCatalogueTest)
#include "run_catalogue_test.moc"
