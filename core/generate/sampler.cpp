// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generate/sampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

namespace studio {

std::int64_t Sampler::next(std::vector<float>& logits, const std::vector<std::int64_t>& seen) {
    if (m_settings.repetitionPenalty != 1.0) penalizeRepetition(logits, seen);
    if (m_settings.temperature <= 0.0) return std::max_element(logits.begin(), logits.end()) - logits.begin();
    const std::vector<Candidate> choices = candidates(logits);
    const double total = std::accumulate(choices.begin(), choices.end(), 0.0,
                                         [](double sum, const Candidate& c) { return sum + c.probability; });
    double rest = m_random.uniform() * total;
    for (const Candidate& choice : choices) {
        rest -= choice.probability;
        if (rest < 0.0) return choice.id;
    }
    return choices.back().id;
}

void Sampler::penalizeRepetition(std::vector<float>& logits, const std::vector<std::int64_t>& seen) const {
    const auto penalty = static_cast<float>(m_settings.repetitionPenalty);
    for (const std::int64_t id : std::unordered_set<std::int64_t>(seen.begin(), seen.end())) {
        float& logit = logits[static_cast<std::size_t>(id)];
        logit = logit > 0.0F ? logit / penalty : logit * penalty;
    }
}

std::vector<Sampler::Candidate> Sampler::candidates(const std::vector<float>& logits) const {
    const double highest = *std::max_element(logits.begin(), logits.end());
    std::vector<Candidate> all(logits.size());
    double total = 0.0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        all[i] = {static_cast<std::int64_t>(i), std::exp((logits[i] - highest) / m_settings.temperature)};
        total += all[i].probability;
    }
    const bool limited = m_settings.topK > 0 && static_cast<std::size_t>(m_settings.topK) < all.size();
    if (!limited && m_settings.topP >= 1.0) return all;

    // A heap gives the likeliest one by one: few of a large vocabulary are taken, and sorting all of it would
    // take longer than a small model's step.
    const auto lessLikely = [](const Candidate& a, const Candidate& b) {
        return a.probability != b.probability ? a.probability < b.probability : a.id > b.id;
    };
    std::make_heap(all.begin(), all.end(), lessLikely);
    std::vector<Candidate> taken;
    const auto takeLikeliest = [&] {
        std::pop_heap(all.begin(), all.end(), lessLikely);
        taken.push_back(all.back());
        all.pop_back();
    };
    if (limited) {
        while (static_cast<std::int64_t>(taken.size()) < m_settings.topK) takeLikeliest();
        total = std::accumulate(taken.begin(), taken.end(), 0.0,
                                [](double sum, const Candidate& c) { return sum + c.probability; });
    }
    // The smallest set whose probability reaches top-p; always at least one token.
    double reached = 0.0;
    for (std::size_t i = 0;; ++i) {
        if (i == taken.size()) {
            if (limited || all.empty()) return taken;
            takeLikeliest();
        }
        reached += taken[i].probability / total;
        if (reached < m_settings.topP) continue;
        taken.resize(i + 1);
        return taken;
    }
}

}  // namespace studio
