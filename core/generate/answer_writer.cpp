// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generate/answer_writer.h"

#include <algorithm>

#include "core/tensor/kernels/kernel_table.h"

namespace studio {

AnswerWriter::AnswerWriter(const ModelConfig& config, const Tokenizer& tokenizer,
                           const GenerationRequest& request, std::int64_t most, bool full,
                           TextFunction onText)
    : m_config(config),
      m_tokenizer(tokenizer),
      m_sampler(request.settings),
      m_decoder(request.continuesText ? StreamDecoder(tokenizer, request.prompt) : StreamDecoder(tokenizer)),
      m_stops(request.settings.stop),
      m_onText(std::move(onText)),
      m_most(most),
      m_full(full),
      m_endId(request.endId),
      m_seen(request.prompt) {}

std::int64_t AnswerWriter::choose(const float* scores) {
    const std::int64_t count = m_config.vocabSize;
    const ScoreSummary summary = cpuKernels().decode.summarize(scores, count);
    if (!summary.finite) checkScores(scores, scores + count);
    if (m_sampler.takesHighest()) return summary.highest;
    m_scores.assign(scores, scores + count);
    return m_sampler.next(m_scores, m_seen);
}

bool AnswerWriter::endsAnswer(std::int64_t id) const {
    const auto among = [id](const std::vector<std::int64_t>& ends) {
        return std::find(ends.begin(), ends.end(), id) != ends.end();
    };
    return among(m_config.eosIds) || among(m_config.answerEndIds) || m_tokenizer.eosId() == id ||
           m_endId == id;
}

bool AnswerWriter::take(const float* scores) {
    if (tokens() == 0) m_firstScores = Clock::now();
    const std::int64_t id = choose(scores);
    if (endsAnswer(id)) {
        m_result.stopReason = "end_token";
        return false;
    }
    m_result.ids.push_back(id);
    m_seen.push_back(id);
    // Of a vocabulary padded beyond the tokenizer's, the rest are tokens without text.
    if (id < m_tokenizer.vocabSize()) show(m_stops.push(m_decoder.push(id)));
    if (m_stops.stopped()) {
        m_result.stopReason = "stop_string";
        return false;
    }
    if (tokens() < m_most) return true;
    m_result.stopReason = m_full ? "context_full" : "max_tokens";
    return false;
}

Generation AnswerWriter::finish() {
    m_result.tokensPerSecond = rate();
    show(m_stops.push(m_decoder.finish()));
    show(m_stops.finish());
    return std::move(m_result);
}

void AnswerWriter::show(const std::string& text) {
    m_result.text += text;
    if (m_onText && !text.empty()) m_onText(text, tokens(), rate());
}

// The first token comes out of the prompt, however long that takes: it counts only where there is no other.
double AnswerWriter::rate() const {
    const bool one = tokens() < 2;
    const std::chrono::duration<double> seconds = Clock::now() - (one ? m_begun : m_firstScores);
    const auto counted = static_cast<double>(one ? tokens() : tokens() - 1);
    return seconds.count() > 0.0 ? counted / seconds.count() : 0.0;
}

}  // namespace studio
