// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/model_library.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/files.h"
#include "core/formats/chat_templates.h"
#include "core/formats/model_folders.h"
#include "core/formats/other_base.h"
#include "core/jobs/chosen_base.h"
#include "core/storage/lost_model.h"
#include "core/storage/run_folder.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// A model or an adapter that is to be listed.
struct Place {
    fs::path folder;
    ModelOrigin origin = ModelOrigin::Opened;
    std::string name;
    fs::path madeFrom{};
    bool adapter = false;
    std::optional<Error> lost{};  ///< a run's model that is no longer whole
};

/// An adapter with the base that it is to stand beside.
Place adapterPlace(Place place, const LibraryRequest& request, const KnownModels& known) {
    place.adapter = true;
    place.madeFrom = chosenBase(place.folder, request.adapters, known.baseOf(place.folder));
    return place;
}

std::vector<Place> projectModels(const LibraryRequest& request, const KnownModels& known) {
    const fs::path& project = request.project;
    std::vector<Place> places;
    for (const RunSummary& run : listRuns(project / "runs")) {
        const RunFolder folder(run.folder);
        const std::optional<Error> lost = lostModel(run);
        if (run.hasModel || lost)
            places.push_back({folder.modelFolder(), ModelOrigin::Run, run.name, run.baseModel, false, lost});
        if (const fs::path adapter = folder.adapterFolder(); isAdapterFolder(adapter))
            places.push_back(adapterPlace({adapter, ModelOrigin::Run, run.name}, request, known));
    }
    std::vector<Place> own;
    std::error_code error;
    for (fs::directory_iterator entry(project / "models", error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const fs::path& folder = entry->path();
        if (fs::exists(folder / "config.json", ignored))
            own.push_back({folder, ModelOrigin::Project, modelFolderName(folder)});
        else if (isAdapterFolder(folder))
            own.push_back(
                adapterPlace({folder, ModelOrigin::Project, modelFolderName(folder)}, request, known));
    }
    std::sort(own.begin(), own.end(), [](const Place& a, const Place& b) { return a.name < b.name; });
    places.insert(places.end(), own.begin(), own.end());
    return places;
}

std::vector<Place> allPlaces(const LibraryRequest& request, const KnownModels& known) {
    std::vector<Place> all, once;
    if (const fs::path embedded = embeddedModelFolder(); !embedded.empty())
        all.push_back({embedded, ModelOrigin::Embedded, modelFolderName(embedded)});
    if (!request.project.empty()) {
        const std::vector<Place> own = projectModels(request, known);
        all.insert(all.end(), own.begin(), own.end());
    }
    const auto addOpened = [&](const fs::path& folder) {
        if (folder.empty()) return;
        if (isAdapterFolder(folder) || !known.baseOf(folder).empty() || request.adapters.count(folder) > 0)
            all.push_back(
                adapterPlace({folder, ModelOrigin::Opened, modelFolderName(folder)}, request, known));
        else
            all.push_back({folder, ModelOrigin::Opened, modelFolderName(folder)});
    };
    for (const fs::path& folder : known.folders()) addOpened(folder);
    for (const fs::path& folder : request.folders) addOpened(folder);
    for (const auto& [folder, base] : request.adapters) addOpened(folder);
    std::set<fs::path> seen;
    for (Place& place : all)
        if (seen.insert(resolvedFolder(place.folder)).second) once.push_back(std::move(place));
    return once;
}

/// Of all files that an entry is read from. Shards have their own stamps.
std::vector<FileStamp> stampsOf(const Place& place) {
    const fs::path& folder = place.folder;
    std::vector<FileStamp> stamps;
    if (place.adapter) {
        for (const char* name :
             {kAdapterConfigFile, kAdapterWeightsFile, kAdapterPickleFile, kPromptTemplateFile, "README.md"})
            stamps.push_back(fileStamp(folder / name));
        const fs::path base = resolvedFolder(place.madeFrom);
        // Behind the first they are those that say what the base is called: otherBaseNote().
        for (const fs::path& file :
             {base / "config.json", base / kReceiptFile, base.parent_path() / "run.json"})
            stamps.push_back(fileStamp(file));
        return stamps;
    }
    for (const char* name : {"config.json",
                             "model.safetensors",
                             "model.safetensors.index.json",
                             "pytorch_model.bin",
                             "pytorch_model.bin.index.json",
                             "tokenizer.model",
                             "tokenizer.json",
                             kTokenizerConfigFile,
                             kChatTemplateFile,
                             "vocab.json",
                             "merges.txt",
                             "generation_config.json",
                             kPromptTemplateFile,
                             "README.md",
                             "LICENSE",
                             "LICENSE.txt",
                             "LICENSE.md",
                             "LICENCE",
                             "LICENCE.txt",
                             "LICENCE.md",
                             "COPYING"})
        stamps.push_back(fileStamp(folder / name));
    for (const fs::path& name : additionalChatTemplates(folder)) stamps.push_back(fileStamp(folder / name));
    try {
        for (const fs::path& weights : weightPaths(folder)) stamps.push_back(fileStamp(weights));
    } catch (const Error&) {
        // The summary says what is wrong with them.
    }
    return stamps;
}

/// What was found sound in this reading, by its resolved folder: adapters beside it do not open its weights
/// again.
using SoundBases = std::map<fs::path, ModelConfig>;

AdapterSummary adapterSummary(const ModelEntry& entry, SoundBases& bases) {
    const fs::path base = resolvedFolder(entry.madeFrom);
    if (const auto known = bases.find(base); known != bases.end())
        return summarizeAdapter(entry.folder, entry.madeFrom, known->second);
    AdapterSummary summary = summarizeAdapter(entry.folder, entry.madeFrom);
    bases.emplace(base, summary.baseConfig);
    return summary;
}

/// That the base which the adapter itself names holds other weights by now is for those to say who answer
/// with the two: for a list, all of its files would have to be read.
std::optional<ExportNote> otherBaseOf(const ModelEntry& adapter) {
    if (sameFolder(adapterBase(adapter.folder), adapter.madeFrom)) return std::nullopt;
    return otherBaseNote(adapter.folder, adapter.madeFrom);
}

void readSummary(ModelEntry& entry, SoundBases& bases) {
    std::error_code error;
    if (!fs::is_directory(entry.folder, error)) {
        entry.problem =
            Error(ErrorCode::FileNotFound, "The folder " + entry.folder.string() + " is not there.",
                  "Bring it back, or remove the model from the list.",
                  {entry.folder.string(), "model_folder_missing"});
        return;
    }
    try {
        if (entry.isAdapter) {
            entry.adapter = adapterSummary(entry, bases);
            entry.otherBase = otherBaseOf(entry);
        } else {
            entry.summary = summarizeModel(entry.folder);
            entry.hasChatTemplate = hasChatTemplate(entry.folder);
        }
        entry.licence = statedLicence(entry.folder);
    } catch (const Error& problem) {
        entry.problem = problem;
    } catch (const std::exception& problem) {
        entry.problem =
            Error(ErrorCode::ModelConfigInvalid,
                  "The model in " + entry.folder.string() + " cannot be read: " + problem.what() + ".",
                  "Get the model again, or choose another one.", {entry.folder.string()});
    }
}

/// By the path that it is listed with.
std::shared_ptr<const ModelEntry> findListed(const ModelEntries& models, const fs::path& folder) {
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const auto& model) { return model->folder == folder; });
    return found == models.end() ? nullptr : *found;
}

std::shared_ptr<const ModelEntry> entryOf(const Place& place, const KnownModels& known,
                                          const std::shared_ptr<const ModelEntry>& before,
                                          SoundBases& bases) {
    ModelEntry entry;
    entry.folder = place.folder;
    entry.origin = place.origin;
    entry.ownName = place.name;
    entry.givenName = known.nameOf(place.folder);
    entry.madeFrom = place.madeFrom;
    entry.isAdapter = place.adapter;
    if (place.lost) {
        entry.problem = place.lost;
        return std::make_shared<const ModelEntry>(std::move(entry));
    }
    entry.stamps = stampsOf(place);
    // A folder that has come or gone has other stamps, unless it is empty. An adapter fits its base or not.
    if (!before || before->stamps != entry.stamps || !before->canAnswer() ||
        before->isAdapter != entry.isAdapter || (entry.isAdapter && before->madeFrom != entry.madeFrom)) {
        readSummary(entry, bases);
        return std::make_shared<const ModelEntry>(std::move(entry));
    }
    if (before->origin == entry.origin && before->ownName == entry.ownName &&
        before->givenName == entry.givenName && before->madeFrom == entry.madeFrom)
        return before;
    entry.summary = before->summary;
    entry.adapter = before->adapter;
    entry.otherBase = before->otherBase;
    entry.problem = before->problem;
    entry.hasChatTemplate = before->hasChatTemplate;
    entry.licence = before->licence;
    return std::make_shared<const ModelEntry>(std::move(entry));
}

}  // namespace

const char* modelOriginName(ModelOrigin origin) {
    switch (origin) {
        case ModelOrigin::Embedded:
            return "embedded";
        case ModelOrigin::Run:
            return "run";
        case ModelOrigin::Project:
            return "project";
        case ModelOrigin::Opened:
            break;
    }
    return "opened";
}

ModelEntries readModelLibrary(const LibraryRequest& request, const KnownModels& known,
                              const ModelEntries& previous, const ProgressFunction& progress,
                              const std::stop_token& stop) {
    const std::vector<Place> places = allPlaces(request, known);
    ModelEntries models(places.size());
    SoundBases bases;
    Progress done{0, static_cast<std::int64_t>(places.size())};
    // Models first: adapters that are listed before their base take from it what is known.
    for (const bool adapters : {false, true}) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Place& place = places[i];
            if (place.adapter != adapters) continue;
            throwIfStopped(stop);
            models[i] = entryOf(place, known, findListed(previous, place.folder), bases);
            if (models[i]->summary) bases.emplace(resolvedFolder(place.folder), models[i]->summary->config);
            ++done.done;
            if (progress) progress(done);
        }
    }
    return models;
}

std::shared_ptr<const ModelEntry> findModel(const ModelEntries& models, const fs::path& folder) {
    if (auto model = findListed(models, folder)) return model;
    const fs::path wanted = resolvedFolder(folder);
    const auto found = std::find_if(models.begin(), models.end(), [&](const auto& model) {
        return resolvedFolder(model->folder) == wanted;
    });
    return found == models.end() ? nullptr : *found;
}

}  // namespace studio
