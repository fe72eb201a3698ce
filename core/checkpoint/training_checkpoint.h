// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/tensor/torch.h"

namespace studio {

/// Where a run stands between two steps. With the tensors below it is all that decides how the run goes on:
/// the learning rate follows from the step, the order of the rows from seed, epoch and position.
struct TrainingState {
    std::int64_t step = 0;            ///< done
    std::int64_t evaluatedStep = -1;  ///< the last one whose evaluation was made
    std::int64_t epoch = -1;          ///< of the sampler
    std::int64_t position = 0;        ///< of the sampler within its epoch
    std::int64_t tokens = 0;
    std::int64_t evaluations = 0;
    std::int64_t optimizerSteps = 0;  ///< fewer than `step` where loss scaling left some out
    std::int64_t goodSteps = 0;       ///< of loss scaling, since its scale changed
    double lossScale = 0.0;           ///< 0: none
    double seconds = 0.0, trainSeconds = 0.0, evalSeconds = 0.0;
    double firstEvalLoss = 0.0, lastEvalLoss = 0.0, lastLoss = 0.0;  ///< NaN: none
    std::int64_t bestStep = -1;                                      ///< of the lowest evaluation loss
    double bestEvalLoss = 0.0;                                       ///< NaN: none
    std::int64_t evaluationsSinceBest = 0;
    double learningRate = 0.0;  ///< the peak that was asked for while the run went on; 0: the setting's
    std::int64_t samples = 0;
    double sampleSeconds = 0.0;
};

/// A flat tensor of a checkpoint.
struct NamedTensor {
    std::string name;
    Tensor tensor;  // [any] float32
};

/// The trained weights and the optimizer's state.
struct TrainingTensors {
    Tensor values;  // [trained] float32
    std::vector<NamedTensor> optimizer;
};

/// The checkpoints of one run: CHECKPOINTS/step-N/ with state.json and tensors.safetensors, whose SHA-256 is
/// in state.json. A checkpoint appears as a whole or not at all, and is read back before an older one is
/// removed.
class CheckpointStore {
public:
    /// `keep` checkpoints stay, the newest ones.
    explicit CheckpointStore(std::filesystem::path folder, std::size_t keep = 2);

    /// Throws FileUnwritable or DiskFull; older checkpoints stay then.
    void save(const TrainingState& state, const TrainingTensors& tensors);
    /// Loads the newest one that is whole into `tensors`. `skipped` hears why a newer one was not taken.
    /// Nothing when there is none.
    std::optional<TrainingState> loadNewest(const TrainingTensors& tensors,
                                            const std::function<void(const std::string&)>& skipped) const;
    /// Steps with a checkpoint, newest first.
    std::vector<std::int64_t> steps() const;
    /// Removes all of them.
    void clear() const;

private:
    std::filesystem::path pathOf(std::int64_t step) const;
    TrainingState load(std::int64_t step, const TrainingTensors& tensors) const;

    std::filesystem::path m_folder;
    std::size_t m_keep;
};

}  // namespace studio
