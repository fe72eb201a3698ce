// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/chosen_base.h"

#include "core/base/files.h"
#include "core/formats/model_config.h"
#include "tests/support/assets.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

using namespace studio;
namespace fs = std::filesystem;

class ChosenBaseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chosenBase_projectUserAndAdapter_goInThisOrder() {
        const test::TemporaryFolder folder;
        const fs::path own = folder / "own", other = folder / "other", gone = folder / "gone";
        test::writeSmallModel(own);
        test::writeSmallModel(other);
        const fs::path telling = folder / "telling", silent = folder / "silent";
        test::writeAdapter(telling, readModelConfig(own), {.base = own.string()});
        test::writeAdapter(silent, readModelConfig(own), {.base = "someone/base"});
        QCOMPARE(chosenBase(telling, {}, {}), own);
        QCOMPARE(chosenBase(silent, {}, {}), fs::path());
        QCOMPARE(chosenBase(telling, {}, "/users"), fs::path("/users"));
        const fs::path spelled = telling.string() + "/";
        QCOMPARE(chosenBase(telling, {{spelled, other}}, "/users"), other);
        QCOMPARE(chosenBase(telling, {{silent, other}}, {}), own);
        // The project's has gone: another one that is known, or else it, for its name to be told.
        QCOMPARE(chosenBase(telling, {{telling, gone}}, other), other);
        QCOMPARE(chosenBase(telling, {{telling, gone}}, {}), own);
        QCOMPARE(chosenBase(silent, {{silent, gone}}, {}), gone);
        makeFolders(gone);  // an empty folder is no model
        QCOMPARE(chosenBase(silent, {{silent, gone}}, other), other);
    }
};

STUDIO_TEST(ChosenBaseTest)
#include "chosen_base_test.moc"
