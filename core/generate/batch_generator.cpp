// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generate/batch_generator.h"

#include <algorithm>
#include <memory>
#include <span>

#include "core/generate/answer_writer.h"

namespace studio {

namespace {

Tensor idTensor(const std::vector<std::int64_t>& ids, std::size_t count, const at::Device& device) {
    return at::from_blob(const_cast<std::int64_t*>(ids.data()), {static_cast<std::int64_t>(count)}, at::kLong)
        .clone()
        .to(device);
}

class Batch {
public:
    Batch(const Decoder& model, NextTokenScorer& scorer, const Tokenizer& tokenizer,
          const std::vector<GenerationRequest>& requests, const BatchLimits& limits,
          const BatchFunctions& functions)
        : m_model(model),
          m_scorer(scorer),
          m_tokenizer(tokenizer),
          m_requests(requests),
          m_functions(functions),
          m_mostSequences(std::max<std::int64_t>(1, limits.sequences)),
          m_mostTokens(limits.cacheBytes / KeyValueCache::bytesPerToken(model.config())) {}

    void run(const std::stop_token& stop) {
        const at::NoGradGuard noGrad;
        while (!stop.stop_requested()) {
            admit(stop);
            if (m_running.empty()) return;
            step();
        }
        for (Sequence& sequence : m_running) {
            sequence.writer->cancel();
            leave(sequence);
        }
    }

private:
    struct Sequence {
        std::size_t item = 0;
        std::int64_t nextId = 0;
        std::span<const std::int64_t> before = {};  ///< what the next step takes of the prompt besides
        std::unique_ptr<KeyValueCache> cache;
        std::unique_ptr<AnswerWriter> writer;
    };

    void admit(const std::stop_token& stop) {
        while (m_next < m_requests.size() && !stop.stop_requested() &&
               static_cast<std::int64_t>(m_running.size()) < m_mostSequences) {
            const std::vector<std::int64_t>& prompt = m_requests[m_next].prompt;
            try {
                checkIds(prompt, m_model.config(), m_model.config().contextLength - 1);
            } catch (const Error& error) {
                if (m_functions.onRefused) m_functions.onRefused(m_next, error);
                ++m_next;
                continue;
            }
            if (!m_running.empty() && m_cachedTokens + capacityFor(m_requests[m_next]) > m_mostTokens) return;
            if (m_promptTokens > 0 && m_promptTokens + tokensInStep(prompt) > m_scorer.mostPromptTokens())
                return;
            join(m_next++);
        }
    }

    std::int64_t mostNewTokens(const GenerationRequest& request) const {
        const auto length = static_cast<std::int64_t>(request.prompt.size());
        return std::min(request.settings.maxNewTokens, m_model.config().contextLength - length);
    }
    /// Room for the prompt rounded up, which is what filling the cache works on.
    std::int64_t capacityFor(const GenerationRequest& request) const {
        const auto length = static_cast<std::int64_t>(request.prompt.size());
        constexpr std::int64_t kUnit = Decoder::kPromptUnit;
        return (length + mostNewTokens(request) + kUnit - 1) / kUnit * kUnit;
    }

    /// Tokens of the prompt that the next step takes: all but the last, or none where there are many.
    std::int64_t tokensInStep(const std::vector<std::int64_t>& prompt) const {
        const std::int64_t most = m_scorer.mostPromptTokens();
        const auto before = static_cast<std::int64_t>(prompt.size()) - 1;
        return before <= most ? before : 0;
    }

    /// The last token goes through the step, which gives the first scores.
    void takePrompt(const std::vector<std::int64_t>& prompt, Sequence& sequence) {
        sequence.nextId = prompt.back();
        if (const std::int64_t before = tokensInStep(prompt); before > 0) {
            sequence.before = std::span(prompt).first(static_cast<std::size_t>(before));
            m_promptTokens += before;
        } else {
            m_model.fillCache(idTensor(prompt, prompt.size() - 1, m_model.compute().device), *sequence.cache);
        }
    }

    void join(std::size_t item) {
        const GenerationRequest& request = m_requests[item];
        const std::int64_t most = mostNewTokens(request), capacity = capacityFor(request);
        Sequence sequence;
        sequence.item = item;
        sequence.cache =
            std::make_unique<KeyValueCache>(m_model.config(), capacity, m_model.compute().device);
        takePrompt(request.prompt, sequence);
        TextFunction onText;
        if (m_functions.onText) {
            onText = [this, item](const std::string& text, std::int64_t tokens, double rate) {
                m_functions.onText(item, text, tokens, rate);
            };
        }
        sequence.writer = std::make_unique<AnswerWriter>(m_model.config(), m_tokenizer, request, most,
                                                         most < request.settings.maxNewTokens, onText);
        m_cachedTokens += capacity;
        m_running.push_back(std::move(sequence));
    }

    void step() {
        std::vector<NextTokenScorer::Entry> entries;
        for (const Sequence& sequence : m_running)
            entries.push_back({sequence.nextId, sequence.cache.get(), sequence.before});
        const float* scores = m_scorer.next(entries);
        m_promptTokens = 0;
        std::vector<Sequence> staying;
        for (Sequence& sequence : m_running) {
            const bool goesOn = sequence.writer->take(scores);
            scores += m_model.config().vocabSize;
            if (goesOn) {
                sequence.nextId = sequence.writer->lastId();
                sequence.before = {};
                staying.push_back(std::move(sequence));
            } else {
                leave(sequence);
            }
        }
        m_running = std::move(staying);
    }

    void leave(Sequence& sequence) {
        m_cachedTokens -= sequence.cache->capacity();
        Generation answer = sequence.writer->finish();
        if (m_functions.onAnswer) m_functions.onAnswer(sequence.item, std::move(answer));
    }

    const Decoder& m_model;
    NextTokenScorer& m_scorer;
    const Tokenizer& m_tokenizer;
    const std::vector<GenerationRequest>& m_requests;
    const BatchFunctions& m_functions;
    std::int64_t m_mostSequences, m_mostTokens;
    std::vector<Sequence> m_running;
    std::size_t m_next = 0;
    std::int64_t m_cachedTokens = 0;
    std::int64_t m_promptTokens = 0;  ///< that the next step takes
};

}  // namespace

void generateBatch(const Decoder& model, NextTokenScorer& scorer, const Tokenizer& tokenizer,
                   const std::vector<GenerationRequest>& requests, const BatchLimits& limits,
                   const BatchFunctions& functions, const std::stop_token& stop) {
    Batch(model, scorer, tokenizer, requests, limits, functions).run(stop);
}

}  // namespace studio
