// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// What a newcomer reads first.
class CliHelpTest : public QObject {
    Q_OBJECT

    static qsizetype linesWith(const QByteArray& help, const QByteArray& beginning) {
        qsizetype count = 0;
        for (const QByteArray& line : help.split('\n')) count += line.trimmed().startsWith(beginning) ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void help_isFastAndNamesEverySetting() {
        STUDIO_RUN(help, 0, {"--help"}, 2000);
        for (const char* verb : {"project", "data", "runs", "hydrate", "tokenize", "model", "pretrain",
                                 "train", "generate", "compare"}) {
            QVERIFY2(help.out.contains(verb), verb);
        }
        STUDIO_RUN(train, 0, {"train", "--help"}, 2000);
        for (const char* setting : {"learning_rate", "batch_rows", "max_steps", "default", "seed"}) {
            QVERIFY2(train.out.contains(setting), setting);
        }
        STUDIO_RUN(generate, 0, {"generate", "--help"}, 2000);
        for (const char* option :
             {"--max-new-tokens", "--temperature", "--top-k", "--top-p", "--seed", "--stop"}) {
            QVERIFY2(generate.out.contains(option), option);
        }
    }

    void end_ofEachPage_saysWhereThereIsMore_data() {
        QTest::addColumn<QStringList>("verb");
        QTest::addColumn<QByteArray>("last");
        const QByteArray leaf =
            "--json, --threads, --device and --dtype may stand here, too; finetune --help explains them.";
        QTest::newRow("program") << QStringList()
                                 << QByteArray(
                                        "The options above may also stand behind a verb. finetune VERB "
                                        "--help says more about each.");
        QTest::newRow("group") << QStringList{"model"}
                               << QByteArray("finetune model VERB --help says more about each.");
        QTest::newRow("verb") << QStringList{"generate"} << leaf;
        QTest::newRow("verb of a group") << QStringList{"model", "info"} << leaf;
        QTest::newRow("with words of its own") << QStringList{"model", "download"} << leaf;
        QTest::newRow("with settings") << QStringList{"train"} << leaf;
    }
    void end_ofEachPage_saysWhereThereIsMore() {
        QFETCH(QStringList, verb);
        QFETCH(QByteArray, last);
        STUDIO_RUN(help, 0, verb + QStringList{"--help"});
        QCOMPARE(help.out.trimmed().split('\n').last(), last);
    }

    void argumentWithAnOptionsName_isListedOnce_data() {
        QTest::addColumn<QString>("verb");
        for (const char* verb : {"info", "logits", "export", "download"}) QTest::newRow(verb) << verb;
    }
    void argumentWithAnOptionsName_isListedOnce() {
        QFETCH(QString, verb);
        STUDIO_RUN(help, 0, {"model", verb, "--help"});
        QCOMPARE(linesWith(help.out, "--model "), qsizetype{1});
        QCOMPARE(linesWith(help.out, "model "), qsizetype{0});
        QVERIFY2(help.out.contains("--model itself may be left out"), help.report().constData());
    }

    void pretrain_settingsThatItRefuses_areNotListed() {
        STUDIO_RUN(help, 0, {"pretrain", "--help"});
        for (const char* refused : {"method (", "lora_", "freeze (", "mixture (", "sample_every ("})
            QCOMPARE(linesWith(help.out, refused), qsizetype{0});
        QCOMPARE(linesWith(help.out, "learning_rate ("), qsizetype{1});
    }

    void argumentsWithoutOne_areListed() {
        STUDIO_RUN(help, 0, {"data", "import", "--help"});
        QCOMPARE(linesWith(help.out, "project TEXT"), qsizetype{1});
        QCOMPARE(linesWith(help.out, "path TEXT"), qsizetype{1});
    }
};

STUDIO_TEST(CliHelpTest)

}  // namespace

#include "help_test.moc"
