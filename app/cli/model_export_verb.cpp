// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <optional>

#include "app/cli/command_context.h"
#include "app/cli/job_display.h"
#include "app/cli/model_choice.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/files.h"
#include "core/formats/gguf_export.h"
#include "core/formats/model_config.h"
#include "core/text/prompt_jinja.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

struct ModelExportOptions {
    std::string model, adapter, to, type, out;
    bool merge = false;
};

/// What a person calls the model: the folder that was named, not the model/ of a run in it.
std::string nameOf(const std::string& path) {
    const fs::path absolute = fs::absolute(path).lexically_normal();
    return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

/// The model's folder as Hugging Face Transformers reads it, with an adapter merged into it.
ExportModelResult exportFolder(CommandContext& context, const ModelExportOptions& options, TensorType type,
                               const fs::path& out) {
    ExportModelJob job;
    job.modelFolder = modelFolderOf(options.model);
    job.adapterFolder = adapterFolderOf(options.adapter);
    job.outFolder = out;
    job.type = type;
    std::error_code ignored;
    if (const fs::path card = job.adapterFolder / "README.md";
        !options.adapter.empty() && fs::exists(card, ignored))
        job.card = readFile(card);
    JobDisplay display(context.output);
    return std::get<ExportModelResult>(runOrThrow(context.engine(), job, display, context.stop));
}

/// A merged model that is there while it is written in another format.
class MergedFolder {
public:
    MergedFolder(CommandContext& context, const ModelExportOptions& options)
        : m_folder(options.out + ".merged-" + std::to_string(::getpid())) {
        exportFolder(context, options, TensorType::Float32, m_folder);
    }
    ~MergedFolder() {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    MergedFolder(const MergedFolder&) = delete;
    MergedFolder& operator=(const MergedFolder&) = delete;
    const fs::path& path() const { return m_folder; }

private:
    fs::path m_folder;
};

int exportAsFolder(CommandContext& context, const ModelExportOptions& options) {
    const TensorType stored = summarizeModel(modelFolderOf(options.model)).storedType;
    const TensorType type = options.type.empty()    ? stored
                            : options.type == "f16" ? TensorType::Float16
                            : options.type == "f32" ? TensorType::Float32
                                                    : TensorType::BFloat16;
    if (options.type == "q8_0") throw UsageError("--type q8_0 is of gguf files; hf takes f32, f16 or bf16.");
    const ExportModelResult result = exportFolder(context, options, type, options.out);
    if (context.output.json()) {
        context.output.jsonLine({{"folder", result.folder.string()},
                                 {"format", "hf"},
                                 {"type", tensorTypeName(type)},
                                 {"merged", !options.adapter.empty()},
                                 {"bytes", result.bytes}});
        return kExitOk;
    }
    context.output.line("Exported " + std::to_string(result.bytes) + " bytes of weights (" +
                        tensorTypeName(type) + ") with tokenizer and card to " + options.out);
    return kExitOk;
}

int exportAsGguf(CommandContext& context, const ModelExportOptions& options) {
    std::optional<MergedFolder> merged;
    if (!options.adapter.empty()) merged.emplace(context, options);
    GgufExport request;
    request.model = merged ? merged->path() : modelFolderOf(options.model);
    request.out = options.out;
    request.name = nameOf(options.adapter.empty() ? options.model : options.adapter);
    if (const auto type = ggufTypeOfName(options.type.empty() ? "f16" : options.type)) request.type = *type;
    std::vector<std::string> notes;
    if (const std::optional<PromptTemplate> own = templateOfModel(request.model)) {
        request.chatTemplate = chatTemplateOf(*own);
        notes.push_back("The chat template is the prompt template " + own->name +
                        ", with which the model was fine-tuned.");
    }
    const auto progress = [&context](const Progress& done) {
        context.output.progress({"Writing", done.done, done.total, "", -1.0});
    };
    const GgufExportResult result = exportGguf(request, progress, context.stop);
    context.output.clearProgress();
    notes.insert(notes.end(), result.notes.begin(), result.notes.end());
    if (context.output.json()) {
        context.output.jsonLine({{"file", options.out},
                                 {"format", "gguf"},
                                 {"type", ggufTypeName(request.type)},
                                 {"architecture", result.architecture},
                                 {"context_length", result.contextLength},
                                 {"tensors", result.tensorCount},
                                 {"bytes", result.bytes},
                                 {"notes", notes}});
        return kExitOk;
    }
    for (const std::string& note : notes) context.output.note(note);
    context.output.line("Exported " + counted(static_cast<std::int64_t>(result.tensorCount), "tensor") +
                        ", " + std::to_string(result.bytes) + " bytes, to " + options.out);
    return kExitOk;
}

/// A format that a model can be exported to, and what does it.
struct ExportFormat {
    const char* name;
    int (*run)(CommandContext&, const ModelExportOptions&);
};
constexpr ExportFormat kFormats[] = {{"hf", exportAsFolder}, {"gguf", exportAsGguf}};

int runModelExport(CommandContext& context, const ModelExportOptions& options) {
    if (options.adapter.empty() == options.merge) {
        throw UsageError(
            options.merge ? "--merge is for an --adapter."
                          : "An adapter is exported as part of its model: add --merge. By itself its folder "
                            "is what PEFT reads already.");
    }
    for (const ExportFormat& format : kFormats)
        if (options.to == format.name) return format.run(context, options);
    throw UsageError("--to \"" + options.to + "\" is not a format.");
}

}  // namespace

void addModelExportVerb(CLI::App& model, CommandContext& context) {
    std::vector<std::string> formats;
    for (const ExportFormat& format : kFormats) formats.emplace_back(format.name);
    auto options = std::make_shared<ModelExportOptions>();
    CLI::App* verb = model.add_subcommand("export", "Write a model for another program");
    verb->alias("convert");
    addOption(verb, "--model,model", options->model, "Model folder, or a run folder")->required();
    addOption(verb, "--adapter", options->adapter, "LoRA adapter for the model: its folder, or a LoRA run's");
    verb->add_flag("--merge", options->merge, "Add the adapter to the weights");
    addOption(verb, "--to", options->to,
              "Format: hf (a folder of Hugging Face Transformers) or gguf (a file of llama.cpp)")
        ->required()
        ->check(CLI::IsMember(formats));
    addOption(verb, "--type", options->type,
              "Type of the weights: f32, f16, bf16, or q8_0 (gguf); left out, f16 for gguf and the model's "
              "own for hf")
        ->check(CLI::IsMember({"f32", "f16", "bf16", "q8_0"}));
    addOption(verb, "--out", options->out, "File or folder to write")->required()->check(notEmpty());
    onVerb(verb, context, options, runModelExport);
}

}  // namespace studio
