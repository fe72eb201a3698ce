// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// loadAdapter() of adapters whose modules differ in rank and strength (rank_pattern, alpha_pattern), and of
// pickled ones.
#include <cmath>
#include <cstring>
#include <list>

#include "core/checkpoint/adapter_io.h"
#include "core/generate/generator.h"
#include "tests/support/assets.h"
#include "tests/support/pickled_adapter.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

const std::vector<std::int64_t> kIds{1, 5, 9, 30, 2, 17};

/// What one module's factors are to be, said apart from what the configuration says.
struct Wanted {
    std::int64_t rank = 4;
    double alpha = 8.0;
};

/// Of gate and up, which are one product, the first layer has one only.
std::map<std::string, Wanted> wantedModules() {
    std::map<std::string, Wanted> all;
    for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
        all[layer + "self_attn.q_proj"] = {};
        all[layer + "self_attn.k_proj"] = {.rank = 2};
        all[layer + "self_attn.v_proj"] = {.alpha = 3.0};
        all[layer + "self_attn.o_proj"] = {.rank = 1, .alpha = 5.0};
        all[layer + "mlp.up_proj"] = {};
        all[layer + "mlp.down_proj"] = {};
    }
    all["model.layers.1.self_attn.q_proj"] = {.alpha = 12.0};
    all["model.layers.1.mlp.gate_proj"] = {.rank = 7, .alpha = 2.0};
    return all;
}

OrderedJson configJson(bool rankStabilized) {
    return {
        {"peft_type", "LORA"},
        {"r", 4},
        {"lora_alpha", 8},
        {"use_rslora", rankStabilized},
        {"rank_pattern", {{"k_proj", 2}, {"model.layers.1.mlp.gate_proj", 7}, {"o_proj", 1}}},
        {"alpha_pattern",
         {{"v_proj", 3}, {"^model\\.layers\\.1\\..*(q)_proj", 12}, {"o_proj", 5.0}, {"mlp.gate_proj", 2}}}};
}

/// A model, an adapter for it, and the model with the adapter added to its weights number by number.
class Shelf {
public:
    explicit Shelf(bool rankStabilized) {
        const OrderedJson json = test::smallConfig("LlamaForCausalLM");
        for (const fs::path& place : {base(), whole(), adapter()}) makeFolders(place);
        test::writeModel(base(), json);
        const auto shapes = expectedTensors(parseModelConfig(json, "config.json"));
        test::writeModel(whole(), json, [&](test::WrittenWeights& weights) {
            for (const auto& [module, wanted] : wantedModules())
                addFactors(module, wanted, shapes.at(module + ".weight"), rankStabilized,
                           weights.at(module + ".weight"));
        });
        writeSafetensors(adapter() / kAdapterWeightsFile, m_tensors);
        writeJsonFile(adapter() / kAdapterConfigFile, configJson(rankStabilized));
    }
    fs::path base() const { return m_folder / "base"; }
    fs::path whole() const { return m_folder / "whole"; }
    fs::path adapter() const { return m_folder / "adapter"; }

private:
    const std::vector<float>& add(const std::string& name, std::int64_t rows, std::int64_t columns) {
        std::vector<float>& values = m_numbers.emplace_back();
        for (std::int64_t i = 0; i < rows * columns; ++i)
            values.push_back(static_cast<float>(static_cast<double>(m_random.next() >> 11) * 0x1p-53 - 0.5));
        m_tensors.push_back({peftName(name),
                             TensorType::Float32,
                             {rows, columns},
                             reinterpret_cast<const std::byte*>(values.data())});
        return values;
    }

    void addFactors(const std::string& module, const Wanted& wanted, const std::vector<std::int64_t>& shape,
                    bool rankStabilized, std::vector<float>& weight) {
        const std::vector<float>& down = add(module + ".lora_A.weight", wanted.rank, shape[1]);
        const std::vector<float>& up = add(module + ".lora_B.weight", shape[0], wanted.rank);
        const auto width = static_cast<double>(wanted.rank);
        const double scale = wanted.alpha / (rankStabilized ? std::sqrt(width) : width);
        for (std::int64_t row = 0; row < shape[0]; ++row)
            for (std::int64_t column = 0; column < shape[1]; ++column) {
                double sum = 0.0;
                for (std::int64_t i = 0; i < wanted.rank; ++i)
                    sum += static_cast<double>(up[static_cast<std::size_t>(row * wanted.rank + i)]) *
                           static_cast<double>(down[static_cast<std::size_t>(i * shape[1] + column)]);
                weight[static_cast<std::size_t>(row * shape[1] + column)] += static_cast<float>(scale * sum);
            }
    }

    test::TemporaryFolder m_folder;
    Random m_random{23};
    std::list<std::vector<float>> m_numbers;
    std::vector<TensorToWrite> m_tensors;
};

double farthest(const Tensor& a, const Tensor& b) {
    return (a - b).abs().max().item<double>();
}

/// Token by token, as answers are made.
Tensor decoded(const Decoder& model, NextTokenScorer& scorer) {
    KeyValueCache cache(model.config(), static_cast<std::int64_t>(kIds.size()), at::kCPU);
    std::vector<Tensor> rows;
    for (const std::int64_t id : kIds)
        rows.push_back(at::from_blob(const_cast<float*>(scorer.next({{id, &cache, {}}})),
                                     {1, model.config().vocabSize}, at::kFloat)
                           .clone());
    return at::cat(rows);
}

}  // namespace

class AdapterPatternsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adapter_modulesThatDiffer_giveTheMergedModel_data() {
        QTest::addColumn<bool>("rankStabilized");
        QTest::newRow("LoRA") << false;
        QTest::newRow("rsLoRA") << true;
    }
    void adapter_modulesThatDiffer_giveTheMergedModel() {
        QFETCH(bool, rankStabilized);
        const at::NoGradGuard noGrad;
        const Shelf shelf(rankStabilized);
        const Compute compute = chooseCompute("cpu", "float32", 1, 0);
        const auto model = loadModel(shelf.base(), compute), whole = loadModel(shelf.whole(), compute);
        const auto scorer = makeNextTokenScorer(*model);
        const Tensor base = logitsOf(*model, kIds), expected = logitsOf(*whole, kIds);
        QVERIFY(farthest(base, expected) > 0.1);
        AdapterSet adapters = loadAdapter(shelf.adapter(), model->config(), model->compute());
        {
            const AttachedAdapters attached(*model, scorer.get(), adapters);
            QVERIFY(farthest(logitsOf(*model, kIds), expected) < 1e-3);
            QVERIFY(farthest(decoded(*model, *scorer), expected) < 1e-3);
        }
        QVERIFY(at::equal(logitsOf(*model, kIds), base));
        mergeAdapter(*model, adapters);
        QVERIFY(farthest(logitsOf(*model, kIds), expected) < 1e-3);
    }

    void adapter_pickled_isTheSameToTheBit() {
        const at::NoGradGuard noGrad;
        const Shelf shelf(false);
        const auto model = loadModel(shelf.base(), chooseCompute("cpu", "float32", 1, 0));
        const auto beside = [&] {
            AdapterSet adapters = loadAdapter(shelf.adapter(), model->config(), model->compute());
            const AttachedAdapters attached(*model, nullptr, adapters);
            return logitsOf(*model, kIds);
        };
        const Tensor before = beside();
        test::pickleAdapter(shelf.adapter());
        QVERIFY(!fs::exists(shelf.adapter() / kAdapterWeightsFile));
        QVERIFY(at::equal(beside(), before));
    }

    void adapter_modulesOfOneRankAndScale_keepsItsNumbersToTheBit() {
        const at::NoGradGuard noGrad;
        const Shelf shelf(false);
        const Compute compute = chooseCompute("cpu", "float32", 1, 0);
        const ModelConfig config = readModelConfig(shelf.base());
        const AdapterSet adapters = loadAdapter(shelf.adapter(), config, compute);
        const SafetensorsFile file(shelf.adapter() / kAdapterWeightsFile);
        const LowRankAdapter& output = *adapters[0].output;
        QCOMPARE(output.rank, std::int64_t{1});
        QCOMPARE(output.scale, 5.0);
        const std::string name = peftName("model.layers.0.self_attn.o_proj.lora_B.weight");
        QCOMPARE(std::memcmp(output.parts.front().up.value.data_ptr(), file.data(name),
                             output.parts.front().up.value.nbytes()),
                 0);
        // Of a product of several modules: that of the first, and as wide as the widest.
        QCOMPARE(adapters[0].qkv->rank, std::int64_t{4});
        QCOMPARE(adapters[0].qkv->scale, 2.0);
        QCOMPARE(adapters[0].qkv->parts.size(), std::size_t{3});
        QCOMPARE(adapters[1].qkv->scale, 3.0);
        QCOMPARE(adapters[1].wide->rank, std::int64_t{7});
    }
};

STUDIO_TEST(AdapterPatternsTest)
#include "adapter_patterns_test.moc"
