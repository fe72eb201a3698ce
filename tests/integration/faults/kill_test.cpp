// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sstream>

#include "tests/stress/kill_stress.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

class KillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The small version of studio_kill_stress.
    void training_killedTwelveTimes_endsAsIfNothingHadBeen() {
        const TemporaryFolder folder;
        KillStressSettings settings;
        settings.program = STUDIO_BIN_DIR "/finetune";
        settings.model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        settings.records = STUDIO_SOURCE_DIR "/resources/sample/countries_train.json";
        settings.folder = folder.path();
        settings.seed = 7;
        settings.kills = 12;
        std::ostringstream log;
        const KillStressReport report = runKillStress(settings, log);
        QVERIFY2(report.failures.empty(), log.str().c_str());
        QCOMPARE(report.kills, 12);
        QVERIFY2(report.resumed > 0, log.str().c_str());
        QVERIFY2(report.runsCompared > 0, log.str().c_str());
    }
};

STUDIO_TEST(KillTest)

}  // namespace

#include "kill_test.moc"
