// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/checkpoint/training_checkpoint.h"
#include "core/config/settings.h"
#include "core/tensor/loss_scaler.h"
#include "core/tensor/parameter_arena.h"

namespace studio {

/// Updates all trained weights of an arena, to which it holds a reference and whose gradients it makes.
/// Matrices are decayed, norms and biases are not.
class Optimizer {
public:
    explicit Optimizer(ParameterArena& arena);
    virtual ~Optimizer() = default;
    Optimizer(const Optimizer&) = delete;
    Optimizer& operator=(const Optimizer&) = delete;

    /// Euclidean norm of all gradients together; waits for the device.
    double gradientNorm() const;
    /// One update; gradients are multiplied by `scale` first (clipping) and set to zero afterwards. On other
    /// devices than the CPU the host waits for nothing.
    void step(double learningRate, const GradientScale& scale);
    void zeroGradients();

    /// What a checkpoint needs besides the weights and steps(): views, into which it is also loaded. //
    /// each: [any] float32
    virtual std::vector<NamedTensor> state() const = 0;
    /// Updates made; fewer than were asked for where some were left out. Waits for the device.
    std::int64_t steps() const;
    void setSteps(std::int64_t steps);

protected:
    /// The values from `begin` to `end` of the arena, which have the same decay.
    struct Stretch {
        std::int64_t begin = 0, end = 0;
        bool decays = true;
        std::int64_t size() const { return end - begin; }
    };
    virtual void update(const Stretch& stretch, double learningRate, const GradientScale& scale) = 0;
    bool onCpu() const { return m_arena.values().is_cpu(); }
    std::vector<Stretch> stretches() const;

    ParameterArena& m_arena;
    std::int64_t m_steps = 0;  ///< on the CPU
    Tensor m_stepsOnDevice;    // [] float32, elsewhere
};

/// The one that the settings name: "adamw", "adamw8bit", "sgd".
std::unique_ptr<Optimizer> makeOptimizer(ParameterArena& arena, const TrainSettings& settings);

/// Factor that brings a gradient of this norm down to `clipNorm` (1 when it is smaller, or when clipNorm is
/// 0).
double clipScale(double gradientNorm, double clipNorm);

}  // namespace studio
