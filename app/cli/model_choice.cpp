// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"

#include <algorithm>

#include "app/cli/run_texts.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/chat_templates.h"
#include "core/formats/own_template.h"
#include "core/formats/quoted.h"
#include "core/storage/lost_model.h"
#include "core/storage/run_folder.h"
#include "core/text/unicode.h"
#include "core/tokenizer/chat_template_files.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr const char* kChatName = "chat";

[[noreturn]] void throwNoModel(const fs::path& runFolder) {
    const RunFolder folder(runFolder);
    // status.json is written once a second at most: the metrics may be ahead of it.
    const RunSummary run = folder.summary(folder.readDescription(), folder.readMetrics());
    if (const std::optional<Error> lost = lostModel(run)) throw withCommand(*lost);
    const std::int64_t step = std::max(run.status.step, run.last ? run.last->step : std::int64_t{0});
    throw Error(ErrorCode::FileNotFound,
                "The run " + run.name + " has no model: it " + runStateText(run.state(), step) + ".",
                "Choose a run that was finished or stopped, or train again.", {run.name});
}

/// A LoRA run leaves its adapter beside the model that it is merged into.
void checkNotMerged(const fs::path& adapter, const fs::path& modelFolder) {
    std::error_code ignored;
    const fs::path run = fs::weakly_canonical(adapter, ignored).parent_path();
    const bool ofRun = fs::exists(run / "run.json", ignored);
    if (!ofRun || fs::weakly_canonical(modelFolder, ignored) != run / "model") return;
    throw Error(
        ErrorCode::InvalidArgument,
        "The adapter of the run " + inQuotes(run.filename().string()) + " is merged into its model already.",
        "Leave the adapter out, or name the base model that the run was trained on.", {adapter.string()});
}

[[noreturn]] void throwNoAdapter(const fs::path& path) {
    constexpr const char* kWhatItIs =
        "a LoRA adapter's folder as PEFT writes it, or the run folder of a LoRA training";
    const std::string quoted = inQuotes(path.string());
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        throw Error(ErrorCode::FileNotFound, "There is no folder " + quoted + ".",
                    std::string("Check the path; it is ") + kWhatItIs + ".", {path.string()});
    if (!fs::is_directory(path, ignored))
        throw Error(ErrorCode::InvalidArgument, quoted + " is a file, not an adapter's folder.",
                    std::string("Choose ") + kWhatItIs + ".", {path.string()});
    throw Error(ErrorCode::FileNotFound, quoted + " holds no adapter (" + kAdapterConfigFile + ").",
                std::string("Choose ") + kWhatItIs + ".", {path.string()});
}

/// findTemplate(), which knows nothing of models: where one with a chat template is named, "chat" is a name,
/// too.
PromptTemplate namedTemplate(const std::string& name, const fs::path& projectTemplates,
                             const fs::path& modelFolder) {
    try {
        return findTemplate(name, projectTemplates);
    } catch (const Error& error) {
        const bool isFile = fs::path(name).extension() == ".json";  // then its content is what is wrong
        const bool isUnknown = !isFile && error.args() == std::vector<std::string>{name};
        if (!isUnknown || modelFolder.empty() || !hasChatTemplate(modelFolder)) throw;
        throw Error(error.code(), error.cause(),
                    error.nextStep() + " The chat template of the model is named chat.", error.args());
    }
}

}  // namespace

fs::path modelFolderOf(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        throw Error(ErrorCode::FileNotFound, "There is no folder " + inQuotes(path.string()) + ".",
                    "Check the path; it is a model folder or a run folder.", {path.string()});
    }
    if (!fs::is_directory(path, ignored)) {
        throw Error(ErrorCode::InvalidArgument, inQuotes(path.string()) + " is a file, not a model folder.",
                    "Choose the folder that holds config.json, or a run folder.", {path.string()});
    }
    if (!fs::exists(path / "config.json", ignored) && fs::exists(path / "model" / "config.json", ignored)) {
        if (fs::exists(path / "run.json", ignored) && !RunFolder(path).hasModel()) throwNoModel(path);
        return path / "model";
    }
    if (!fs::exists(path / "config.json", ignored) && fs::exists(path / "run.json", ignored))
        throwNoModel(path);
    return path;
}

fs::path adapterFolderOf(const fs::path& path, const fs::path& modelFolder) {
    if (path.empty()) return {};
    std::error_code ignored;
    for (const fs::path& folder : {path, path / "adapter"}) {
        if (!fs::exists(folder / kAdapterConfigFile, ignored)) continue;
        checkNotMerged(folder, modelFolder);
        return folder;
    }
    // The run of a LoRA training is what was asked for, though one that was killed early has nothing to give.
    if (const RunFolder run(path); fs::exists(path / "run.json", ignored) && !run.hasModel())
        if (run.summary(run.readDescription(), {}).method == "lora") throwNoModel(path);
    throwNoAdapter(path);
}

std::optional<PromptTemplate> templateOfModel(const fs::path& modelFolder) {
    return ownTemplate(modelFolder);
}

PromptTemplate chosenTemplate(const std::string& name, const fs::path& projectTemplates,
                              const fs::path& modelFolder) {
    std::error_code ignored;
    const bool isFile = !projectTemplates.empty() && fs::exists(projectTemplates / (name + ".json"), ignored);
    if (!name.empty() && (name != kChatName || isFile))
        return namedTemplate(name, projectTemplates, modelFolder);
    if (!modelFolder.empty()) {
        // One that was trained as a chat is told the day that it was trained with.
        const std::optional<PromptTemplate> own = templateOfModel(modelFolder);
        if (own && (name.empty() || own->isChat())) return *own;
    }
    if (!modelFolder.empty())
        if (const auto chat = chatTemplateOfModel(modelFolder)) return *chat;
    if (name.empty()) return builtInTemplates().front();
    if (modelFolder.empty())
        throw Error(ErrorCode::TemplateInvalid,
                    "--template chat is the chat template of a model, and no model is named.",
                    "Name it with --model, or choose another template.");
    throw Error(ErrorCode::TemplateInvalid, "The model " + modelFolder.string() + " has no chat template.",
                "Choose another template, or a model that was trained for chats.", {modelFolder.string()});
}

std::string unreadText(const std::string& prompt, const std::vector<std::string>& words) {
    bool given = false;
    for (const std::string& each : words) {
        const std::string_view kept = trimmed(each);
        if (kept.empty()) continue;
        if (prompt.find(kept) != std::string::npos) return {};
        given = true;
    }
    return given ? "The chat template leaves out what it was given, or changes it: the model does not read "
                   "it as it was written."
                 : "";
}

}  // namespace studio
