// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/background_run.h"

#include <signal.h>

#include <QFile>
#include <QSignalSpy>

#include "core/base/files.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;

/// A shell script in place of finetune.
class BackgroundRunTest : public QObject {
    Q_OBJECT

private:
    static QString script(const std::filesystem::path& folder, const std::string& lines) {
        const std::filesystem::path file = folder / "program";
        writeFileAtomically(file, "#!/bin/sh\n" + lines);
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        return QString::fromStdString(file.string());
    }
    static qint64 numberIn(const std::filesystem::path& path) {
        QFile file(QString::fromStdString(path.string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
    }

private Q_SLOTS:
    void process_hasTheRun_isToldOnce() {
        test::TemporaryFolder folder;
        const std::filesystem::path run = folder / "runs/left";
        std::filesystem::create_directories(run);
        BackgroundRun background(script(folder.path(), "echo $$ > pid\nexec sleep 60\n"));
        QSignalSpy taken(&background, &BackgroundRun::taken), failed(&background, &BackgroundRun::failed);
        background.start(folder.path(), QStringLiteral("left"));
        QTRY_VERIFY(numberIn(folder / "pid") > 0);
        QTest::qWait(300);
        QVERIFY(background.isWaiting());
        QCOMPARE(taken.count(), 0);
        const qint64 process = numberIn(folder / "pid");
        RunLock lock(run);
        RunStatus status;
        status.state = "training";
        status.processId = process;
        RunFolder(run).writeStatus(status);
        QTRY_COMPARE(taken.count(), 1);
        QVERIFY(!background.isWaiting());
        ::kill(static_cast<pid_t>(process), SIGKILL);
        QTest::qWait(300);
        QCOMPARE(taken.count(), 1);
        QCOMPARE(failed.count(), 0);
    }

    void process_endsBefore_isToldWithWhatItSaid() {
        test::TemporaryFolder folder;
        std::filesystem::create_directories(folder / "runs/left");
        BackgroundRun background(script(folder.path(), "echo no such model >&2\nexit 1\n"));
        QSignalSpy taken(&background, &BackgroundRun::taken), failed(&background, &BackgroundRun::failed);
        background.start(folder.path(), QStringLiteral("left"));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.front().at(1).toString(), QStringLiteral("no such model"));
        QVERIFY(!background.isWaiting());
        QCOMPARE(taken.count(), 0);
    }
};

STUDIO_TEST(BackgroundRunTest)
#include "background_run_test.moc"
