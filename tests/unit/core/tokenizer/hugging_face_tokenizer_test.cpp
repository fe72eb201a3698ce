// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>
#include <thread>

#include "core/text/unicode.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/tokenizer/small_tokenizer.h"

using namespace studio;
using test::addedToken;
using test::byteFallbackJson;
using test::byteLevelJson;
using test::loaded;
using Ids = std::vector<std::int64_t>;

namespace {

const std::vector<std::string>& englishMerges() {
    static const std::vector<std::string> merges = {"h e", "Ġ t", "Ġt he", "i n",  "l l",
                                                    "o Ġ", "Ã ©", "Ġ Ġ",   "ĠĠ ĠĠ"};
    return merges;
}

std::string randomUtf8(std::mt19937& random) {
    std::string text;
    for (unsigned count = random() % 40; count > 0; --count) {
        static const char* const kPieces[] = {"the", " the",    "in",   "  ", "\n", "'s",
                                              "é",   "<|end|>", "<|en", "12", "▁"};
        if (random() % 3 != 0) {
            text += kPieces[random() % std::size(kPieces)];
            continue;
        }
        const char32_t limits[] = {0x80, 0x800, 0x10000, 0x110000};
        char32_t c = random() % limits[random() % 4];
        if (c >= 0xD800 && c < 0xE000) c = 'x';
        appendUtf8(text, c);
    }
    return text;
}

std::string spansText(const std::vector<TokenSpan>& spans) {
    std::string text;
    for (const TokenSpan& span : spans)
        text += std::to_string(span.begin) + "-" + std::to_string(span.end) + " ";
    return text;
}

void setAdded(OrderedJson& json, const std::string& content, const std::vector<std::string>& flags) {
    const auto last = json["added_tokens"].back()["id"].get<std::int64_t>();
    json["added_tokens"].push_back(addedToken(last + 1, content, flags));
}

}  // namespace

class HuggingFaceTokenizerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decode_ofEncode_givesAnyTextBack() {
        std::mt19937 random(20240601);
        const auto tokenizer = loaded(byteLevelJson(englishMerges()));
        QCOMPARE(tokenizer->kind(), std::string("byte-level BPE"));
        for (int i = 0; i < 3000; ++i) {
            const std::string text = randomUtf8(random);
            const Ids ids = tokenizer->encode(text);
            QCOMPARE(tokenizer->decode(ids, SpecialTokens::Keep), text);
            QCOMPARE(tokenizer->decodeText(ids, SpecialTokens::Keep), text);
            std::size_t at = 0;
            const auto spans = tokenizer->encodeWithSpans(text);
            QCOMPARE(spans.size(), ids.size());
            for (std::size_t k = 0; k < spans.size(); ++k) {
                QCOMPARE(spans[k].id, ids[k]);
                QCOMPARE(spans[k].begin, at);
                QCOMPARE(tokenizer->decode({ids[k]}, SpecialTokens::Keep),
                         text.substr(at, spans[k].end - at));
                at = spans[k].end;
            }
            QCOMPARE(at, text.size());
        }
    }

    void decode_ofEncode_givesInvalidBytesBack() {
        std::mt19937 random(5);
        const auto tokenizer = loaded(byteLevelJson(englishMerges()));
        for (int i = 0; i < 500; ++i) {
            std::string bytes;
            for (unsigned count = random() % 30; count > 0; --count) bytes += static_cast<char>(random());
            QCOMPARE(tokenizer->decode(tokenizer->encode(bytes), SpecialTokens::Keep), bytes);
        }
    }

    void encode_words_followMergesAndPattern() {
        const auto tokenizer = loaded(byteLevelJson(englishMerges()));
        const auto spelled = [&](const std::string& text) {
            std::string pieces;
            for (const auto id : tokenizer->encode(text)) pieces += tokenizer->piece(id) + "|";
            return pieces;
        };
        QCOMPARE(spelled("the in the"), std::string("t|he|Ġ|in|Ġthe|"));
        QCOMPARE(spelled("hello é"), std::string("he|ll|o|Ġ|Ã©|"));
        QCOMPARE(spelled(""), std::string());
    }

    void decode_specialTokens_areKeptOrSkipped() {
        const auto tokenizer = loaded(byteLevelJson(englishMerges()));
        const Ids ids = tokenizer->encode("a<|end|>b");
        QCOMPARE(ids.size(), std::size_t{3});
        QCOMPARE(tokenizer->decode(ids), std::string("ab"));
        QCOMPARE(tokenizer->decode(ids, SpecialTokens::Keep), std::string("a<|end|>b"));
    }

    void readable_unfinishedCharacter_isOneReplacement() {
        const auto tokenizer = loaded(byteLevelJson(englishMerges()));
        Ids ids = tokenizer->encode("x👍");
        ids.pop_back();
        QCOMPARE(tokenizer->decodeText(ids), std::string("x\uFFFD"));
        StreamDecoder decoder(*tokenizer);
        std::string shown;
        for (const auto id : ids) shown += decoder.push(id);
        QCOMPARE(shown, std::string("x"));
        QCOMPARE(decoder.finish(), std::string("\uFFFD"));
    }

    void addedTokens_flags_decideWhatTheyTake() {
        OrderedJson json = byteLevelJson({});
        setAdded(json, "<left>", {"lstrip", "special"});
        setAdded(json, "<right>", {"rstrip", "special"});
        setAdded(json, "word", {"single_word"});
        setAdded(json, "<lefty>", {});
        const auto tokenizer = loaded(json);
        const auto parts = [&](const std::string& text) {
            std::string result;
            for (const TokenSpan& span : tokenizer->encodeWithSpans(text)) {
                if (span.id > 255)
                    result += "[" + text.substr(span.begin, span.end - span.begin) + "]";
                else
                    result += text.substr(span.begin, span.end - span.begin);
            }
            return result;
        };
        QCOMPARE(parts("a  <left> b"), std::string("a[  <left>] b"));
        QCOMPARE(parts("a <right> \n b"), std::string("a [<right> \n ]b"));
        QCOMPARE(parts("word sword word-words word"), std::string("[word] sword [word]-words [word]"));
        QCOMPARE(parts("<lefty><left><lef"), std::string("[<lefty>][<left>]<lef"));
        QCOMPARE(parts("<right> <left>"), std::string("[<right> ][<left>]"));
        setAdded(json, "\n", {"lstrip", "rstrip"});
        const auto lines = loaded(json);
        QCOMPARE(lines->encode("a \n\n b").size(), std::size_t{3});  // the second "\n" is taken already
    }

    void addedTokens_normalized_areFoundInNormalizedText() {
        OrderedJson json = byteLevelJson({});
        json["normalizer"] = {{"type", "Lowercase"}};
        setAdded(json, "Hey", {"normalized"});
        setAdded(json, "RAW", {});
        const auto tokenizer = loaded(json);
        QCOMPARE(tokenizer->encode("HEY"), (Ids{257}));
        QCOMPARE(tokenizer->encode("hey"), (Ids{257}));
        QCOMPARE(tokenizer->encode("RAW"), (Ids{258}));
        QCOMPARE(tokenizer->encode("raw").size(), std::size_t{3});
    }

    void encodeWithSpans_normalizer_pointsIntoTheCallersText() {
        OrderedJson json = byteLevelJson({"Ã ©"});
        json["normalizer"] = {{"type", "NFC"}};
        // "é" of three bytes becomes one token, "Å" of three bytes two: the run belongs to the last one.
        const auto tokenizer = loaded(json);
        QCOMPARE(spansText(tokenizer->encodeWithSpans("xe\u0301y")), std::string("0-1 1-4 4-5 "));
        QCOMPARE(spansText(tokenizer->encodeWithSpans("xA\u030Ay")), std::string("0-1 1-1 1-4 4-5 "));
        json["normalizer"] = {{"type", "Strip"}, {"strip_left", true}, {"strip_right", true}};
        QCOMPARE(spansText(loaded(json)->encodeWithSpans("  ab ")), std::string("0-3 3-5 "));
    }

    void encodeWithSpans_prefixSpace_isEmptyOrJoined() {
        OrderedJson json = byteLevelJson({"Ġ a"});
        json["pre_tokenizer"]["add_prefix_space"] = true;
        const auto tokenizer = loaded(json);
        QCOMPARE(spansText(tokenizer->encodeWithSpans("a")), std::string("0-1 "));
        QCOMPARE(spansText(tokenizer->encodeWithSpans("b")), std::string("0-0 0-1 "));
        QCOMPARE(tokenizer->decode(tokenizer->encode("b")), std::string(" b"));
    }

    void byteFallback_unknownCharacters_becomeBytes() {
        const auto tokenizer = loaded(byteFallbackJson());
        QCOMPARE(tokenizer->kind(), std::string("byte-fallback BPE"));
        const auto spelled = [&](const std::string& text) {
            std::string pieces;
            for (const auto id : tokenizer->encode(text)) pieces += tokenizer->piece(id) + "|";
            return pieces;
        };
        QCOMPARE(spelled("ab cab"), std::string("▁ab|▁|c|ab|"));
        QCOMPARE(spelled("é"), std::string("▁|<0xC3>|<0xA9>|"));
        QCOMPARE(spelled("a</s>b"), std::string("▁a|</s>|▁|b|"));
        for (const std::string text : {"ab cab", "é", "  a", "a\nb", "👍 ab"})
            QCOMPARE(tokenizer->decode(tokenizer->encode(text)), text);
        const auto spans = tokenizer->encodeWithSpans("é a");
        QCOMPARE(spansText(spans), std::string("0-0 0-1 1-2 2-4 "));
    }

    void byteFallback_brokenRun_isReplacedAsAWhole() {
        const auto tokenizer = loaded(byteFallbackJson());
        Ids ids = tokenizer->encode("éé");
        ids.pop_back();
        // Hugging Face gives up on the whole run of byte tokens; streaming keeps what is complete.
        QCOMPARE(tokenizer->decodeText(ids), std::string("\uFFFD\uFFFD\uFFFD"));
        QCOMPARE(tokenizer->readable(tokenizer->decode(ids)), std::string("é\uFFFD"));
    }

    void metaspace_prependFirst_onlyAtTheTextsBeginning() {
        OrderedJson json = byteFallbackJson();
        json["normalizer"] = nullptr;
        json["pre_tokenizer"] = {
            {"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", "first"}, {"split", false}};
        const auto tokenizer = loaded(json);
        const auto id = [&](const char* piece) {
            for (std::int64_t i = 0; i < tokenizer->vocabSize(); ++i) {
                if (tokenizer->piece(i) == piece) return i;
            }
            return std::int64_t{-1};
        };
        QCOMPARE(tokenizer->encode("a</s>a"), (Ids{id("▁a"), 2, id("a")}));
        QCOMPARE(tokenizer->encode(" a"), (Ids{id("▁a")}));
    }

    void settings_decideAboutBosAndEos() {
        const OrderedJson json = byteFallbackJson();
        const auto plain = loaded(json);
        QVERIFY(plain->addsBos());
        QVERIFY(!plain->addsEos());
        QCOMPARE(plain->bosId().value(), 1);
        QVERIFY(!plain->eosId());
        const auto told =
            loaded(json, R"({"add_bos_token": false, "add_eos_token": true, "eos_token": {"content": "</s>"},
                             "model_max_length": 1000000000000000019884624838656})");
        QVERIFY(!told->addsBos());
        QVERIFY(told->addsEos());
        QCOMPARE(told->eosId().value(), 2);
        QCOMPARE(told->encodeWithSpecials("a").back(), 2);
        OrderedJson without = json;
        without["post_processor"] = nullptr;
        QVERIFY(!loaded(without)->addsBos());
        QVERIFY(
            loaded(without, R"({"tokenizer_class": "LlamaTokenizerFast", "bos_token": "<s>"})")->addsBos());
    }

    void settings_tokensOfTheConfigOnly_areAdded() {
        const OrderedJson json = byteLevelJson({});
        const auto tokenizer =
            loaded(json, R"({"added_tokens_decoder": {"257": {"content": "<tool>", "lstrip": false,
            "normalized": false, "rstrip": false, "single_word": false, "special": true}}, "pad_token": "Ā"})");
        QCOMPARE(tokenizer->vocabSize(), 258);
        QCOMPARE(tokenizer->encode("<tool>"), (Ids{257}));
        QCOMPARE(tokenizer->encode("Ā"), (Ids{0}));  // a token with a role is special
    }

    void decode_idWithoutToken_givesNothing() {
        OrderedJson json = byteLevelJson({});
        json["added_tokens"] = OrderedJson::array();
        json["model"]["vocab"]["far"] = 300;
        const auto tokenizer = loaded(json);
        QCOMPARE(tokenizer->vocabSize(), 301);
        QCOMPARE(tokenizer->decode({260, 'a'}), std::string("a"));
        QCOMPARE(tokenizer->piece(260), std::string());
        QVERIFY_EXCEPTION_THROWN(tokenizer->decode({301}), Error);
        QVERIFY_EXCEPTION_THROWN(tokenizer->piece(-1), Error);
    }

    void ignoreMerges_wholeWord_isItsToken() {
        OrderedJson json = byteLevelJson({"a b"});
        json["model"]["vocab"]["abc"] = 257;
        json["added_tokens"][0]["id"] = 258;
        QCOMPARE(loaded(json)->encode("abc").size(), std::size_t{2});
        json["model"]["ignore_merges"] = true;
        QCOMPARE(loaded(json)->encode("abc"), (Ids{257}));
    }

    void merges_bothSpellings_giveTheSame() {
        OrderedJson json = byteLevelJson(englishMerges());
        const auto lines = loaded(json);
        OrderedJson pairs = OrderedJson::array();
        for (const auto& merge : json["model"]["merges"]) {
            const auto text = merge.get<std::string>();
            const std::size_t space = text.find(' ');
            pairs.push_back({text.substr(0, space), text.substr(space + 1)});
        }
        json["model"]["merges"] = pairs;
        QCOMPARE(loaded(json)->encode("in the hello"), lines->encode("in the hello"));
    }

    void encode_fromManyThreads_givesTheSame() {
        const auto tokenizer = loaded(byteLevelJson(englishMerges()));
        std::mt19937 random(9);
        std::vector<std::string> texts;
        std::vector<Ids> expected;
        for (int i = 0; i < 200; ++i) {
            texts.push_back(randomUtf8(random));
            expected.push_back(tokenizer->encode(texts.back()));
        }
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&] {
                for (std::size_t i = 0; i < texts.size(); ++i) {
                    if (tokenizer->encode(texts[i]) != expected[i]) ++wrong;
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

STUDIO_TEST(HuggingFaceTokenizerTest)
#include "hugging_face_tokenizer_test.moc"
