// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_shapes.h"

#include "core/base/random.h"

namespace studio {

namespace {

ModelConfig sized(std::int64_t vocabulary, std::int64_t hidden, std::int64_t wide, std::int64_t layers,
                  std::int64_t heads, std::int64_t context) {
    ModelConfig config;
    config.vocabSize = vocabulary;
    config.hiddenSize = hidden;
    config.intermediateSize = wide;
    config.layerCount = layers;
    config.headCount = config.keyValueHeadCount = heads;
    config.headSize = hidden / heads;
    config.contextLength = context;
    return config;
}

BenchShape gptShape(const std::string& name, const std::string& text, ModelConfig config, bool learned,
                    bool tied, std::int64_t rows, std::int64_t length) {
    config.architecture = learned ? "GPT2LMHeadModel" : "GPTNeoXForCausalLM";
    config.layerNorm = config.gelu = config.mlpBias = true;
    config.queryKeyValueBias = config.outputBias = true;
    config.learnedPositions = learned;
    config.tiedEmbeddings = tied;
    return {name, text, config, rows, length};
}

}  // namespace

double BenchShape::stepOperations() const {
    const auto hidden = static_cast<double>(config.hiddenSize),
               layers = static_cast<double>(config.layerCount);
    const auto heads =
        static_cast<double>((config.headCount + 2 * config.keyValueHeadCount) * config.headSize);
    const double attention = heads * hidden + hidden * hidden;
    const double mlp = (config.gelu ? 2.0 : 3.0) * hidden * static_cast<double>(config.intermediateSize);
    const double weights = layers * (attention + mlp) + hidden * static_cast<double>(config.vocabSize);
    const auto tokens = static_cast<double>(rows * length);
    return 6.0 * tokens * (weights + layers * hidden * static_cast<double>(length));
}

PackedBatch BenchShape::batch(std::uint64_t seed) const {
    Random random(seed);
    const auto draw = [&] {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(config.vocabSize)));
    };
    PackedBatch batch;
    batch.boundaries.push_back(0);
    for (std::int64_t row = 0; row < rows; ++row) {
        std::int64_t next = draw();
        for (std::int64_t i = 0; i < length; ++i) {
            batch.ids.push_back(next);
            batch.positions.push_back(i);
            batch.labels.push_back(next = draw());
        }
        batch.boundaries.push_back(static_cast<std::int32_t>(batch.ids.size()));
        batch.rowIds.push_back(row + 1);
    }
    batch.longest = static_cast<std::int32_t>(length);
    batch.labelCount = rows * length;
    return batch;
}

const std::vector<BenchShape>& benchShapes() {
    static const std::vector<BenchShape> shapes = [] {
        ModelConfig small = sized(4096, 288, 768, 6, 6, 512);
        small.tiedEmbeddings = true;
        ModelConfig large = sized(151936, 896, 4864, 24, 14, 2048);
        large.keyValueHeadCount = 2;
        large.tiedEmbeddings = true;
        return std::vector<BenchShape>{
            {"a", "Llama-style, 8M", small, 32, 256},
            gptShape("b", "GPT-2, 124M", sized(50257, 768, 3072, 12, 12, 1024), true, true, 4, 256),
            gptShape("c", "like Pythia-70M", sized(50304, 512, 2048, 6, 8, 2048), false, false, 4, 512),
            {"d", "like Qwen2.5-0.5B", large, 8, 1024}};
    }();
    return shapes;
}

}  // namespace studio
