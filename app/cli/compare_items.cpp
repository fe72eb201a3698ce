// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compare_items.h"

#include <algorithm>
#include <sstream>

#include "app/cli/command_context.h"
#include "app/cli/model_choice.h"
#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/json.h"
#include "core/storage/project.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

/// The first of `keys` that is there, which must be a text.
std::optional<std::string> textUnder(const OrderedJson& json, std::initializer_list<const char*> keys,
                                     const std::string& place) {
    for (const char* key : keys) {
        if (!json.contains(key)) continue;
        if (json[key].is_string()) return json[key].get<std::string>();
        throw Error(ErrorCode::BadFormat, place + ": \"" + key + "\" is not a text.",
                    "Put it in quotation marks.");
    }
    return std::nullopt;
}

CompareItem itemOf(const OrderedJson& json, const std::string& place) {
    CompareItem item;
    if (json.is_string()) {
        item.instruction = json.get<std::string>();
        return item;
    }
    const std::optional<std::string> instruction =
        json.is_object() ? textUnder(json, {"instruction", "prompt"}, place) : std::nullopt;
    if (!instruction) {
        throw Error(ErrorCode::BadFormat, place + " is neither a text nor an object with an \"instruction\".",
                    "Write one of the two for every prompt.");
    }
    item.instruction = *instruction;
    item.input = textUnder(json, {"input"}, place).value_or("");
    const std::optional<std::string> reference = textUnder(json, {"reference", "output"}, place);
    item.hasReference = reference.has_value();
    item.reference = reference.value_or("");
    return item;
}

fs::path baseOfAdapter(const fs::path& adapter, const std::string& name) {
    const AdapterConfig config = readAdapterConfig(adapter);
    fs::path base = adapterBase(adapter, config);
    if (!base.empty()) return base;
    const std::string file = (adapter / kAdapterConfigFile).string();
    throw Error(ErrorCode::FileNotFound,
                config.baseModel.empty()
                    ? file + " does not say which base model the adapter was made for."
                    : "The base model that " + file + " names is not there: " + config.baseModel + ".",
                "Name it: --arm " + name + "=BASE+" + adapter.string(), {adapter.string()});
}

/// The folders of an arm from what stands behind its name.
void findFolders(CompareArm& arm) {
    const std::string text = arm.modelFolder.string();
    std::error_code ignored;
    if (!fs::exists(text, ignored)) {
        for (std::size_t plus = text.rfind('+'); plus != std::string::npos && plus > 0;
             plus = text.rfind('+', plus - 1)) {
            const std::string base = text.substr(0, plus), adapter = text.substr(plus + 1);
            if (adapter.empty() || !fs::exists(base, ignored)) continue;
            arm.modelFolder = modelFolderOf(base);
            arm.adapterFolder = adapterFolderOf(adapter, arm.modelFolder);
            return;
        }
    }
    if (isAdapterFolder(text)) {
        arm.adapterFolder = text;
        arm.modelFolder = baseOfAdapter(text, arm.name);
        return;
    }
    arm.modelFolder = modelFolderOf(arm.modelFolder);
}

}  // namespace

std::vector<CompareArm> parseArms(const std::vector<std::string>& texts) {
    std::vector<CompareArm> arms;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            throw UsageError("--arm \"" + text + "\" is not NAME=FOLDER or NAME=FOLDER+ADAPTER.");
        }
        CompareArm arm{text.substr(0, equals), text.substr(equals + 1)};
        const bool twice =
            std::any_of(arms.begin(), arms.end(), [&](const auto& other) { return other.name == arm.name; });
        if (twice) throw UsageError("The arm \"" + arm.name + "\" is given twice.");
        arms.push_back(std::move(arm));
    }
    // Last: what is wrong with the request itself is said before what is missing on the disk.
    for (CompareArm& arm : arms) findFolders(arm);
    return arms;
}

std::vector<CompareItem> itemsOfProject(const fs::path& folder, Split split) {
    const auto project = Project::open(folder);
    RecordQuery query;
    query.split = split;
    query.status = RecordStatus::Accepted;
    std::vector<CompareItem> items;
    for (const Record& record : project->records(query)) {
        items.push_back({record.id, record.instruction, record.input, record.output, true});
    }
    if (items.empty()) {
        throw Error(
            ErrorCode::InvalidArgument,
            "The project " + project->name() + " has no accepted record in its " + name(split) + " split.",
            "Deal the records with finetune data split, or import some with --split " +
                std::string(name(split)) + ".");
    }
    return items;
}

std::vector<CompareItem> itemsOfFile(const fs::path& file) {
    const std::string bytes = readFile(file);
    const std::string_view content = trimmed(bytes);
    std::vector<CompareItem> items;
    if (content.starts_with("[")) {
        const OrderedJson array = parseJson(content, file.string());
        for (const OrderedJson& json : array) {
            items.push_back(itemOf(json, file.string() + ", item " + std::to_string(items.size() + 1)));
        }
    } else {
        const bool isJson = content.starts_with("{") || content.starts_with("\"");
        std::istringstream lines(bytes);
        std::string line;
        for (int number = 1; std::getline(lines, line); ++number) {
            if (trimmed(line).empty()) continue;
            const std::string place = file.string() + ", line " + std::to_string(number);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            items.push_back(isJson ? itemOf(parseJson(line, place), place)
                                   : CompareItem{0, line, {}, {}, false});
        }
    }
    if (items.empty()) {
        throw Error(ErrorCode::EmptyInput, file.string() + " has no prompts.",
                    "Write one prompt a line, or JSON lines with \"instruction\" and \"output\".");
    }
    return items;
}

}  // namespace studio
