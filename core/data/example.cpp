// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/example.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/tokenizer/marked_text.h"

namespace studio {

namespace {

void append(Example& example, const std::vector<std::int64_t>& ids, bool trained) {
    example.ids.insert(example.ids.end(), ids.begin(), ids.end());
    example.trained.resize(example.ids.size(), trained ? 1 : 0);
}

}  // namespace

std::int32_t Example::labelCount() const {
    if (trained.empty()) return 0;
    return static_cast<std::int32_t>(
        std::count_if(trained.begin() + 1, trained.end(), [](auto t) { return t != 0; }));
}

static std::vector<std::int64_t> markedIds(const std::string& text, const Tokenizer& tokenizer) {
    std::vector<std::int64_t> ids;
    for (const TokenSpan& span : encodeMarked(tokenizer, text)) ids.push_back(span.id);
    return ids;
}

std::optional<std::int64_t> endMarkId(const PromptForm& form, const Tokenizer& tokenizer) {
    if (form.endMark.empty()) return std::nullopt;
    const std::vector<std::int64_t> ids = markedIds(form.endMark, tokenizer);
    if (ids.size() != 1) return std::nullopt;
    return ids.front();
}

std::vector<std::int64_t> promptIds(const std::string& promptText, const Tokenizer& tokenizer,
                                    const PromptForm& form) {
    if (form.marked) return markedIds(promptText, tokenizer);
    std::vector<std::int64_t> ids = tokenizer.encode(promptText);
    if (tokenizer.addsBos() && tokenizer.bosId()) ids.insert(ids.begin(), *tokenizer.bosId());
    return ids;
}

std::int64_t cutoffInForce(std::int64_t asked, std::int64_t contextLength) {
    return contextLength > 0 ? std::min(asked, contextLength) : asked;
}

bool anyCut(const std::vector<ExampleProblem>& rows) {
    return std::any_of(rows.begin(), rows.end(), [](const ExampleProblem& row) { return row.cutTokens > 0; });
}

RowTexts rowTexts(const Record& record, const PromptTemplate& promptTemplate) {
    try {
        return {hydratedPrompt(promptTemplate, record.instruction, record.input),
                answerText(promptTemplate, record.instruction, record.input, record.output)};
    } catch (const Error& error) {
        if (record.id == 0) throw;  // it has no number yet
        throw Error(error.code(), "Row " + std::to_string(record.id) + ": " + error.cause(), error.nextStep(),
                    error.args());
    }
}

Example buildExample(const Record& record, const PromptTemplate& promptTemplate, const Tokenizer& tokenizer,
                     const ExampleSettings& settings) {
    if (record.kind != RecordKind::Pair) {
        throw Error(ErrorCode::UnsupportedFormat,
                    "Row " + std::to_string(record.id) + " is not an instruction–response pair.",
                    "Leave the row out of the training split: this version trains on pairs.",
                    {std::to_string(record.id)});
    }
    if (settings.cutoff < 2) {
        throw Error(ErrorCode::SettingInvalid,
                    "A cutoff of " + std::to_string(settings.cutoff) + " tokens leaves nothing to learn.",
                    "Set the cutoff to 2 tokens or more.", {std::to_string(settings.cutoff)});
    }
    Example example;
    example.rowId = record.id;
    const PromptForm form = promptForm(promptTemplate);
    const RowTexts texts = rowTexts(record, promptTemplate);
    append(example, promptIds(texts.prompt, tokenizer, form), settings.trainOnPrompt);
    const std::size_t promptLength = example.ids.size();
    append(example, form.marked ? markedIds(texts.answer, tokenizer) : tokenizer.encode(texts.answer), true);
    if (promptTemplate.appendEos && !endMarkId(form, tokenizer) && tokenizer.eosId()) {
        append(example, {*tokenizer.eosId()}, example.ids.size() > promptLength);
    }
    example.uncutLength = static_cast<std::int32_t>(example.ids.size());
    if (example.ids.size() > static_cast<std::size_t>(settings.cutoff)) {
        example.ids.resize(static_cast<std::size_t>(settings.cutoff));
        example.trained.resize(example.ids.size());
    }
    example.promptLength = static_cast<std::int32_t>(std::min(promptLength, example.ids.size()));
    return example;
}

ExampleSet buildExamples(const std::vector<Record>& records, const PromptTemplate& promptTemplate,
                         const Tokenizer& tokenizer, const ExampleSettings& settings,
                         const ProgressFunction& progress, const std::stop_token& stop) {
    ExampleSet set;
    set.examples.reserve(records.size());
    std::int64_t done = 0;
    for (const Record& record : records) {
        throwIfStopped(stop);
        Example example = buildExample(record, promptTemplate, tokenizer, settings);
        const std::int32_t labels = example.labelCount();
        const auto length = static_cast<std::int32_t>(example.ids.size());
        const ExampleProblem problem{record.id, example.uncutLength, example.uncutLength - length,
                                     labels == 0};
        if (labels == 0) {
            set.emptyRows.push_back(problem);
        } else {
            if (example.cut()) set.cutRows.push_back(problem);
            set.tokenCount += length;
            set.labelCount += labels;
            set.examples.push_back(std::move(example));
        }
        ++done;
        if (progress) progress({done, static_cast<std::int64_t>(records.size())});
    }
    return set;
}

}  // namespace studio
