// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/recipes.h"

#include <set>

#include "core/base/error.h"
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
        }
        QCOMPARE(names, (std::set<std::string>{"quick-look", "small-model", "lora", "domain-text"}));
        QCOMPARE(recipe("lora").settings.method, std::string("lora"));
        QVERIFY(recipe("domain-text").settings.trainOnPrompt);
    }

    void recipe_unknownName_namesTheKnownOnes() {
        STUDIO_COMPARE_ERROR_TEXT(recipe("nothing"), ErrorCode::SettingInvalid, "quick-look");
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
};

STUDIO_TEST(RecipesTest)
#include "recipes_test.moc"
