// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include "core/storage/run_control.h"
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;
using namespace studio::test;

/// `finetune runs` on a project whose runs were written by hand.
class CliRunsTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Runs.ftproj");
    std::filesystem::path m_runs = m_folder / "Runs.ftproj" / "runs";

    QStringList names(const QStringList& options = {}) {
        const FinetuneRun run = finetune(QStringList{"runs", "list", m_project, "--json"} + options);
        QStringList found;
        for (const QJsonObject& line : run.lines()) found << line["name"].toString();
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        MadeRun full{.name = "full", .created = 1'700'000'000};
        full.settings.learningRate = 2e-5;
        MadeRun lora{.name = "lora", .created = 1'700'000'100};
        lora.settings.method = "lora";
        lora.settings.learningRate = 2e-4;
        lora.base = m_runs / "full" / "model";
        MadeRun hot{.name = "hot", .created = 1'700'000'200};
        hot.state = "failed";
        hot.code = "loss_not_finite";
        hot.message = "The loss is not a finite number at step 12.";
        hot.hasModel = false;
        hot.hasCheckpoint = true;
        for (const MadeRun& each : {full, lora, hot}) makeRun(m_runs, each);
    }

    void list_newestFirstWithFigures() {
        STUDIO_RUN(list, 0, {"runs", "list", m_project, "--json"});
        QCOMPARE(names(), QStringList({"hot", "lora", "full"}));
        const QJsonObject full = list.lines()[2];
        QCOMPARE(full["state"].toString(), "finished");
        QCOMPARE(full["train_rows"].toInteger(), 2181);
        QCOMPARE(full["learning_rate"].toDouble(), 2e-5);
        QVERIFY(full["eval_loss"].toDouble() < full["first_eval_loss"].toDouble());
        QVERIFY(full["exact_percent"].isNull());
        QCOMPARE(full["cannot_resume"].toString(), "finished");
        QCOMPARE(full["started"].toString(), "2023-11-14T22:13:20Z");
        const QJsonObject hot = list.lines()[0];
        QCOMPARE(hot["state"].toString(), "diverged");
        QVERIFY(hot["cannot_resume"].isNull());
        QCOMPARE(names({"--state", "finished"}), QStringList({"lora", "full"}));
        STUDIO_RUN(table, 0, {"runs", "list", m_project});
        QVERIFY2(table.out.contains("LoRA of rank 8") && table.out.contains("diverged"),
                 table.report().constData());
        STUDIO_RUN(none, 0, {"runs", "list", m_project, "--tag", "nothing"});
        QCOMPARE(none.error, QByteArray("note: No run matches.\n"));
    }

    void show_oneRun_hasSettingsAndLineage() {
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "lora", "--json"});
        QCOMPARE(valueAt(show.object(), "settings/method").toString(), "lora");
        QCOMPARE(valueAt(show.object(), "lineage/ancestors/0").toString(), "full");
        QCOMPARE(valueAt(show.object(), "lineage/root").toString(), "/models/base");
        STUDIO_RUN(parent, 0, {"runs", "show", m_project, "full", "--json"});
        QCOMPARE(valueAt(parent.object(), "lineage/children/0").toString(), "lora");
        STUDIO_RUN(table, 0, {"runs", "show", m_project, "hot"});
        for (const char* fact : {"Rows ", "Time ", "Computed on ", " of memory at the highest"})
            QVERIFY2(table.out.contains(fact), table.report().constData());
        QVERIFY2(table.out.contains("not a finite number") && table.out.contains("learning_rate"),
                 table.report().constData());
    }

    void show_twoRuns_saysWhatDiffers() {
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "full", "lora", "--json"});
        const QJsonObject all = show.object();
        QCOMPARE(valueAt(all, "differences/method").toArray(), QJsonArray({"full", "lora"}));
        QCOMPARE(valueAt(all, "differences/lora_rank").toArray(), QJsonArray({QJsonValue(), 8}));
        QCOMPARE(valueAt(all, "same/seed").toInteger(), 42);
        QCOMPARE(valueAt(all, "losses_not_comparable_for").toArray(), QJsonArray{"base_model"});
        for (const char* figure :
             {"loss", "eval_loss", "best_eval_loss", "best_eval_step", "step", "seconds"})
            for (int run = 0; run < 2; ++run)
                QVERIFY2(valueAt(all, QStringLiteral("figures/%1/%2").arg(QLatin1String(figure)).arg(run))
                             .isDouble(),
                         figure);
        QCOMPARE(valueAt(all, "figures/state").toArray(), QJsonArray({"finished", "finished"}));
        STUDIO_RUN(table, 0, {"runs", "show", m_project, "full", "hot"});
        QVERIFY2(table.out.contains("Same in all:") && table.out.contains("learning_rate"),
                 table.report().constData());
        QVERIFY2(table.out.contains("diverged") && table.out.contains("best evaluation") &&
                     table.out.contains(" at step 40"),
                 table.report().constData());
    }

    void show_changedRate_isSaid() {
        const RunFolder run = makeRun(m_runs, {.name = "eased", .created = 7});
        OrderedJson document = run.readRun();
        document["learning_rate_changes"] = OrderedJson::parse(R"([{"step":3,"from":0.001,"to":0.0002}])");
        run.writeRun(document);
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "eased", "--json"});
        QCOMPARE(valueAt(show.object(), "learning_rate_changes/0/step").toInteger(), 3);
        QCOMPARE(valueAt(show.object(), "learning_rate_changes/0/to").toDouble(), 0.0002);
        STUDIO_RUN(table, 0, {"runs", "show", m_project, "eased"});
        QVERIFY2(table.out.contains("from step 3 on 2e-4 instead of 0.001"), table.report().constData());
        STUDIO_RUN(both, 0, {"runs", "show", m_project, "full", "eased", "--json"});
        QCOMPARE(valueAt(both.object(), "differences/learning_rate_changes/1").toString(),
                 QString::fromUtf8("3: 0.001 → 2e-4"));
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "eased"});
    }

    void show_evaluatedBeforeItsFirstStepOnly_namesNoNow() {
        MadeRun made{.name = "early", .created = 6};
        made.state = "stopped";
        made.steps = 5;
        makeRun(m_runs, made);
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "early"});
        QVERIFY2(show.out.contains(" before; none since") && !show.out.contains(" now"),
                 show.report().constData());
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "early"});
    }

    void show_damagedMetrics_areToldOf() {
        const auto run = makeRun(m_runs, {.name = "scratched", .created = 6});
        std::ofstream(run.metricsFile(), std::ios::app) << "garbage\n";
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "scratched"});
        QVERIFY2(show.out.contains("metrics.jsonl is damaged: 1 line cannot be read."),
                 show.report().constData());
        run.dropMetricsAfter(37);
        STUDIO_RUN(cut, 0, {"runs", "show", m_project, "scratched"});
        QVERIFY2(cut.out.contains("metrics.jsonl is damaged: the last 3 steps of 40 are missing."),
                 cut.report().constData());
        STUDIO_RUN(list, 0, {"runs", "list", m_project});
        QVERIFY2(list.error.contains("scratched: metrics.jsonl is damaged: the last 3 steps of 40"),
                 list.report().constData());
        // Something else of that name is no metrics.
        std::filesystem::remove(run.metricsFile());
        std::filesystem::create_directory(run.metricsFile());
        STUDIO_RUN(none, 0, {"runs", "show", m_project, "scratched", "--json"});
        QCOMPARE(none.object()["lost_metrics_steps"].toInt(), 40);
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "scratched"});
    }

    void show_finishedRunWithoutItsModel_saysWhatIsMissing() {
        const auto run = makeRun(m_runs, {.name = "robbed", .created = 6});
        STUDIO_RUN(whole, 0, {"runs", "show", m_project, "robbed", "--json"});
        QCOMPARE(whole.object()["problem"].toString(), QString());
        std::filesystem::remove(run.modelFolder() / "model.safetensors");
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "robbed"});
        QVERIFY2(show.out.contains("The model of the run robbed is not whole."), show.report().constData());
        STUDIO_RUN(json, 0, {"runs", "show", m_project, "robbed", "--json"});
        QVERIFY2(json.object()["problem"].toString().contains("robbed/model/model.safetensors"),
                 json.report().constData());
        STUDIO_RUN(list, 0, {"model", "list", "--project", m_project});
        QVERIFY2(list.error.contains("robbed: The model of the run robbed is not whole."),
                 list.report().constData());
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "robbed"});
    }

    void follow_nothingSaysHowItEnded_endsWithTheReason() {
        MadeRun made{.name = "silent", .created = 6};
        made.state = "training";
        made.hasModel = false;
        makeRun(m_runs, made);
        std::filesystem::remove(m_runs / "silent" / "status.json");
        STUDIO_RUN(follow, 1, {"follow", m_project, "silent", "--json"});
        const QList<QByteArray> said = follow.error.split('\n');
        QVERIFY2(said.size() == 3 && said[0].startsWith("note: The run's state file is missing: ") &&
                     said[0].endsWith("Nobody trains the run now.") && said[1].startsWith("error: ") &&
                     said[1].contains("how it ended is not known") &&
                     said[1].contains("silent/status.json is missing"),
                 follow.report().constData());
        STUDIO_RUN(list, 0, {"runs", "list", m_project, "--state", "interrupted", "--json"});
        QCOMPARE(list.object()["name"].toString(), "silent");
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "silent"});
    }

    void finishedWithoutItsStatus_isFinishedAllTheSame() {
        makeRun(m_runs, {.name = "untold", .created = 6});
        std::filesystem::remove(m_runs / "untold" / "status.json");
        STUDIO_RUN(show, 0, {"runs", "show", m_project, "untold", "--json"});
        QCOMPARE(show.object()["state"].toString(), "finished");
        STUDIO_RUN(follow, 0, {"follow", m_project, "untold"});
        QVERIFY2(follow.out.contains("Finished after 40 steps") &&
                     follow.error.contains("Its other files say how it ended: it is finished."),
                 follow.report().constData());
        QVERIFY2(show.object()["message"].toString().startsWith("The run's state file is missing: "),
                 show.report().constData());
        STUDIO_RUN(resume, 1, {"train", "--project", m_project, "--run", "untold", "--resume"});
        QVERIFY2(resume.error.contains("it is finished"), resume.report().constData());
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "untold"});
    }

    void descriptionMissingOrDamaged_isTheSameSentenceEverywhere_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("missing") << QByteArray() << QByteArray("error: The run's description is missing: ");
        QTest::newRow("damaged") << QByteArray("{\"kind\":")
                                 << QByteArray("error: The run's description is damaged: ");
    }

    void descriptionMissingOrDamaged_isTheSameSentenceEverywhere() {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, message);
        makeRun(m_runs, {.name = "torn", .created = 6});
        const std::filesystem::path file = m_runs / "torn" / "run.json";
        std::filesystem::remove(file);
        if (!content.isEmpty()) writeFileAtomically(file, content.toStdString());
        STUDIO_RUN(follow, 1, {"follow", m_project, "torn"});
        STUDIO_RUN(resume, 1, {"train", "--project", m_project, "--run", "torn", "--resume"});
        for (const FinetuneRun* run : {&follow, &resume})
            QVERIFY2(run->hasOneErrorLine() && run->out.isEmpty() && run->error.startsWith(message) &&
                         run->error.contains("torn/run.json"),
                     run->report().constData());
        const QByteArray state = content.isEmpty() ? "finished" : "failed";
        STUDIO_RUN(control, 1, {"control", m_project, "torn", "pause"});
        QVERIFY2(control.error.contains("not at work: it is " + state), control.report().constData());
        STUDIO_RUN(listed, 0, {"runs", "list", m_project, "--state", state, "--json"});
        QVERIFY2(listed.out.contains("\"torn\""), listed.report().constData());
        STUDIO_RUN(described, 0, {"runs", "show", m_project, "torn", "--json"});
        QVERIFY2(described.object()["message"].toString().startsWith(QString::fromUtf8(message.mid(7))),
                 described.report().constData());
        const FinetuneRun show = finetune({"runs", "show", m_project, "torn"});
        QVERIFY2((show.out + show.error).contains(message.mid(7)), show.report().constData());
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "torn"});  // it can be got rid of all the same
    }

    void failedRunWithoutADescription_isListedAndFollowedWithItsReason() {
        MadeRun made{.name = "refused", .created = 6, .steps = 0, .state = "failed"};
        made.message = "No row is left.";
        makeRun(m_runs, made);
        std::filesystem::remove(m_runs / "refused" / "run.json");
        STUDIO_RUN(follow, 1, {"follow", m_project, "refused"});
        QVERIFY2(follow.hasOneErrorLine() && follow.error.contains("No row is left."),
                 follow.report().constData());
        const FinetuneRun show = finetune({"runs", "show", m_project, "refused"});
        QVERIFY2((show.out + show.error).contains("No row is left."), show.report().constData());
        STUDIO_RUN(list, 0, {"runs", "list", m_project, "--state", "failed", "--json"});
        QVERIFY2(list.out.contains("\"refused\""), list.report().constData());
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "refused"});
    }

    void pausedRun_isListedAsThat_andNotResumed() {
        MadeRun made{.name = "waiting", .created = 6};
        made.state = "paused";
        makeRun(m_runs, made);
        {
            const RunLock held(m_runs / "waiting");
            STUDIO_RUN(list, 0, {"runs", "list", m_project, "--state", "paused", "--json"});
            QCOMPARE(list.object()["name"].toString(), "waiting");
            QCOMPARE(list.object()["state"].toString(), "paused");
            QCOMPARE(list.object()["cannot_resume"].toString(), "at_work");
            STUDIO_RUN(resume, 1, {"train", "--project", m_project, "--run", "waiting", "--resume"});
            QVERIFY2(resume.error.contains("is in the hands of process"), resume.report().constData());
        }
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "waiting"});
    }

    void control_stopAndDiscardAtOnce_keepsAndTellsBoth() {
        MadeRun made{.name = "asked", .created = 6};
        made.state = "training";
        makeRun(m_runs, made);
        {
            const RunLock held(m_runs / "asked");
            STUDIO_RUN(discard, 0, {"control", m_project, "asked", "discard"});
            STUDIO_RUN(stop, 0, {"control", m_project, "asked", "stop"});
            QVERIFY2(stop.out.contains("The discard that was asked before is taken back"),
                     stop.report().constData());
            STUDIO_RUN(again, 0, {"control", m_project, "asked", "stop", "--json"});
            QCOMPARE(again.object()["asked_before"].toString(), "keep");
            for (const char* what : {"discard", "pause", "continue"}) {
                STUDIO_RUN(late, 1, {"control", m_project, "asked", what});
                QVERIFY2(late.hasOneErrorLine() &&
                             late.error.contains("is ending already, and what it has learned is kept"),
                         late.report().constData());
            }
            QVERIFY(readRunControl(m_runs / "asked")->stop == RunControl::Stop::Keep);
        }
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "asked"});
    }

    void noteAndTags_areKept() {
        STUDIO_RUN(note, 0, {"runs", "note", m_project, "hot", "too hot\nhalve it", "--json"});
        STUDIO_RUN(tag, 0, {"runs", "tag", m_project, "hot", "--add", "later", "--add", "失敗", "--json"});
        QCOMPARE(tag.object()["tags"].toArray(), QJsonArray({"later", QString::fromUtf8("失敗")}));
        STUDIO_RUN(less, 0, {"runs", "tag", m_project, "hot", "--remove", "later", "--json"});
        QCOMPARE(less.object()["tags"].toArray(), QJsonArray{QString::fromUtf8("失敗")});
        QCOMPARE(less.object()["note"].toString(), "too hot\nhalve it");
        QCOMPARE(names({"--tag", QString::fromUtf8("失敗")}), QStringList{"hot"});
        STUDIO_RUN(bad, 2, {"runs", "tag", m_project, "hot", "--add", "a,b"});
        QVERIFY2(bad.hasOneErrorLine(), bad.report().constData());
    }

    void deleteAndRestore_bringTheRunBack() {
        STUDIO_RUN(cleared, 0, {"runs", "empty-trash", m_project});  // of what other tests deleted
        STUDIO_RUN(gone, 0, {"runs", "delete", m_project, "lora", "lora", "--json"});
        QCOMPARE(gone.object()["deleted"].toArray(), QJsonArray{"lora"});
        QCOMPARE(names(), QStringList({"hot", "full"}));
        QCOMPARE(names({"--trash"}), QStringList{"lora"});
        makeRun(m_runs, {.name = "lora", .created = 1});
        STUDIO_RUN(taken, 1, {"runs", "restore", m_project, "lora"});
        QVERIFY2(taken.hasOneErrorLine() && taken.error.contains("--as"), taken.report().constData());
        STUDIO_RUN(back, 0, {"runs", "restore", m_project, "lora", "--as", "lora-2", "--json"});
        QCOMPARE(back.object()["restored"].toString(), "lora-2");
        QCOMPARE(names(), QStringList({"hot", "lora-2", "full", "lora"}));
        STUDIO_RUN(again, 0, {"runs", "delete", m_project, "lora"});
        STUDIO_RUN(emptied, 0, {"runs", "empty-trash", m_project, "--json"});
        QCOMPARE(emptied.object()["removed"].toInteger(), 1);
        QCOMPARE(names({"--trash"}), QStringList());
    }

    void delete_runAtWorkOrUnknown_deletesNothing() {
        MadeRun made{.name = "busy", .created = 5};
        made.state = "training";
        makeRun(m_runs, made);
        const RunLock held(m_runs / "busy");
        STUDIO_RUN(busy, 1, {"runs", "delete", m_project, "busy"});
        QVERIFY2(busy.hasOneErrorLine() && busy.error.contains("busy"), busy.report().constData());
        STUDIO_RUN(unknown, 1, {"runs", "delete", m_project, "full", "nope"});
        QVERIFY2(unknown.hasOneErrorLine(), unknown.report().constData());
        QVERIFY(names().contains("full") && names().contains("busy"));
    }

    void wrongRequests_endWithOneLine() {
        for (const QStringList& arguments :
             {QStringList{"runs"}, QStringList{"runs", "list"}, QStringList{"runs", "show", m_project},
              QStringList{"runs", "list", m_project, "--state", "lazy"},
              QStringList{"runs", "note", m_project, "full"}}) {
            STUDIO_RUN(run, 2, arguments);
            QVERIFY2(run.hasOneErrorLine() && run.out.isEmpty(), run.report().constData());
        }
        for (const QStringList& arguments : {QStringList{"runs", "list", text(m_folder / "nowhere")},
                                             QStringList{"runs", "show", m_project, "nope"},
                                             QStringList{"runs", "note", m_project, "nope", "x"},
                                             QStringList{"runs", "tag", m_project, "../x", "--add", "x"},
                                             QStringList{"runs", "restore", m_project, "nope"}}) {
            STUDIO_RUN(run, 1, arguments);
            QVERIFY2(run.hasOneErrorLine() && run.out.isEmpty(), run.report().constData());
        }
        for (const char* verb : {"list", "show", "note", "tag", "delete", "restore", "empty-trash"}) {
            STUDIO_RUN(help, 0, {"runs", verb, "--help"});
            QVERIFY2(help.out.contains("project"), help.report().constData());
        }
    }
};

}  // namespace

STUDIO_TEST(CliRunsTest)
#include "runs_test.moc"
