// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/known_models.h"

#include "core/base/files.h"
#include "core/formats/model_folders.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

class KnownModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changes_ofFoldersAndNames_areThereNextTime() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "data" / "models.json";
        const fs::path one = folder / "one", two = folder / "two";
        {
            KnownModels known(file);
            QVERIFY(known.folders().empty() && known.problem().empty());
            QVERIFY(!fs::exists(file));  // reading writes nothing
            known.add(one);
            known.add(two);
            known.add(fs::path(one.string() + "/."));  // the same folder
            known.rename(one, "My model");
            known.rename("/elsewhere", "Not in the list");
        }
        KnownModels again(file);
        QCOMPARE(again.folders(), (std::vector<fs::path>{resolvedFolder(one), resolvedFolder(two)}));
        QCOMPARE(again.nameOf(one), std::string("My model"));
        QCOMPARE(again.nameOf("/elsewhere/"), std::string("Not in the list"));
        QCOMPARE(again.nameOf(two), std::string());
        again.rename(one, "");
        QCOMPARE(KnownModels(file).nameOf(one), std::string());
        again.remove(one);
        QVERIFY(!KnownModels(file).contains(one));
        QVERIFY(KnownModels(file).contains(two));
    }

    void add_adapterWithItsBase_keepsTheBaseUntilItIsRemoved() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "models.json", adapter = folder / "lora", base = folder / "base";
        KnownModels known(file);
        known.add(adapter);
        QVERIFY(known.baseOf(adapter).empty());
        known.add(fs::path(adapter.string() + "/"), folder / "first");
        known.add(adapter, base);  // it was chosen anew
        QCOMPARE(KnownModels(file).folders(), (std::vector<fs::path>{resolvedFolder(adapter)}));
        QCOMPARE(KnownModels(file).baseOf(adapter), resolvedFolder(base));
        known.add(adapter);  // says nothing of the base
        QCOMPARE(known.baseOf(adapter), resolvedFolder(base));
        known.remove(adapter);
        QVERIFY(KnownModels(file).baseOf(adapter).empty());
    }

    void remove_folderWithFiles_leavesThemAlone() {
        const test::TemporaryFolder folder;
        const fs::path model = folder / "model of mine";
        makeFolders(model);
        writeFileAtomically(model / "config.json", "{}");
        KnownModels known(folder / "models.json");
        known.add(model);
        known.rename(model, "Mine");
        known.remove(model);
        QCOMPARE(readFile(model / "config.json"), std::string("{}"));
        QCOMPARE(known.nameOf(model), std::string());
    }

    void read_damagedFile_setsItAsideAndSaysSoOnce() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "models.json";
        for (const std::string damage : {"{\"folders\": [", "[1, 2]", ""}) {
            writeFileAtomically(file, damage);
            KnownModels known(file);
            QVERIFY(known.folders().empty());
            QVERIFY2(known.problem().find(".damaged") != std::string::npos, known.problem().c_str());
            QVERIFY(!fs::exists(file));
            QVERIFY(KnownModels(file).problem().empty());
            known.add(folder / "one");
            QVERIFY(!known.problem().empty());  // who asks later hears it, too
        }
        // None of them is lost.
        QCOMPARE(readFile(file.string() + ".damaged"), std::string("{\"folders\": ["));
        QCOMPARE(readFile(file.string() + ".damaged-2"), std::string("[1, 2]"));
        QVERIFY(fs::exists(file.string() + ".damaged-3"));
    }

    void read_unknownKeysAndValues_areKeptAndPassedOver() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "models.json";
        writeFileAtomically(
            file, R"({"format": 2, "folders": [7, "", "/a", null, "/a/"], "names": {"/a": 3, "/b": "B"},
                                      "later": {"kept": true}})");
        KnownModels known(file);
        QCOMPARE(known.folders(), (std::vector<fs::path>{"/a"}));
        QCOMPARE(known.nameOf("/a"), std::string());
        QCOMPARE(known.nameOf("/b"), std::string("B"));
        known.add("/c");
        QCOMPARE(readJsonFile(file)["later"]["kept"], OrderedJson(true));
    }

    void change_byAnotherWindow_isNotUndone() {
        const test::TemporaryFolder folder;
        KnownModels mine(folder / "models.json"), other(folder / "models.json");
        other.add("/theirs");
        mine.add("/mine");
        const KnownModels both(folder / "models.json");
        QVERIFY(both.contains("/theirs") && both.contains("/mine"));
    }

    void change_thatCannotBeWritten_changesNothing() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "file", "");
        KnownModels known(folder / "file" / "models.json");  // below a file
        STUDIO_COMPARE_ERROR(known.add("/one"), ErrorCode::FileUnwritable);
        QVERIFY(known.folders().empty());
        KnownModels sound(folder / "models.json");
        STUDIO_COMPARE_ERROR(sound.rename("/one", std::string(200, 'x')), ErrorCode::SettingInvalid);
        STUDIO_COMPARE_ERROR(sound.rename("/one", "two\nlines"), ErrorCode::SettingInvalid);
        QCOMPARE(sound.nameOf("/one"), std::string());
    }

    void usualFile_byEnvironment_isInTheDataFolder() {
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", "/data/of/me");
        QCOMPARE(KnownModels::usualFile().string(), std::string("/data/of/me/finetune-studio/models.json"));
        qputenv("XDG_DATA_HOME", "not/absolute");
        QVERIFY(KnownModels::usualFile().string().find("not/absolute") == std::string::npos);
        before.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before);
    }
};

STUDIO_TEST(KnownModelsTest)
#include "known_models_test.moc"
