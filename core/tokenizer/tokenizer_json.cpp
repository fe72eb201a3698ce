// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json, as Hugging Face's tokenizers library writes it (version "1.0").
#include "core/base/error.h"
#include "core/formats/json_reader.h"
#include "core/formats/quoted.h"
#include "core/tokenizer/hugging_face_files.h"
#include "core/tokenizer/tokenizer_draft.h"
#include "core/tokenizer/tokenizer_settings.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// Reads the file once from its beginning to its end: its two large tables go straight to where they are
/// needed, all the rest becomes small trees.
class TokenizerJsonReader {
public:
    TokenizerJsonReader(std::string_view text, const std::string& file)
        : m_reader(text, file), m_place{file, {}} {}

    void read(TokenizerDraft& draft) {
        std::string_view key;
        if (m_reader.peek() != JsonReader::Kind::Object) m_place.refuse("is not a JSON object");
        m_reader.enterObject();
        while (m_reader.nextKey(key)) readField(std::string(key), draft);
        m_reader.finish();
        if (!m_hasModel) m_place.at("model").refuse("is missing");
        addTokens(draft);
        readParts(draft);
    }

private:
    void readField(const std::string& name, TokenizerDraft& draft) {
        if (name == "model") {
            if (m_hasModel) m_place.at(name).refuse("is given twice");
            m_hasModel = true;
            readModel(draft);
        } else if (name == "version") {
            if (m_reader.value() != "1.0") m_place.at(name).refuseUnknown("is not \"1.0\"");
        } else if (name == "truncation" || name == "padding") {
            m_reader.skip();  // settings of earlier calls, which transformers sets anew for every call
        } else if (OrderedJson* part = partNamed(name)) {
            if (!part->is_null()) m_place.at(name).refuse("is given twice");
            *part = m_reader.value();
        } else {
            m_place.at(name).refuseUnknown("is not a field that this version knows");
        }
    }

    OrderedJson* partNamed(const std::string& name) {
        if (name == "added_tokens") return &m_addedTokens;
        if (name == "normalizer") return &m_normalizer;
        if (name == "pre_tokenizer") return &m_preTokenizer;
        if (name == "post_processor") return &m_postProcessor;
        return name == "decoder" ? &m_decoder : nullptr;
    }

    void readModel(TokenizerDraft& draft) {
        const JsonPlace place = m_place.at("model");
        OrderedJson settings = OrderedJson::object();
        std::optional<JsonReader> merges;  // where they stand, if the vocabulary comes after them
        bool hasVocabulary = false;
        bool hasMerges = false;
        std::string_view key;
        if (m_reader.peek() != JsonReader::Kind::Object) place.refuse("is not an object");
        m_reader.enterObject();
        while (m_reader.nextKey(key)) {
            const std::string name(key);
            bool& seen = name == "vocab" ? hasVocabulary : hasMerges;
            if (name != "vocab" && name != "merges") {
                if (settings.contains(name)) place.at(name).refuse("is given twice");
                settings[name] = m_reader.value();
                if (name == "type") checkModelType(settings[name], place);
                continue;
            }
            if (seen) place.at(name).refuse("is given twice");
            seen = true;
            if (name == "vocab") {
                draft.readVocabulary(m_reader, place.at(name));
            } else if (hasVocabulary) {
                readMerges(m_reader, draft, place.at(name));
            } else {
                merges = m_reader;
                m_reader.skip();
            }
        }
        if (!hasVocabulary) place.at("vocab").refuse("is missing");
        if (!hasMerges) place.at("merges").refuse("is missing");
        if (merges) readMerges(*merges, draft, place.at("merges"));
        readModelSettings(settings, place, draft);
    }

    static void checkModelType(const OrderedJson& type, const JsonPlace& place) {
        if (!type.is_string()) place.at("type").refuse("is not a text");
        if (type != "BPE")
            place.at("type").refuseUnknown("is " + inQuotes(type.get<std::string>()) +
                                           ", a kind of model that this version does not read");
    }

    static void readMerges(JsonReader& reader, TokenizerDraft& draft, const JsonPlace& place) {
        if (reader.peek() != JsonReader::Kind::Array) place.refuse("is not a list");
        reader.enterArray();
        std::string first;
        for (std::size_t index = 0; reader.nextElement(); ++index) {
            const MergePlace where{place, index};
            if (reader.peek() == JsonReader::Kind::String) {
                draft.addMergeLine(reader.string(), where);
                continue;
            }
            if (reader.peek() != JsonReader::Kind::Array)
                where.place().refuse("is neither a text nor a list");
            reader.enterArray();
            const auto part = [&] {
                if (!reader.nextElement() || reader.peek() != JsonReader::Kind::String)
                    where.place().refuse("is not a list of two tokens");
                return reader.string();
            };
            first = part();
            draft.addMerge(first, part(), where);
            if (reader.nextElement()) where.place().refuse("is not a list of two tokens");
        }
    }

    static void readModelSettings(const OrderedJson& settings, const JsonPlace& place,
                                  TokenizerDraft& draft) {
        const JsonFieldsReader fields(settings, place,
                                      {"type", "dropout", "unk_token", "continuing_subword_prefix",
                                       "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges"});
        if (const OrderedJson* dropout = fields.find("dropout"); dropout && *dropout != 0.0)
            place.at("dropout").refuseUnknown("makes encoding a matter of chance");
        for (const char* name : {"continuing_subword_prefix", "end_of_word_suffix"}) {
            if (fields.find(name) && !fields.text(name).empty())
                place.at(name).refuseUnknown("is not empty, which this version does not read");
        }
        draft.model.fuseUnknown = fields.flag("fuse_unk", false);
        draft.model.byteFallback = fields.flag("byte_fallback", false);
        draft.model.ignoreMerges = fields.flag("ignore_merges", false);
        if (!fields.find("unk_token")) return;
        const std::string unknown = fields.text("unk_token");
        draft.model.unknown = draft.vocabulary.find(unknown);
        if (!draft.model.unknown)
            place.at("unk_token").refuse("is " + inQuotes(unknown) + ", which the vocabulary does not have");
    }

    void addTokens(TokenizerDraft& draft) const {
        const JsonPlace place = m_place.at("added_tokens");
        if (m_addedTokens.is_null()) return;
        if (!m_addedTokens.is_array()) place.refuse("is not a list");
        for (std::size_t i = 0; i < m_addedTokens.size(); ++i) {
            const JsonFieldsReader fields(
                m_addedTokens[i], place.at(i),
                {"id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"});
            AddedToken token = addedTokenOf(fields);
            const std::int64_t id = fields.integer("id");
            if (id < 0 || id >= Vocabulary::kMostIds) {
                place.at(i).at("id").refuse("is " + std::to_string(id) + ", which is not between 0 and " +
                                            std::to_string(Vocabulary::kMostIds - 1));
            }
            token.id = static_cast<TokenId>(id);
            draft.addToken(std::move(token), place.at(i));
        }
    }

    void readParts(TokenizerDraft& draft) const {
        HuggingFaceTokenizer::Parts& parts = draft.parts;
        if (!m_normalizer.is_null())
            parts.normalizer = TextNormalizer(m_normalizer, m_place.at("normalizer"));
        if (!m_preTokenizer.is_null())
            parts.preTokenizer = PreTokenizer(m_preTokenizer, m_place.at("pre_tokenizer"));
        if (!m_decoder.is_null()) parts.decoder = TokenDecoder(m_decoder, m_place.at("decoder"));
        if (!m_postProcessor.is_null())
            readPostProcessor(m_postProcessor, m_place.at("post_processor"), parts);
    }

    static void readPostProcessor(const OrderedJson& json, const JsonPlace& place,
                                  HuggingFaceTokenizer::Parts& parts) {
        const std::string type = jsonType(json, place);
        if (type == "Sequence") {
            const OrderedJson& list = jsonSequence(json, place, "processors");
            for (std::size_t i = 0; i < list.size(); ++i)
                readPostProcessor(list[i], place.at("processors").at(i), parts);
        } else if (type == "ByteLevel") {
            // It only trims offsets.
            const JsonFieldsReader fields(json, place,
                                          {"type", "add_prefix_space", "trim_offsets", "use_regex"});
        } else if (type == "TemplateProcessing") {
            readTemplate(json, place, parts);
        } else {
            place.refuseUnknown("is of the type " + inQuotes(type) + ", which this version does not read");
        }
    }

    /// A template may put one token before a text and one behind it: BOS and EOS.
    static void readTemplate(const OrderedJson& json, const JsonPlace& place,
                             HuggingFaceTokenizer::Parts& parts) {
        const JsonFieldsReader fields(json, place, {"type", "single", "pair", "special_tokens"});
        const OrderedJson& single = fields.required("single");
        const JsonPlace list = place.at("single");
        if (!single.is_array()) list.refuse("is not a list");
        if (parts.addsBos || parts.addsEos) place.refuseUnknown("is a second template");
        bool textSeen = false;
        for (std::size_t i = 0; i < single.size(); ++i) {
            const JsonFieldsReader piece(single[i], list.at(i), {"SpecialToken", "Sequence"});
            if (const OrderedJson* text = piece.find("Sequence")) {
                const JsonFieldsReader sequence(*text, list.at(i), {"id", "type_id"});
                if (textSeen || sequence.text("id") != "A") list.refuseUnknown("does not hold the text once");
                textSeen = true;
                continue;
            }
            const JsonFieldsReader special(piece.required("SpecialToken"), list.at(i), {"id", "type_id"});
            const TokenId id = templateToken(fields.required("special_tokens"), special.text("id"),
                                             place.at("special_tokens"));
            bool& adds = textSeen ? parts.addsEos : parts.addsBos;
            if (adds) list.refuseUnknown("adds two tokens at one side of a text");
            adds = true;
            (textSeen ? parts.eosId : parts.bosId) = id;
        }
        if (!textSeen) list.refuseUnknown("does not hold the text once");
    }

    static TokenId templateToken(const OrderedJson& tokens, const std::string& name, const JsonPlace& place) {
        if (!tokens.is_object() || !tokens.contains(name))
            place.refuse("does not say which token " + inQuotes(name) + " is");
        const JsonFieldsReader fields(tokens[name], place.at(name), {"id", "ids", "tokens"});
        const OrderedJson& ids = fields.required("ids");
        if (!ids.is_array() || ids.size() != 1) place.at(name).at("ids").refuseUnknown("is not a single id");
        const OrderedJson& id = ids[0];
        if (!id.is_number_unsigned() && !(id.is_number_integer() && id.get<std::int64_t>() >= 0))
            place.at(name).at("ids").refuse("holds no token id");
        if (id.get<std::uint64_t>() >= Vocabulary::kMostIds)
            place.at(name).at("ids").refuse("holds an id beyond the vocabulary");
        return id.get<TokenId>();
    }

    JsonReader m_reader;
    JsonPlace m_place;
    bool m_hasModel = false;
    OrderedJson m_addedTokens, m_normalizer, m_preTokenizer, m_postProcessor, m_decoder;
};

void checkId(const std::optional<TokenId>& id, const TokenizerDraft& draft, const JsonPlace& place) {
    if (!id || draft.vocabulary.has(*id)) return;
    for (const AddedToken& token : draft.addedTokens) {
        if (token.id == *id) return;
    }
    place.at("post_processor").refuse("adds the token " + std::to_string(*id) + ", which there is not");
}

}  // namespace

std::unique_ptr<Tokenizer> loadTokenizerJson(const fs::path& folder) {
    const fs::path path = folder / "tokenizer.json";
    const JsonPlace place{path.string(), {}};
    std::unique_ptr<Tokenizer> tokenizer;
    withTokenizerErrors([&] {
        TokenizerDraft draft;
        {
            const std::string text = readTokenizerFile(path);
            TokenizerJsonReader(text, path.string()).read(draft);
        }
        checkId(draft.parts.bosId, draft, place);
        checkId(draft.parts.eosId, draft, place);
        applySettings(readTokenizerSettings(folder), draft);
        tokenizer = draft.finish(place);
    });
    return tokenizer;
}

}  // namespace studio
