// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/model/decoder.h"
#include "core/train/run_recorder.h"
#include "core/train/trainer.h"

namespace studio {

/// What the end of a run has to do with beside the model.
struct RunEnd {
    RunRecorder& recorder;
    Trainer& trainer;
    const CheckpointStore& checkpoints;
    bool hasCheckpoints = false;
};

/// Saves the model by `save`. On a full disk the older checkpoints make room for it. Where it
/// cannot be saved, what was learned is kept as a checkpoint, from which the model is saved when the run goes
/// on; the error that is thrown says so.
void saveOrKeep(const RunEnd& end, const Decoder& model, const std::function<void()>& save);

/// Writes the last status and, of a run that is finished, removes the checkpoints. One that is stopped can go
/// on from them.
void closeRun(RunRecorder& recorder, const CheckpointStore& checkpoints, bool stopped);

}  // namespace studio
