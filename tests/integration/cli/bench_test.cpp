// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// The benches as scripts call them, as small as they get.
class CliBenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void train_smallestShape_printsOneLineARow() {
        STUDIO_RUN(run, 0, {"bench", "train", "--shape", "a", "--rounds", "1", "--no-references", "--json"});
        const QList<QJsonObject> rows = run.lines();
        QVERIFY2(!rows.isEmpty() && rows.size() <= 2, run.report().constData());
        for (const QJsonObject& row : rows) {
            QCOMPARE(row["bench"].toString(), "train");
            QCOMPARE(row["shape"].toString(), "a");
            QCOMPARE(row["contender"].toString(), "fused");
            QVERIFY(row["tokens_per_second"].toDouble() > 0.0);
            const double share = row["ceiling_share"].toDouble();
            // Of a ceiling that is measured beside whatever else the machine does.
            QVERIFY2(share > 0.0 && share < 4.0, run.report().constData());
            QVERIFY(row["ratio"].toObject().isEmpty());
            QVERIFY(row["peak_bytes"].isNull());
            const QJsonArray wanted = row["wanted"].toArray();
            QVERIFY(!wanted.isEmpty());
            QVERIFY(valueAt(wanted, "0/reached").isBool());
        }
    }

    void memory_inAProcessOfItsOwn_isMeasured() {
        STUDIO_RUN(run, 0, {"bench", "memory", "--rounds", "1", "--no-references", "--json"});
        const QJsonObject row = run.object();
        QVERIFY2(row["first_bytes"].toDouble() > 1e6, run.report().constData());
        QVERIFY(row["last_bytes"].toDouble() > 1e6);
        QVERIFY(row["peak_bytes"].toDouble() >= row["last_bytes"].toDouble());
    }

    void startup_forPeople_saysWhatIsWanted() {
        STUDIO_RUN(run, 0, {"bench", "startup", "--rounds", "1"});
        QVERIFY2(run.out.contains("finetune --help") && run.out.contains("<= 50.0 ms"),
                 run.report().constData());
        QVERIFY2(run.out.contains("of 1 wanted figure"), run.report().constData());
    }

    void wrongRequest_exitsTwo() {
        for (const QStringList& arguments :
             {QStringList{"bench"}, QStringList{"bench", "lora", "--shape", "a"},
              QStringList{"bench", "all", "--shape", "z"}, QStringList{"bench", "all", "--rounds", "0"},
              QStringList{"bench", "startup", "--shape", "a"}}) {
            STUDIO_RUN(run, 2, arguments);
            QVERIFY2(run.hasOneErrorLine(), run.report().constData());
        }
    }

    void help_shapes_areThoseThatAreTaken() {
        STUDIO_RUN(all, 0, {"bench", "all", "--help"});
        QVERIFY2(all.out.contains("Pythia-70M") && !all.out.contains("Qwen2.5"), all.report().constData());
        STUDIO_RUN(train, 0, {"bench", "train", "--help"});
        QVERIFY2(train.out.contains("Qwen2.5"), train.report().constData());
    }

    void help_bench_namesEveryBenchButTheHiddenOne() {
        STUDIO_RUN(help, 0, {"bench", "--help"});
        for (const char* name : {"all", "train", "instruction", "lora", "checkpointing", "overhead", "decode",
                                 "memory", "startup", "forecast", "models"}) {
            QVERIFY2(help.out.contains(name), name);
        }
        QVERIFY(!help.out.contains("alone"));
    }
};

STUDIO_TEST(CliBenchTest)
}  // namespace
#include "bench_test.moc"
