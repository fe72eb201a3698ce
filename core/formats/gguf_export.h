// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/formats/export_note.h"
#include "core/formats/gguf_types.h"

namespace studio {

/// What is to be written.
struct GgufExport {
    std::filesystem::path model;  ///< folder in the Hugging Face layout
    std::filesystem::path out;    ///< file; an older GGUF file is replaced when the new one is complete
    GgufType type = GgufType::Float16;
    std::string name;                         ///< general.name; the folder's where it is empty
    std::optional<std::string> chatTemplate;  ///< Jinja, in place of the tokenizer's own
};

struct GgufExportResult {
    std::string architecture;  ///< llama.cpp's name for it
    std::uint64_t bytes = 0;   ///< of the file
    std::size_t tensorCount = 0;
    std::int64_t contextLength = 0;
    ExportNotes notes;  ///< where llama.cpp differs from this model
};

/// Writes a model folder as one GGUF file for llama.cpp: weights, tokenizer and chat template. The weights
/// are mapped and go through row by row, so that memory does not grow with the model. Before anything is
/// written the file's size is compared with the disk's free space; the file appears under its name when it is
/// complete, synced, and its header has been read back. Progress counts the file's bytes.
///
/// Throws ModelUnsupported for what llama.cpp would compute or tokenise otherwise, WeightsInvalid for weights
/// that are not finite, SettingInvalid for a number that the type cannot hold (naming tensor and number),
/// DiskFull, FileUnwritable, InvalidArgument where `out` is a file of another kind, Cancelled, and what
/// reading the model throws.
GgufExportResult exportGguf(const GgufExport& request, const ProgressFunction& progress = {},
                            const std::stop_token& stop = {});

}  // namespace studio
