// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_context.h"
#include "app/cli/job_display.h"
#include "app/cli/model_choice.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/byte_text.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_config.h"
#include "core/formats/tokenizer_choice.h"
#include "core/hub/transfer_rate.h"
#include "core/jobs/model_export.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

struct ModelExportOptions {
    std::string model, adapter, to, type, out;
    bool merge = false;
};

constexpr ExportFormat kFormats[] = {ExportFormat::Folder, ExportFormat::Gguf, ExportFormat::Adapter};

ExportFormat formatOf(const ModelExportOptions& options) {
    for (const ExportFormat format : kFormats)
        if (options.to == exportFormatName(format)) return format;
    throw UsageError("--to \"" + options.to + "\" is not a format.");
}

GgufType typeOf(const ModelExportOptions& options, const ModelExport& request) {
    // Headers are read first: a model that cannot be read says so before anything is written.
    if (options.type.empty())
        return exportTypes(request.format, summarizeModel(request.model).storedType).front();
    const GgufType type = ggufTypeOfName(options.type).value_or(GgufType::Float16);
    if (request.format == ExportFormat::Folder && type == GgufType::Q8_0)
        throw UsageError("--type q8_0 is of gguf files; hf takes f32, f16 or bf16.");
    return type;
}

/// A global option whose name promises what --type does.
void checkGlobalOptions(const CommandContext& context) {
    if (context.dtype.empty()) return;
    throw UsageError(
        "--dtype is for computing with a model; the type of exported weights is --type (hf and gguf).");
}

void checkAdapterOptions(const ModelExportOptions& options) {
    if (options.adapter.empty()) throw UsageError("--to peft writes an adapter by itself: add --adapter.");
    if (options.merge) throw UsageError("--merge is for hf and gguf; peft leaves the adapter by itself.");
    if (!options.type.empty())
        throw UsageError("--type is for hf and gguf; peft leaves the adapter's numbers as they are.");
}

void checkModelOptions(const ModelExportOptions& options) {
    if (options.model.empty()) throw UsageError("--model is required but for --to peft.");
    if (options.adapter.empty() != options.merge) return;
    throw UsageError(options.merge ? "--merge is for an --adapter."
                                   : "An adapter is exported as part of its model: add --merge. By itself it "
                                     "is exported with --to peft.");
}

/// The adapter by itself; of its model only that the two belong together, where one is named.
ModelExport adapterRequestOf(const ModelExportOptions& options) {
    ModelExport request;
    request.format = ExportFormat::Adapter;
    request.adapter = adapterFolderOf(options.adapter, {});
    if (!options.model.empty()) {
        request.model = modelFolderOf(options.model);
        summarizeAdapter(request.adapter, request.model);
    }
    request.out = options.out;
    return request;
}

ModelExport requestOf(const ModelExportOptions& options) {
    ModelExport request;
    request.format = formatOf(options);
    if (request.format == ExportFormat::Adapter) {
        checkAdapterOptions(options);
        return adapterRequestOf(options);
    }
    checkModelOptions(options);
    request.model = modelFolderOf(options.model);
    request.adapter = adapterFolderOf(options.adapter, request.model);
    request.type = typeOf(options, request);
    request.out = options.out;
    return request;
}

/// " with tokenizer and card": what stands beside the weights of a written folder, and nothing that does not.
std::string companyText(bool hasTokenizer, bool hasCard) {
    if (hasTokenizer) return hasCard ? " with tokenizer and card" : " with its tokenizer";
    return hasCard ? " with its card" : "";
}

OrderedJson messages(const ExportNotes& notes) {
    OrderedJson list = OrderedJson::array();
    for (const ExportNote& note : notes) list.push_back(note.message);
    return list;
}

void tellFolder(CommandContext& context, const ModelExport& request, const ExportResult& result) {
    if (context.output.json()) {
        context.output.jsonLine({{"folder", result.out.string()},
                                 {"format", exportFormatName(request.format)},
                                 {"type", ggufTypeName(request.type)},
                                 {"merged", !request.adapter.empty()},
                                 {"bytes", result.bytes},
                                 {"notes", messages(result.notes)}});
        return;
    }
    for (const ExportNote& note : result.notes) context.output.note(note.message);
    std::error_code ignored;
    const bool hasTokenizer = chooseTokenizer(result.out).file != TokenizerFile::None;
    const std::string company = companyText(hasTokenizer, fs::exists(result.out / "README.md", ignored));
    if (!hasTokenizer) context.output.note("The model has no tokenizer; other programs will ask for one.");
    context.output.line("Exported " + std::to_string(result.bytes) + " bytes of weights (" +
                        ggufTypeName(request.type) + ")" + company + " to " + request.out.string());
}

void tellAdapter(CommandContext& context, const ModelExport& request, const ExportResult& result) {
    if (context.output.json()) {
        context.output.jsonLine({{"folder", result.out.string()},
                                 {"format", exportFormatName(request.format)},
                                 {"bytes", result.bytes},
                                 {"notes", messages(result.notes)}});
        return;
    }
    for (const ExportNote& note : result.notes) context.output.note(note.message);
    context.output.line("Exported the adapter, " + std::to_string(result.bytes) + " bytes, to " +
                        request.out.string());
}

void tellFile(CommandContext& context, const ModelExport& request, const ExportResult& result) {
    if (context.output.json()) {
        context.output.jsonLine({{"file", request.out.string()},
                                 {"format", exportFormatName(request.format)},
                                 {"type", ggufTypeName(request.type)},
                                 {"architecture", result.architecture},
                                 {"context_length", result.contextLength},
                                 {"tensors", result.tensorCount},
                                 {"bytes", result.bytes},
                                 {"notes", messages(result.notes)}});
        return;
    }
    for (const ExportNote& note : result.notes) context.output.note(note.message);
    context.output.line("Exported " + counted(static_cast<std::int64_t>(result.tensorCount), "tensor") +
                        ", " + std::to_string(result.bytes) + " bytes, to " + request.out.string());
}

void tell(CommandContext& context, const ModelExport& request, const ExportResult& result) {
    switch (request.format) {
        case ExportFormat::Folder:
            return tellFolder(context, request, result);
        case ExportFormat::Gguf:
            return tellFile(context, request, result);
        case ExportFormat::Adapter:
            return tellAdapter(context, request, result);
    }
}

/// The bar of bytes written, with the speed of the last seconds.
class WritingBar {
public:
    explicit WritingBar(Output& output) : m_output(output) {}

    void show(const Progress& progress) {
        m_rate.add(TransferRate::Clock::now(), progress.done);
        const double speed = m_rate.bytesPerSecond();
        ProgressLine line{"writing", progress.done, progress.total, "", -1.0};
        line.amount = sizeText(progress.done) + " of " + sizeText(progress.total);
        line.secondsLeft = m_rate.secondsFor(progress.total - progress.done);
        if (speed > 0.0) line.detail = sizeText(static_cast<std::int64_t>(speed)) + "/s";
        m_output.progress(line);
    }

private:
    static std::string sizeText(std::int64_t bytes) { return byteText(static_cast<std::uint64_t>(bytes)); }

    Output& m_output;
    TransferRate m_rate;
};

int runModelExport(CommandContext& context, const ModelExportOptions& options) {
    checkGlobalOptions(context);
    const ModelExport request = requestOf(options);
    const auto runJob = [&context](const ExportModelJob& job) {
        JobDisplay display(context.output);
        return std::get<ExportModelResult>(runOrThrow(context.engine(), job, display, context.stop));
    };
    WritingBar bar(context.output);
    const auto progress = [&bar](const Progress& done) { bar.show(done); };
    std::error_code ignored;
    const bool replaces = request.format == ExportFormat::Gguf && fs::exists(request.out, ignored);
    const ExportResult result = performExport(request, runJob, progress, context.stop);
    context.output.clearProgress();
    if (replaces) context.output.note("The file that was there before is replaced.");
    tell(context, request, result);
    return kExitOk;
}

}  // namespace

void addModelExportVerb(CLI::App& model, CommandContext& context) {
    std::vector<std::string> formats;
    for (const ExportFormat format : kFormats) formats.emplace_back(exportFormatName(format));
    auto options = std::make_shared<ModelExportOptions>();
    CLI::App* verb = model.add_subcommand("export", "Write a model for another program");
    verb->alias("convert");
    addOption(verb, "--model,model", options->model, "Model folder, or a run folder; not needed for peft");
    addOption(verb, "--adapter", options->adapter, "LoRA adapter for the model: its folder, or a LoRA run's")
        ->check(notEmpty());
    verb->add_flag("--merge", options->merge,
                   "Add the adapter to the weights; needed with --adapter, but for peft");
    addOption(verb, "--to", options->to,
              "Format: hf (a folder of Hugging Face Transformers), gguf (a file of llama.cpp) or peft (an "
              "adapter by itself, as a folder of PEFT)")
        ->required()
        ->check(CLI::IsMember(formats));
    addOption(verb, "--type", options->type,
              "Type of the weights: f32, f16, bf16, or q8_0 (gguf); left out, f16 for gguf and the model's "
              "own for hf")
        ->check(CLI::IsMember({"f32", "f16", "bf16", "q8_0"}));
    addOption(verb, "--out", options->out,
              "File or folder to write; a GGUF file that is there is replaced, a folder refused")
        ->required()
        ->check(notEmpty());
    onVerb(verb, context, options, runModelExport);
}

}  // namespace studio
