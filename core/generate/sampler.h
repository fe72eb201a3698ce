// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/config/settings.h"

namespace studio {

/// Chooses the next token from logits on the host, so that a seed gives the same answer on every device.
/// Order as in common practice: repetition penalty (Keskar et al. 2019), temperature, top-k (Fan et al.
/// 2018), top-p (Holtzman et al. 2020). Temperature 0 is greedy: the highest logit, the lowest id on ties.
class Sampler {
public:
    explicit Sampler(const GenerateSettings& settings)
        : m_settings(settings), m_random(static_cast<std::uint64_t>(settings.seed)) {}

    /// Whether next() is no more than the highest score, and changes nothing.
    bool takesHighest() const { return m_settings.temperature <= 0.0 && m_settings.repetitionPenalty == 1.0; }
    /// `seen`: all ids so far, prompt included. `logits` is changed. // logits: [vocabulary]
    std::int64_t next(std::vector<float>& logits, const std::vector<std::int64_t>& seen);

private:
    struct Candidate {
        std::int64_t id = 0;
        double probability = 0.0;
    };
    void penalizeRepetition(std::vector<float>& logits, const std::vector<std::int64_t>& seen) const;
    std::vector<Candidate> candidates(const std::vector<float>& logits) const;

    GenerateSettings m_settings;
    Random m_random;
};

}  // namespace studio
