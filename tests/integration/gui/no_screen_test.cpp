// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>

#include "tests/support/studio_test.h"

/// finetune-studio as it is started where no window can be shown: by ssh, on a cluster, in a container.
class NoScreenTest : public QObject {
    Q_OBJECT

private:
    struct Ended {
        int code = -1;
        QByteArray out, error;
    };
    /// `display` empty: none is named.
    static Ended start(const QStringList& arguments, const QString& display) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM",
                                 "XDG_SESSION_TYPE", "QT_QPA_PLATFORMTHEME"})
            environment.remove(QString::fromLatin1(name));
        if (!display.isEmpty()) environment.insert(QStringLiteral("DISPLAY"), display);
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(STUDIO_BIN_DIR "/finetune-studio"), arguments);
        if (!program.waitForFinished(60'000) || program.exitStatus() != QProcess::NormalExit) return {};
        return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
    }

private Q_SLOTS:
    void screen_noneOrDead_isOneLine_data() {
        QTest::addColumn<QString>("display");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("none") << QString() << QStringList() << QByteArray("neither DISPLAY nor");
        QTest::newRow("dead") << ":77" << QStringList() << QByteArray("cannot be used");
        QTest::newRow("unknown platform") << QString() << QStringList{"-platform", "nonsense"}
                                          << QByteArray("-platform names cannot be used");
    }
    void screen_noneOrDead_isOneLine() {
        QFETCH(QString, display);
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        const Ended ended = start(arguments, display);
        QVERIFY2(ended.code == 1 && ended.out.isEmpty(), ended.error.constData());
        QVERIFY2(
            ended.error.startsWith("error: ") && ended.error.count('\n') == 1 && ended.error.contains(named),
            ended.error.constData());
    }

    void words_needNoScreen_data() {
        QTest::addColumn<QString>("display");
        QTest::newRow("none") << QString();
        QTest::newRow("dead") << ":77";
    }
    void words_needNoScreen() {
        QFETCH(QString, display);
        const Ended version = start({"-platform", "xcb", "--version"}, display);
        QVERIFY2(version.code == 0 && version.error.isEmpty(), version.error.constData());
        QVERIFY(version.out.startsWith("finetune-studio "));
        QVERIFY(start({"--help"}, display).out.contains("--sample"));
        const Ended wrong = start({"--help", "--nonsense"}, display);
        QVERIFY2(wrong.code == 2 && wrong.error.contains("nonsense"), wrong.error.constData());
    }
};

STUDIO_TEST(NoScreenTest)
#include "no_screen_test.moc"
