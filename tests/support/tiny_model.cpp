// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_model.h"

#include "core/base/random.h"
#include "core/data/batch.h"

namespace studio::test {

ModelConfig tinyConfig(bool tied, bool biased) {
    ModelConfig config;
    config.vocabSize = 37;
    config.hiddenSize = 24;
    config.intermediateSize = 40;
    config.layerCount = 2;
    config.headCount = 6;
    config.keyValueHeadCount = 2;
    config.headSize = 4;
    config.contextLength = 64;
    config.tiedEmbeddings = tied;
    config.queryKeyValueBias = config.outputBias = biased;
    config.mlpBias = biased;
    config.initializerRange = 0.3;
    config.eosIds = {2};
    return config;
}

void makeGpt2(ModelConfig& config) {
    config.architecture = "GPT2LMHeadModel";
    config.layerNorm = config.gelu = config.learnedPositions = true;
    config.keyValueHeadCount = config.headCount;
}

void makeNeoX(ModelConfig& config) {
    config.architecture = "GPTNeoXForCausalLM";
    config.layerNorm = config.gelu = config.exactGelu = config.parallelResidual = true;
    config.rotaryShare = 0.5;
    config.rotarySize = config.headSize / 2;
    config.keyValueHeadCount = config.headCount;
}

void makeQwen3(ModelConfig& config) {
    config.architecture = "Qwen3ForCausalLM";
    config.headNorms = true;
    config.window = 6;
    config.firstWindowedLayer = 1;
}

std::unique_ptr<Decoder> tinyModel(const ModelConfig& config, std::uint64_t seed, bool fused) {
    Compute compute;
    compute.threads = useThreads(2);
    compute.fused = fused;
    auto model = std::make_unique<Decoder>(config, compute);
    model->initialize(seed);
    return model;
}

std::vector<Example> randomRows(const std::vector<std::int64_t>& lengths, std::int64_t vocabSize,
                                std::uint64_t seed) {
    Random random(seed);
    std::vector<Example> rows;
    for (const std::int64_t length : lengths) {
        Example row;
        row.rowId = static_cast<std::int64_t>(rows.size()) + 1;
        row.promptLength = static_cast<std::int32_t>(length / 3);
        row.uncutLength = static_cast<std::int32_t>(length);
        for (std::int64_t i = 0; i < length; ++i) {
            row.ids.push_back(static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(vocabSize))));
            row.trained.push_back(i >= row.promptLength ? 1 : 0);
        }
        rows.push_back(row);
    }
    return rows;
}

double meanLoss(const Decoder& model, const DeviceBatch& batch) {
    const at::NoGradGuard noGrad;
    return model.lossSum(batch).item<double>() / static_cast<double>(batch.labelCount);
}

PackedBatch pack(const std::vector<Example>& rows) {
    std::vector<const Example*> pointers;
    for (const Example& row : rows) pointers.push_back(&row);
    return packExamples(pointers);
}

}  // namespace studio::test
