// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/generate/batch_generator.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

/// A token reads as a letter: 3 is "d".
class LetterTokenizer final : public Tokenizer {
public:
    explicit LetterTokenizer(std::int64_t size = 37) : m_size(size) {}
    std::vector<std::int64_t> encode(std::string_view) const override { return {}; }
    std::vector<TokenSpan> encodeWithSpans(std::string_view) const override { return {}; }
    std::string decodeNext(std::int64_t id, DecodeState&) const override {
        if (id >= m_size) throw Error(ErrorCode::Internal, "There is no such token.", "");
        return piece(id);
    }
    std::string piece(std::int64_t id) const override {
        return std::string(1, static_cast<char>(id < 26 ? 'a' + id : 'A' + id - 26));
    }
    std::int64_t vocabSize() const override { return m_size; }
    std::optional<std::int64_t> bosId() const override { return {}; }
    std::optional<std::int64_t> eosId() const override { return {}; }
    bool addsBos() const override { return false; }
    bool addsEos() const override { return false; }
    std::string kind() const override { return "letters"; }

private:
    std::int64_t m_size;
};

/// The decoder's variants, two by two.
ModelConfig variant(int number) {
    ModelConfig config = test::tinyConfig(number % 2 == 0, number % 2 == 1);
    if (number == 2) test::makeNeoX(config);
    if (number == 3) test::makeGpt2(config);
    if (number == 4) test::makeQwen3(config);
    if (number == 1) config.window = 6;
    config.vocabSize = 37;
    return config;
}
constexpr int kVariants = 5;

/// On one thread: these steps are too small to share, and on a busy machine the threads' waiting for each
/// other is all that would be tested.
std::unique_ptr<Decoder> modelOf(const ModelConfig& config) {
    auto model = test::tinyModel(config, 5);
    at::set_num_threads(1);
    return model;
}

std::vector<GenerationRequest> manyRequests(std::size_t count, std::int64_t maxNewTokens,
                                            double temperature) {
    Random random(5);
    std::vector<GenerationRequest> requests(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t length = 1 + random.below(20);
        for (std::uint64_t k = 0; k < length; ++k)
            requests[i].prompt.push_back(static_cast<std::int64_t>(3 + random.below(34)));
        requests[i].settings.maxNewTokens = maxNewTokens + static_cast<std::int64_t>(i % 5);
        requests[i].settings.temperature = temperature;
        requests[i].settings.repetitionPenalty = i % 3 == 0 ? 1.2 : 1.0;
        requests[i].settings.seed = static_cast<std::int64_t>(i);
    }
    return requests;
}

std::vector<Generation> answers(const Decoder& model, NextTokenScorer& scorer,
                                const std::vector<GenerationRequest>& requests, const BatchLimits& limits) {
    std::vector<Generation> all(requests.size());
    BatchFunctions functions;
    functions.onAnswer = [&](std::size_t item, Generation answer) { all[item] = std::move(answer); };
    const LetterTokenizer tokenizer;
    generateBatch(model, scorer, tokenizer, requests, limits, functions, {});
    return all;
}

}  // namespace

class DecodingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void step_everyVariant_givesUncachedLogits_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<bool>("fused");
        for (int number = 0; number < kVariants; ++number) {
            QTest::addRow("ATen, variant %d", number) << number << false;
            QTest::addRow("kernels, variant %d", number) << number << true;
        }
    }

    void step_everyVariant_givesUncachedLogits() {
        QFETCH(int, number);
        QFETCH(bool, fused);
        const auto model = test::tinyModel(variant(number), 5);
        const auto scorer = fused ? makeNextTokenScorer(*model) : makeAtenScorer(*model);
        QCOMPARE(scorer->fused(), fused);
        const std::vector<std::int64_t> ids{1, 4, 9, 16, 25, 36, 3,  3,  30, 8,
                                            7, 6, 5, 4,  3,  35, 34, 33, 32, 31};
        const Tensor expected = logitsOf(*model, ids);
        const at::NoGradGuard noGrad;
        // Prompts of none, some and many tokens, before the first step and within it.
        for (const std::int64_t prompt : {0, 1, 5, 17}) {
            for (const bool within : {false, true}) {
                KeyValueCache cache(model->config(), 32, at::kCPU);
                if (!within) model->fillCache(at::tensor(ids).narrow(0, 0, prompt), cache);
                QCOMPARE(cache.length(), within ? 0 : prompt);
                for (std::int64_t i = prompt; i < 20; ++i) {
                    NextTokenScorer::Entry entry{ids[static_cast<std::size_t>(i)], &cache};
                    if (within && i == prompt)
                        entry.before = std::span(ids).first(static_cast<std::size_t>(prompt));
                    const float* scores = scorer->next({entry});
                    QCOMPARE(cache.length(), i + 1);
                    const Tensor got = at::from_blob(const_cast<float*>(scores), {37}, at::kFloat);
                    QVERIFY2(at::allclose(got, expected[i], 1e-4, 1e-4),
                             qPrintable(QString("token %1 after a prompt of %2").arg(i).arg(prompt)));
                }
            }
        }
    }

    void promptThatFillsTheContext_roundedUp_staysWithinIt() {
        ModelConfig config = variant(3);
        config.contextLength = 19;  // no multiple of what prompts are rounded up to
        const auto model = modelOf(config);
        GenerationRequest request = manyRequests(1, 8, 0.0).front();
        request.prompt.assign(18, 5);
        const auto answer = answers(*model, *makeNextTokenScorer(*model), {request}, {}).front();
        QCOMPARE(answer.stopReason, std::string("context_full"));
        QCOMPARE(answer.ids.size(), std::size_t{1});
    }

    void endToken_ofAnySource_endsTheAnswer() {
        const auto plain = modelOf(variant(3));
        GenerationRequest request = manyRequests(1, 8, 0.0).front();
        request.prompt.assign(4, 5);
        const auto whole = answers(*plain, *makeNextTokenScorer(*plain), {request}, {}).front();
        QVERIFY(whole.ids.size() >= 2);
        // The first token that the answer has only once, wherever it stands, now ends it there.
        const std::int64_t end = whole.ids.back();
        const auto at = std::find(whole.ids.begin(), whole.ids.end(), end) - whole.ids.begin();
        const std::vector<std::int64_t> before(whole.ids.begin(), whole.ids.begin() + at);
        request.endId = end;
        const auto asked = answers(*plain, *makeNextTokenScorer(*plain), {request}, {}).front();
        QCOMPARE(asked.ids, before);
        QCOMPARE(asked.stopReason, std::string("end_token"));
        request.endId.reset();
        ModelConfig config = variant(3);
        config.answerEndIds = {36, end};
        const auto ending = modelOf(config);
        const auto ended = answers(*ending, *makeNextTokenScorer(*ending), {request}, {}).front();
        QCOMPARE(ended.ids, before);
        QCOMPARE(ended.stopReason, std::string("end_token"));
    }

    void lowPrecision_scores_stayNearFloat32_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<double>("tolerance");
        // Of the scores' own spread: eight bits of mantissa, and 254 steps a group, through two layers.
        QTest::newRow("bfloat16") << static_cast<int>(DecodeFormat::Bfloat16) << 0.02;
        QTest::newRow("int8") << static_cast<int>(DecodeFormat::Int8) << 0.06;
    }

    void lowPrecision_scores_stayNearFloat32() {
        QFETCH(int, format);
        QFETCH(double, tolerance);
        for (int number = 0; number < kVariants; ++number) {
            const auto model = modelOf(variant(number));
            const auto exact = makeNextTokenScorer(*model);
            const auto rounded = makeNextTokenScorer(*model, static_cast<DecodeFormat>(format));
            KeyValueCache a(model->config(), 16, at::kCPU), b(model->config(), 16, at::kCPU);
            double off = 0.0, size = 0.0;
            for (std::int64_t i = 0; i < 16; ++i) {
                const Tensor x =
                    at::from_blob(const_cast<float*>(exact->next({{i * 2 + 3, &a}})), {37}).clone();
                const Tensor y =
                    at::from_blob(const_cast<float*>(rounded->next({{i * 2 + 3, &b}})), {37}).clone();
                off += (x - y).square().sum().item<double>();
                size += (x - x.mean()).square().sum().item<double>();
            }
            const double share = std::sqrt(off / size);
            QVERIFY2(share > 0.0 && share < tolerance, qPrintable(QString("%1: %2").arg(number).arg(share)));
        }
    }

    void batch_anySizeAndPrecision_givesTheAnswersOfOneByOne_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<double>("temperature");
        for (const double temperature : {0.0, 0.9}) {
            QTest::addRow("float32, temperature %.1f", temperature) << 0 << temperature;
            QTest::addRow("bfloat16, temperature %.1f", temperature) << 1 << temperature;
            QTest::addRow("int8, temperature %.1f", temperature) << 2 << temperature;
            QTest::addRow("ATen, temperature %.1f", temperature) << 3 << temperature;
        }
    }

    void batch_anySizeAndPrecision_givesTheAnswersOfOneByOne() {
        QFETCH(int, format);
        QFETCH(double, temperature);
        const auto model = modelOf(variant(1));
        const auto scorer = format == 3 ? makeAtenScorer(*model)
                                        : makeNextTokenScorer(*model, static_cast<DecodeFormat>(format));
        const auto requests = manyRequests(30, 12, temperature);
        const auto expected = answers(*model, *scorer, requests, {1, 1 << 20});
        // Room for few tokens: the cache's bound holds sequences back, and lets them in later.
        const std::int64_t token = KeyValueCache::bytesPerToken(model->config());
        for (const BatchLimits& limits : {BatchLimits{2, 1 << 20}, BatchLimits{7, 1 << 20},
                                          BatchLimits{64, 1 << 20}, BatchLimits{64, 100 * token}}) {
            const auto got = answers(*model, *scorer, requests, limits);
            for (std::size_t i = 0; i < requests.size(); ++i) {
                QVERIFY2(got[i].ids == expected[i].ids, qPrintable(QString("prompt %1").arg(i)));
                QCOMPARE(got[i].text, expected[i].text);
                QCOMPARE(got[i].stopReason, expected[i].stopReason);
                QVERIFY(!got[i].stopReason.empty());
            }
        }
    }

    void batch_longPrompts_giveTheAnswersOfOneByOne() {
        ModelConfig config = variant(1);
        config.contextLength = 320;
        const auto model = modelOf(config);
        const auto scorer = makeNextTokenScorer(*model);
        const std::int64_t most = scorer->mostPromptTokens();
        QVERIFY(most > 0 && most < 200);
        // About what a step takes: within it, or put into the cache beforehand.
        auto requests = manyRequests(12, 10, 0.0);
        for (std::size_t i = 0; i < requests.size(); i += 2) {
            const std::int64_t length =
                std::vector<std::int64_t>{most, most + 1, most + 2, 250, 90, 60}[i / 2];
            for (auto& prompt = requests[i].prompt; static_cast<std::int64_t>(prompt.size()) < length;)
                prompt.push_back(3 + static_cast<std::int64_t>(prompt.size() * i) % 34);
            requests[i].prompt.resize(static_cast<std::size_t>(length));
        }
        const auto expected = answers(*model, *scorer, requests, {1, 1 << 24});
        const auto composed = answers(*model, *makeAtenScorer(*model), requests, {1, 1 << 24});
        for (const std::int64_t sequences : {3, 64}) {
            const auto got = answers(*model, *scorer, requests, {sequences, 1 << 24});
            for (std::size_t i = 0; i < requests.size(); ++i) {
                QVERIFY2(got[i].ids == expected[i].ids, qPrintable(QString("prompt %1").arg(i)));
                QVERIFY2(got[i].ids == composed[i].ids, qPrintable(QString("prompt %1").arg(i)));
                QCOMPARE(got[i].ids.size(), static_cast<std::size_t>(requests[i].settings.maxNewTokens));
            }
        }
    }

    void batch_stopString_endsOnlyItsOwnAnswer() {
        const auto model = modelOf(variant(0));
        const auto scorer = makeNextTokenScorer(*model);
        auto requests = manyRequests(6, 20, 0.9);
        const auto free = answers(*model, *scorer, requests, {});
        QVERIFY(free[2].text.size() > 6);
        requests[2].settings.stop = {free[2].text.substr(3, 2)};
        const auto stopped = answers(*model, *scorer, requests, {});
        QCOMPARE(stopped[2].stopReason, std::string("stop_string"));
        QCOMPARE(stopped[2].text, free[2].text.substr(0, free[2].text.find(free[2].text.substr(3, 2))));
        for (const std::size_t i : {0U, 1U, 3U, 4U, 5U}) QCOMPARE(stopped[i].text, free[i].text);
    }

    void answer_ofAPaddedVocabulary_mayHoldTokensWithoutText() {
        ModelConfig config = variant(0);
        config.eosIds.clear();
        const auto model = modelOf(config);
        const GenerationRequest request = manyRequests(1, 12, 0.0).front();
        const Generation whole = generate(*model, LetterTokenizer(), request, {}, {});
        const std::int64_t highest = *std::max_element(whole.ids.begin(), whole.ids.end());
        const Generation padded = generate(*model, LetterTokenizer(highest), request, {}, {});
        QCOMPARE(padded.ids, whole.ids);
        std::string expected = whole.text;
        expected.erase(
            std::remove(expected.begin(), expected.end(), LetterTokenizer().piece(highest).front()),
            expected.end());
        QVERIFY(expected != whole.text);
        QCOMPARE(padded.text, expected);
    }

    void answer_atAnEndOfTheGenerationsOwn_ends() {
        ModelConfig config = variant(0);
        config.eosIds.clear();
        const GenerationRequest request = manyRequests(1, 12, 0.0).front();
        const Generation whole = generate(*modelOf(config), LetterTokenizer(), request, {}, {});
        config.answerEndIds = {36, whole.ids.back()};
        const Generation ended = generate(*modelOf(config), LetterTokenizer(), request, {}, {});
        QCOMPARE(ended.stopReason, std::string("end_token"));
        QVERIFY(ended.ids.size() < whole.ids.size());
    }

    void batch_badPrompt_isRefusedAlone() {
        const auto model = modelOf(variant(0));
        auto requests = manyRequests(4, 6, 0.0);
        requests[1].prompt.assign(64, 5);  // fills the context
        requests[2].prompt = {99};
        std::vector<std::size_t> refused;
        std::vector<std::size_t> answered;
        BatchFunctions functions;
        functions.onRefused = [&](std::size_t item, const Error& error) {
            QCOMPARE(error.code(), ErrorCode::InvalidArgument);
            refused.push_back(item);
        };
        functions.onAnswer = [&](std::size_t item, const Generation&) { answered.push_back(item); };
        const LetterTokenizer tokenizer;
        generateBatch(*model, *makeNextTokenScorer(*model), tokenizer, requests, {}, functions, {});
        std::sort(answered.begin(), answered.end());
        QCOMPARE(refused, (std::vector<std::size_t>{1, 2}));
        QCOMPARE(answered, (std::vector<std::size_t>{0, 3}));
    }

    void batch_cancelled_endsWhatIsUnderWayAndBeginsNoMore() {
        const auto model = modelOf(variant(0));
        auto requests = manyRequests(10, 30, 0.0);
        for (GenerationRequest& request : requests) request.prompt.resize(1);
        std::stop_source source;
        std::vector<Generation> ended;
        std::int64_t pieces = 0;
        BatchFunctions functions;
        functions.onText = [&](std::size_t, const std::string&, std::int64_t, double) {
            if (++pieces == 8) source.request_stop();
        };
        functions.onAnswer = [&](std::size_t, Generation answer) { ended.push_back(std::move(answer)); };
        const LetterTokenizer tokenizer;
        generateBatch(*model, *makeNextTokenScorer(*model), tokenizer, requests, {4, 1 << 20}, functions,
                      source.get_token());
        const auto cancelled = std::count_if(ended.begin(), ended.end(), [](const Generation& answer) {
            return answer.stopReason == "cancelled";
        });
        QVERIFY2(cancelled >= 1 && ended.size() < requests.size(), qPrintable(QString::number(ended.size())));
        QVERIFY(pieces < 16);
    }

    void damagedWeights_anyPrecision_areNamedAsSuch() {
        for (const DecodeFormat format :
             {DecodeFormat::Float32, DecodeFormat::Bfloat16, DecodeFormat::Int8}) {
            const auto model = modelOf(variant(0));
            model->parameter("model.layers.1.mlp.down_proj.weight")
                .tensor.fill_(std::numeric_limits<float>::quiet_NaN());
            model->weightsChanged();
            const auto scorer = makeNextTokenScorer(*model, format);
            const auto problem =
                test::errorOf([&] { answers(*model, *scorer, manyRequests(1, 5, 0.0), {}); });
            QVERIFY(problem && problem->code() == ErrorCode::WeightsInvalid);
        }
    }

    void headsWiderThanTheKernelsTake_decodeThroughAten() {
        ModelConfig config = test::tinyConfig();
        config.headSize = 520;
        config.headCount = config.keyValueHeadCount = 1;
        const auto model = test::tinyModel(config, 3);
        QVERIFY(!makeNextTokenScorer(*model)->fused());
        const auto problem = test::errorOf([&] { makeNextTokenScorer(*model, DecodeFormat::Int8); });
        QVERIFY(problem && problem->code() == ErrorCode::SettingInvalid);
    }
};

STUDIO_TEST(DecodingTest)
#include "decoding_test.moc"
