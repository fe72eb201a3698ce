// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/known_models.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/model_folders.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kFolders = "folders";
constexpr const char* kNames = "names";
constexpr const char* kBases = "bases";
constexpr std::uintmax_t kMostBytes = 4 << 20;  // what is larger was not written by this program

fs::path dataFolder() {
    if (const char* given = std::getenv("XDG_DATA_HOME"); given && *given == '/') return given;
    if (const char* home = std::getenv("HOME"); home && *home == '/')
        return fs::path(home) / ".local" / "share";
    return {};
}

std::string keyOf(const fs::path& folder) {
    return resolvedFolder(folder).string();
}

/// The texts of an object's entries; what is none is passed over.
std::map<std::string, std::string> textsOf(const OrderedJson& json, const char* key) {
    std::map<std::string, std::string> texts;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_object()) return texts;
    for (const auto& [name, value] : found->items())
        if (value.is_string()) texts[name] = value.get<std::string>();
    return texts;
}

OrderedJson jsonOf(const std::map<std::string, std::string>& texts) {
    OrderedJson json = OrderedJson::object();
    for (const auto& [name, value] : texts) json[name] = value;
    return json;
}

std::string textOf(const std::map<std::string, std::string>& texts, const fs::path& folder) {
    const auto found = texts.find(keyOf(folder));
    return found == texts.end() ? std::string() : found->second;
}

void checkName(const std::string& name) {
    const bool control = std::any_of(
        name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (!control && name.size() <= KnownModels::kLongestName) return;
    throw Error(ErrorCode::SettingInvalid, "This cannot be the name of a model.",
                "Use at most " + std::to_string(KnownModels::kLongestName) + " bytes on one line.",
                {name, "model_name", std::to_string(KnownModels::kLongestName)});
}

}  // namespace

fs::path KnownModels::usualFile() {
    const fs::path folder = dataFolder();
    return folder.empty() ? fs::path() : folder / "finetune-studio" / "models.json";
}

KnownModels::KnownModels(fs::path file) : m_file(std::move(file)) {
    read();
}

void KnownModels::read() {
    m_problem.clear();
    take(OrderedJson::object());
    std::error_code error;
    if (m_file.empty() || !fs::exists(m_file, error)) return;
    try {
        if (!fs::is_regular_file(m_file, error) || fs::file_size(m_file, error) > kMostBytes) {
            throw Error(ErrorCode::BadFormat, m_file.string() + " is no list of models.", "Remove it.");
        }
        OrderedJson json = readJsonFile(m_file);
        if (!json.is_object()) {
            throw Error(ErrorCode::BadFormat, m_file.string() + " must hold a JSON object.", "Remove it.");
        }
        take(json);
    } catch (const Error& problem) {
        // What cannot be read now may be readable later: only damage is moved out of the way.
        if (problem.code() == ErrorCode::FileUnreadable)
            m_problem = problem.cause();
        else
            setAside(problem.cause());
    }
}

void KnownModels::setAside(const std::string& why) {
    fs::path aside = m_file;
    std::error_code error;
    for (int i = 1; fs::exists(aside, error); ++i)
        aside = m_file.string() + ".damaged" + (i > 1 ? "-" + std::to_string(i) : "");
    fs::rename(m_file, aside, error);
    m_problem = "The list of opened models was damaged and is empty now: " + why;
    m_problem +=
        error ? " It could not be set aside." : " The damaged list is kept as " + aside.string() + ".";
}

// What another version wrote and this one does not know is kept as it is.
void KnownModels::take(const OrderedJson& json) {
    m_raw = json;
    m_folders.clear();
    if (const auto list = json.find(kFolders); list != json.end() && list->is_array()) {
        for (const OrderedJson& each : *list) {
            if (!each.is_string() || each.get_ref<const std::string&>().empty()) continue;
            const fs::path folder = resolvedFolder(each.get<std::string>());
            if (!contains(folder)) m_folders.push_back(folder);
        }
    }
    m_names = textsOf(json, kNames);
    m_bases = textsOf(json, kBases);
}

OrderedJson KnownModels::toJson() const {
    OrderedJson json = m_raw;
    json["format"] = 1;
    json[kFolders] = OrderedJson::array();
    for (const fs::path& folder : m_folders) json[kFolders].push_back(folder.string());
    json[kNames] = jsonOf(m_names);
    json[kBases] = jsonOf(m_bases);
    return json;
}

bool KnownModels::contains(const fs::path& folder) const {
    return std::find(m_folders.begin(), m_folders.end(), resolvedFolder(folder)) != m_folders.end();
}

std::string KnownModels::nameOf(const fs::path& folder) const {
    return textOf(m_names, folder);
}

fs::path KnownModels::baseOf(const fs::path& adapter) const {
    return textOf(m_bases, adapter);
}

void KnownModels::change(const std::function<void()>& make) {
    const std::string told = m_problem;
    read();
    if (m_problem.empty()) m_problem = told;
    make();
    if (m_file.empty()) return;
    try {
        makeFolders(m_file.parent_path());
        writeJsonFile(m_file, toJson());
    } catch (const Error&) {
        read();
        throw;
    }
}

void KnownModels::add(const fs::path& folder, const fs::path& base) {
    change([&] {
        if (!contains(folder)) m_folders.push_back(resolvedFolder(folder));
        if (!base.empty()) m_bases[keyOf(folder)] = keyOf(base);
    });
}

void KnownModels::remove(const fs::path& folder) {
    change([&] {
        m_folders.erase(std::remove(m_folders.begin(), m_folders.end(), resolvedFolder(folder)),
                        m_folders.end());
        m_names.erase(keyOf(folder));
        m_bases.erase(keyOf(folder));
    });
}

void KnownModels::rename(const fs::path& folder, const std::string& name) {
    checkName(name);
    change([&] {
        if (name.empty())
            m_names.erase(keyOf(folder));
        else
            m_names[keyOf(folder)] = name;
    });
}

}  // namespace studio
