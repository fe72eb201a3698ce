// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include "core/checkpoint/model_io.h"
#include "core/formats/weight_files.h"
#include "core/formats/weight_names.h"
#include "core/model/next_token_scorer.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"
#include "tests/support/written_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kContext = 256;

/// Tied and untied, with biases, learned positions, norms of heads, and a window.
ModelConfig configOf(const std::string& architecture) {
    OrderedJson json = test::smallConfig(architecture);
    json[architecture == "GPT2LMHeadModel" ? "n_positions" : "max_position_embeddings"] = kContext;
    if (architecture == "LlamaForCausalLM") json["tie_word_embeddings"] = true;
    if (architecture == "MistralForCausalLM") json["sliding_window"] = 16;
    return parseModelConfig(json, "config.json");
}

std::vector<std::int64_t> someIds(std::int64_t count) {
    std::vector<std::int64_t> ids(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) ids[static_cast<std::size_t>(i)] = (i * i + 3 * i) % 40;
    return ids;
}

/// Scores behind each of the last `stepped` tokens; those before are a prompt that the pass over many tokens
/// at once takes. // -> [stepped, vocabulary]
Tensor scores(const Decoder& model, NextTokenScorer& scorer, const std::vector<std::int64_t>& ids,
              std::int64_t stepped) {
    const at::NoGradGuard noGrad;
    const auto before = static_cast<std::int64_t>(ids.size()) - stepped;
    KeyValueCache cache(model.config(), kContext, at::kCPU);
    model.fillCache(
        at::tensor(at::ArrayRef<std::int64_t>(ids.data(), static_cast<std::size_t>(before)), at::kLong),
        cache);
    std::vector<Tensor> rows;
    for (std::int64_t i = before; i < before + stepped; ++i) {
        const float* found = scorer.next({{ids[static_cast<std::size_t>(i)], &cache, {}}});
        rows.push_back(at::from_blob(const_cast<float*>(found), {1, model.config().vocabSize}).clone());
    }
    return at::cat(rows);
}

std::uint64_t weightBytes(const Decoder& model) {
    std::uint64_t bytes = 0;
    for (const Parameter& parameter : model.parameters()) bytes += parameter.tensor.nbytes();
    return bytes;
}

Compute computeOf(const QString& precision) {
    Compute compute;
    compute.threads = useThreads(1);
    compute.fused = true;
    if (precision == "bfloat16") compute.matmulType = at::kBFloat16;
    return compute;
}

}  // namespace

/// What a model that is loaded to answer says, and what it takes, against one that could learn.
class AnsweringWeightsTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

    fs::path stored(const std::string& family, TensorType type) const {
        const fs::path folder = m_folder / (family + tensorTypeName(type));
        if (!fs::exists(folder)) saveModel(*test::tinyModel(configOf(family), 7), folder, {}, type);
        return folder;
    }

private Q_SLOTS:
    void answers_everyFamilyAndType_areThoseOfAllWeights_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("precision");
        for (const char* family : {"LlamaForCausalLM", "MistralForCausalLM", "Qwen3ForCausalLM",
                                   "GPT2LMHeadModel", "GPTNeoXForCausalLM"}) {
            for (const TensorType type : {TensorType::Float32, TensorType::Float16, TensorType::BFloat16}) {
                for (const char* precision : {"float32", "bfloat16", "int8"})
                    QTest::addRow("%s of %s in %s", family, tensorTypeName(type), precision)
                        << family << static_cast<int>(type) << precision;
            }
        }
    }

    void answers_everyFamilyAndType_areThoseOfAllWeights() {
        QFETCH(QString, family);
        QFETCH(int, type);
        QFETCH(QString, precision);
        if (precision == "bfloat16" && !cpuKernels().hasBfloat16) QSKIP("this CPU multiplies no bfloat16");
        const fs::path folder = stored(family.toStdString(), static_cast<TensorType>(type));
        const Compute compute = computeOf(precision);
        const auto whole = loadModel(folder, compute), spare = loadModelToAnswer(folder, compute);
        const auto scorerOf = [&](const Decoder& model) {
            return precision == "int8" ? makeNextTokenScorer(model, DecodeFormat::Int8)
                                       : makeNextTokenScorer(model);
        };
        const auto first = scorerOf(*whole), second = scorerOf(*spare);
        QVERIFY(second->fused());
        const auto ids = someIds(40);
        // Token by token nothing differs at all; the pass over many tokens sums in another order where its
        // factor was widened piece by piece.
        QVERIFY(at::equal(scores(*whole, *first, ids, 40), scores(*spare, *second, ids, 40)));
        const Tensor expected = scores(*whole, *first, ids, 3), got = scores(*spare, *second, ids, 3);
        QVERIFY(at::allclose(got, expected, precision == "int8" ? 1e-2 : 1e-5, 1e-5));
    }

    /// Matrices that are widened, rounded and quantised in more than one piece, the last one smaller.
    void largeMatrices_takenInPieces_areThoseOfAllWeights_data() {
        QTest::addColumn<int>("type");
        QTest::newRow("bfloat16") << static_cast<int>(TensorType::BFloat16);
        QTest::newRow("float16") << static_cast<int>(TensorType::Float16);
    }

    void largeMatrices_takenInPieces_areThoseOfAllWeights() {
        QFETCH(int, type);
        OrderedJson json = test::smallConfig("GPT2LMHeadModel");
        json["n_embd"] = 64;
        json["n_inner"] = 5000;
        json["n_layer"] = 1;
        json["n_positions"] = kContext;
        json["vocab_size"] = 70'001;
        const fs::path folder = m_folder / ("large" + std::to_string(type));
        saveModel(*test::tinyModel(parseModelConfig(json, "config.json"), 3), folder, {},
                  static_cast<TensorType>(type));
        const Compute compute = computeOf("float32");
        const auto whole = loadModel(folder, compute), spare = loadModelToAnswer(folder, compute);
        const auto ids = someIds(40);
        for (const DecodeFormat format :
             {DecodeFormat::Float32, DecodeFormat::Bfloat16, DecodeFormat::Int8}) {
            const auto first = makeNextTokenScorer(*whole, format),
                       second = makeNextTokenScorer(*spare, format);
            const Tensor expected = scores(*whole, *first, ids, 40);
            QVERIFY(expected.std().item<double>() > 0.0);
            QVERIFY(at::equal(expected, scores(*spare, *second, ids, 40)));
        }
        const at::NoGradGuard noGrad;
        const DeviceBatch batch = toDevice(test::pack(test::randomRows({37}, 70'001, 1)), compute);
        const Tensor expected = whole->logits(whole->hidden(batch));
        QVERIFY(at::allclose(spare->logits(spare->hidden(batch)), expected, 1e-5, 1e-5));
    }

    void weights_ofSixteenBits_takeTheBytesOfTheirFile_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("precision");
        QTest::addColumn<bool>("exact");
        QTest::newRow("bfloat16 in float32") << static_cast<int>(TensorType::BFloat16) << "float32" << true;
        QTest::newRow("bfloat16 in bfloat16") << static_cast<int>(TensorType::BFloat16) << "bfloat16" << true;
        QTest::newRow("float16 in float32") << static_cast<int>(TensorType::Float16) << "float32" << true;
        QTest::newRow("float16 in bfloat16") << static_cast<int>(TensorType::Float16) << "bfloat16" << false;
        QTest::newRow("float32 in bfloat16") << static_cast<int>(TensorType::Float32) << "bfloat16" << false;
    }

    void weights_ofSixteenBits_takeTheBytesOfTheirFile() {
        QFETCH(int, type);
        QFETCH(QString, precision);
        QFETCH(bool, exact);
        if (precision == "bfloat16" && !cpuKernels().hasBfloat16) QSKIP("this CPU multiplies no bfloat16");
        const fs::path folder = stored("GPT2LMHeadModel", static_cast<TensorType>(type));
        const auto model = loadModelToAnswer(folder, computeOf(precision));
        const ModelConfig& config = model->config();
        std::uint64_t vectors = 0, tables = 0;
        for (const Parameter& parameter : model->parameters()) {
            if (parameter.tensor.dim() == 1) vectors += static_cast<std::uint64_t>(parameter.tensor.numel());
        }
        tables = static_cast<std::uint64_t>((config.vocabSize + config.contextLength) * config.hiddenSize);
        const auto all = static_cast<std::uint64_t>(config.parameterCount());
        QCOMPARE(weightBytes(*model), 2 * all + 2 * vectors + (exact ? 0 : 2 * tables));
        // The tied embedding is a factor, too, for which it is rounded.
        const std::int64_t padded = (config.vocabSize + 63) / 64 * 64;
        QCOMPARE(model->arena().values().numel(), exact ? 0 : padded * config.hiddenSize);
        QCOMPARE(model->arena().rounded().defined() ? model->arena().rounded().numel() : 0,
                 exact ? 0 : padded * config.hiddenSize);
    }

    void sharedWeights_areTheSameMemory_andAnswerAlike() {
        const auto model =
            loadModelToAnswer(stored("Qwen3ForCausalLM", TensorType::BFloat16), computeOf("float32"));
        const auto other = model->sharingWeights();
        for (std::size_t i = 0; i < model->parameters().size(); ++i)
            QVERIFY(model->parameters()[i].tensor.data_ptr() == other->parameters()[i].tensor.data_ptr());
        const auto scorer = makeNextTokenScorer(*model);
        const auto over = scorer->over(*other);
        const auto ids = someIds(30);
        QVERIFY(at::equal(scores(*model, *scorer, ids, 5), scores(*other, *over, ids, 5)));
    }

    void matrices_ofSeveralTypes_areKeptInFloat32() {
        const fs::path folder = stored("LlamaForCausalLM", TensorType::BFloat16);
        const ModelConfig config = readModelConfig(folder);
        QCOMPARE(matrixType(config, WeightFiles(folder)), TensorType::BFloat16);
        std::vector<std::vector<char>> memory;
        std::vector<TensorToWrite> tensors;
        const WeightFiles weights(folder);
        for (const std::string& name : weights.names()) {
            const TensorEntry& entry = weights.entry(name);
            const bool wide = name.ends_with("down_proj.weight");
            memory.emplace_back(entry.elementCount() * (wide ? 4 : 2), '\0');
            tensors.push_back({name, wide ? TensorType::Float32 : TensorType::BFloat16, entry.shape,
                               reinterpret_cast<const std::byte*>(memory.back().data())});
        }
        const fs::path mixed = m_folder / "mixed";
        fs::create_directories(mixed);
        fs::copy_file(folder / "config.json", mixed / "config.json");
        writeSafetensors(mixed / "model.safetensors", tensors);
        QCOMPARE(matrixType(config, WeightFiles(mixed)), TensorType::Float32);
        const auto model = loadModelToAnswer(mixed, computeOf("float32"));
        for (const Parameter& parameter : model->parameters())
            QVERIFY(parameter.tensor.scalar_type() == at::kFloat);
    }

    void loss_ofAModelThatAnswers_isRefused() {
        const auto model =
            loadModelToAnswer(stored("LlamaForCausalLM", TensorType::Float16), computeOf("float32"));
        const at::NoGradGuard noGrad;
        const DeviceBatch batch = toDevice(test::pack(test::randomRows({9}, 40, 1)), model->compute());
        const auto error = test::errorOf([&] { model->labelLosses(batch); });
        QVERIFY(error && error->code() == ErrorCode::Internal);
    }
};

STUDIO_TEST(AnsweringWeightsTest)

#include "answering_weights_test.moc"
