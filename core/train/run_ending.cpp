// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_ending.h"

#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "core/storage/run_control.h"
#include "core/tensor/compute.h"

namespace studio {

namespace {

std::string whatIsKept(std::int64_t kept, std::int64_t done) {
    if (kept == 0) return "There was no room for a checkpoint either.";
    if (kept == done) return "What was learned is kept as a checkpoint.";
    return "The checkpoint of step " + std::to_string(kept) + " is kept.";
}

[[noreturn]] void keepAndThrow(const RunEnd& end, const Decoder& model, const Error& problem) {
    const std::int64_t kept = end.trainer.keepState();
    const std::string name = end.recorder.folder().path().filename().string();
    std::string next;
    if (problem.code() == ErrorCode::DiskFull) {
        const auto bytes = 4 * static_cast<std::uint64_t>(model.parameterCount());
        next = "First make room for the model, " + byteText(bytes) + ". ";
    }
    next += kept > 0 ? "Go on with --run " + name + " --resume: the model is saved then." : "Train anew.";
    throw Error(problem.code(), problem.cause() + " " + whatIsKept(kept, end.trainer.stepsDone()), next,
                problem.args());
}

void closeFinished(RunRecorder& recorder, const CheckpointStore& checkpoints) {
    try {
        recorder.close("finished");
        checkpoints.clear();
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::DiskFull) throw;
        checkpoints.clear();  // they make room for the last word
        recorder.close("finished");
    }
}

}  // namespace

void saveOrKeep(const RunEnd& end, const Decoder& model, const std::function<void()>& given) {
    const auto save = [&] { translateTorchErrors("saving the model", given); };
    if (!end.hasCheckpoints) return save();
    try {
        try {
            save();
        } catch (const Error& problem) {
            // After full fine-tuning with AdamW a model is a third of a checkpoint.
            if (problem.code() != ErrorCode::DiskFull || !end.checkpoints.keepNewest(1)) throw;
            save();
        }
    } catch (const Error& problem) {
        keepAndThrow(end, model, problem);
    }
}

void closeRun(RunRecorder& recorder, const CheckpointStore& checkpoints, bool stopped) {
    if (stopped) {
        recorder.close("stopped");
    } else {
        closeFinished(recorder, checkpoints);
    }
    clearRunControl(recorder.folder().path());  // nothing is asked of a run that has ended
}

}  // namespace studio
