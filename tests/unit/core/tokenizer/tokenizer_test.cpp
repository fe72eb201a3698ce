// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/chat_templates.h"
#include "core/text/unicode.h"
#include "core/tokenizer/marked_text.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace fs = std::filesystem;
using studio::ErrorCode;

namespace {

std::string corpus() {
    std::string text;
    for (const char* city :
         {"Mexico City", "Lima", "Oslo", "Taipei", "臺北", "São Tomé", "Prague", "Nairobi"}) {
        for (const char* word : {"capital", "largest city", "harbour", "old town", "首都"}) {
            text +=
                std::string("What is the ") + word + "?\nThe " + word + " of the country is " + city + ".\n";
            text += std::string("  ") + city + " is its " + word + ", people say; it lies on a river.\n\n";
        }
    }
    return text;
}

fs::path trainedIn(const studio::test::TemporaryFolder& folder, const std::string& name, bool dummyPrefix) {
    studio::writeFileAtomically(folder / "corpus.txt", corpus());
    studio::TokenizerTraining settings;
    settings.vocabSize = 400;
    settings.dummyPrefix = dummyPrefix;
    studio::trainSentencePiece({folder / "corpus.txt"}, settings, folder / name);
    return folder / name;
}

template <typename Call>
ErrorCode codeOf(Call call) {
    try {
        call();
    } catch (const studio::Error& e) {
        if (std::string(e.what()).find('\n') != std::string::npos) return ErrorCode::Internal;
        return e.code();
    }
    return ErrorCode::Internal;
}

const std::vector<std::string>& texts() {
    static const std::vector<std::string> list = {"",
                                                  " ",
                                                  "  two  spaces  ",
                                                  "\n",
                                                  "What is the capital of Mexico?\n\nMexico City\n",
                                                  "臺北是首都。",
                                                  "👨‍👩‍👧 and 𝄞\t\r\n",
                                                  "a\xEF\xBF\xBD"
                                                  "b",
                                                  std::string("nul\0inside", 10)};
    return list;
}

}  // namespace

class TokenizerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void encodeMarked_spelledSpecials_areTheTokens() {
        const studio::test::TemporaryFolder folder;
        const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "marked", true));
        const auto inner = tokenizer->encode("Lima");
        std::vector<std::int64_t> wanted{*tokenizer->bosId()};
        wanted.insert(wanted.end(), inner.begin(), inner.end());
        wanted.push_back(*tokenizer->eosId());
        wanted.insert(wanted.end(), inner.begin(), inner.end());
        const std::string text = "<s>Lima</s>Lima";
        std::vector<std::int64_t> ids;
        std::size_t end = 0;
        for (const studio::TokenSpan& span : studio::encodeMarked(*tokenizer, text)) {
            ids.push_back(span.id);
            QVERIFY(span.begin >= end);
            end = span.end;
        }
        QCOMPARE(ids, wanted);
        QCOMPARE(end, text.size());
        QVERIFY(tokenizer->encode(text) != wanted);  // to a plain text they are words
        QVERIFY(studio::encodeMarked(*tokenizer, "").empty());
    }

    void train_sameText_givesSameBytes() {
        const studio::test::TemporaryFolder folder;
        const auto first = trainedIn(folder, "first", false);
        const auto second = trainedIn(folder, "second", false);
        QVERIFY(studio::readFile(first / "tokenizer.model") == studio::readFile(second / "tokenizer.model"));
        QVERIFY(fs::exists(first / "special_tokens_map.json"));
        const auto tokenizer = studio::loadTokenizer(first);
        QCOMPARE(tokenizer->vocabSize(), 400);
        QCOMPARE(tokenizer->kind(), std::string("sentencepiece"));
        QVERIFY(tokenizer->addsBos());
        QVERIFY(!tokenizer->addsEos());
        QCOMPARE(tokenizer->bosId().value(), 1);
        QCOMPARE(tokenizer->eosId().value(), 2);
    }

    void train_newline_isASymbolOfItsOwn() {
        const studio::test::TemporaryFolder folder;
        const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", false));
        const auto ids = tokenizer->encode("\n\n");
        QCOMPARE(ids.size(), std::size_t{2});
        QCOMPARE(tokenizer->piece(ids[0]), std::string("\n"));
        for (std::int64_t id = 0; id < tokenizer->vocabSize(); ++id) {
            const std::string piece = tokenizer->piece(id);
            QVERIFY2(piece == "\n" || piece.find('\n') == std::string::npos, piece.c_str());
        }
        QCOMPARE(tokenizer->encode("Lima").size() <= 2, true);
    }

    void train_tooSmallText_saysSo() {
        const studio::test::TemporaryFolder folder;
        studio::writeFileAtomically(folder / "a.txt", "only a few words here\n");
        studio::writeFileAtomically(folder / "blank.txt", "\n \n");
        studio::writeFileAtomically(folder / "latin1.txt", "fine\nS\xE3o\n");
        studio::TokenizerTraining settings;
        const auto train = [&](const char* name) {
            return codeOf([&] { studio::trainSentencePiece({folder / name}, settings, folder / "model"); });
        };
        QCOMPARE(train("a.txt"), ErrorCode::SettingInvalid);
        QCOMPARE(train("blank.txt"), ErrorCode::EmptyInput);
        QCOMPARE(train("latin1.txt"), ErrorCode::BadEncoding);
        QCOMPARE(train("absent.txt"), ErrorCode::FileUnreadable);
        settings.vocabSize = 100;
        QCOMPARE(train("a.txt"), ErrorCode::SettingInvalid);
        settings.vocabSize = 262;
        QCOMPARE(train("a.txt"), ErrorCode::SettingInvalid);
        QVERIFY(!fs::exists(folder / "model"));
    }

    void decode_ofEncode_givesTheTextBack() {
        const studio::test::TemporaryFolder folder;
        for (const bool dummyPrefix : {false, true}) {
            const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", dummyPrefix));
            for (const std::string& text : texts()) {
                QCOMPARE(tokenizer->decode(tokenizer->encode(text)), text);
                QCOMPARE(tokenizer->decode(tokenizer->encodeWithSpecials(text)), text);
            }
        }
    }

    void encodeWithSpans_bytesAndWords_coverTheText() {
        const studio::test::TemporaryFolder folder;
        for (const bool dummyPrefix : {false, true}) {
            const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", dummyPrefix));
            for (const std::string& text : texts()) {
                std::size_t at = 0;
                bool first = true;
                for (const auto& span : tokenizer->encodeWithSpans(text)) {
                    QCOMPARE(span.begin, at);
                    // A token by itself decodes to the very bytes it spans, but for the first one's own
                    // space.
                    studio::DecodeState state{true};
                    std::string bytes = tokenizer->decodeNext(span.id, state);
                    if (first && dummyPrefix) bytes.erase(0, 1);
                    first = false;
                    QCOMPARE(bytes, text.substr(span.begin, span.end - span.begin));
                    at = span.end;
                }
                QCOMPARE(at, text.size());
            }
        }
    }

    void streamDecoder_anyText_equalsDecodeAndNeverSplitsCharacters() {
        const studio::test::TemporaryFolder folder;
        for (const bool dummyPrefix : {false, true}) {
            const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", dummyPrefix));
            for (const std::string& text : texts()) {
                studio::StreamDecoder decoder(*tokenizer);
                std::string joined;
                for (const auto id : tokenizer->encodeWithSpecials(text)) {
                    const std::string part = decoder.push(id);
                    QVERIFY(!studio::firstInvalidUtf8(part));
                    joined += part;
                }
                joined += decoder.finish();
                QCOMPARE(joined, text);
                QCOMPARE(decoder.ids(), tokenizer->encodeWithSpecials(text));
            }
        }
    }

    void streamDecoder_brokenBytes_becomeReplacementCharacters() {
        const studio::test::TemporaryFolder folder;
        const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", false));
        auto ids = tokenizer->encode("👨");
        QCOMPARE(ids.size(), std::size_t{4});
        ids.pop_back();
        studio::StreamDecoder decoder(*tokenizer);
        for (const auto id : ids) QCOMPARE(decoder.push(id), std::string());
        QCOMPARE(decoder.push(tokenizer->encode("\n")[0]), std::string("\uFFFD\uFFFD\uFFFD\n"));
        QCOMPARE(decoder.push(ids[0]), std::string());
        QCOMPARE(decoder.finish(), std::string("\uFFFD"));
        QCOMPARE(decoder.finish(), std::string());
    }

    void streamDecoder_afterContext_keepsTheLeadingSpace() {
        const studio::test::TemporaryFolder folder;
        const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", true));
        const auto prompt = tokenizer->encode("What is the");
        const auto whole = tokenizer->encode("What is the capital");
        studio::StreamDecoder decoder(*tokenizer, prompt);
        std::string text;
        for (std::size_t i = prompt.size(); i < whole.size(); ++i) text += decoder.push(whole[i]);
        QCOMPARE(text + decoder.finish(), std::string(" capital"));
    }

    void decode_idOutsideVocabulary_isRefused() {
        const studio::test::TemporaryFolder folder;
        const auto tokenizer = studio::loadTokenizer(trainedIn(folder, "model", false));
        QCOMPARE(codeOf([&] { tokenizer->decode({400}); }), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf([&] { tokenizer->piece(-1); }), ErrorCode::InvalidArgument);
    }

    void load_config_decidesAboutSpecialTokens() {
        const studio::test::TemporaryFolder folder;
        const auto model = trainedIn(folder, "model", false);
        const auto config = model / "tokenizer_config.json";
        studio::writeFileAtomically(config,
                                    R"({"add_bos_token": false, "add_eos_token": true, "eos_token": "<s>"})");
        const auto tokenizer = studio::loadTokenizer(model);
        QVERIFY(!tokenizer->addsBos());
        QVERIFY(tokenizer->addsEos());
        QCOMPARE(tokenizer->eosId().value(), 1);
        QCOMPARE(tokenizer->encodeWithSpecials("").size(), std::size_t{1});
        fs::remove(config);
        QVERIFY(studio::loadTokenizer(model)->addsBos());
        studio::writeFileAtomically(config, R"({"add_bos_token": "yes"})");
        QCOMPARE(codeOf([&] { studio::loadTokenizer(model); }), ErrorCode::TokenizerInvalid);
        studio::writeFileAtomically(config, "[]");
        QCOMPARE(codeOf([&] { studio::loadTokenizer(model); }), ErrorCode::TokenizerInvalid);
    }

    void load_otherKinds_areNamed() {
        const studio::test::TemporaryFolder folder;
        QCOMPARE(codeOf([&] { studio::loadTokenizer(folder.path()); }), ErrorCode::TokenizerInvalid);
        studio::writeFileAtomically(folder / "tokenizer.json", "{}");
        try {
            studio::loadTokenizer(folder.path());
            QFAIL("a tokenizer.json was read");
        } catch (const studio::Error& e) {
            QVERIFY(std::string(e.what()).find("tokenizer.json") != std::string::npos);
        }
    }

    void copyTokenizerFiles_severalChatTemplates_copiesEach() {
        const studio::test::TemporaryFolder folder;
        const auto model = trainedIn(folder, "model", true);
        const auto further = std::filesystem::path("additional_chat_templates");
        std::filesystem::create_directories(model / further / "notes.jinja");
        studio::writeFileAtomically(model / "chat_template.jinja", "plain");
        studio::writeFileAtomically(model / further / "tool_use.jinja", "tools");
        studio::writeFileAtomically(model / further / "rag.jinja", "rag");
        studio::writeFileAtomically(model / further / "README.md", "of no use");
        studio::copyTokenizerFiles(model, folder / "copy");
        QCOMPARE(studio::readFile(folder / "copy/chat_template.jinja"), std::string("plain"));
        QCOMPARE(studio::readFile(folder / "copy" / further / "tool_use.jinja"), std::string("tools"));
        QCOMPARE(studio::readFile(folder / "copy" / further / "rag.jinja"), std::string("rag"));
        QVERIFY(!std::filesystem::exists(folder / "copy" / further / "README.md"));
        QCOMPARE(studio::additionalChatTemplates(folder / "copy"),
                 (std::vector<std::filesystem::path>{further / "rag.jinja", further / "tool_use.jinja"}));
        QVERIFY(studio::additionalChatTemplates(folder / "gone").empty());
    }

    void copyTokenizerFiles_blankChatTemplates_stayBehind() {
        const studio::test::TemporaryFolder folder;
        const auto further = std::filesystem::path("additional_chat_templates");
        std::filesystem::create_directories(folder / "model" / further);
        studio::writeFileAtomically(folder / "model/tokenizer_config.json", R"({"chat_template": "own"})");
        studio::writeFileAtomically(folder / "model/chat_template.jinja", " \n");
        studio::writeFileAtomically(folder / "model" / further / "rag.jinja", "");
        studio::writeFileAtomically(folder / "model" / further / "tool_use.jinja", "tools");
        studio::copyTokenizerFiles(folder / "model", folder / "copy");
        QVERIFY(!std::filesystem::exists(folder / "copy/chat_template.jinja"));
        QCOMPARE(studio::additionalChatTemplates(folder / "copy"),
                 (std::vector<std::filesystem::path>{further / "tool_use.jinja"}));
        QCOMPARE(studio::readFile(folder / "copy/tokenizer_config.json"),
                 std::string(R"({"chat_template": "own"})"));
    }

    void copyTokenizerFiles_givesTheSameTokenizer() {
        const studio::test::TemporaryFolder folder;
        const auto model = trainedIn(folder, "model", true);
        studio::copyTokenizerFiles(model, folder / "copy/deep");
        const auto text = std::string("The capital is Lima.");
        QCOMPARE(studio::loadTokenizer(folder / "copy/deep")->encode(text),
                 studio::loadTokenizer(model)->encode(text));
    }
};

STUDIO_TEST(TokenizerTest)
#include "tokenizer_test.moc"
