// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/export_model.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/adapter_io.h"
#include "core/data/example.h"
#include "core/formats/own_template.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// Room for config, tokenizer and card beside the weights.
constexpr std::uint64_t kBesideWeights = 32U << 20;

void checkRoom(const ModelConfig& config, const ExportModelJob& job) {
    std::error_code problem;
    if (fs::exists(job.outFolder, problem)) {
        throw Error(ErrorCode::FileUnwritable, job.outFolder.string() + " is there already.",
                    "Choose a folder that is not there yet.", {job.outFolder.string()});
    }
    const std::uint64_t need =
        static_cast<std::uint64_t>(config.parameterCount()) * tensorTypeBytes(job.type) + kBesideWeights;
    const std::uint64_t free = freeDiskBytes(job.outFolder);
    if (free >= need) return;
    throw Error(ErrorCode::DiskFull,
                "The export needs " + std::to_string(need >> 20) + " MiB and " + std::to_string(free >> 20) +
                    " MiB are free where " + job.outFolder.string() + " is to be.",
                "Make room, or choose another folder or a smaller number format.", {job.outFolder.string()});
}

/// The card that was given, or the model's own; a base's would not tell what merged weights are.
std::string cardOf(const ExportModelJob& job) {
    if (!job.card.empty() || !job.adapterFolder.empty()) return job.card;
    std::error_code ignored;
    const fs::path own = job.modelFolder / "README.md";
    return fs::is_regular_file(own, ignored) ? readFile(own) : std::string();
}

}  // namespace

ExportModelResult exportModel(const ExportModelJob& job, const ProgressFunction& progress,
                              const std::stop_token& stop) {
    const ModelConfig config = readModelConfig(job.modelFolder);
    checkRoom(config, job);
    Compute compute = chooseCompute("cpu", "float32", 0, config.hiddenSize);
    const auto model = loadModel(job.modelFolder, compute, progress, stop);
    if (!job.adapterFolder.empty())
        mergeAdapter(*model, loadAdapter(job.adapterFolder, config, compute), stop);
    throwIfStopped(stop);
    SavedModelFacts facts{job.modelFolder, ownTemplate(job.modelFolder), cardOf(job)};
    if (!job.adapterFolder.empty())
        if (const auto own = ownTemplate(job.adapterFolder)) facts.promptTemplate = own;
    if (facts.promptTemplate && facts.promptTemplate->isChat())
        facts.endId = endMarkId(promptForm(*facts.promptTemplate), *loadTokenizer(job.modelFolder));
    std::vector<std::string> notFinite =
        saveModel(*model, job.outFolder, facts, job.type, job.onWritten, stop);
    return {job.outFolder, static_cast<std::uint64_t>(model->parameterCount()) * tensorTypeBytes(job.type),
            std::move(notFinite)};
}

}  // namespace studio
