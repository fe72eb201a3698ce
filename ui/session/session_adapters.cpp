// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The adapters of a project: those of its LoRA runs, and opened ones, which the project keeps with their
// bases.
#include <algorithm>

#include "core/formats/adapter_files.h"
#include "core/formats/json.h"
#include "core/jobs/chosen_base.h"
#include "ui/session/model_paths.h"
#include "ui/session/project_session.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

// Key of Project::setting(): a list of objects.
const char* const kAdaptersKey = "adapters";
const char* const kFolder = "folder";
const char* const kBase = "base";

fs::path folderUnder(const OrderedJson& json, const char* key, const fs::path& project) {
    const auto text = json.find(key);
    return text != json.end() && text->is_string() ? modelFolderFromText(text->get<std::string>(), project)
                                                   : fs::path();
}

}  // namespace

std::map<fs::path, fs::path> ProjectSession::adapters() const {
    std::map<fs::path, fs::path> adapters;
    const auto stored = m_project ? m_project->setting(kAdaptersKey) : std::nullopt;
    if (!stored) return adapters;
    const OrderedJson list = parseJson(*stored, kAdaptersKey);
    for (const OrderedJson& each : list) {
        if (!each.is_object()) continue;
        const fs::path folder = folderUnder(each, kFolder, m_project->folder());
        if (!folder.empty()) adapters[folder] = folderUnder(each, kBase, m_project->folder());
    }
    return adapters;
}

void ProjectSession::storeAdapters(const std::map<fs::path, fs::path>& adapters) {
    const fs::path& own = project().folder();
    OrderedJson list = OrderedJson::array();
    for (const auto& [folder, base] : adapters) {
        OrderedJson entry = OrderedJson::object();
        entry[kFolder] = modelFolderToText(folder, own);
        entry[kBase] = base.empty() ? std::string() : modelFolderToText(base, own);
        list.push_back(std::move(entry));
    }
    project().setSetting(kAdaptersKey, list.dump());
    Q_EMIT modelsChanged();
    Q_EMIT saved();
}

void ProjectSession::addAdapter(const fs::path& adapter, const fs::path& base) {
    std::map<fs::path, fs::path> all = adapters();
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const auto& each) { return sameFolder(each.first, adapter); });
    if (known != all.end() && sameFolder(known->second, base)) return;
    if (known != all.end())
        known->second = base;
    else
        all[resolvedFolder(adapter)] = base;
    storeAdapters(all);
}

bool ProjectSession::removeAdapter(const fs::path& adapter) {
    std::map<fs::path, fs::path> all = adapters();
    const auto removed =
        std::erase_if(all, [&](const auto& each) { return sameFolder(each.first, adapter); });
    if (removed == 0) return false;
    storeAdapters(all);
    return true;
}

std::vector<ModelChoice> ProjectSession::answerers() const {
    const std::map<fs::path, fs::path> known = adapters();
    std::map<fs::path, fs::path> opened = known;
    // Empty where it is not there: nothing answers then.
    const auto baseOf = [this, &known](const fs::path& adapter) {
        const fs::path base = chosenBase(adapter, known, m_usersBases ? m_usersBases(adapter) : fs::path());
        std::error_code ignored;
        return !base.empty() && fs::exists(base / "config.json", ignored) ? base : fs::path();
    };
    const auto named = [this](const fs::path& folder) {
        return m_modelNames ? m_modelNames(folder) : QString();
    };
    const auto titled = [named](const QString& own, const fs::path& adapter, const fs::path& base) {
        if (const QString given = named(adapter); !given.isEmpty()) return given;
        const QString below = named(base);
        return tr("%1 (adapter on %2)").arg(own, below.isEmpty() ? modelTitle(base) : below);
    };
    std::vector<ModelChoice> choices;
    for (ModelChoice& model : models()) {
        const fs::path adapter = model.kind == ModelChoice::Kind::Run
                                     ? RunFolder(model.folder.parent_path()).adapterFolder()
                                     : fs::path();
        if (!adapter.empty() && isAdapterFolder(adapter)) {
            std::erase_if(opened, [&](const auto& each) { return sameFolder(each.first, adapter); });
            if (const fs::path base = baseOf(adapter); !base.empty())
                choices.push_back(
                    {titled(model.title, adapter, base), base, ModelChoice::Kind::Run, adapter});
            model.title = tr("%1 (merged)").arg(model.title);
        }
        choices.push_back(std::move(model));
    }
    for (const auto& each : opened) {
        const fs::path& adapter = each.first;
        if (!isAdapterFolder(adapter)) continue;
        if (const fs::path base = baseOf(adapter); !base.empty())
            choices.push_back(
                {titled(folderTitle(adapter), adapter, base), base, ModelChoice::Kind::Folder, adapter});
    }
    return choices;
}

}  // namespace studio::ui
