// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json, or vocab.json and merges.txt, as llama.cpp's "gpt2" vocabulary.
#include <algorithm>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json_fields.h"
#include "core/formats/quoted.h"
#include "core/formats/vocabulary_files.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

[[noreturn]] void throwInvalid(const std::string& source, const std::string& what) {
    throw Error(ErrorCode::TokenizerInvalid, source + ": " + what + ".",
                "Copy the tokenizer's files again from where the model came from.", {source});
}

void readTokens(const OrderedJson* vocab, const std::string& source, GgufTokenList& list) {
    if (!vocab || !vocab->is_object() || vocab->empty())
        throwInvalid(source, "its vocabulary, an object from token to id, is missing");
    for (const auto& [text, id] : vocab->items()) {
        if (!id.is_number_integer())
            throwInvalid(source, "the id of " + inQuotes(text) + " is not a whole number");
        list.set(id.get<std::int64_t>(), text, GgufToken::Normal);
    }
}

/// A merge is known by its two parts; their text together must be a token, or llama.cpp would take it apart
/// into bytes.
void addMerge(const std::string& first, const std::string& second, const std::string& source,
              const GgufTokenList& list, GgufVocabulary& vocabulary) {
    const bool plain = !first.empty() && !second.empty() && first.find(' ') == std::string::npos &&
                       second.find(' ') == std::string::npos;
    if (!plain || !list.find(first + second))
        throwInvalid(source, "the merge " + std::to_string(vocabulary.merges.size() + 1) + ", " +
                                 inQuotes(first + " " + second) + ", does not give a token");
    vocabulary.merges.push_back(first + " " + second);
}

void addMerge(const std::string& both, const std::string& source, const GgufTokenList& list,
              GgufVocabulary& vocabulary) {
    const std::size_t space = both.find(' ');
    if (space == std::string::npos)
        throwInvalid(source, "the merge " + inQuotes(both) + " has one part only");
    addMerge(both.substr(0, space), both.substr(space + 1), source, list, vocabulary);
}

void readMerges(const OrderedJson* merges, const std::string& source, const GgufTokenList& list,
                GgufVocabulary& vocabulary) {
    if (!merges || !merges->is_array()) throwInvalid(source, "its list of merges is missing");
    for (const OrderedJson& merge : *merges) {
        const bool pair =
            merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string();
        if (pair)
            addMerge(merge[0].get<std::string>(), merge[1].get<std::string>(), source, list, vocabulary);
        else if (merge.is_string())
            addMerge(merge.get<std::string>(), source, list, vocabulary);
        else
            throwInvalid(source, "a merge is neither a text nor a pair of texts");
    }
}

void readMergesFile(const fs::path& file, const GgufTokenList& list, GgufVocabulary& vocabulary) {
    std::istringstream lines(readFile(file));
    std::string line;
    for (bool first = true; std::getline(lines, line); first = false) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || (first && line.starts_with("#version"))) continue;
        addMerge(line, file.string(), list, vocabulary);
    }
}

/// What this algorithm has in Hugging Face's Tokenizers, and llama.cpp has not.
void checkModel(const OrderedJson& model, const std::string& source) {
    const std::string type = textOf(model, "type");
    if (!type.empty() && type != "BPE")
        refuseTokenizer(source, "the algorithm " + inQuotes(type) + " for these models");
    if (flagOf(model, "byte_fallback"))
        refuseTokenizer(source, "byte pairs with byte_fallback unless tokenizer.model is beside it");
    for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"})
        if (!textOf(model, key).empty()) refuseTokenizer(source, std::string("a ") + key);
    if (realOf(model, "dropout") > 0.0)
        refuseTokenizer(source, "merges that are left out by chance (dropout)");
}

/// Texts are not normalised by llama.cpp; composing characters, which most texts are already, may be asked.
bool composesCharacters(const OrderedJson& json, const std::string& source) {
    const OrderedJson* normalizer = jsonOf(json, "normalizer");
    if (!normalizer || normalizer->is_null()) return false;
    const std::string type = normalizer->is_object() ? textOf(*normalizer, "type") : std::string();
    if (type != "NFC") refuseTokenizer(source, "the normalizer " + inQuotes(type));
    return true;
}

void addToken(const VocabularySettings::Added& added, GgufTokenList& list) {
    list.set(added.id, added.text, added.special ? GgufToken::Control : GgufToken::UserDefined);
}

void readTokenizerJson(const fs::path& file, const VocabularySettings& settings, GgufTokenList& list,
                       GgufVocabulary& vocabulary) {
    const std::string source = file.string();
    const OrderedJson json = readVocabularyFile(file);
    const OrderedJson* model = json.is_object() ? jsonOf(json, "model") : nullptr;
    if (!model || !model->is_object()) throwInvalid(source, "the object \"model\" is missing");
    checkModel(*model, source);
    if (composesCharacters(json, source))
        vocabulary.notes.push_back(
            {"composes_characters",
             "The tokenizer composes characters (NFC), which llama.cpp does not do; texts with decomposed "
             "accents are tokenised otherwise."});
    vocabulary.pre = preTokenizerName(json, source);
    readTokens(jsonOf(*model, "vocab"), source, list);
    for (const VocabularySettings::Added& added : addedTokensOf(json, source)) addToken(added, list);
    for (const VocabularySettings::Added& added : settings.added())
        if (!list.find(added.text)) addToken(added, list);
    list.finish();
    readMerges(jsonOf(*model, "merges"), source, list, vocabulary);
    if (const OrderedJson* processor = jsonOf(json, "post_processor"))
        readAffixes(*processor, list, vocabulary);
}

/// The two old files do not say how texts are split; the tokenizer's class does.
std::string preTokenizerOfClass(const VocabularySettings& settings, const std::string& source) {
    std::string name = textOf(settings.config(), "tokenizer_class");
    if (name.ends_with("Fast")) name.resize(name.size() - 4);
    if (name == "GPT2Tokenizer") return "gpt-2";
    if (name == "Qwen2Tokenizer") return "qwen2";
    if (name == "GPTNeoXTokenizer") return "olmo";
    refuseTokenizer(source, "how it splits texts: there is no tokenizer.json, and tokenizer_class is " +
                                (name.empty() ? "not given" : inQuotes(name)));
}

}  // namespace

std::vector<VocabularySettings::Added> addedTokensOf(const OrderedJson& tokenizer,
                                                     const std::string& source) {
    std::vector<VocabularySettings::Added> all;
    const OrderedJson* added = tokenizer.is_object() ? jsonOf(tokenizer, "added_tokens") : nullptr;
    if (!added || !added->is_array()) return all;
    for (const OrderedJson& one : *added) {
        const OrderedJson* id = one.is_object() ? jsonOf(one, "id") : nullptr;
        if (!id || !id->is_number_integer()) throwInvalid(source, "an added token has no id");
        all.push_back({id->get<std::int64_t>(), textOf(one, "content"), flagOf(one, "special")});
    }
    return all;
}

void readAffixes(const OrderedJson& processor, const GgufTokenList& list, GgufVocabulary& vocabulary) {
    if (!processor.is_object()) return;
    const std::string type = textOf(processor, "type");
    const OrderedJson* steps = jsonOf(processor, "processors");
    if (type == "Sequence" && steps && steps->is_array())
        for (const OrderedJson& step : *steps) readAffixes(step, list, vocabulary);
    const OrderedJson* single = jsonOf(processor, "single");
    if (type != "TemplateProcessing" || !single || !single->is_array() || single->empty()) return;
    const auto special = [&](const OrderedJson& part) {
        const OrderedJson* token = part.is_object() ? jsonOf(part, "SpecialToken") : nullptr;
        return token && token->is_object() ? list.find(textOf(*token, "id")) : std::nullopt;
    };
    vocabulary.beforeId = special(single->front());
    vocabulary.behindId = special(single->back());
    vocabulary.addsBos = vocabulary.beforeId.has_value();
    vocabulary.addsEos = vocabulary.behindId.has_value();
}

void readAffixFlags(const VocabularySettings& settings, GgufVocabulary& vocabulary) {
    const auto flag = [&](const char* key, bool& value) {
        const OrderedJson* given = jsonOf(settings.config(), key);
        if (given && given->is_boolean()) value = given->get<bool>();
        return given && given->is_boolean();
    };
    flag("add_eos_token", vocabulary.addsEos);
    if (flag("add_bos_token", vocabulary.addsBos)) return;
    const std::string name = textOf(settings.config(), "tokenizer_class");
    for (const char* known : {"LlamaTokenizer", "CodeLlamaTokenizer", "GemmaTokenizer"})
        if (name == known || name == known + std::string("Fast")) vocabulary.addsBos = true;
}

void readBytePairs(const fs::path& folder, bool fromJson, const VocabularySettings& settings,
                   GgufTokenList& list, GgufVocabulary& vocabulary) {
    vocabulary.model = "gpt2";
    if (fromJson) {
        readTokenizerJson(folder / "tokenizer.json", settings, list, vocabulary);
    } else {
        const fs::path vocab = folder / "vocab.json";
        if (flagOf(settings.config(), "add_prefix_space"))
            refuseTokenizer(vocab.string(), "a space that is put before texts (add_prefix_space)");
        vocabulary.pre = preTokenizerOfClass(settings, vocab.string());
        const OrderedJson tokens = readVocabularyFile(vocab);
        readTokens(&tokens, vocab.string(), list);
        for (const VocabularySettings::Added& added : settings.added()) addToken(added, list);
        list.finish();
        readMergesFile(folder / "merges.txt", list, vocabulary);
    }
    readAffixFlags(settings, vocabulary);
    vocabulary.scores.clear();
}

}  // namespace studio
