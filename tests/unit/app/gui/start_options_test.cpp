// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/start_options.h"
#include "tests/support/studio_test.h"

using namespace studio::ui;

class StartOptionsTest : public QObject {
    Q_OBJECT

private:
    static StartOptions parse(const QStringList& arguments) {
        return parseArguments(QStringList{QStringLiteral("finetune-studio")} + arguments);
    }

private Q_SLOTS:
    void arguments_none_askForNothing() {
        const StartOptions options = parse({});
        QVERIFY(options.message.isEmpty());
        QVERIFY(options.project.isEmpty() && !options.sample && !options.language && !options.theme);
    }

    void arguments_all_areRead() {
        const StartOptions options =
            parse({"--lang", "zh_TW", "--theme=dark", "--sample", "/tmp/My project.ftproj"});
        QVERIFY2(options.message.isEmpty(), qPrintable(options.message));
        QCOMPARE(options.project, QStringLiteral("/tmp/My project.ftproj"));
        QVERIFY(options.sample);
        QCOMPARE(options.language.value(), QStringLiteral("zh_TW"));
        QCOMPARE(options.theme.value(), Theme::Mode::Dark);
    }

    void arguments_relativeProject_becomesAbsolute() {
        QVERIFY(parse({"a.ftproj"}).project.startsWith(u'/'));
    }

    void arguments_wrong_areUsageErrors_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown option") << QStringList{"--nonsense"} << "nonsense";
        QTest::newRow("language") << QStringList{"--lang", "klingon"} << "klingon";
        QTest::newRow("theme") << QStringList{"--theme", "pink"} << "pink";
        QTest::newRow("two projects") << QStringList{"a.ftproj", "b.ftproj"} << "one project";
    }
    void arguments_wrong_areUsageErrors() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const StartOptions options = parse(arguments);
        QCOMPARE(options.exitCode, 2);
        QVERIFY2(options.message.contains(named), qPrintable(options.message));
        QVERIFY(options.message.startsWith(QStringLiteral("error: ")));
        QCOMPARE(options.message.count(u'\n'), 0);
    }

    void help_andVersion_areSaidWithoutError() {
        QCOMPARE(parse({"--help"}).exitCode, 0);
        QVERIFY(parse({"--help"}).message.contains(QStringLiteral("--sample")));
        QVERIFY(parse({"--version"}).message.startsWith(QStringLiteral("finetune-studio ")));
    }
};

STUDIO_TEST(StartOptionsTest)
#include "start_options_test.moc"
