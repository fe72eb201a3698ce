// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/formats/export_note.h"

namespace studio {

/// In a folder that this program downloaded: where it comes from, the "model" of the hub among it.
inline constexpr const char* kReceiptFile = ".finetune-download.json";

/// What a model is called by a path of any system or a name on the hub, without the organisation; empty where
/// that says nothing: a commit, a checkpoint's number, "model" of nothing that is known.
std::string modelNameIn(const std::string& path);

/// That an adapter says it was made for another model than the one that it is used with. Names are all there
/// is to compare, and folders are called what people like: it is said only where the adapter's own word ends
/// in a name, and none of the model's is that name, whatever their case. Names of a model are its folder's,
/// that of the hub where it was downloaded from, and those of what its config.json or its run says it was
/// made from; a commit, a checkpoint's number and "model" are none. Nothing for an adapter that lies beside
/// or below this very base or cannot be read. Never throws.
std::optional<ExportNote> otherBaseNote(const std::filesystem::path& adapterFolder,
                                        const std::filesystem::path& modelFolder);

}  // namespace studio
