// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/recipes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"

namespace fs = std::filesystem;

namespace studio {

/// Generated from resources/recipes/*.json by cmake/EmbedText.cmake.
const std::vector<std::pair<std::string, std::string>>& embeddedRecipes();

namespace {

constexpr std::size_t kLongestName = 60;

[[noreturn]] void throwBad(const std::string& source, const std::string& what) {
    throw Error(ErrorCode::BadFormat, "The recipe " + source + ": " + what,
                "A recipe has name, title, description and settings; a file may hold settings alone as well.",
                {source, what});
}

std::string text(const nlohmann::ordered_json& json, const char* key, const std::string& source) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string() || found->get<std::string>().empty())
        throwBad(source, std::string(key) + " is missing or no text.");
    return found->get<std::string>();
}

bool isPlainName(const std::string& name) {
    return !name.empty() && name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

/// All that is wrong with them is said at once.
void readSettings(const nlohmann::ordered_json& json, TrainSettings& settings, const std::string& source) {
    std::vector<FieldIssue> issues = fromJson(json, settings);
    if (issues.empty()) issues = validate(settings);
    std::string problems;
    for (const FieldIssue& issue : issues) problems += (problems.empty() ? "" : " ") + issue.message;
    if (!problems.empty()) throwBad(source, problems);
}

/// Settings alone, as a project writes them: an object without anything that only a recipe has.
bool isPlainSettings(const nlohmann::ordered_json& json) {
    static constexpr std::array kRecipeKeys = {"name", "title", "description", "settings"};
    return json.is_object() && !json.empty() &&
           std::none_of(kRecipeKeys.begin(), kRecipeKeys.end(),
                        [&](const char* key) { return json.contains(key); });
}

Recipe readRecipe(const fs::path& file) {
    Recipe recipe = parseRecipe(readFile(file), file.string());
    recipe.own = true;
    return recipe;
}

/// A file of anywhere: settings alone are called as it is.
Recipe readAnyFile(const fs::path& file) {
    const auto json = nlohmann::ordered_json::parse(readFile(file), nullptr, /*allow_exceptions=*/false);
    if (!isPlainSettings(json)) return readRecipe(file);
    Recipe recipe{file.stem().string(), file.stem().string(), {}, {}, true};
    readSettings(json, recipe.settings, file.string());
    return recipe;
}

/// One of a project's: called as its file is, so that it is found by its name.
Recipe readOwn(const fs::path& file) {
    Recipe recipe = readRecipe(file);
    if (recipe.name != file.stem().string())
        throwBad(file.string(), "it calls itself \"" + recipe.name + "\", unlike its file.");
    if (isBuiltInRecipe(recipe.name))
        throwBad(file.string(), "\"" + recipe.name + "\" is the name of a recipe of the program.");
    return recipe;
}

std::vector<fs::path> recipeFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    if (folder.empty()) return files;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        if (it->path().extension() == ".json") files.push_back(it->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

Recipe parseRecipe(const std::string& json, const std::string& source) {
    const auto document = nlohmann::ordered_json::parse(json, nullptr, /*allow_exceptions=*/false);
    if (!document.is_object()) throwBad(source, "it is no JSON object.");
    Recipe recipe{text(document, "name", source), text(document, "title", source), {}, {}};
    if (document.contains("description")) recipe.description = text(document, "description", source);
    const auto settings = document.find("settings");
    if (settings == document.end()) throwBad(source, "it has no settings.");
    readSettings(*settings, recipe.settings, source);
    return recipe;
}

std::string recipeJson(const Recipe& recipe) {
    nlohmann::ordered_json json{{"name", recipe.name}, {"title", recipe.title}};
    if (!recipe.description.empty()) json["description"] = recipe.description;
    const nlohmann::ordered_json all = toJson(recipe.settings);
    nlohmann::ordered_json settings = nlohmann::ordered_json::object();
    for (const std::string& field : changedFields(recipe.settings, {})) settings[field] = all[field];
    json["settings"] = std::move(settings);
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

const std::vector<Recipe>& recipes() {
    static const std::vector<Recipe> all = [] {
        std::vector<Recipe> made;
        for (const auto& [name, json] : embeddedRecipes()) made.push_back(parseRecipe(json, name + ".json"));
        return made;
    }();
    return all;
}

bool isBuiltInRecipe(const std::string& name) {
    return std::any_of(recipes().begin(), recipes().end(),
                       [&](const Recipe& recipe) { return recipe.name == name; });
}

std::vector<Recipe> allRecipes(const fs::path& folder, std::vector<std::string>* problems) {
    std::vector<Recipe> all = recipes();
    for (const fs::path& file : recipeFiles(folder)) {
        try {
            all.push_back(readOwn(file));
        } catch (const Error& error) {
            if (problems) problems->push_back(error.what());
        }
    }
    return all;
}

Recipe findRecipe(const std::string& name, const fs::path& folder) {
    for (const Recipe& candidate : recipes()) {
        if (candidate.name == name) return candidate;
    }
    std::error_code ignored;
    // A path has what no name has: a slash or a dot.
    if (!isPlainName(name) && fs::is_regular_file(name, ignored)) return readAnyFile(name);
    const fs::path file = folder / (name + ".json");
    if (!folder.empty() && isPlainName(name) && fs::is_regular_file(file, ignored)) return readOwn(file);
    std::string known;
    for (const Recipe& candidate : allRecipes(folder)) known += (known.empty() ? "" : ", ") + candidate.name;
    throw Error(ErrorCode::SettingInvalid, "There is no recipe named \"" + name + "\".",
                "Known are: " + known + "; or name a file with a recipe or with settings by its path.",
                {name});
}

void checkRecipeName(const std::string& name) {
    if (!isPlainName(name)) {
        throw Error(ErrorCode::InvalidArgument, "\"" + name + "\" is not a name for a recipe.",
                    "Choose a name of at most 60 of the characters a-z, 0-9, _ and -.", {name});
    }
    if (isBuiltInRecipe(name)) {
        throw Error(ErrorCode::InvalidArgument, "\"" + name + "\" is the name of a recipe of the program.",
                    "Choose another name.", {name});
    }
}

void saveRecipe(const Recipe& recipe, const fs::path& folder) {
    checkRecipeName(recipe.name);
    makeFolders(folder);
    writeFileAtomically(folder / (recipe.name + ".json"), recipeJson(recipe));
}

}  // namespace studio
