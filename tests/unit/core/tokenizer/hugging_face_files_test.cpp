// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tokenizer_choice.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/tokenizer/small_tokenizer.h"

namespace fs = std::filesystem;
using namespace studio;
using test::byteFallbackJson;
using test::byteLevelJson;

namespace {

/// The error that loading FOLDER gives, or "loaded".
std::string problemOf(const fs::path& folder) {
    try {
        loadTokenizer(folder);
    } catch (const Error& e) {
        if (e.code() != ErrorCode::TokenizerInvalid) return std::string("wrong code: ") + e.what();
        return e.what();
    }
    return "loaded";
}

std::string problemOfJson(const std::string& json) {
    const test::TemporaryFolder folder;
    writeFileAtomically(folder / "tokenizer.json", json);
    return problemOf(folder.path());
}

struct Change {
    const char* name;
    const char* place;  ///< a JSON pointer
    const char* value;
    const char* said;  ///< what the message has to name
};

// Each makes a good file one that must not be read.
const Change kChanges[] = {
    {"unigram", "/model/type", R"("Unigram")", "Unigram"},
    {"wordpiece", "/model/type", R"("WordPiece")", "WordPiece"},
    {"dropout", "/model/dropout", "0.1", "model.dropout"},
    {"prefix", "/model/continuing_subword_prefix", R"("##")", "model.continuing_subword_prefix"},
    {"suffix", "/model/end_of_word_suffix", R"("</w>")", "model.end_of_word_suffix"},
    {"unknown model field", "/model/novelty", "1", "novelty"},
    {"unknown field", "/novelty", "1", "novelty"},
    {"version", "/version", R"("2.0")", "version"},
    {"unk not there", "/model/unk_token", R"("<none>")", "unk_token"},
    {"flag of a wrong kind", "/model/byte_fallback", R"("yes")", "byte_fallback"},
    {"byte fallback beside bytes", "/model/byte_fallback", "true", "byte_fallback"},
    {"vocab is a list", "/model/vocab", "[1]", "model.vocab"},
    {"vocab is empty", "/model/vocab", "{}", "model.vocab"},
    {"id is a text", "/model/vocab/a", R"("1")", "\"a\""},
    {"id is negative", "/model/vocab/a", "-1", "-1"},
    {"id is gigantic", "/model/vocab/a", "4000000000", "4000000000"},
    {"id is taken", "/model/vocab/a", "98", "98"},
    {"merges are an object", "/model/merges", "{}", "model.merges"},
    {"merge of one", "/model/merges", R"(["a"])", "model.merges[0]"},
    {"merge of three", "/model/merges", R"([["a","b","c"]])", "model.merges[0]"},
    {"merge of numbers", "/model/merges", "[[1,2]]", "model.merges[0]"},
    {"merge of a number", "/model/merges", R"(["a b",7])", "model.merges"},
    {"merge of unknown tokens", "/model/merges", R"([["a","zz"]])", "zz"},
    {"merge without a result", "/model/merges", R"(["a q"])", "\"aq\""},
    {"added tokens are an object", "/added_tokens", "{}", "added_tokens"},
    {"added id is negative", "/added_tokens/0/id", "-1", "added_tokens[0].id"},
    {"added id is another", "/added_tokens/0/id", "300", "300"},
    {"added flag is missing", "/added_tokens/0/special", "null", "added_tokens[0].special"},
    {"added field is unknown", "/added_tokens/0/more", "true", "more"},
    {"normalizer", "/normalizer", R"({"type":"Precompiled","precompiled_charsmap":""})", "Precompiled"},
    {"normalizer field", "/normalizer", R"({"type":"NFC","form":1})", "form"},
    {"nested normalizer", "/normalizer", R"({"type":"Sequence","normalizers":[{"type":"Nmt"}]})",
     "normalizers[0]"},
    {"pre-tokenizer", "/pre_tokenizer", R"({"type":"BertPreTokenizer"})", "BertPreTokenizer"},
    {"pre-tokenizer of a wrong kind", "/pre_tokenizer", "7", "pre_tokenizer"},
    {"two byte levels", "/pre_tokenizer",
     R"({"type":"Sequence","pretokenizers":[{"type":"ByteLevel","add_prefix_space":false},{"type":"ByteLevel","add_prefix_space":false}]})",
     "second ByteLevel"},
    {"regex is broken", "/pre_tokenizer",
     R"({"type":"Split","pattern":{"Regex":"(["},"behavior":"Isolated","invert":false})", "pattern.Regex"},
    {"regex is not exact", "/pre_tokenizer",
     R"({"type":"Split","pattern":{"Regex":"\\Gx"},"behavior":"Isolated","invert":false})", "pattern.Regex"},
    {"behavior", "/pre_tokenizer",
     R"({"type":"Split","pattern":{"String":"x"},"behavior":"Odd","invert":false})", "behavior"},
    {"decoder", "/decoder", R"({"type":"WordPiece","prefix":"##","cleanup":true})", "decoder"},
    {"decoder in a wrong place", "/decoder",
     R"({"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Replace","pattern":{"String":"a"},"content":"b"}]})",
     "decoders[1]"},
    {"post-processor", "/post_processor", R"({"type":"BertProcessing","sep":["a",1],"cls":["b",2]})",
     "BertProcessing"},
    {"template without text", "/post_processor",
     R"({"type":"TemplateProcessing","single":[],"pair":[],"special_tokens":{}})", "single"},
    {"template token is not there", "/post_processor",
     R"({"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"x":{"id":"x","ids":[999],"tokens":["x"]}}})",
     "999"},
};

}  // namespace

class HuggingFaceFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void load_changedJson_isRefusedByName_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(kChanges); ++i)
            QTest::newRow(kChanges[i].name) << static_cast<int>(i);
    }

    void load_changedJson_isRefusedByName() {
        QFETCH(const int, index);
        const Change& change = kChanges[index];
        OrderedJson json = byteLevelJson({"a b"});
        json[OrderedJson::json_pointer(change.place)] = OrderedJson::parse(change.value);
        const std::string problem = problemOfJson(json.dump());
        QVERIFY2(problem.find("tokenizer.json") != std::string::npos, problem.c_str());
        QVERIFY2(problem.find(change.said) != std::string::npos, problem.c_str());
        QVERIFY2(problem.find('\n') == std::string::npos, problem.c_str());
        QVERIFY2(problem.find("wrong code") == std::string::npos, problem.c_str());
    }

    void load_missingOrDoubledParts_areNamed() {
        for (const char* part : {"vocab", "merges"}) {
            OrderedJson json = byteLevelJson({});
            json["model"].erase(part);
            QVERIFY(problemOfJson(json.dump()).find(std::string("model.") + part) != std::string::npos);
        }
        QVERIFY(problemOfJson("{}").find("model") != std::string::npos);
        QVERIFY(problemOfJson("[]").find("not a JSON object") != std::string::npos);
        QVERIFY(problemOfJson(R"({"model":{"vocab":{"a":0,"a":1},"merges":[]}})").find("twice") !=
                std::string::npos);
        QVERIFY(problemOfJson(R"({"model":{"merges":[],"merges":[]}})").find("twice") != std::string::npos);
        QVERIFY(problemOfJson("").find("empty") != std::string::npos);
        QVERIFY(problemOfJson("\xFF{}").find("UTF-8") != std::string::npos);
    }

    void load_cutAnywhere_isRefused() {
        const std::string whole = byteLevelJson({"a b"}).dump();
        QCOMPARE(problemOfJson(whole), std::string("loaded"));
        for (std::size_t size = 0; size < whole.size(); size += 37)
            QVERIFY(problemOfJson(whole.substr(0, size)) != "loaded");
    }

    void load_deepNesting_isRefused() {
        const std::string deep(100'000, '[');
        QVERIFY(problemOfJson(R"({"normalizer":)" + deep).find("deep") != std::string::npos);
        QVERIFY(problemOfJson(R"({"padding":)" + deep).find("deep") != std::string::npos);
        std::string nested = R"({"type":"NFC"})";
        for (int i = 0; i < 90; ++i) nested = R"({"type":"Sequence","normalizers":[)" + nested + "]}";
        OrderedJson json = byteLevelJson({});
        json["normalizer"] = OrderedJson::parse(nested);
        QCOMPARE(problemOfJson(json.dump()), std::string("loaded"));
    }

    void load_mergesBeforeVocabulary_areRead() {
        const OrderedJson json = byteLevelJson({"a b"});
        OrderedJson turned = json;
        turned["model"] = {{"merges", json["model"]["merges"]}, {"vocab", json["model"]["vocab"]}};
        QCOMPARE(test::loaded(turned)->encode("ab"), test::loaded(json)->encode("ab"));
    }

    void load_configOfAWrongKind_isNamed() {
        const OrderedJson json = byteLevelJson({});
        const auto problem = [&](const std::string& config) {
            const test::TemporaryFolder folder;
            writeFileAtomically(folder / "tokenizer.json", json.dump());
            writeFileAtomically(folder / "tokenizer_config.json", config);
            return problemOf(folder.path());
        };
        for (const char* config : {"[]", R"({"add_bos_token": 1})", R"({"bos_token": "<none>"})",
                                   R"({"eos_token": [1]})", R"({"added_tokens_decoder": {"x": {}}})",
                                   R"({"added_tokens_decoder": {"999999999": {}}})", "{"}) {
            QVERIFY2(problem(config).find("tokenizer_config.json") != std::string::npos,
                     problem(config).c_str());
        }
        QCOMPARE(problem(R"({"bos_token": null, "chat_template": "{{x}}", "anything": {}})"),
                 std::string("loaded"));
    }

    void vocabularyAndMerges_areGpt2_unlessToldOtherwise() {
        const test::TemporaryFolder folder;
        const OrderedJson json = byteLevelJson({"1 2", "Ġ a"});
        writeFileAtomically(folder / "vocab.json", json["model"]["vocab"].dump());
        writeFileAtomically(folder / "merges.txt", "#version: 0.2\r\n1 2\nĠ a\n");
        const auto count = [&](const char* text) {
            return loadTokenizer(folder.path())->encode(text).size();
        };
        QCOMPARE(count("12 a"), std::size_t{2});
        QCOMPARE(chooseTokenizer(folder.path()).kind, std::string("byte-level BPE"));
        QCOMPARE(loadTokenizer(folder.path())->kind(), std::string("byte-level BPE"));
        writeFileAtomically(folder / "tokenizer_config.json", R"({"tokenizer_class": "Qwen2Tokenizer"})");
        QCOMPARE(count("12 a"), std::size_t{3});     // each digit a word
        QCOMPARE(count("e\u0301"), std::size_t{2});  // NFC
        writeFileAtomically(folder / "tokenizer_config.json",
                            R"({"tokenizer_class": "GPT2TokenizerFast", "add_prefix_space": true})");
        QCOMPARE(count("a"), std::size_t{1});
        QCOMPARE(count("b"), std::size_t{2});
        writeFileAtomically(folder / "tokenizer_config.json", R"({"tokenizer_class": "CLIPTokenizer"})");
        QVERIFY(problemOf(folder.path()).find("CLIPTokenizer") != std::string::npos);
    }

    // Models that were fine-tuned before 2023 have their own tokens in a file of their own.
    void addedTokensJson_withoutDecoderInConfig_isRead() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "vocab.json", byteLevelJson({"1 2"})["model"]["vocab"].dump());
        writeFileAtomically(folder / "merges.txt", "#version: 0.2\n1 2\n");
        writeFileAtomically(folder / "added_tokens.json", R"({"<|turn|>": 258, "<|pad|>": 257})");
        writeFileAtomically(folder / "special_tokens_map.json", R"({"pad_token": "<|pad|>"})");
        const auto tokenizer = loadTokenizer(folder.path());
        const std::vector<std::int64_t> ids{257, 258, 256};
        QCOMPARE(tokenizer->encode("<|pad|><|turn|>12"), ids);
        QCOMPARE(tokenizer->decode(ids), std::string("<|turn|>12"));
        for (const char* bad : {R"({"<|pad|>": "257"})", R"({"<|pad|>": -1})", R"({"<|pad|>": 300})", "[]"}) {
            writeFileAtomically(folder / "added_tokens.json", bad);
            QVERIFY2(problemOf(folder.path()).find("added_tokens.json") != std::string::npos,
                     problemOf(folder.path()).c_str());
        }
        writeFileAtomically(folder / "tokenizer_config.json", R"({"added_tokens_decoder": {}})");
        QVERIFY(loadTokenizer(folder.path())->encode("<|pad|>").size() > 1);
    }

    // openai-community/gpt2 says {"model_max_length": 1024} and nothing more; its class knows the token.
    void specialTokens_notNamed_areThoseOfTheClass() {
        const test::TemporaryFolder folder;
        OrderedJson json = byteLevelJson({});
        json["added_tokens"].push_back(test::addedToken(257, "<|endoftext|>", {"normalized", "special"}));
        writeFileAtomically(folder / "tokenizer.json", json.dump());
        writeFileAtomically(folder / "tokenizer_config.json", R"({"model_max_length": 1024})");
        const auto eosFor = [&](const char* config) {
            writeFileAtomically(folder / "config.json", config);
            return loadTokenizer(folder.path())->eosId();
        };
        const std::optional<std::int64_t> end = 257;
        QCOMPARE(eosFor(R"({"model_type": "gpt2"})"), end);
        const auto tokenizer = loadTokenizer(folder.path());
        QCOMPARE(tokenizer->bosId(), end);
        QVERIFY(!tokenizer->addsBos() && !tokenizer->addsEos());
        QVERIFY(!eosFor(R"({"model_type": "llama"})"));  // no "</s>" here
        QVERIFY(!eosFor(R"({"model_type": 7})"));
        QVERIFY(!eosFor("{ broken"));
        const auto eosWith = [&](const char* config) {
            writeFileAtomically(folder / "tokenizer_config.json", config);
            return loadTokenizer(folder.path())->eosId();
        };
        QCOMPARE(eosWith(R"({"tokenizer_class": "GPT2TokenizerFast"})"), end);
        QVERIFY(!eosWith(R"({"tokenizer_class": "GPT2TokenizerFast", "eos_token": null})"));
        QVERIFY(!eosWith(R"({"tokenizer_class": "PreTrainedTokenizerFast"})"));
        QCOMPARE(eosWith(R"({"tokenizer_class": "GPT2Tokenizer", "eos_token": "<|end|>"})"),
                 std::optional<std::int64_t>(256));
    }

    void vocabularyAndMerges_withoutConfig_haveGpt2sToken() {
        const test::TemporaryFolder folder;
        OrderedJson vocabulary = byteLevelJson({})["model"]["vocab"];
        vocabulary["<|endoftext|>"] = 256;
        writeFileAtomically(folder / "vocab.json", vocabulary.dump());
        writeFileAtomically(folder / "merges.txt", "#version: 0.2\n");
        const auto tokenizer = loadTokenizer(folder.path());
        QCOMPARE(tokenizer->eosId(), std::optional<std::int64_t>(256));
        QCOMPARE(tokenizer->encode("<|endoftext|>"), (std::vector<std::int64_t>{256}));
        QCOMPARE(tokenizer->decode({256}), std::string());
    }

    void vocabularyAndMerges_badLine_isNamed() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "vocab.json", byteLevelJson({"1 2"})["model"]["vocab"].dump());
        for (const char* line : {"one", "1 2 3", "", "1 zz"}) {
            writeFileAtomically(folder / "merges.txt", std::string("#version: 0.2\n1 2\n") + line + "\n");
            QVERIFY2(problemOf(folder.path()).find("merges.txt, line 3") != std::string::npos,
                     problemOf(folder.path()).c_str());
        }
    }

    void chooseTokenizer_severalFiles_followsTheRule() {
        const test::TemporaryFolder folder;
        QCOMPARE(chooseTokenizer(folder.path()).file, TokenizerFile::None);
        QVERIFY(problemOf(folder.path()).find("no tokenizer") != std::string::npos);
        const auto file = [&] { return chooseTokenizer(folder.path()).file; };
        // A ModelProto with 260 pieces (field 1), none of them of any length.
        std::string pieces;
        for (int i = 0; i < 267; ++i) pieces += std::string("\x0A\0", 2);
        writeFileAtomically(folder / "tokenizer.model", pieces);
        QCOMPARE(file(), TokenizerFile::SentencePiece);
        writeFileAtomically(folder / "tokenizer.json", byteFallbackJson().dump());
        QCOMPARE(file(), TokenizerFile::SentencePiece);
        OrderedJson more = byteFallbackJson();
        more["added_tokens"].push_back(test::addedToken(267, "<|user|>", {"special"}));
        writeFileAtomically(folder / "tokenizer.json", more.dump());
        QCOMPARE(file(), TokenizerFile::TokenizerJson);
        writeFileAtomically(folder / "tokenizer.json", byteLevelJson({}).dump());
        QCOMPARE(file(), TokenizerFile::TokenizerJson);
        writeFileAtomically(folder / "tokenizer.json", byteFallbackJson().dump());
        writeFileAtomically(folder / "tokenizer_config.json",
                            R"({"tokenizer_class": "PreTrainedTokenizerFast"})");
        QCOMPARE(file(), TokenizerFile::TokenizerJson);
        QCOMPARE(chooseTokenizer(folder.path()).kind, std::string("byte-fallback BPE"));
        fs::remove(folder / "tokenizer_config.json");
        QCOMPARE(file(), TokenizerFile::SentencePiece);
        writeFileAtomically(folder / "tokenizer.model", "IQ== 0\nIg== 1\n");
        QCOMPARE(file(), TokenizerFile::TokenizerJson);
        writeFileAtomically(folder / "tokenizer.json", R"({"model": {"type": "Unigram", "vocab": []}})");
        QCOMPARE(file(), TokenizerFile::SentencePiece);
        fs::remove(folder / "tokenizer.model");
        QCOMPARE(file(), TokenizerFile::TokenizerJson);
        QVERIFY(chooseTokenizer(folder.path()).kind.empty());
    }

    // TinyLlama, Zephyr and Mistral have both files; their templates write "</s>" behind every answer.
    void chooseTokenizer_chatTemplate_takesTheOneThatReadsSpecialTokens() {
        const test::TemporaryFolder folder;
        std::string pieces;
        for (int i = 0; i < 267; ++i) pieces += std::string("\x0A\0", 2);
        writeFileAtomically(folder / "tokenizer.model", pieces);
        writeFileAtomically(folder / "tokenizer.json", byteFallbackJson().dump());
        const auto file = [&](const char* config) {
            writeFileAtomically(folder / "tokenizer_config.json", config);
            return chooseTokenizer(folder.path()).file;
        };
        QCOMPARE(file(R"({"tokenizer_class": "LlamaTokenizer", "chat_template": null})"),
                 TokenizerFile::SentencePiece);
        QCOMPARE(file(R"({"tokenizer_class": "LlamaTokenizer", "chat_template": "{{ eos_token }}"})"),
                 TokenizerFile::TokenizerJson);
        const auto ids = loadTokenizer(folder.path())->encode("a</s>");
        QCOMPARE(ids.back(), std::int64_t{2});
        QCOMPARE(file(R"({"tokenizer_class": "LlamaTokenizer", "chat_template": ""})"),
                 TokenizerFile::SentencePiece);
        QCOMPARE(file("{}"), TokenizerFile::SentencePiece);
        writeFileAtomically(folder / "chat_template.jinja", "{{ eos_token }}");
        QCOMPARE(file("{}"), TokenizerFile::TokenizerJson);
        QCOMPARE(file("{ broken"), TokenizerFile::SentencePiece);
    }
};

STUDIO_TEST(HuggingFaceFilesTest)
#include "hugging_face_files_test.moc"
