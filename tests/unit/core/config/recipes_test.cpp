// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/recipes.h"

#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

class RecipesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recipes_embedded_areWholeAndDiffer() {
        std::set<std::string> names, settings;
        for (const Recipe& recipe : recipes()) {
            QVERIFY(names.insert(recipe.name).second);
            QVERIFY(settings.insert(toJson(recipe.settings).dump()).second);
            QVERIFY(validate(recipe.settings).empty());
            QVERIFY(!recipe.description.empty() && !recipe.own);
        }
        QCOMPARE(names, (std::set<std::string>{"quick-look", "small-model", "lora", "domain-text"}));
        QCOMPARE(findRecipe("lora").settings.method, std::string("lora"));
        QVERIFY(findRecipe("domain-text").settings.trainOnPrompt);
    }

    void recipe_unknownName_namesTheKnownOnes() {
        STUDIO_COMPARE_ERROR_TEXT(findRecipe("nothing"), ErrorCode::SettingInvalid, "quick-look");
    }

    void parseRecipe_broken_saysWhatAndWhere() {
        STUDIO_COMPARE_ERROR_TEXT(parseRecipe("", "own.json"), ErrorCode::BadFormat, "no JSON object");
        STUDIO_COMPARE_ERROR_TEXT(parseRecipe(R"({"name":"a"})", "own.json"), ErrorCode::BadFormat, "title");
        STUDIO_COMPARE_ERROR_TEXT(
            parseRecipe(R"({"name":"a","title":"A","description":"B","x":1})", "own.json"),
            ErrorCode::BadFormat, "no settings");
        STUDIO_COMPARE_ERROR_TEXT(
            parseRecipe(R"({"name":"a","title":"A","description":"B","settings":{"learning_rat":1}})",
                        "own.json"),
            ErrorCode::BadFormat, "learning_rat");
        STUDIO_COMPARE_ERROR_TEXT(
            parseRecipe(R"({"name":"a","title":"A","description":"B","settings":{"learning_rate":7}})",
                        "own.json"),
            ErrorCode::BadFormat, "learning_rate");
    }

    void saveRecipe_own_isFoundListedAndTheSame() {
        const test::TemporaryFolder folder;
        Recipe mine{"night-run", "night-run", "", {}};
        mine.settings.epochs = 7;
        mine.settings.learningRate = 3e-5;
        mine.settings.keepBest = true;
        saveRecipe(mine, folder / "recipes");
        const Recipe read = findRecipe("night-run", folder / "recipes");
        QVERIFY(read.own);
        QVERIFY(changedFields(read.settings, mine.settings).empty());
        QCOMPARE(changedFields(read.settings, {}),
                 (std::vector<std::string>{"epochs", "learning_rate", "keep_best"}));
        const auto all = allRecipes(folder / "recipes");
        QCOMPARE(all.size(), recipes().size() + 1);
        QCOMPARE(all.back().name, std::string("night-run"));
        STUDIO_COMPARE_ERROR_TEXT(findRecipe("day-run", folder / "recipes"), ErrorCode::SettingInvalid,
                                  "night-run");
        mine.settings.epochs = 8;
        saveRecipe(mine, folder / "recipes");
        QCOMPARE(findRecipe("night-run", folder / "recipes").settings.epochs, 8.0);
    }

    void findRecipe_pathOfAFile_isReadWhateverItsName() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "Night run.json",
                            R"({"name":"night","title":"N","settings":{"epochs":7}})");
        const Recipe read = findRecipe((folder / "Night run.json").string());
        QCOMPARE(read.settings.epochs, 7.0);
        QCOMPARE(read.name, std::string("night"));
        QVERIFY(read.own);
        writeFileAtomically(folder / "broken.json", "{");
        STUDIO_COMPARE_ERROR_TEXT(findRecipe((folder / "broken.json").string()), ErrorCode::BadFormat,
                                  "broken.json");
        STUDIO_COMPARE_ERROR_TEXT(findRecipe((folder / "absent.json").string()), ErrorCode::SettingInvalid,
                                  "a file with a recipe");
    }

    void findRecipe_fileOfSettingsAlone_isTakenAsItIs() {
        const test::TemporaryFolder folder;
        const auto write = [&](const char* text) {
            writeFileAtomically(folder / "plain.json", text);
            return (folder / "plain.json").string();
        };
        const Recipe read = findRecipe(write(R"({"epochs":14,"learning_rate":0.0004,"batch_rows":8})"));
        QCOMPARE(read.name, std::string("plain"));
        QCOMPARE(changedFields(read.settings, {}),
                 (std::vector<std::string>{"epochs", "learning_rate", "batch_rows"}));
        QCOMPARE(findRecipe(STUDIO_SOURCE_DIR "/resources/sample/train_settings.json").settings.epochs, 14.0);
        STUDIO_COMPARE_ERROR_TEXT(findRecipe(write(R"({"epochs":2,"epoch":3,"rate":1})")),
                                  ErrorCode::BadFormat, "\"epoch\"");
        STUDIO_COMPARE_ERROR_TEXT(findRecipe(write(R"({"epochs":2,"epoch":3,"rate":1})")),
                                  ErrorCode::BadFormat, "\"rate\"");
        STUDIO_COMPARE_ERROR_TEXT(findRecipe(write(R"({"epochs":-1})")), ErrorCode::BadFormat, "plain.json");
        // What has the name of a recipe is one, and lacks the rest; nothing says nothing.
        STUDIO_COMPARE_ERROR_TEXT(findRecipe(write(R"({"name":"a","epochs":2})")), ErrorCode::BadFormat,
                                  "title");
        STUDIO_COMPARE_ERROR_TEXT(findRecipe(write("{}")), ErrorCode::BadFormat, "name is missing");
        // A recipe of a project is known by its own name.
        write(R"({"epochs":2})");
        STUDIO_COMPARE_ERROR(findRecipe("plain", folder.path()), ErrorCode::BadFormat);
    }

    void checkRecipeName_badOrTaken_isRefused() {
        for (const char* name : {"", "My Recipe", "a/b", "../x", "ä", "lora"})
            STUDIO_COMPARE_ERROR_TEXT(checkRecipeName(name), ErrorCode::InvalidArgument, "name");
        STUDIO_COMPARE_ERROR_TEXT(checkRecipeName(std::string(61, 'a')), ErrorCode::InvalidArgument, "60");
        checkRecipeName(std::string(60, 'a'));
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR_TEXT(saveRecipe(Recipe{"lora", "x", "", {}}, folder.path()),
                                  ErrorCode::InvalidArgument, "program");
        STUDIO_COMPARE_ERROR_TEXT(findRecipe("../x", folder.path()), ErrorCode::SettingInvalid, "no recipe");
    }

    void allRecipes_brokenFile_isLeftOutAndReported() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "broken.json", "{");
        writeFileAtomically(folder / "other.json",
                            R"({"name":"another","title":"A","settings":{"epochs":1}})");
        writeFileAtomically(folder / "lora.json", R"({"name":"lora","title":"A","settings":{"epochs":1}})");
        std::vector<std::string> problems;
        QCOMPARE(allRecipes(folder.path(), &problems).size(), recipes().size());
        QCOMPARE(problems.size(), std::size_t(3));
        QVERIFY(problems[0].find("broken.json") != std::string::npos);
        STUDIO_COMPARE_ERROR_TEXT(findRecipe("broken", folder.path()), ErrorCode::BadFormat, "broken.json");
        QCOMPARE(findRecipe("lora", folder.path()).own, false);
        QVERIFY(allRecipes(folder / "absent", &problems).size() == recipes().size());
    }
};

STUDIO_TEST(RecipesTest)
#include "recipes_test.moc"
