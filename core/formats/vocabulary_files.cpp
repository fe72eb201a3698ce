// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/vocabulary_files.h"

#include <charconv>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/chat_templates.h"
#include "core/formats/json_fields.h"
#include "core/formats/json_reader.h"
#include "core/formats/quoted.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

OrderedJson objectIn(const fs::path& file) {
    if (!isThere(file)) return OrderedJson::object();
    OrderedJson json = readVocabularyFile(file);
    if (json.is_object()) return json;
    throw Error(ErrorCode::TokenizerInvalid, file.string() + " is not a JSON object.",
                "Copy it again from where the model came from.", {file.string()});
}

/// A special token is spelled as a text or as an object with its "content".
std::string contentOf(const OrderedJson& json) {
    if (json.is_string()) return json.get<std::string>();
    return json.is_object() ? textOf(json, "content") : std::string();
}

constexpr const char* kSpecialKeys[] = {"bos_token", "eos_token", "unk_token",
                                        "pad_token", "sep_token", "mask_token"};

}  // namespace

OrderedJson readVocabularyFile(const fs::path& file) {
    const std::string text = readFile(file);
    try {
        JsonReader reader(text, file.string());
        OrderedJson json = reader.value();
        reader.finish();
        return json;
    } catch (const Error& error) {
        throw Error(ErrorCode::TokenizerInvalid, error.cause(),
                    "Copy the file again from where the model came from.", error.args());
    }
}

void refuseTokenizer(const std::string& source, const std::string& what) {
    throw Error(ErrorCode::ModelUnsupported,
                "A GGUF file cannot hold the tokenizer " + source + ": llama.cpp does not know " + what + ".",
                "Use the model as it is, in the Hugging Face layout.", {source, "gguf_tokenizer", what});
}

VocabularySettings::VocabularySettings(const fs::path& folder)
    : m_folder(folder),
      m_config(objectIn(folder / "tokenizer_config.json")),
      m_specials(objectIn(folder / "special_tokens_map.json")),
      m_added(objectIn(folder / "added_tokens.json")),
      m_generation(objectIn(folder / "generation_config.json")) {}

std::string VocabularySettings::special(const char* key) const {
    for (const OrderedJson* json : {&m_config, &m_specials}) {
        const OrderedJson* value = jsonOf(*json, key);
        if (!value) continue;
        if (std::string text = contentOf(*value); !text.empty()) return text;
    }
    return {};
}

std::vector<std::string> VocabularySettings::specials() const {
    std::vector<std::string> all;
    for (const char* key : kSpecialKeys)
        if (std::string text = special(key); !text.empty()) all.push_back(std::move(text));
    for (const OrderedJson* json : {&m_config, &m_specials}) {
        const OrderedJson* list = jsonOf(*json, "additional_special_tokens");
        if (!list || !list->is_array()) continue;
        for (const OrderedJson& one : *list)
            if (std::string text = contentOf(one); !text.empty()) all.push_back(std::move(text));
    }
    return all;
}

std::vector<VocabularySettings::Added> VocabularySettings::added() const {
    std::vector<Added> all;
    if (const OrderedJson* decoder = jsonOf(m_config, "added_tokens_decoder");
        decoder && decoder->is_object()) {
        for (const auto& [key, entry] : decoder->items()) {
            std::int64_t id = -1;
            const auto read = std::from_chars(key.data(), key.data() + key.size(), id);
            const bool whole = read.ec == std::errc() && read.ptr == key.data() + key.size();
            if (whole && entry.is_object())
                all.push_back({id, textOf(entry, "content"), flagOf(entry, "special")});
        }
    }
    for (const auto& [text, id] : m_added.items())
        if (id.is_number_integer()) all.push_back({id.get<std::int64_t>(), text, false});
    return all;
}

std::vector<std::int64_t> VocabularySettings::generationEnds() const {
    const OrderedJson* ends = jsonOf(m_generation, "eos_token_id");
    std::vector<std::int64_t> all;
    if (!ends) return all;
    for (const OrderedJson& one : ends->is_array() ? *ends : OrderedJson::array({*ends}))
        if (one.is_number_integer()) all.push_back(one.get<std::int64_t>());
    return all;
}

std::vector<std::pair<std::string, std::string>> VocabularySettings::chatTemplates() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (ChatTemplateSource& one : chatTemplateSources(m_folder, m_config))
        all.emplace_back(one.name == kDefaultChatTemplate ? "" : one.name, std::move(one.source));
    return all;
}

GgufTokenList::GgufTokenList(GgufVocabulary& vocabulary, std::int64_t size, std::string source)
    : m_vocabulary(vocabulary), m_source(std::move(source)) {
    const auto count = static_cast<std::size_t>(size);
    m_vocabulary.tokens.resize(count);
    m_vocabulary.types.assign(count, GgufToken::Unused);
    m_vocabulary.scores.assign(count, 0.0F);
    m_given.assign(count, false);
}

void GgufTokenList::set(std::int64_t id, const std::string& text, GgufToken type, float score) {
    if (id < 0 || id >= static_cast<std::int64_t>(m_given.size())) {
        throw Error(ErrorCode::TokenizerInvalid,
                    m_source + ": the token " + inQuotes(text) + " has the id " + std::to_string(id) +
                        ", but the model's vocabulary has " + std::to_string(m_given.size()) + " tokens.",
                    "Check that the tokenizer belongs to the model.", {m_source, text});
    }
    const auto place = static_cast<std::size_t>(id);
    const auto former = m_ids.find(m_vocabulary.tokens[place]);
    if (m_given[place] && former != m_ids.end() && former->second == id) m_ids.erase(former);
    m_ids[text] = id;
    m_vocabulary.tokens[place] = text;
    m_vocabulary.types[place] = type;
    m_vocabulary.scores[place] = score;
    m_given[place] = true;
}

void GgufTokenList::finish() {
    // Far below every real score: such a token is never made from two others.
    constexpr float kUnusedScore = -1e6F;
    for (std::size_t id = 0; id < m_given.size(); ++id) {
        std::string& text = m_vocabulary.tokens[id];
        if (!m_given[id]) {
            text = "[PAD" + std::to_string(id) + "]";
            m_vocabulary.scores[id] = kUnusedScore;
        }
        if (m_ids.emplace(text, static_cast<std::int64_t>(id)).first->second == static_cast<std::int64_t>(id))
            continue;
        throw Error(ErrorCode::TokenizerInvalid,
                    m_source + ": the tokens " + std::to_string(m_ids.at(text)) + " and " +
                        std::to_string(id) + " are both " + inQuotes(text) +
                        ", which llama.cpp does not load.",
                    "Check the tokenizer's files; each token needs a text of its own.", {m_source, text});
    }
}

std::optional<std::int64_t> GgufTokenList::find(const std::string& text) const {
    const auto found = m_ids.find(text);
    if (found == m_ids.end()) return std::nullopt;
    return found->second;
}

}  // namespace studio
