// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/progress.h"
#include "core/formats/export_note.h"
#include "core/formats/gguf_types.h"
#include "core/formats/safetensors.h"
#include "core/jobs/job.h"

/// Writing a model for other programs: what the command `model export` and the Studio's dialog both do.
namespace studio {

/// What a model can be exported as.
enum class ExportFormat {
    Folder,  ///< the layout of Hugging Face Transformers
    Gguf,    ///< one file for llama.cpp
    Adapter  ///< a LoRA adapter by itself, as PEFT reads it
};
/// "hf", "gguf", "peft".
const char* exportFormatName(ExportFormat format);

struct ModelExport {
    std::filesystem::path model;    ///< its folder; not read for Adapter
    std::filesystem::path adapter;  ///< a LoRA adapter's folder; empty: none. Merged, unless it is exported
                                    ///< by itself
    ExportFormat format = ExportFormat::Folder;
    GgufType type = GgufType::Float16;  ///< of the matrices, one of exportTypes(); of no meaning for Adapter
    std::filesystem::path out;          ///< a file, or a folder that must not be there
    std::string name = {};              ///< general.name of a GGUF file; empty: exportName()
};

/// The types that a format takes, the usual one first; empty for Adapter. `stored`: the model's own.
std::vector<GgufType> exportTypes(ExportFormat format, TensorType stored);

/// What a person calls what is exported: the adapter's folder or the model's, or the run that it belongs to.
std::string exportName(const ModelExport& request);

/// Bytes that an export takes on the disk; of the tensors exactly, of tokenizer and texts about so many.
struct ExportSize {
    std::uint64_t bytes = 0;
    /// Of the merged model that is there while it is written in another format.
    std::uint64_t passingBytes = 0;

    std::uint64_t peak() const { return bytes + passingBytes; }
};
/// Reads headers only. Throws as reading the model or the adapter does, and ModelUnsupported for a model that
/// llama.cpp does not know.
ExportSize exportSize(const ModelExport& request);

/// Why this model cannot be a GGUF file, or nothing where it can be one. Reads the configuration and the
/// tokenizer, not the weights.
std::optional<Error> whyNotGguf(const std::filesystem::path& model);

/// What would end an export before anything is written: throws FileUnwritable for a folder that is there
/// already, DiskFull where there is not room enough, SettingInvalid for a type that the format does not take,
/// and what exportSize() throws. `freeBytes`: of the file system of a path.
using FreeBytes = std::function<std::uint64_t(const std::filesystem::path&)>;
void checkExport(const ModelExport& request, const FreeBytes& freeBytes = freeDiskBytes);

struct ExportResult {
    std::filesystem::path out;
    std::uint64_t bytes = 0;         ///< of a folder's weights, a GGUF file, or an adapter's files
    std::string architecture;        ///< GGUF: llama.cpp's name for it
    std::size_t tensorCount = 0;     ///< GGUF
    std::int64_t contextLength = 0;  ///< GGUF
    ExportNotes notes;               ///< what is worth knowing about what was written
};

/// Runs the one job of an export that needs the engine, and throws where it fails or is stopped.
using ExportJobRunner = std::function<ExportModelResult(const ExportModelJob&)>;

/// Writes what was asked for. What killed exports left where it is to be is removed, then comes
/// checkExport(); what appears under its name is whole, and what stood
/// in between is removed again however it ends. A merged model gets mergedCard() and the adapter's prompt
/// template where it has one; a GGUF file of a model that was fine-tuned here has its prompt template as chat
/// template. `progress` counts bytes written, those of a merged model in between included; what the job loads
/// before that `runJob` hears. Blocks. Throws as checkExport(), exportGguf() and `runJob` do, and Cancelled.
ExportResult performExport(const ModelExport& request, const ExportJobRunner& runJob,
                           const ProgressFunction& progress = {}, const std::stop_token& stop = {});

}  // namespace studio
