// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/recipes.h"

#include <utility>

#include "core/base/error.h"

namespace studio {

/// Generated from resources/recipes/*.json by cmake/EmbedText.cmake.
const std::vector<std::pair<std::string, std::string>>& embeddedRecipes();

namespace {

[[noreturn]] void throwBad(const std::string& source, const std::string& what) {
    throw Error(ErrorCode::BadFormat, "The recipe " + source + ": " + what,
                "A recipe has name, title, description and settings.", {source, what});
}

std::string text(const nlohmann::ordered_json& json, const char* key, const std::string& source) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string() || found->get<std::string>().empty())
        throwBad(source, std::string(key) + " is missing or no text.");
    return found->get<std::string>();
}

}  // namespace

Recipe parseRecipe(const std::string& json, const std::string& source) {
    const auto document = nlohmann::ordered_json::parse(json, nullptr, /*allow_exceptions=*/false);
    if (!document.is_object()) throwBad(source, "it is no JSON object.");
    Recipe recipe{text(document, "name", source),
                  text(document, "title", source),
                  text(document, "description", source),
                  {}};
    const auto settings = document.find("settings");
    if (settings == document.end()) throwBad(source, "it has no settings.");
    std::vector<FieldIssue> issues = fromJson(*settings, recipe.settings);
    if (issues.empty()) issues = validate(recipe.settings);
    if (!issues.empty()) throwBad(source, issues.front().message);
    return recipe;
}

const std::vector<Recipe>& recipes() {
    static const std::vector<Recipe> all = [] {
        std::vector<Recipe> made;
        for (const auto& [name, json] : embeddedRecipes()) made.push_back(parseRecipe(json, name + ".json"));
        return made;
    }();
    return all;
}

const Recipe& recipe(const std::string& name) {
    std::string known;
    for (const Recipe& candidate : recipes()) {
        if (candidate.name == name) return candidate;
        known += (known.empty() ? "" : ", ") + candidate.name;
    }
    throw Error(ErrorCode::SettingInvalid, "There is no recipe named \"" + name + "\".",
                "Known are: " + known + ".", {name});
}

}  // namespace studio
