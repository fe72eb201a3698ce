// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/checkpoint/adapter_io.h"
#include "core/generate/generator.h"
#include "tests/support/assets.h"
#include "tests/support/golden_files.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

struct Case {
    fs::path model, adapter, logits;
    std::vector<std::int64_t> ids;
};

/// Adapters that PEFT made, beside or below their models, with the logits that another implementation gives.
std::vector<Case> cases() {
    std::vector<Case> found;
    const fs::path models = test::asset("models");
    if (models.empty()) return found;
    for (const auto& entry : fs::directory_iterator(models)) {
        const fs::path golden = entry.path() / "lora/golden.json";
        if (!fs::exists(golden)) continue;
        const auto json = test::readGolden(golden);
        found.push_back({entry.path(), entry.path() / "lora",
                         entry.path() / "lora" / json.at("file").get<std::string>(),
                         json.at("ids").get<std::vector<std::int64_t>>()});
    }
    return found;
}

Tensor expectedOf(const fs::path& file) {
    const test::FloatArray npy = test::readNpy(file);
    return at::tensor(npy.values).view(npy.shape);
}

double farthest(const Tensor& a, const Tensor& b) {
    return (a - b).abs().max().item<double>();
}

/// Logits by the decode kernels, token by token.
Tensor decoded(const Decoder& model, NextTokenScorer& scorer, const std::vector<std::int64_t>& ids) {
    KeyValueCache cache(model.config(), static_cast<std::int64_t>(ids.size()), at::kCPU);
    std::vector<Tensor> rows;
    for (const std::int64_t id : ids)
        rows.push_back(at::from_blob(const_cast<float*>(scorer.next({{id, &cache, {}}})),
                                     {1, model.config().vocabSize}, at::kFloat)
                           .clone());
    return at::cat(rows);
}

}  // namespace

class GoldenAdapterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void peftAdapters_beside_giveTheGoldenLogits() {
        const auto all = cases();
        if (all.empty()) QSKIP("the test assets are not on this machine (STUDIO_ASSETS): models with lora");
        for (const Case& one : all) {
            const at::NoGradGuard noGrad;
            const auto model = loadModel(one.model, chooseCompute("cpu", "float32", 2, 0));
            const auto scorer = makeNextTokenScorer(*model);
            const Tensor base = logitsOf(*model, one.ids), baseDecoded = decoded(*model, *scorer, one.ids);
            const Tensor expected = expectedOf(one.logits);
            AdapterSet adapters = loadAdapter(one.adapter, model->config(), model->compute());
            {
                const AttachedAdapters attached(*model, scorer.get(), adapters);
                QVERIFY2(farthest(logitsOf(*model, one.ids), expected) < 1e-4, one.adapter.c_str());
                QVERIFY2(scorer->fused(), one.adapter.c_str());
                QVERIFY2(farthest(decoded(*model, *scorer, one.ids), expected) < 1e-4, one.adapter.c_str());
                QVERIFY(farthest(base, expected) > 1e-2);  // it does something
            }
            // Taken away, the base is what it was, to the bit.
            QVERIFY(at::equal(logitsOf(*model, one.ids), base));
            QVERIFY(at::equal(decoded(*model, *scorer, one.ids), baseDecoded));
            mergeAdapter(*model, adapters);
            QVERIFY2(farthest(logitsOf(*model, one.ids), expected) < 1e-4, one.adapter.c_str());
            // Its opposite takes it out again.
            for (BlockAdapters& block : adapters)
                for (const auto* adapter : {&block.qkv, &block.output, &block.wide, &block.down})
                    if (*adapter) (*adapter)->scale *= -1.0F;
            mergeAdapter(*model, adapters);
            QVERIFY2(farthest(logitsOf(*model, one.ids), base) < 1e-4, one.adapter.c_str());
        }
    }

    void trainedAdapter_ofStories_givesTheGoldenLogits() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const at::NoGradGuard noGrad;
        const auto model = loadModel(folder, chooseCompute("cpu", "float32", 2, 0));
        AdapterSet adapters =
            loadAdapter(folder / "training/lora_trained", model->config(), model->compute());
        const AttachedAdapters attached(*model, nullptr, adapters);
        const auto golden = test::readGolden(folder / "training/training.json");
        std::vector<std::int64_t> ids = golden.at("batch")[0].at("ids").get<std::vector<std::int64_t>>();
        ids.resize(12);
        const Tensor expected = expectedOf(folder / "training/lora_trained/logits_first12.npy");
        QVERIFY(farthest(logitsOf(*model, ids), expected) < 1e-3);
    }

    void adapterWithoutEffect_givesTheBaseToTheBit() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const at::NoGradGuard noGrad;
        const auto model = loadModel(folder, chooseCompute("cpu", "float32", 2, 0));
        const auto scorer = makeNextTokenScorer(*model);
        const std::vector<std::int64_t> ids{1, 403, 407, 261, 378};
        const Tensor base = logitsOf(*model, ids), baseDecoded = decoded(*model, *scorer, ids);
        AdapterSet adapters =
            loadAdapter(folder / "training/lora_trained", model->config(), model->compute());
        for (BlockAdapters& block : adapters)
            for (const auto* adapter : {&block.qkv, &block.output, &block.wide, &block.down})
                if (*adapter)
                    for (LowRankAdapter::Part& part : (*adapter)->parts) part.up.value.zero_();
        const AttachedAdapters attached(*model, scorer.get(), adapters);
        QVERIFY(at::equal(logitsOf(*model, ids), base));
        QVERIFY(at::equal(decoded(*model, *scorer, ids), baseDecoded));
    }
};

STUDIO_TEST(GoldenAdapterTest)
#include "golden_adapter_test.moc"
