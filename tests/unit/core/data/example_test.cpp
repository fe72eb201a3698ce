// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/example.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/chat_prompt.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using studio::ErrorCode;
using Ids = std::vector<std::int32_t>;

namespace {

constexpr std::int64_t kBos = 256;
constexpr std::int64_t kEos = 257;

/// One token a byte: the shape of an example can be written down by hand.
class ByteTokenizer : public studio::Tokenizer {
public:
    std::vector<std::int64_t> encode(std::string_view text) const override {
        std::vector<std::int64_t> ids;
        for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
        return ids;
    }
    std::vector<studio::TokenSpan> encodeWithSpans(std::string_view text) const override {
        std::vector<studio::TokenSpan> spans;
        for (const auto id : encode(text)) spans.push_back({id, spans.size(), spans.size() + 1});
        return spans;
    }
    std::string decodeNext(std::int64_t id, studio::DecodeState&) const override {
        return id < 256 ? std::string(1, static_cast<char>(id)) : std::string();
    }
    std::string piece(std::int64_t id) const override { return std::to_string(id); }
    std::int64_t vocabSize() const override { return 258; }
    std::optional<std::int64_t> bosId() const override { return kBos; }
    std::optional<std::int64_t> eosId() const override { return kEos; }
    bool addsBos() const override { return true; }
    bool addsEos() const override { return true; }
    std::string kind() const override { return "bytes"; }
};

/// The same, with marks that only a chat's text means.
class MarkedTokenizer final : public ByteTokenizer {
public:
    std::vector<std::pair<std::string, std::int64_t>> unreadMarks() const override {
        return {{"<s>", kBos}, {"<e>", kEos}};
    }
};

studio::PromptTemplate chatTemplate(const std::string& end) {
    return studio::chatPromptTemplate(
        "<s>{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}>"
        "{% else %}{{ m.content }}" +
            end + "{% endif %}{% endfor %}",
        {}, "");
}

studio::PromptTemplate shortTemplate() {
    return {"t", "T", "{instruction}+{input}", "{instruction}", ">", true};
}

studio::Record pair(std::int64_t id, const std::string& instruction, const std::string& output) {
    studio::Record record;
    record.id = id;
    record.instruction = instruction;
    record.output = output;
    return record;
}

std::vector<std::uint8_t> mask(const std::string& bits) {
    std::vector<std::uint8_t> flags;
    for (const char c : bits) flags.push_back(c == '1' ? 1 : 0);
    return flags;
}

template <typename Call>
ErrorCode codeOf(Call call) {
    try {
        call();
    } catch (const studio::Error& e) {
        return e.code();
    }
    return ErrorCode::Internal;
}

studio::Example built(const studio::Record& record, std::int64_t cutoff, bool trainOnPrompt = false) {
    return studio::buildExample(record, shortTemplate(), ByteTokenizer(), {cutoff, trainOnPrompt});
}

}  // namespace

class ExampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void buildExample_pair_masksThePromptAndLearnsTheEnd() {
        const auto example = built(pair(7, "ab", "xy"), 512);
        QCOMPARE(example.ids, (Ids{256, 'a', 'b', '>', 'x', 'y', 257}));
        QCOMPARE(example.trained, mask("0000111"));
        QCOMPARE(example.rowId, 7);
        QCOMPARE(example.promptLength, 4);
        QCOMPARE(example.uncutLength, 7);
        QCOMPARE(example.labelCount(), 3);
        QVERIFY(!example.cut());
    }

    void buildExample_chat_endsAsItsTemplateEnds() {
        const auto example =
            studio::buildExample(pair(1, "ab", "xy"), chatTemplate("<e>\n"), MarkedTokenizer(), {512, false});
        QCOMPARE(example.ids, (Ids{256, 'a', 'b', '>', 'x', 'y', 257}));
        QCOMPARE(example.trained, mask("0000111"));
        QCOMPARE(example.promptLength, 4);
        const auto form = studio::promptForm(chatTemplate("<e>\n"));
        const auto prompt = studio::promptIds("<s>ab>", MarkedTokenizer(), form);
        QVERIFY(std::equal(prompt.begin(), prompt.end(), example.ids.begin()));
        QCOMPARE(prompt.size(), std::size_t{4});
        QCOMPARE(studio::endMarkId(form, MarkedTokenizer()), std::optional<std::int64_t>(kEos));
        QCOMPARE(studio::endMarkId({}, MarkedTokenizer()), std::optional<std::int64_t>());
        // Where the template ends an answer with nothing, the end token does.
        const auto open =
            studio::buildExample(pair(1, "ab", "xy"), chatTemplate(""), MarkedTokenizer(), {512, false});
        QCOMPARE(open.ids, example.ids);
        const auto silent =
            studio::buildExample(pair(1, "ab", ""), chatTemplate("<e>"), MarkedTokenizer(), {512, false});
        QCOMPARE(silent.labelCount(), 0);
    }

    void buildExample_trainOnPrompt_learnsEverything() {
        const auto example = built(pair(1, "ab", "xy"), 512, true);
        QCOMPARE(example.trained, mask("1111111"));
        QCOMPARE(example.labelCount(), 6);
    }

    void buildExample_promptIds_areThoseOfGeneration() {
        auto record = pair(1, "ab", "xy");
        record.input = "c";
        const auto example = built(record, 512);
        const auto prompt =
            studio::promptIds(studio::hydratedPrompt(shortTemplate(), "ab", "c"), ByteTokenizer());
        QCOMPARE(static_cast<std::int32_t>(prompt.size()), example.promptLength);
        QVERIFY(std::equal(prompt.begin(), prompt.end(), example.ids.begin()));
        QCOMPARE(prompt.back(), std::int64_t{'>'});
    }

    void buildExample_cutRow_hasNoEnd() {
        const auto cut = built(pair(1, "ab", "xy"), 6);
        QCOMPARE(cut.ids, (Ids{256, 'a', 'b', '>', 'x', 'y'}));
        QVERIFY(cut.cut());
        QCOMPARE(cut.labelCount(), 2);
        const auto whole = built(pair(1, "ab", "xy"), 7);
        QVERIFY(!whole.cut());
        QCOMPARE(whole.ids.back(), 257);
    }

    void buildExample_withoutEos_endsWithTheResponse() {
        auto promptTemplate = shortTemplate();
        promptTemplate.appendEos = false;
        const auto example = studio::buildExample(pair(1, "a", "x"), promptTemplate, ByteTokenizer(), {});
        QCOMPARE(example.ids, (Ids{256, 'a', '>', 'x'}));
        QVERIFY(!example.cut());
    }

    void buildExample_emptyResponse_learnsNothing() {
        const auto example = built(pair(1, "ab", ""), 512);
        QCOMPARE(example.labelCount(), 0);
        QCOMPARE(example.ids.back(), 257);
    }

    void buildExamples_everyRow_isCountedOrReported() {
        const std::vector<studio::Record> records = {pair(1, "a", "x"), pair(2, "abc", "xyz"),
                                                     pair(3, "abcdefgh", "x"), pair(4, "a", "")};
        std::int64_t last = 0;
        const auto set = studio::buildExamples(records, shortTemplate(), ByteTokenizer(), {6, false},
                                               [&](const studio::Progress& p) { last = p.done; });
        QCOMPARE(set.examples.size(), std::size_t{2});
        QCOMPARE(set.cutRows.size(), std::size_t{1});
        QCOMPARE(set.cutRows[0].rowId, 2);
        QCOMPARE(set.cutRows[0].tokens, 9);
        QCOMPARE(set.cutRows[0].cutTokens, 3);
        QCOMPARE(set.emptyRows.size(), std::size_t{2});
        QCOMPARE(set.emptyRows[0].rowId, 3);
        QCOMPARE(set.emptyRows[0].cutTokens, 6);
        QVERIFY(set.emptyRows[0].noLabel);
        QCOMPARE(set.emptyRows[1].rowId, 4);
        QCOMPARE(set.tokenCount, 5 + 6);
        QCOMPARE(set.labelCount, 2 + 1);
        QCOMPARE(last, 4);
    }

    void buildExamples_stopRequested_isCancelled() {
        std::stop_source stop;
        stop.request_stop();
        bool cancelled = false;
        try {
            studio::buildExamples({pair(1, "a", "x")}, shortTemplate(), ByteTokenizer(), {}, {},
                                  stop.get_token());
        } catch (const studio::Cancelled&) {
            cancelled = true;
        }
        QVERIFY(cancelled);
    }

    void buildExample_unusable_isRefused() {
        QCOMPARE(codeOf([] { built(pair(1, "a", "x"), 1); }), ErrorCode::SettingInvalid);
        auto record = pair(1, "a", "x");
        record.kind = studio::RecordKind::Preference;
        QCOMPARE(codeOf([&] { built(record, 10); }), ErrorCode::UnsupportedFormat);
    }

    void buildExample_dummyPrefix_responseDecodesToItself() {
        const studio::test::TemporaryFolder folder;
        std::string corpus;
        for (int i = 0; i < 40; ++i)
            corpus += "The capital of Peru is Lima.\n\nLima is a large city in Peru.\n\n";
        studio::writeFileAtomically(folder / "corpus.txt", corpus);
        for (const bool dummyPrefix : {false, true}) {
            studio::trainSentencePiece({folder / "corpus.txt"}, {300, true, dummyPrefix}, folder / "model");
            const auto tokenizer = studio::loadTokenizer(folder / "model");
            const auto alpaca = studio::findTemplate("alpaca");
            const auto example =
                studio::buildExample(pair(1, "Name the capital.", "Lima"), alpaca, *tokenizer, {});
            const std::vector<std::int64_t> ids(example.ids.begin(), example.ids.end());
            const std::vector<std::int64_t> response(ids.begin() + example.promptLength, ids.end());
            QCOMPARE(tokenizer->decode(response), std::string("Lima"));
            QCOMPARE(tokenizer->piece(response[0]).rfind("\u2581", 0) == 0, dummyPrefix);
            const auto prompt =
                studio::promptIds(studio::hydratedPrompt(alpaca, "Name the capital.", ""), *tokenizer);
            QVERIFY(
                std::equal(prompt.begin(), prompt.end(), ids.begin(), ids.begin() + example.promptLength));
        }
    }

    void buildTextExamples_documents_areJoinedAndCut() {
        const studio::test::TemporaryFolder folder;
        studio::writeFileAtomically(folder / "a.txt",
                                    "\xEF\xBB\xBF"
                                    "ab\r\nc\n\n \nde\n");
        studio::writeFileAtomically(folder / "b.txt", "f");
        const auto set = studio::buildTextExamples({folder / "a.txt", folder / "b.txt"}, ByteTokenizer(), 5);
        QCOMPARE(set.examples.size(), std::size_t{3});
        QCOMPARE(set.examples[0].ids, (Ids{256, 'a', 'b', '\n', 'c'}));
        QCOMPARE(set.examples[1].ids, (Ids{257, 256, 'd', 'e', 257}));
        QCOMPARE(set.examples[2].ids, (Ids{256, 'f', 257}));
        QCOMPARE(set.examples[2].rowId, 3);
        QCOMPARE(set.tokenCount, 13);
        QCOMPARE(set.labelCount, 4 + 4 + 2);
    }

    void buildTextExamples_longDocument_losesNothing() {
        const studio::test::TemporaryFolder folder;
        std::string text;
        while (text.size() < (std::size_t{5} << 19)) text += "line " + std::to_string(text.size()) + "\n";
        studio::writeFileAtomically(folder / "a.txt", text);
        const auto set = studio::buildTextExamples({folder / "a.txt"}, ByteTokenizer(), 1000);
        std::string joined;
        for (const auto& example : set.examples) {
            for (const auto id : example.ids) {
                if (id < 256) joined += static_cast<char>(id);
            }
        }
        QVERIFY(joined + "\n" == text);
        QCOMPARE(set.tokenCount, static_cast<std::int64_t>(text.size()) - 1 + 2);
    }

    void buildTextExamples_badFiles_areRefused() {
        const studio::test::TemporaryFolder folder;
        studio::writeFileAtomically(folder / "latin1.txt", "fine\n\xE3\n");
        studio::writeFileAtomically(folder / "blank.txt", "\n\n");
        const auto build = [&](const char* name, std::int64_t length) {
            return codeOf([&] { studio::buildTextExamples({folder / name}, ByteTokenizer(), length); });
        };
        QCOMPARE(build("latin1.txt", 8), ErrorCode::BadEncoding);
        QCOMPARE(build("blank.txt", 8), ErrorCode::EmptyInput);
        QCOMPARE(build("absent.txt", 8), ErrorCode::FileNotFound);
        QCOMPARE(build("blank.txt", 1), ErrorCode::SettingInvalid);
    }
};

STUDIO_TEST(ExampleTest)
#include "example_test.moc"
