// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/record.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

/// One row as the model sees it. `ids` is [BOS] prompt response [EOS], cut to the cutoff.
/// The label of position i is ids[i + 1] where trained[i + 1] is true.
struct Example {
    std::int64_t rowId = 0;
    std::vector<std::int32_t> ids;
    std::vector<std::uint8_t> trained;  ///< same length: whether this token is learned
    std::int32_t promptLength = 0;      ///< tokens of BOS and prompt that are in `ids`
    std::int32_t uncutLength = 0;       ///< tokens the whole row has, end token included

    bool cut() const { return uncutLength > static_cast<std::int32_t>(ids.size()); }
    /// Number of labels, i.e. learned tokens except at position 0.
    std::int32_t labelCount() const;
};

struct ExampleSettings {
    std::int64_t cutoff = 512;
    bool trainOnPrompt = false;
};

/// Where rows are cut, in tokens: where it was asked for, at most where the model's context ends (0:
/// unknown).
std::int64_t cutoffInForce(std::int64_t asked, std::int64_t contextLength);

/// A row that needs a word before training.
struct ExampleProblem {
    std::int64_t rowId = 0;
    std::int32_t tokens = 0;     ///< the whole row
    std::int32_t cutTokens = 0;  ///< how many fell off its end
    bool noLabel = false;        ///< nothing of the response is left: the row cannot be learned from
};

/// Whether tokens of any of them fell off: a response, or the part of a prompt that left it no room.
bool anyCut(const std::vector<ExampleProblem>& rows);

struct ExampleSet {
    std::vector<Example> examples;          ///< rows with at least one label
    std::vector<ExampleProblem> cutRows;    ///< cut but usable
    std::vector<ExampleProblem> emptyRows;  ///< left without a label: not in `examples`, reported
    std::int64_t tokenCount = 0;            ///< of `examples`
    std::int64_t labelCount = 0;
};

/// The two texts of a row: hydratedPrompt() and answerText().
struct RowTexts {
    std::string prompt, answer;
};
/// Throws TemplateInvalid, naming the row, where the template cannot be carried out for it.
RowTexts rowTexts(const Record& record, const PromptTemplate& promptTemplate);

/// Prompt and separator are tokenised together, the response by itself, then joined: [BOS] encode(prompt +
/// separator) encode(response) [EOS]. So the prompt's tokens are the very ones that generation starts from
/// (promptIds()), whatever the response is, which tokenising the joined text would not give: a merge across
/// the border would show the model a prompt in training that it never meets again. A tokenizer that puts a
/// space before every text (sentencepiece's add_dummy_prefix) does so before the response, too: the model
/// learns "▁Paris", the token that means Paris within a sentence; it will generate that token, and decode()
/// of the generated ids alone takes the space away again, so that decode(response ids) is the response. A row
/// longer than `cutoff` loses its end, the end token with it, since its response does not end there. A
/// response without any token is not learned (its end token alone would teach silence): labelCount() is 0.
/// With a chat
/// template the prompt's text begins with its own BOS, and what is learned is answerText(), which ends as
/// that template ends an answer; EOS follows only where that
/// is no token of the model. Throws TemplateInvalid,
/// SettingInvalid for a cutoff below 2 and UnsupportedFormat for records that are not pairs.
Example buildExample(const Record& record, const PromptTemplate& promptTemplate, const Tokenizer& tokenizer,
                     const ExampleSettings& settings);
ExampleSet buildExamples(const std::vector<Record>& records, const PromptTemplate& promptTemplate,
                         const Tokenizer& tokenizer, const ExampleSettings& settings,
                         const ProgressFunction& progress = {}, const std::stop_token& stop = {});

/// The ids that generation starts from: BOS where the tokenizer adds one, then the text, never EOS.
/// `promptText` is hydratedPrompt() for a record (which ends with the template's separator), or any text for
/// a raw continuation. In a marked text special tokens are read as such, and no BOS is added.
std::vector<std::int64_t> promptIds(const std::string& promptText, const Tokenizer& tokenizer,
                                    const PromptForm& form = {});

/// The id of the token that ends answers to prompts of this form beside the model's own ends; nothing where
/// the form names none, or one that is no single token.
std::optional<std::int64_t> endMarkId(const PromptForm& form, const Tokenizer& tokenizer);

/// Raw text for pretraining: documents (parted by blank lines; line breaks become "\n") become [BOS] text
/// [EOS], joined and cut into examples of exactly `length` tokens, all of them learned. The last, shorter one
/// is kept. Files are read line by line; a document of more than 1 MiB is encoded in several pieces, each of
/// whole lines. Row ids count the examples from 1. Throws BadEncoding (file, line), EmptyInput when there is
/// no text at all.
ExampleSet buildTextExamples(const std::vector<std::filesystem::path>& files, const Tokenizer& tokenizer,
                             std::int64_t length, const ProgressFunction& progress = {},
                             const std::stop_token& stop = {});

}  // namespace studio
