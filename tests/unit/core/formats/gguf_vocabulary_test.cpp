// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_vocabulary.h"

#include "core/formats/vocabulary_files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

ModelConfig smallModel() {
    return parseModelConfig(test::smallConfig("LlamaForCausalLM"), "config.json");
}

OrderedJson byteLevel(bool ownPattern) {
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", ownPattern}};
}

/// A byte-level tokenizer.json with six tokens and two merges.
OrderedJson smallTokenizer() {
    return {{"normalizer", nullptr},
            {"pre_tokenizer", byteLevel(true)},
            {"post_processor", byteLevel(true)},
            {"added_tokens", OrderedJson::array({{{"id", 5}, {"content", "<end>"}, {"special", true}},
                                                 {{"id", 7}, {"content", "<extra>"}, {"special", false}}})},
            {"model",
             {{"type", "BPE"},
              {"vocab", {{"a", 0}, {"b", 1}, {"Ġ", 2}, {"ab", 3}, {"Ġab", 4}}},
              {"merges", {"a b", "Ġ ab"}}}}};
}

OrderedJson splitBy(const char* pattern, bool wholeWords) {
    OrderedJson json = smallTokenizer();
    json["pre_tokenizer"] = {
        {"type", "Sequence"},
        {"pretokenizers",
         OrderedJson::array({{{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}},
                             byteLevel(false)})}};
    json["model"]["ignore_merges"] = wholeWords;
    return json;
}

constexpr const char* kThreeDigits =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

GgufVocabulary read(const fs::path& folder, const OrderedJson& tokenizer, const OrderedJson& config) {
    writeJsonFile(folder / "tokenizer.json", tokenizer);
    writeJsonFile(folder / "tokenizer_config.json", config);
    return readGgufVocabulary(folder, smallModel());
}

}  // namespace

class GgufVocabularyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void read_byteLevel_hasEveryIdAndItsKind() {
        const test::TemporaryFolder folder;
        const GgufVocabulary read1 = read(folder.path(), smallTokenizer(),
                                          {{"eos_token", "<end>"}, {"pad_token", {{"content", "b"}}}});
        QCOMPARE(read1.model, std::string("gpt2"));
        QCOMPARE(read1.pre, std::string("gpt-2"));
        QCOMPARE(read1.tokens.size(), std::size_t{40});
        QCOMPARE(read1.tokens[4], std::string("Ġab"));
        QVERIFY(read1.types[4] == GgufToken::Normal && read1.types[5] == GgufToken::Control);
        QVERIFY(read1.types[7] == GgufToken::UserDefined && read1.types[6] == GgufToken::Unused);
        QCOMPARE(read1.tokens[6], std::string("[PAD6]"));
        QCOMPARE(read1.merges, (std::vector<std::string>{"a b", "Ġ ab"}));
        QVERIFY(read1.scores.empty());
        QVERIFY(read1.padId == 1 && read1.types[1] == GgufToken::Control);
        // config.json says that 2 ends a text and does not know of 5.
        QVERIFY(read1.eosId == 2 && !read1.addsBos);
    }

    void read_mergesAsPairs_areTheSame() {
        const test::TemporaryFolder folder;
        OrderedJson json = smallTokenizer();
        json["model"]["merges"] = OrderedJson::array({{"a", "b"}, {"Ġ", "ab"}});
        QCOMPARE(read(folder.path(), json, OrderedJson::object()).merges,
                 (std::vector<std::string>{"a b", "Ġ ab"}));
        json["model"]["merges"] = {"a Ġ"};
        STUDIO_COMPARE_ERROR_TEXT(read(folder.path(), json, OrderedJson::object()),
                                  ErrorCode::TokenizerInvalid, "does not give a token");
    }

    void read_oldFiles_areNamedByTheirClass() {
        const test::TemporaryFolder folder;
        writeJsonFile(folder / "vocab.json", {{"a", 0}, {"b", 1}, {"ab", 3}, {"<end>", 5}});
        writeFileAtomically(folder / "merges.txt", "#version: 0.2\r\na b\r\n");
        writeJsonFile(folder / "tokenizer_config.json", {{"tokenizer_class", "Qwen2TokenizerFast"}});
        writeJsonFile(folder / "special_tokens_map.json", {{"unk_token", "<end>"}});
        const GgufVocabulary vocabulary = readGgufVocabulary(folder.path(), smallModel());
        QCOMPARE(vocabulary.pre, std::string("qwen2"));
        QCOMPARE(vocabulary.merges, std::vector<std::string>{"a b"});
        QVERIFY(vocabulary.types[5] == GgufToken::Control && vocabulary.unknownId == 5);
        writeJsonFile(folder / "tokenizer_config.json", {{"tokenizer_class", "FalconTokenizer"}});
        STUDIO_COMPARE_ERROR_TEXT(readGgufVocabulary(folder.path(), smallModel()),
                                  ErrorCode::ModelUnsupported, "FalconTokenizer");
    }

    void preTokenizerName_knownPatterns_haveTheirNames() {
        OrderedJson json = smallTokenizer();
        QCOMPARE(preTokenizerName(json, "t"), std::string("gpt-2"));
        json["normalizer"] = {{"type", "NFC"}};
        QCOMPARE(preTokenizerName(json, "t"), std::string("olmo"));
        QCOMPARE(preTokenizerName(splitBy(kThreeDigits, true), "t"), std::string("llama-bpe"));
        QCOMPARE(preTokenizerName(splitBy(kThreeDigits, false), "t"), std::string("smaug-bpe"));
        json = smallTokenizer();
        json["pre_tokenizer"] = {
            {"type", "Sequence"},
            {"pretokenizers",
             OrderedJson::array({{{"type", "Digits"}, {"individual_digits", true}}, byteLevel(true)})}};
        QCOMPARE(preTokenizerName(json, "t"), std::string("smollm"));
    }

    void preTokenizerName_unknownPattern_isRefusedByIt() {
        STUDIO_COMPARE_ERROR_TEXT(preTokenizerName(splitBy(R"(\w+|\s+)", false), "t"),
                                  ErrorCode::ModelUnsupported, R"(\w+|\s+)");
        OrderedJson json = smallTokenizer();
        json["pre_tokenizer"] = {{"type", "Whitespace"}};
        STUDIO_COMPARE_ERROR(preTokenizerName(json, "t"), ErrorCode::ModelUnsupported);
        json["pre_tokenizer"] = nullptr;
        STUDIO_COMPARE_ERROR(preTokenizerName(json, "t"), ErrorCode::ModelUnsupported);
        json["pre_tokenizer"] = {{"type", "ByteLevel"}, {"add_prefix_space", true}};
        STUDIO_COMPARE_ERROR_TEXT(preTokenizerName(json, "t"), ErrorCode::ModelUnsupported,
                                  "add_prefix_space");
    }

    void read_otherAlgorithms_areRefusedByName() {
        const test::TemporaryFolder folder;
        const auto refused = [&](const char* place, const OrderedJson& value, const char* part) {
            OrderedJson json = smallTokenizer();
            json[OrderedJson::json_pointer(place)] = value;
            STUDIO_COMPARE_ERROR_TEXT(read(folder.path(), json, OrderedJson::object()),
                                      ErrorCode::ModelUnsupported, part);
        };
        refused("/model/type", "WordPiece", "WordPiece");
        refused("/model/byte_fallback", true, "byte_fallback");
        refused("/model/end_of_word_suffix", "</w>", "end_of_word_suffix");
        refused("/normalizer", {{"type", "Lowercase"}}, "Lowercase");
    }

    void read_damagedFiles_areRefused() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR(readGgufVocabulary(folder.path(), smallModel()), ErrorCode::TokenizerInvalid);
        const auto refused = [&](const char* place, const OrderedJson& value, const char* part) {
            OrderedJson json = smallTokenizer();
            json[OrderedJson::json_pointer(place)] = value;
            STUDIO_COMPARE_ERROR_TEXT(read(folder.path(), json, OrderedJson::object()),
                                      ErrorCode::TokenizerInvalid, part);
        };
        refused("/model", 3, "\"model\" is missing");
        refused("/model/vocab", OrderedJson::array(), "vocabulary");
        refused("/model/vocab", {{"a", "0"}}, "not a whole number");
        refused("/model/vocab", {{"a", 40}}, "has the id 40");
        refused("/model/vocab", {{"a", -1}}, "has the id -1");
        refused("/model/merges", "a b", "list of merges");
        refused("/added_tokens/0/content", "ab", "are both");
        refused("/added_tokens/0", OrderedJson{{"content", "x"}}, "no id");
    }

    void read_specialsAroundTexts_comeFromThePostProcessor() {
        const test::TemporaryFolder folder;
        OrderedJson json = smallTokenizer();
        const OrderedJson special = {{"SpecialToken", {{"id", "<end>"}}}},
                          text = {{"Sequence", {{"id", "A"}}}};
        json["post_processor"] = {
            {"type", "Sequence"},
            {"processors", OrderedJson::array({byteLevel(true),
                                               {{"type", "TemplateProcessing"},
                                                {"single", OrderedJson::array({special, text})}}})}};
        const GgufVocabulary vocabulary = read(folder.path(), json, {{"bos_token", "<end>"}});
        QVERIFY(vocabulary.addsBos && !vocabulary.addsEos);
        QVERIFY(vocabulary.bosId == 5);
    }

    void read_flagsOfTheConfig_goBeforeThePostProcessor() {
        const test::TemporaryFolder folder;
        OrderedJson json = smallTokenizer();
        const OrderedJson text = {{"Sequence", {{"id", "A"}}}};
        const auto special = [](const char* name) { return OrderedJson{{"SpecialToken", {{"id", name}}}}; };
        json["post_processor"] = {{"type", "TemplateProcessing"},
                                  {"single", OrderedJson::array({special("a"), text, special("<end>")})}};
        STUDIO_COMPARE_ERROR_TEXT(read(folder.path(), json, OrderedJson::object()),
                                  ErrorCode::ModelUnsupported,
                                  "behind texts");  // config.json says that 2 ends a text
        const GgufVocabulary first =
            read(folder.path(), json, {{"add_eos_token", false}, {"bos_token", "b"}});
        QVERIFY(first.addsBos && !first.addsEos && first.bosId == 0);  // the post-processor's own token
        const GgufVocabulary none =
            read(folder.path(), json, {{"add_eos_token", false}, {"add_bos_token", false}});
        QVERIFY(!none.addsBos);
        const GgufVocabulary llama =
            read(folder.path(), smallTokenizer(), {{"tokenizer_class", "LlamaTokenizerFast"}});
        QVERIFY(llama.addsBos);
    }

    void read_unlimitedLengthAndComposedCharacters_areKnown() {
        const test::TemporaryFolder folder;
        OrderedJson json = smallTokenizer();
        json["normalizer"] = {{"type", "NFC"}};
        writeJsonFile(folder / "tokenizer.json", json);
        writeFileAtomically(folder / "tokenizer_config.json",
                            R"({"model_max_length": 1000000000000000019884624838656, "eos_token": "<end>"})");
        const GgufVocabulary vocabulary = readGgufVocabulary(folder.path(), smallModel());
        QCOMPARE(vocabulary.notes.size(), std::size_t{1});
        QCOMPARE(vocabulary.notes.front().rule, std::string("composes_characters"));
        writeFileAtomically(folder / "tokenizer_config.json", "{");
        STUDIO_COMPARE_ERROR(readGgufVocabulary(folder.path(), smallModel()), ErrorCode::TokenizerInvalid);
    }

    void read_tokensThatOnlyTheJsonHas_joinThePieces() {
        const test::TemporaryFolder folder;
        test::writePieces(folder.path());
        OrderedJson json = smallTokenizer();
        json["pre_tokenizer"] = nullptr;
        json["model"]["byte_fallback"] = true;
        json["added_tokens"] = OrderedJson::array({{{"id", 8}, {"content", "<|user|>"}, {"special", true}}});
        writeJsonFile(folder / "tokenizer.json", json);
        const GgufVocabulary vocabulary = readGgufVocabulary(folder.path(), smallModel());
        QCOMPARE(vocabulary.model, std::string("llama"));
        QVERIFY(vocabulary.tokens[8] == "<|user|>" && vocabulary.types[8] == GgufToken::Control);
        QCOMPARE(vocabulary.scores[5], -1.0F);
        fs::remove(folder / "tokenizer.model");
        STUDIO_COMPARE_ERROR_TEXT(readGgufVocabulary(folder.path(), smallModel()),
                                  ErrorCode::ModelUnsupported, "byte_fallback");
    }

    void read_severalEnds_areTheTextsAndTheTurns() {
        const test::TemporaryFolder folder;
        OrderedJson json = test::smallConfig("LlamaForCausalLM");
        json["eos_token_id"] = {3, 5};
        writeJsonFile(folder / "tokenizer.json", smallTokenizer());
        writeJsonFile(folder / "tokenizer_config.json", {{"eos_token", "<end>"}});
        const GgufVocabulary both = readGgufVocabulary(folder.path(), parseModelConfig(json, "c"));
        QVERIFY(both.eosId == 5 && both.turnEndId == 3);
        json.erase("eos_token_id");
        writeJsonFile(folder / "generation_config.json", {{"eos_token_id", {5, 4}}});
        const GgufVocabulary later = readGgufVocabulary(folder.path(), parseModelConfig(json, "c"));
        QVERIFY(later.eosId == 5 && later.turnEndId == 4);
        fs::remove(folder / "generation_config.json");
        fs::remove(folder / "tokenizer_config.json");
        STUDIO_COMPARE_ERROR_TEXT(readGgufVocabulary(folder.path(), parseModelConfig(json, "c")),
                                  ErrorCode::ModelUnsupported, "eos_token");
    }

    void read_chatTemplates_areAllTaken() {
        const test::TemporaryFolder folder;
        const GgufVocabulary one = read(folder.path(), smallTokenizer(), {{"chat_template", "A"}});
        QCOMPARE(one.chatTemplates, (std::vector<std::pair<std::string, std::string>>{{"", "A"}}));
        const OrderedJson list = OrderedJson::array(
            {{{"name", "default"}, {"template", "A"}}, {{"name", "tool_use"}, {"template", "B"}}});
        const GgufVocabulary two = read(folder.path(), smallTokenizer(), {{"chat_template", list}});
        QCOMPARE(two.chatTemplates,
                 (std::vector<std::pair<std::string, std::string>>{{"", "A"}, {"tool_use", "B"}}));
        writeFileAtomically(folder / "chat_template.jinja", "");  // none, wherever it stands
        QCOMPARE(readGgufVocabulary(folder.path(), smallModel()).chatTemplates, two.chatTemplates);
        writeFileAtomically(folder / "chat_template.jinja", "C");
        const GgufVocabulary own = readGgufVocabulary(folder.path(), smallModel());
        QCOMPARE(own.chatTemplates,
                 (std::vector<std::pair<std::string, std::string>>{{"", "C"}, {"tool_use", "B"}}));
        GgufMetadata keys;
        appendVocabularyKeys(own, keys);
        QVERIFY(keys[keys.size() - 3] ==
                std::pair(std::string("tokenizer.chat_template"), GgufValue(std::string("C"))));
        QVERIFY(keys.back() == std::pair(std::string("tokenizer.chat_templates"),
                                         GgufValue(GgufArray(std::vector<std::string>{"tool_use"}))));
    }

    void read_chatTemplateThatIsNone_isLeftOutAndNoted() {
        const test::TemporaryFolder folder;
        const GgufVocabulary vocabulary = read(folder.path(), smallTokenizer(), {{"chat_template", 3}});
        QVERIFY(vocabulary.chatTemplates.empty());
        QCOMPARE(vocabulary.notes.size(), std::size_t{1});
        QCOMPARE(vocabulary.notes.front().rule, std::string(kChatTemplateLeftOut));
        QCOMPARE(vocabulary.notes.front().args,
                 std::vector<std::string>{(folder / "tokenizer_config.json").string()});
        QCOMPARE(vocabulary.tokens.size(),
                 read(folder.path(), smallTokenizer(), OrderedJson::object()).tokens.size());
    }

    void read_sentencePieces_keepScoresAndKinds() {
        const test::TemporaryFolder folder;
        test::writePieces(folder.path());
        const GgufVocabulary vocabulary = readGgufVocabulary(folder.path(), smallModel());
        QCOMPARE(vocabulary.model, std::string("llama"));
        QCOMPARE(vocabulary.tokens.size(), std::size_t{40});
        QCOMPARE(vocabulary.tokens[5], std::string("▁a"));
        QCOMPARE(vocabulary.scores[5], -1.0F);
        QVERIFY(vocabulary.types[0] == GgufToken::Unknown && vocabulary.types[1] == GgufToken::Control);
        QVERIFY(vocabulary.types[3] == GgufToken::Byte && vocabulary.types[39] == GgufToken::Unused);
        // A line break that is in no other piece: as a plain token it is what sentencepiece makes of it.
        QVERIFY(vocabulary.types[4] == GgufToken::Normal);
        QVERIFY(vocabulary.addsBos && !vocabulary.addsEos && vocabulary.addsSpacePrefix);
        QVERIFY(vocabulary.bosId == 1 && vocabulary.eosId == 2 && vocabulary.unknownId == 0);
        QVERIFY(vocabulary.notes.empty());
    }

    void read_addedTokensBehindThePieces_areThere() {
        const test::TemporaryFolder folder;
        test::writePieces(folder.path());
        writeJsonFile(folder / "tokenizer_config.json",
                      {{"add_bos_token", false},
                       {"eos_token", "<|end|>"},
                       {"added_tokens_decoder",
                        {{"2", {{"content", "</s>"}, {"special", true}}},
                         {"8", {{"content", "<|end|>"}, {"special", true}}}}}});
        writeJsonFile(folder / "added_tokens.json", {{"<plain>", 9}});
        const GgufVocabulary vocabulary = readGgufVocabulary(folder.path(), smallModel());
        QVERIFY(vocabulary.tokens[8] == "<|end|>" && vocabulary.types[8] == GgufToken::Control);
        QVERIFY(vocabulary.tokens[9] == "<plain>" && vocabulary.types[9] == GgufToken::UserDefined);
        QVERIFY(!vocabulary.addsBos);
    }

    void read_sentencePiecesWithOtherRules_areRefusedOrNoted() {
        const test::TemporaryFolder folder;
        test::SentencePieceBytes bytes;
        bytes.piece("<unk>", 0.0F, SentencePiece::Kind::Unknown)
            .piece("ab", 0.0F, SentencePiece::Kind::UserDefined);
        bytes.rewrites = bytes.removesExtraSpaces = true;
        bytes.byteFallback = false;
        bytes.normalizer = "nmt_nfkc";
        writeFileAtomically(folder / "tokenizer.model", bytes.text());
        const GgufVocabulary vocabulary = readGgufVocabulary(folder.path(), smallModel());
        QCOMPARE(vocabulary.notes.size(), std::size_t{4});
        const char* const rules[] = {"rewrites_characters", "removes_extra_spaces", "no_byte_tokens",
                                     "space_behind_token"};
        for (std::size_t i = 0; i < std::size(rules); ++i)
            QCOMPARE(vocabulary.notes[i].rule, std::string(rules[i]));
        QCOMPARE(vocabulary.notes[0].args, std::vector<std::string>{"nmt_nfkc"});
        QCOMPARE(vocabulary.notes[3].args, std::vector<std::string>{"ab"});
        // What the command line says.
        QVERIFY(vocabulary.notes[0].message.find("nmt_nfkc") != std::string::npos);
        QVERIFY(vocabulary.types[1] == GgufToken::UserDefined);
        bytes.algorithm = SentencePieceModel::Algorithm::Unigram;
        writeFileAtomically(folder / "tokenizer.model", bytes.text());
        STUDIO_COMPARE_ERROR_TEXT(readGgufVocabulary(folder.path(), smallModel()),
                                  ErrorCode::ModelUnsupported, "unigram");
    }
};

STUDIO_TEST(GgufVocabularyTest)
#include "gguf_vocabulary_test.moc"
