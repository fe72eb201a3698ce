// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_context.h"
#include "app/cli/model_choice.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/formats/gguf_export.h"
#include "core/text/prompt_jinja.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

struct ModelExportOptions {
    std::string model, to, type = "f16", out;
};

/// What a person calls the model: the folder that was named, not the model/ of a run in it.
std::string nameOf(const std::string& path) {
    const fs::path absolute = fs::absolute(path).lexically_normal();
    return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

int exportAsGguf(CommandContext& context, const ModelExportOptions& options) {
    GgufExport request;
    request.model = modelFolderOf(options.model);
    request.out = options.out;
    request.name = nameOf(options.model);
    if (const auto type = ggufTypeOfName(options.type)) request.type = *type;
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
constexpr ExportFormat kFormats[] = {{"gguf", exportAsGguf}};

int runModelExport(CommandContext& context, const ModelExportOptions& options) {
    for (const ExportFormat& format : kFormats)
        if (options.to == format.name) return format.run(context, options);
    throw UsageError("--to \"" + options.to + "\" is not a format.");
}

}  // namespace

void addModelExportVerb(CLI::App& model, CommandContext& context) {
    std::vector<std::string> formats;
    for (const ExportFormat& format : kFormats) formats.emplace_back(format.name);
    auto options = std::make_shared<ModelExportOptions>();
    CLI::App* verb = model.add_subcommand("export", "Write a model for another program, as one GGUF file");
    addOption(verb, "--model,model", options->model, "Model folder, or a run folder")->required();
    addOption(verb, "--to", options->to, "Format: gguf (llama.cpp)")
        ->required()
        ->check(CLI::IsMember(formats));
    addOption(verb, "--type", options->type, "Type of the weights: f32, f16, bf16 or q8_0; f16 when left out")
        ->check(CLI::IsMember({"f32", "f16", "bf16", "q8_0"}));
    addOption(verb, "--out", options->out, "File to write")->required()->check(notEmpty());
    onVerb(verb, context, options, runModelExport);
}

}  // namespace studio
