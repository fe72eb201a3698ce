// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/formats/export_note.h"

namespace studio {

/// In a folder that this program downloaded: where it comes from, the "model" of the hub among it.
inline constexpr const char* kReceiptFile = ".finetune-download.json";

/// What a model is called by a path of any system or a name on the hub, without the organisation; empty where
/// that says nothing: a commit, a checkpoint's number, "model" of nothing that is known.
std::string modelNameIn(const std::string& path);

/// That an adapter was made for another model than the one that it is used with. Where it is the adapter of a
/// run that noted modelHash() of its base, that alone decides, whatever the two are called and wherever they
/// lie. `weightsHash`: that hash of the model, or adaptedModelHash() with it, for one who knows it; left
/// empty, all of the model's files are read. Where there is none, names are all there is to compare, and
/// folders are called what people like: it is said only where the adapter's own word ends in a name, and none
/// of the model's is that name, whatever their case. Names of a model are its folder's, that of the hub where
/// it was downloaded from, and what its config.json says it was made from; of a run's model only the run's
/// own. A commit, a checkpoint's number and "model" are none. Without a hash nothing is said of an adapter
/// that lies beside or below this very base. Nothing for an adapter that cannot be read, and for one who
/// stops it while it reads. Never throws.
std::optional<ExportNote> otherBaseNote(const std::filesystem::path& adapterFolder,
                                        const std::filesystem::path& modelFolder,
                                        const std::string& weightsHash = {},
                                        const std::stop_token& stop = {});

}  // namespace studio
