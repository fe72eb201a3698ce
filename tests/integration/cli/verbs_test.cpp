// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/cli/finetune_process.h"
#include "tests/integration/cli/small_rows.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// The contract of every verb: exit codes and one line for an error.
class CliVerbsTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Verbs.ftproj");

private Q_SLOTS:
    void initTestCase() {
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        const FinetuneRun imported = importSmallRows(m_folder.path(), m_project);
        QVERIFY2(imported.exitCode == 0, imported.report().constData());
    }

    void wrongRequest_exitsTwoWithOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown verb") << QStringList{"fly"};
        QTest::newRow("unknown option") << QStringList{"data", "list", m_project, "--colour"};
        QTest::newRow("missing option") << QStringList{"generate", "--prompt", "x"};
        QTest::newRow("missing value") << QStringList{"generate", "--model"};
        QTest::newRow("unknown split") << QStringList{"data", "list", m_project, "--split", "exam"};
        QTest::newRow("unknown setting")
            << QStringList{"train", "--project", m_project, "--model", "x", "--set", "lerning_rate=1"};
        QTest::newRow("setting out of range")
            << QStringList{"train", "--project", m_project, "--model", "x", "--set", "learning_rate=7"};
        QTest::newRow("temperature is no number")
            << QStringList{"generate", "--model", "x", "--prompt", "x", "--temperature", "warm"};
        QTest::newRow("row is no number") << QStringList{"data", "show", m_project, "one"};
        QTest::newRow("row is an option") << QStringList{"data", "delete", m_project, "--row", "abc"};
        QTest::newRow("row beyond all rows")
            << QStringList{"data", "delete", m_project, "99999999999999999999"};
        QTest::newRow("limit below one") << QStringList{"data", "list", m_project, "--limit", "-1"};
        QTest::newRow("negative seed") << QStringList{"data", "split", m_project, "--seed", "-1"};
        QTest::newRow("share is no number") << QStringList{"data", "split", m_project, "--test", "nan"};
        QTest::newRow("share above one") << QStringList{"data", "split", m_project, "--test", "2"};
        QTest::newRow("shares together above one")
            << QStringList{"data", "split", m_project, "--test", "0.6", "--validation", "0.6"};
        QTest::newRow("run without a name")
            << QStringList{"train", "--project", m_project, "--model", "x", "--run", ""};
        QTest::newRow("file without a name") << QStringList{"data", "export", m_project, ""};
        QTest::newRow("no rounds") << QStringList{"bench", "train", "--rounds", "0"};
        QTest::newRow("no verb of verbs") << QStringList{"data"};
        QTest::newRow("arm without name") << QStringList{"compare", "--arm", "x", "--prompt", "x"};
        QTest::newRow("no field of that name")
            << QStringList{"data", "edit", m_project, "1", "--set", "colour=red"};
        QTest::newRow("chat without messages") << QStringList{"hydrate", "--chat", "--model", "x"};
        QTest::newRow("messages without chat")
            << QStringList{"hydrate", "--instruction", "x", "--messages", "x.json"};
        QTest::newRow("chat and instruction")
            << QStringList{"hydrate", "--chat", "--model", "x", "--messages", "x", "--instruction", "x"};
        QTest::newRow("two sources") << QStringList{"hydrate", "--instruction", "x", "--project",
                                                    m_project, "--row",         "1"};
    }

    void wrongRequest_exitsTwoWithOneLine() {
        QFETCH(QStringList, arguments);
        STUDIO_RUN(run, 2, arguments);
        QVERIFY2(run.hasOneErrorLine(), run.report().constData());
        QVERIFY2(run.out.isEmpty(), run.report().constData());
        STUDIO_RUN(asJson, 2, arguments + QStringList{"--json"});
        QVERIFY2(asJson.hasOneErrorLine(), asJson.report().constData());
    }

    void failedRequest_exitsOneWithOneLine_data() {
        const QString nowhere = text(m_folder.path()) + "/nowhere";
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no project") << QStringList{"project", "info", nowhere};
        QTest::newRow("project is there already") << QStringList{"project", "create", m_project};
        QTest::newRow("no file") << QStringList{"data", "import", m_project, nowhere};
        QTest::newRow("no row") << QStringList{"data", "show", m_project, "99"};
        QTest::newRow("no model") << QStringList{"model", "info", "--model", nowhere};
        QTest::newRow("no tokenizer") << QStringList{"tokenize", "--model", nowhere, "--text", "x"};
        QTest::newRow("no template") << QStringList{"hydrate", "--instruction", "x", "--template", "nope"};
        QTest::newRow("hydrate for no model")
            << QStringList{"hydrate", "--instruction", "x", "--model", m_project};
        QTest::newRow("nothing to compare on")
            << QStringList{"compare", "--arm", "a=" + nowhere, "--project", m_project, "--split", "test"};
        QTest::newRow("train without model")
            << QStringList{"train", "--project", m_project, "--model", nowhere};
        QTest::newRow("generate without model")
            << QStringList{"generate", "--model", nowhere, "--prompt", "x"};
    }

    void failedRequest_exitsOneWithOneLine() {
        QFETCH(QStringList, arguments);
        STUDIO_RUN(run, 1, arguments);
        QVERIFY2(run.error.count("error: ") == 1 && run.error.endsWith('\n'), run.report().constData());
        QVERIFY2(run.out.isEmpty(), run.report().constData());
        STUDIO_RUN(asJson, 1, arguments + QStringList{"--json"});
        QVERIFY2(asJson.hasOneErrorLine(), asJson.report().constData());
        QVERIFY2(asJson.out.isEmpty(), asJson.report().constData());
    }
};

STUDIO_TEST(CliVerbsTest)

}  // namespace

#include "verbs_test.moc"
