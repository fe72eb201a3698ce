// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/answer_batch.h"

#include <chrono>

#include "core/data/example.h"
#include "core/generate/batch_generator.h"

namespace studio {

GenerationRequest requestOf(const std::string& prompt, const PromptForm& form,
                            const GenerateSettings& settings, bool raw, const Tokenizer& tokenizer) {
    GenerationRequest request{promptIds(prompt, tokenizer, form), settings, raw, endMarkId(form, tokenizer)};
    if (!request.endId && !form.endMark.empty()) request.settings.stop.push_back(form.endMark);
    return request;
}

GenerateResult resultOf(Generation answer, int arm, std::vector<std::int64_t> promptIds,
                        const std::string& weightsHash) {
    GenerateResult result;
    result.arm = arm;
    result.promptIds = std::move(promptIds);
    result.ids = std::move(answer.ids);
    result.text = std::move(answer.text);
    result.stopReason = std::move(answer.stopReason);
    result.tokensPerSecond = answer.tokensPerSecond;
    result.weightsHash = weightsHash;
    return result;
}

GenerateBatchResult answerBatch(const GenerateBatchJob& job, const LoadedModel& model,
                                const std::string& weightsHash, JobObserver& observer,
                                const std::stop_token& stop) {
    GenerateBatchResult result;
    result.answers.resize(job.prompts.size());
    const auto total = static_cast<std::int64_t>(job.prompts.size());
    std::vector<GenerationRequest> requests;
    for (const std::string& prompt : job.prompts)
        requests.push_back(requestOf(prompt, job.form, job.settings, job.raw, *model.shared->tokenizer));
    std::int64_t ended = 0, tokens = 0;
    observer.onEvent(StageEvent{"generating", 0, total});
    const auto finished = [&](std::size_t item) {
        observer.onEvent(AnswerEvent{job.arm, static_cast<std::int64_t>(item), result.answers[item]});
        observer.onEvent(StageEvent{"generating", ++ended, total});
    };
    BatchFunctions functions;
    functions.onText = [&](std::size_t item, const std::string& text, std::int64_t count, double rate) {
        observer.onEvent(TextEvent{job.arm, text, count, rate, static_cast<std::int64_t>(item)});
    };
    functions.onAnswer = [&](std::size_t item, Generation answer) {
        tokens += static_cast<std::int64_t>(answer.ids.size());
        result.answers[item].result =
            resultOf(std::move(answer), job.arm, requests[item].prompt, weightsHash);
        finished(item);
    };
    functions.onRefused = [&](std::size_t item, const Error& error) {
        BatchAnswer& answer = result.answers[item];
        answer.code = error.code();
        answer.cause = error.cause();
        answer.nextStep = error.nextStep();
        answer.args = error.args();
        finished(item);
    };
    BatchLimits limits;
    limits.sequences = job.atOnce;
    const auto begun = std::chrono::steady_clock::now();
    generateBatch(*model.decoder, *model.scorer, *model.shared->tokenizer, requests, limits, functions, stop);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    result.tokensPerSecond = seconds > 0.0 ? static_cast<double>(tokens) / seconds : 0.0;
    return result;
}

}  // namespace studio
