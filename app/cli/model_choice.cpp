// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/own_template.h"
#include "core/formats/quoted.h"
#include "core/storage/run_folder.h"
#include "core/tokenizer/chat_template_files.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr const char* kChatName = "chat";

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
        return path / "model";
    }
    if (!fs::exists(path / "config.json", ignored) && fs::exists(path / "run.json", ignored)) {
        const RunSummary run = RunFolder(path).look();
        throw Error(ErrorCode::FileNotFound,
                    "The run " + run.name + " has no model: it is " + run.state() + " at step " +
                        std::to_string(run.status.step) + " of " + std::to_string(run.status.totalSteps) +
                        ".",
                    "Choose a run that was finished or stopped, or train again.", {run.name});
    }
    return path;
}

/// A LoRA run leaves its adapter beside the model that it is merged into.
static void checkNotMerged(const fs::path& adapter, const fs::path& modelFolder) {
    std::error_code ignored;
    const fs::path run = fs::weakly_canonical(adapter, ignored).parent_path();
    const bool ofRun = fs::exists(run / "run.json", ignored);
    if (!ofRun || fs::weakly_canonical(modelFolder, ignored) != run / "model") return;
    throw Error(
        ErrorCode::InvalidArgument,
        "The adapter of the run " + inQuotes(run.filename().string()) + " is merged into its model already.",
        "Leave the adapter out, or name the base model that the run was trained on.", {adapter.string()});
}

fs::path adapterFolderOf(const fs::path& path, const fs::path& modelFolder) {
    if (path.empty()) return {};
    std::error_code ignored;
    for (const fs::path& folder : {path, path / "adapter"}) {
        if (!fs::exists(folder / kAdapterConfigFile, ignored)) continue;
        checkNotMerged(folder, modelFolder);
        return folder;
    }
    throw Error(ErrorCode::FileNotFound,
                inQuotes(path.string()) + " holds no adapter (" + kAdapterConfigFile + ").",
                "Choose a LoRA adapter's folder as PEFT writes it, or the run folder of a LoRA training.",
                {path.string()});
}

std::optional<PromptTemplate> templateOfModel(const fs::path& modelFolder) {
    return ownTemplate(modelFolder);
}

PromptTemplate chosenTemplate(const std::string& name, const fs::path& projectTemplates,
                              const fs::path& modelFolder) {
    std::error_code ignored;
    const bool isFile = !projectTemplates.empty() && fs::exists(projectTemplates / (name + ".json"), ignored);
    if (!name.empty() && (name != kChatName || isFile)) return findTemplate(name, projectTemplates);
    if (name.empty() && !modelFolder.empty())
        if (const auto own = templateOfModel(modelFolder)) return *own;
    if (!modelFolder.empty())
        if (const auto chat = chatTemplateOfModel(modelFolder)) return *chat;
    if (name.empty()) return builtInTemplates().front();
    throw Error(ErrorCode::TemplateInvalid,
                modelFolder.empty() ? std::string("--template chat is the chat template of a model.")
                                    : "The model " + modelFolder.string() + " has no chat template.",
                "Choose another template, or a model that was trained for chats.", {modelFolder.string()});
}

}  // namespace studio
