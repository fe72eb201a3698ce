// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How texts are split before byte pairs are merged: recognised in a tokenizer.json, named as llama.cpp does.
#include <algorithm>

#include "core/base/error.h"
#include "core/formats/json_fields.h"
#include "core/formats/quoted.h"
#include "core/formats/vocabulary_files.h"

namespace studio {

namespace {

/// A pattern of a Split pre-tokenizer, whether words of the vocabulary go before merges (ignore_merges), and
/// the name under which llama.cpp does both.
struct SplitName {
    const char* pattern;
    bool wholeWords;
    const char* name;
};
constexpr const char* kThreeDigits =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kOneDigit =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr SplitName kSplits[] = {
    {kThreeDigits, true, "llama-bpe"}, {kThreeDigits, false, "smaug-bpe"}, {kOneDigit, false, "qwen2"}};

/// The steps of a pre-tokenizer, one or a sequence.
std::vector<const OrderedJson*> stepsOf(const OrderedJson& pre) {
    std::vector<const OrderedJson*> steps;
    const OrderedJson* list = jsonOf(pre, "pretokenizers");
    if (textOf(pre, "type") == "Sequence" && list && list->is_array())
        for (const OrderedJson& step : *list) steps.push_back(&step);
    else
        steps.push_back(&pre);
    return steps;
}

/// Absent means true.
bool usesOwnPattern(const OrderedJson& byteLevel) {
    const OrderedJson* flag = jsonOf(byteLevel, "use_regex");
    return !flag || !flag->is_boolean() || flag->get<bool>();
}

bool isByteLevel(const OrderedJson& step) {
    return step.is_object() && textOf(step, "type") == "ByteLevel";
}

bool isIsolatingSplit(const OrderedJson& step) {
    return step.is_object() && textOf(step, "type") == "Split" && textOf(step, "behavior") == "Isolated" &&
           !flagOf(step, "invert") && !textOf(step, "/pattern/Regex").empty();
}

bool isComposed(const OrderedJson* normalizer) {
    return normalizer && normalizer->is_object() && textOf(*normalizer, "type") == "NFC";
}

}  // namespace

std::string preTokenizerName(const OrderedJson& tokenizer, const std::string& source) {
    const OrderedJson* pre = jsonOf(tokenizer, "pre_tokenizer");
    if (!pre || !pre->is_object()) refuseTokenizer(source, "byte pairs without a pre_tokenizer");
    const std::vector<const OrderedJson*> steps = stepsOf(*pre);
    if (steps.empty() || !isByteLevel(*steps.back()))
        refuseTokenizer(source, "a pre_tokenizer that does not end with ByteLevel");
    const OrderedJson& last = *steps.back();
    if (flagOf(last, "add_prefix_space"))
        refuseTokenizer(source,
                        "a space that is put before texts (add_prefix_space) for byte-level vocabularies");
    if (steps.size() == 1 && usesOwnPattern(last)) {
        // The same pattern in llama.cpp; the names tell the GPT-NeoX vocabulary, which composes characters.
        return isComposed(jsonOf(tokenizer, "normalizer")) ? "olmo" : "gpt-2";
    }
    const bool digits = steps.size() == 2 && steps[0]->is_object() && textOf(*steps[0], "type") == "Digits" &&
                        flagOf(*steps[0], "individual_digits");
    if (digits && usesOwnPattern(last)) return "smollm";
    const bool split = steps.size() == 2 && isIsolatingSplit(*steps[0]) && !usesOwnPattern(last);
    if (!split) refuseTokenizer(source, "its kind of pre_tokenizer");
    const std::string pattern = textOf(*steps[0], "/pattern/Regex");
    const bool wholeWords = flagOf(tokenizer, "/model/ignore_merges");
    for (const SplitName& known : kSplits)
        if (pattern == known.pattern && wholeWords == known.wholeWords) return known.name;
    refuseTokenizer(source, "the pattern " + inQuotes(pattern) + " by which it splits texts" +
                                (wholeWords ? " (with ignore_merges)" : ""));
}

}  // namespace studio
