// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/generate/generator.h"
#include "core/generate/sampler.h"
#include "core/generate/stop_watcher.h"

namespace studio {

/// One answer as it grows: chooses tokens from scores, turns them into text, and knows when it ends. A
/// sampler, a text and a clock of its own, so that answers do not depend on each other. The tokenizer must
/// outlive it.
class AnswerWriter {
public:
    /// At most `most` tokens; `full` says that the context, and not the settings, is the limit.
    AnswerWriter(const ModelConfig& config, const Tokenizer& tokenizer, const GenerationRequest& request,
                 std::int64_t most, bool full, TextFunction onText);

    /// Takes the scores of the next token; false when the answer has ended. Throws as checkScores() does.
    /// // scores: [vocabulary]
    bool take(const float* scores);
    std::int64_t lastId() const { return m_seen.back(); }
    std::int64_t tokens() const { return static_cast<std::int64_t>(m_result.ids.size()); }
    /// Ends it where it is.
    void cancel() { m_result.stopReason = "cancelled"; }
    /// The rest of the text is handed out; nothing is taken after this.
    Generation finish();

private:
    using Clock = std::chrono::steady_clock;

    std::int64_t choose(const float* scores);
    bool endsAnswer(std::int64_t id) const;
    void show(const std::string& text);
    double rate() const;

    const ModelConfig& m_config;
    const Tokenizer& m_tokenizer;
    Sampler m_sampler;
    StreamDecoder m_decoder;
    StopWatcher m_stops;
    TextFunction m_onText;
    std::int64_t m_most;
    bool m_full;
    std::optional<std::int64_t> m_endId;
    std::vector<std::int64_t> m_seen;  ///< with the prompt
    std::vector<float> m_scores;
    Clock::time_point m_begun = Clock::now(), m_firstScores;
    Generation m_result;
};

}  // namespace studio
