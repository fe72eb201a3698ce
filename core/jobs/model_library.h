// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/formats/adapter_files.h"
#include "core/formats/export_note.h"
#include "core/formats/model_config.h"
#include "core/formats/model_licence.h"
#include "core/jobs/known_models.h"
#include "core/storage/run_catalogue.h"

namespace studio {

/// Where a model of the library comes from.
enum class ModelOrigin {
    Embedded,  ///< with the program
    Run,       ///< made by a run of the project
    Project,   ///< in the project's folder of models
    Opened     ///< a folder that the user has opened
};
/// "embedded", "run", "project", "opened".
const char* modelOriginName(ModelOrigin origin);

/// A model of the library, or a LoRA adapter, which answers beside its base model. Immutable once read. One
/// that cannot be used is listed with its problem.
struct ModelEntry {
    std::filesystem::path folder;
    bool isAdapter = false;
    ModelOrigin origin = ModelOrigin::Opened;
    std::string ownName;                    ///< of the run or the folder
    std::string givenName;                  ///< by the user; else empty
    std::filesystem::path madeFrom;         ///< a run's base model, an adapter's; empty: not known
    std::optional<ModelSummary> summary;    ///< of a model
    std::optional<AdapterSummary> adapter;  ///< of an adapter
    std::optional<Error> problem;           ///< one of the three is there
    std::optional<ExportNote> otherBase;    ///< of an adapter that can answer: otherBaseNote()
    bool hasChatTemplate = false;           ///< a model's folder brings one, sound or not
    ModelLicence licence;
    std::vector<FileStamp> stamps;  ///< of the files that it was read from

    const std::string& name() const { return givenName.empty() ? ownName : givenName; }
    bool canAnswer() const { return summary.has_value() || adapter.has_value(); }
};
using ModelEntries = std::vector<std::shared_ptr<const ModelEntry>>;

/// What is to be listed besides the embedded model.
struct LibraryRequest {
    std::filesystem::path project;  ///< its folder; empty: none is open
    std::vector<std::filesystem::path>
        folders{};  ///< that the project itself knows, its base model among them
    /// Adapters that the project itself knows, with the bases that were chosen for them.
    std::map<std::filesystem::path, std::filesystem::path> adapters{};
};

/// The embedded model, the models of the project's runs (newest first; also one that is no longer whole, with
/// lostModel() as its problem; behind each its adapter), its own models, and opened folders (of the user and
/// of the request), each once. A sound entry whose files have not changed is not read again; where its name
/// has not changed either it is the very object of `previous`. Reads configurations and the headers of
/// weights, never the weights. For any thread. Throws Cancelled.
ModelEntries readModelLibrary(const LibraryRequest& request, const KnownModels& known,
                              const ModelEntries& previous, const ProgressFunction& progress = {},
                              const std::stop_token& stop = {});

/// Null where it is not in the list.
std::shared_ptr<const ModelEntry> findModel(const ModelEntries& models, const std::filesystem::path& folder);

}  // namespace studio
