// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/model_export.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "core/base/byte_text.h"
#include "core/formats/adapter_files.h"
#include "core/formats/chat_templates.h"
#include "core/formats/finite_weights.h"
#include "core/formats/gguf_export.h"
#include "core/formats/gguf_model.h"
#include "core/formats/gguf_vocabulary.h"
#include "core/formats/model_config.h"
#include "core/formats/model_folders.h"
#include "core/formats/other_base.h"
#include "core/formats/own_template.h"
#include "core/formats/quoted.h"
#include "core/formats/tokenizer_choice.h"
#include "core/jobs/adapter_card.h"
#include "core/jobs/export_leftovers.h"
#include "core/jobs/merged_card.h"
#include "core/text/prompt_jinja.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr const char* kCardFile = "README.md";

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

GgufType sameType(TensorType type) {
    switch (type) {
        case TensorType::Float16:
            return GgufType::Float16;
        case TensorType::BFloat16:
            return GgufType::BFloat16;
        case TensorType::Float32:
            break;
    }
    return GgufType::Float32;
}

TensorType sameType(GgufType type) {
    switch (type) {
        case GgufType::Float16:
            return TensorType::Float16;
        case GgufType::BFloat16:
            return TensorType::BFloat16;
        case GgufType::Float32:
            return TensorType::Float32;
        case GgufType::Q8_0:
            break;
    }
    throw Error(ErrorCode::SettingInvalid, "A model folder cannot hold weights of the type Q8_0.",
                "Choose F32, F16 or BF16, or a GGUF file.", {"type"});
}

/// The files of a folder that an export takes along: not the hidden ones, and nothing below.
std::vector<fs::path> plainFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        const std::string name = entry->path().filename().string();
        if (name.front() != '.' && entry->is_regular_file(ignored)) files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::uint64_t bytesOf(const fs::path& file) {
    std::error_code unknown;
    const std::uintmax_t bytes = fs::file_size(file, unknown);
    return unknown ? 0 : bytes;
}

/// Of tokenizer, configuration and texts: all but the weights.
std::uint64_t bytesBesideWeights(const fs::path& model) {
    std::uint64_t sum = 0;
    for (const fs::path& file : plainFiles(model)) {
        const std::string kind = file.extension().string();
        if (kind != ".safetensors" && kind != ".bin" && kind != ".gguf") sum += bytesOf(file);
    }
    return sum;
}

std::uint64_t bytesOfFolder(const fs::path& model, std::size_t bytesOfNumber) {
    return static_cast<std::uint64_t>(readModelConfig(model).parameterCount()) * bytesOfNumber +
           bytesBesideWeights(model);
}

std::uint64_t bytesOfGguf(const ModelExport& request) {
    std::vector<GgufTensorInfo> tensors;
    for (GgufTensor& tensor : ggufModel(readModelConfig(request.model), "model", request.type).tensors)
        tensors.push_back(std::move(tensor.info));
    return layOutGguf(tensors) + bytesBesideWeights(request.model);
}

/// Beside weights, configuration and tokenizer: the card, the licence with its rules of use, and the template
/// of the training.
bool goesWithAdapter(const std::string& name) {
    constexpr std::array kNames{kCardFile, kPromptTemplateFile, "chat_template.json"};
    constexpr std::array kLicences{"license", "licence", "copying", "notice"};
    std::string lower = name;
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::any_of(kNames.begin(), kNames.end(), [&](const char* one) { return name == one; }) ||
           std::any_of(kLicences.begin(), kLicences.end(),
                       [&](const char* one) { return lower.starts_with(one); }) ||
           lower.find("use_policy") != std::string::npos;
}

/// What a copy of the model leaves behind, too.
bool isBlankTemplateIn(const fs::path& folder, const fs::path& name) {
    return name.extension() == ".jinja" && isBlankTemplate(folder / name);
}

/// Their names in the adapter's folder. Trainings leave much else there, which is no part of an adapter:
/// states of optimizers, notes of their own, other copies of the weights.
std::vector<fs::path> adapterFiles(const fs::path& adapter) {
    std::vector<fs::path> names{kAdapterConfigFile, adapterWeights(adapter).filename()};
    for (const std::string& name : tokenizerFiles(adapter)) names.emplace_back(name);
    for (const fs::path& file : plainFiles(adapter))
        if (goesWithAdapter(file.filename().string())) names.push_back(file.filename());
    for (fs::path& name : additionalChatTemplates(adapter)) names.push_back(std::move(name));
    std::erase_if(names, [&](const fs::path& name) { return isBlankTemplateIn(adapter, name); });
    return names;
}

/// The card of an adapter that has none; empty where it has one.
std::string missingCard(const ModelExport& request) {
    if (isThere(request.adapter / kCardFile)) return {};
    return plainAdapterCard(exportName(request), readAdapterConfig(request.adapter));
}

std::uint64_t bytesOfAdapter(const ModelExport& request) {
    std::uint64_t sum = missingCard(request).size();
    for (const fs::path& name : adapterFiles(request.adapter)) sum += bytesOf(request.adapter / name);
    return sum;
}

void refuseFolderThatIsThere(const fs::path& out) {
    if (!isThere(out)) return;
    throw Error(ErrorCode::FileUnwritable, out.string() + " is there already.",
                "Choose a folder that is not there yet.", {out.string(), "already_there"});
}

/// The model's folder as Hugging Face Transformers reads it, with the adapter merged into it.
ExportModelResult exportFolder(const ModelExport& request, TensorType type, const fs::path& out,
                               const ExportJobRunner& runJob, const ProgressFunction& progress) {
    ExportModelJob job;
    job.onWritten = progress;
    job.modelFolder = request.model;
    job.adapterFolder = request.adapter;
    job.outFolder = out;
    job.type = type;
    if (!request.adapter.empty())
        job.card = mergedCard({exportName(request), request.adapter, request.model});
    return runJob(job);
}

/// Tells of a part of the work as its share of all. What it is taken to write is only about what it writes:
/// counted by shares nothing jumps where the next part begins.
ProgressFunction partOf(const ProgressFunction& whole, std::uint64_t before, std::uint64_t share,
                        std::uint64_t all) {
    if (!whole) return {};
    return [&whole, before, share, all](const Progress& part) {
        const double done =
            part.total > 0 ? static_cast<double>(part.done) / static_cast<double>(part.total) : 0.0;
        const auto bytes = static_cast<std::uint64_t>(done * static_cast<double>(share));
        whole({static_cast<std::int64_t>(before + bytes), static_cast<std::int64_t>(all)});
    };
}

/// A merged model that is there while it is written in another format.
class MergedFolder {
public:
    MergedFolder(const ModelExport& request, const ExportJobRunner& runJob, const ProgressFunction& progress)
        : m_passing(fs::path(request.out.string() + ".merged")), m_model(m_passing.path() / "model") {
        exportFolder(request, TensorType::Float32, m_model, runJob, progress);
    }
    const fs::path& path() const { return m_model; }

private:
    AtomicFolder m_passing;  // never committed: so it goes again, and is known for what it is after a kill
    fs::path m_model;
};

/// A file of such weights may be wanted all the same.
void noteNotFinite(const std::vector<std::string>& tensors, ExportNotes& notes) {
    if (tensors.empty()) return;
    const std::string count = std::to_string(tensors.size());
    notes.push_back({"weights_not_finite",
                     "Tensors that hold NaN or infinity: " + count + ", the first of them " +
                         tensors.front() + "; the model's answers will be of no use.",
                     {count, tensors.front()}});
}

/// A tokenizer is copied whatever it is: another program may make something of it.
void noteTokenizer(const fs::path& folder, ExportNotes& notes) {
    try {
        if (chooseTokenizer(folder).file != TokenizerFile::None) loadTokenizer(folder);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::EngineUnavailable) return;  // which is not the tokenizer's fault
        notes.push_back(
            {"tokenizer_unusable",
             std::string("The tokenizer was copied as it is, but cannot be used: ") + error.what(),
             {folder.string()}});
    } catch (const std::exception&) {
        return;  // what is exported is there all the same
    }
}

ExportResult exportAsFolder(const ModelExport& request, const ExportJobRunner& runJob,
                            const ProgressFunction& progress) {
    const ExportModelResult written =
        exportFolder(request, sameType(request.type), request.out, runJob, progress);
    ExportResult result{written.folder, written.bytes, {}, 0, 0, {}};
    noteNotFinite(written.notFinite, result.notes);
    noteTokenizer(request.out, result.notes);
    return result;
}

ExportResult exportAsGguf(const ModelExport& request, const ExportJobRunner& runJob,
                          const ProgressFunction& progress, const std::stop_token& stop) {
    const bool merges = !request.adapter.empty();
    const ExportSize size = merges ? exportSize(request) : ExportSize();
    std::optional<MergedFolder> merged;
    if (merges) merged.emplace(request, runJob, partOf(progress, 0, size.passingBytes, size.peak()));
    GgufExport file;
    file.model = merged ? merged->path() : request.model;
    file.out = request.out;
    file.type = request.type;
    file.name = request.name.empty() ? exportName(request) : request.name;
    ExportResult result;
    if (const std::optional<PromptTemplate> own = ownTemplate(file.model)) {
        file.chatTemplate = chatTemplateOf(*own);
        result.notes.push_back({"chat_template_of_training",
                                "The chat template is the prompt template " + own->name +
                                    ", with which the model was fine-tuned.",
                                {own->name}});
    }
    const GgufExportResult written = exportGguf(
        file, merges ? partOf(progress, size.passingBytes, size.bytes, size.peak()) : progress, stop);
    result.out = request.out;
    result.bytes = written.bytes;
    result.architecture = written.architecture;
    result.tensorCount = written.tensorCount;
    result.contextLength = written.contextLength;
    result.notes.insert(result.notes.end(), written.notes.begin(), written.notes.end());
    return result;
}

/// Each factor needs the other one; whether they fit a model only that model tells.
void checkPairs(const WeightFile& weights) {
    constexpr std::string_view kDown = ".lora_A", kUp = ".lora_B";
    for (const auto& each : weights.tensors()) {
        std::string other = each.first;
        const std::size_t down = other.rfind(kDown), up = other.rfind(kUp);
        if (down == std::string::npos && up == std::string::npos) continue;
        if (down != std::string::npos)
            other.replace(down, kDown.size(), kUp);
        else
            other.replace(up, kUp.size(), kDown);
        if (weights.contains(other)) continue;
        throw Error(ErrorCode::WeightsInvalid,
                    weights.path().string() + ": the tensor " + inQuotes(other) + " is missing.",
                    "Get the adapter again.", {weights.path().string(), "adapter_unfit", other});
    }
}

/// What is copied was found sound before, as far as that shows without a model: a damaged adapter is not
/// handed on.
ExportResult copyAdapter(const ModelExport& request, const ProgressFunction& progress,
                         const std::stop_token& stop) {
    readAdapterConfig(request.adapter);
    const std::unique_ptr<WeightFile> weights = openAdapterWeights(request.adapter);
    checkPairs(*weights);
    const std::vector<std::string> notFinite = tensorsNotFinite(*weights, stop);
    AtomicFolder folder(request.out);
    Progress done{0, static_cast<std::int64_t>(bytesOfAdapter(request))};
    for (const fs::path& name : adapterFiles(request.adapter)) {
        const std::int64_t before = done.done;
        makeFolders((folder.path() / name).parent_path());
        copyFile(
            request.adapter / name, folder.path() / name,
            [&](const Progress& ofFile) {
                done.done = before + ofFile.done;
                if (progress) progress(done);
            },
            stop);
    }
    if (const std::string card = missingCard(request); !card.empty()) {
        writeFileAtomically(folder.path() / kCardFile, card);
        done.done += static_cast<std::int64_t>(card.size());
        if (progress) progress(done);
    }
    throwIfStopped(stop);
    folder.commit();
    ExportResult result{request.out, static_cast<std::uint64_t>(done.done), {}, 0, 0, {}};
    noteNotFinite(notFinite, result.notes);
    noteTokenizer(request.out, result.notes);
    return result;
}

}  // namespace

const char* exportFormatName(ExportFormat format) {
    switch (format) {
        case ExportFormat::Gguf:
            return "gguf";
        case ExportFormat::Adapter:
            return "peft";
        case ExportFormat::Folder:
            break;
    }
    return "hf";
}

std::vector<GgufType> exportTypes(ExportFormat format, TensorType stored) {
    if (format == ExportFormat::Adapter) return {};
    std::vector<GgufType> types{GgufType::Float16, GgufType::BFloat16, GgufType::Float32};
    if (format == ExportFormat::Gguf) {
        types.push_back(GgufType::Q8_0);
        return types;
    }
    const auto own = std::find(types.begin(), types.end(), sameType(stored));
    std::rotate(types.begin(), own, own + 1);
    return types;
}

std::string exportName(const ModelExport& request) {
    return runOrFolderName(request.adapter.empty() ? request.model : request.adapter);
}

ExportSize exportSize(const ModelExport& request) {
    ExportSize size;
    if (request.format == ExportFormat::Adapter) {
        readAdapterConfig(request.adapter);
        size.bytes = bytesOfAdapter(request);
        return size;
    }
    if (request.format == ExportFormat::Folder) {
        size.bytes = bytesOfFolder(request.model, tensorTypeBytes(sameType(request.type)));
        return size;
    }
    size.bytes = bytesOfGguf(request);
    if (!request.adapter.empty()) size.passingBytes = bytesOfFolder(request.model, sizeof(float));
    return size;
}

std::optional<Error> whyNotGguf(const fs::path& model) {
    try {
        const ModelConfig config = readModelConfig(model);
        ggufModel(config, "model", GgufType::Float16);
        readGgufVocabulary(model, config);
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

void checkExport(const ModelExport& request, const FreeBytes& freeBytes) {
    if (request.format != ExportFormat::Gguf) refuseFolderThatIsThere(request.out);
    const ExportSize size = exportSize(request);
    const std::uint64_t free = freeBytes(request.out);
    if (free >= size.peak()) return;
    throw Error(ErrorCode::DiskFull,
                "The export needs about " + byteText(size.peak()) + ", but " + byteText(free) +
                    " are free where " + request.out.string() + " is to be.",
                "Make room, or choose another disk or a smaller type.",
                {request.out.string(), "no_room", byteText(size.peak()), byteText(free)});
}

ExportResult performExport(const ModelExport& request, const ExportJobRunner& runJob,
                           const ProgressFunction& progress, const std::stop_token& stop) {
    removeLeftoversBeside(request.out);
    checkExport(request);
    throwIfStopped(stop);
    if (request.format == ExportFormat::Adapter) return copyAdapter(request, progress, stop);
    ExportResult result = request.format == ExportFormat::Gguf ? exportAsGguf(request, runJob, progress, stop)
                                                               : exportAsFolder(request, runJob, progress);
    if (std::optional<ExportNote> note = otherBaseNote(request.adapter, request.model, {}, stop))
        result.notes.insert(result.notes.begin(), std::move(*note));
    return result;
}

}  // namespace studio
