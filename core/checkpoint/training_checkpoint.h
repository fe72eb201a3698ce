// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/json.h"
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
    double learningRate =
        0.0;  ///< the peak asked for while the run went on, perhaps of no step yet; 0: the setting's
    std::int64_t samples = 0;
    double sampleSeconds = 0.0;
    std::int64_t sampledStep = -1;  ///< the last one whose prompts were answered
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

/// How many checkpoints of a run stay: the newest, and one to fall back on where that is damaged.
inline constexpr std::size_t kCheckpointsKept = 2;

/// Bytes of a checkpoint on the disk, but for a few hundred.
std::uint64_t checkpointBytes(const TrainingTensors& tensors);

/// The checkpoints of one run: CHECKPOINTS/step-N/ with state.json and tensors.safetensors, whose SHA-256 is
/// in state.json, and so is that of the state itself. A checkpoint appears as a whole or not at all, and is
/// read back before an older one is removed.
class CheckpointStore {
public:
    /// `keep` checkpoints stay, the newest ones. `owner` tells the run apart from others: a checkpoint that
    /// names another owner is not taken; empty: not compared.
    explicit CheckpointStore(std::filesystem::path folder, std::size_t keep = kCheckpointsKept,
                             std::string owner = {});

    /// On a full disk the older checkpoints make room, but for the newest. Throws FileUnwritable or DiskFull,
    /// and WeightsInvalid where the weights are not finite: nothing could go on from them. The newest
    /// checkpoint stays then.
    void save(const TrainingState& state, const TrainingTensors& tensors);
    /// Loads the newest one that is whole into `tensors`. `skipped` hears why a newer one was not taken.
    /// Nothing when there is none.
    std::optional<TrainingState> loadNewest(const TrainingTensors& tensors,
                                            const std::function<void(const std::string&)>& skipped) const;
    /// Steps with a checkpoint, newest first.
    std::vector<std::int64_t> steps() const;
    /// Removes all but the newest `count`; whether there were more.
    bool keepNewest(std::size_t count) const;
    /// Removes all of them.
    void clear() const;

private:
    std::filesystem::path pathOf(std::int64_t step) const;
    void write(const TrainingState& state, const TrainingTensors& tensors) const;
    TrainingState load(std::int64_t step, const TrainingTensors& tensors) const;
    void checkState(const OrderedJson& json, const std::filesystem::path& folder) const;

    std::filesystem::path m_folder;
    std::size_t m_keep;
    std::string m_owner;
};

}  // namespace studio
