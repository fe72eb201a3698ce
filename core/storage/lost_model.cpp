// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/lost_model.h"

#include <string>

#include "core/formats/adapter_files.h"
#include "core/storage/run_control.h"
#include "core/storage/run_description.h"
#include "core/storage/whole_model.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// A finished run cannot, and of a discarded one nothing is kept.
bool canBeResumed(const RunSummary& run, const std::string& state) {
    if (state == "finished" || state == "discarded") return false;
    return newestCheckpoint(run.folder) > 0 && !resumeProblem(run.folder);
}

/// What brings the model back where there is no copy.
enum class Remedy { Resume, Merge, TrainAgain };

Remedy remedyOf(const RunSummary& run, const std::string& state) {
    if (canBeResumed(run, state)) return Remedy::Resume;
    return isAdapterFolder(RunFolder(run.folder).adapterFolder()) ? Remedy::Merge : Remedy::TrainAgain;
}

std::string nextStep(Remedy remedy) {
    switch (remedy) {
        case Remedy::Resume:
            return "Put it back from a copy, or resume the run, which saves its model anew.";
        case Remedy::Merge:
            return "Put it back from a copy, or export the run's adapter, merged into its base model.";
        case Remedy::TrainAgain:
            break;
    }
    return "Put it back from a copy, or train again with the same settings.";
}

}  // namespace

std::optional<Error> lostModel(const RunSummary& run) {
    const std::string state = run.state();
    if (goesOn(state) && state != "interrupted") return std::nullopt;
    const fs::path model = RunFolder(run.folder).modelFolder();
    std::error_code ignored;
    const bool isFolder = fs::is_directory(model, ignored);
    if (!isFolder && state != "finished") return std::nullopt;
    const std::string missing = isFolder ? missingOfModel(model) : model.string();
    if (missing.empty()) return std::nullopt;
    const Remedy remedy = remedyOf(run, state);
    return Error(ErrorCode::FileNotFound,
                 "The model of the run " + run.name + " is not whole. Missing: " + missing + ".",
                 nextStep(remedy),
                 {missing,
                  remedy == Remedy::Resume  ? "run_model_resumable"
                  : remedy == Remedy::Merge ? "run_model_mergeable"
                                            : "run_model_lost",
                  run.name});
}

}  // namespace studio
