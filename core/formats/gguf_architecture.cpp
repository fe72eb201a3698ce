// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_architecture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/formats/model_family.h"

namespace studio {

namespace {

using Kind = RopeScaling::Kind;

constexpr std::array<GgufArchitecture, 7> kArchitectures{{
    {.name = "llama",
     .architecture = "LlamaForCausalLM",
     .neighbouringPairs = true,
     .frequencyFactors = true,
     .partialRotary = false,
     .freeHeadSize = true,
     .queryKeyValueBias = true,
     .needsBias = false,
     .needsOutput = false},
    {.name = "llama",
     .architecture = "MistralForCausalLM",
     .neighbouringPairs = true,
     .frequencyFactors = true,
     .partialRotary = false,
     .freeHeadSize = true,
     .queryKeyValueBias = true,
     .needsBias = false,
     .needsOutput = false},
    {.name = "qwen2",
     .architecture = "Qwen2ForCausalLM",
     .neighbouringPairs = false,
     .frequencyFactors = false,
     .partialRotary = false,
     .freeHeadSize = false,
     .queryKeyValueBias = true,
     .needsBias = false,
     .needsOutput = false},
    {.name = "qwen3",
     .architecture = "Qwen3ForCausalLM",
     .neighbouringPairs = false,
     .frequencyFactors = false,
     .partialRotary = false,
     .freeHeadSize = true,
     .queryKeyValueBias = false,
     .needsBias = false,
     .needsOutput = false},
    {.name = "phi3",
     .architecture = "Phi3ForCausalLM",
     .neighbouringPairs = false,
     .frequencyFactors = false,
     .partialRotary = true,
     .freeHeadSize = false,
     .queryKeyValueBias = false,
     .needsBias = false,
     .needsOutput = false},
    {.name = "gpt2",
     .architecture = "GPT2LMHeadModel",
     .neighbouringPairs = false,
     .frequencyFactors = false,
     .partialRotary = false,
     .freeHeadSize = false,
     .queryKeyValueBias = true,
     .needsBias = false,
     .needsOutput = false},
    {.name = "gptneox",
     .architecture = "GPTNeoXForCausalLM",
     .neighbouringPairs = false,
     .frequencyFactors = false,
     .partialRotary = true,
     .freeHeadSize = false,
     .queryKeyValueBias = true,
     .needsBias = true,
     .needsOutput = true},
}};

[[noreturn]] void refuse(const ModelConfig& config, const std::string& what) {
    throw Error(ErrorCode::ModelUnsupported,
                std::string("A GGUF file cannot hold this ") + config.family().title +
                    " model: llama.cpp does not compute " + what + ".",
                "Use the model as it is, in the Hugging Face layout.",
                {config.architecture, "gguf_model", what});
}

/// The temperature of YaRN that llama.cpp computes from the factor alone.
bool hasUsualYarnScale(const ModelConfig& config) {
    const double usual = 0.1 * std::log(config.rope.factor) + 1.0;
    const double scale = rotaryFrequencies(config.rotated(), config.ropeTheta, config.rope).scale;
    return std::fabs(scale - usual) < 1e-6 * usual;
}

void checkRotary(const ModelConfig& config, const GgufArchitecture& known) {
    if (config.learnedPositions) return;
    if (config.rotated() != config.headSize && !known.partialRotary)
        refuse(config, "rotary positions of a part of each head (partial_rotary_factor) for it");
    if (config.rope.kind == Kind::Llama3 && !known.frequencyFactors)
        refuse(config, "the rotary scaling llama3 for it");
    if (config.rope.kind != Kind::Yarn) return;
    // The keys for them are in the format, but llama.cpp's contexts put the usual ones in their place.
    if (config.rope.betaFast != 32.0 || config.rope.betaSlow != 1.0)
        refuse(config, "YaRN with borders of its own (beta_fast, beta_slow)");
    if (!config.rope.truncated) refuse(config, "YaRN between whole dimensions (truncate: false)");
    if (!hasUsualYarnScale(config))
        refuse(config, "YaRN with a temperature of its own (attention_factor, mscale)");
}

}  // namespace

const GgufArchitecture& ggufArchitecture(const ModelConfig& config) {
    const auto* known =
        std::find_if(kArchitectures.begin(), kArchitectures.end(),
                     [&](const GgufArchitecture& one) { return config.architecture == one.architecture; });
    if (known == kArchitectures.end()) refuse(config, "the architecture " + config.architecture);
    if (config.headCount * config.headSize != config.hiddenSize && !known->freeHeadSize)
        refuse(config, "heads (head_dim) that are not together as wide as hidden_size for it");
    if (config.queryKeyValueBias && !known->queryKeyValueBias)
        refuse(config, "a bias of the attention (attention_bias) for it");
    checkRotary(config, *known);
    return *known;
}

std::int64_t ggufContext(const ModelConfig& config, ExportNotes& notes) {
    const bool windowed = config.window > 0 && config.window < config.contextLength &&
                          config.firstWindowedLayer < config.layerCount;
    if (!windowed) return config.contextLength;
    const std::string window = std::to_string(config.window), context = std::to_string(config.contextLength);
    notes.push_back({"window_ends_context",
                     "The model's attention reaches back " + window +
                         " tokens, which llama.cpp does not keep to for it; the file says a context of " +
                         window + " tokens instead of " + context + ", within which both are the same.",
                     {window, context}});
    return config.window;
}

void appendArchitectureKeys(const ModelConfig& config, const GgufArchitecture& architecture,
                            std::int64_t contextLength, GgufMetadata& metadata) {
    const std::string prefix = std::string(architecture.name) + ".";
    const auto size = [&](const char* key, std::int64_t value) {
        metadata.emplace_back(prefix + key, static_cast<std::uint32_t>(value));
    };
    const auto real = [&](const char* key, double value) {
        metadata.emplace_back(prefix + key, static_cast<float>(value));
    };
    size("context_length", contextLength);
    size("embedding_length", config.hiddenSize);
    size("block_count", config.layerCount);
    size("feed_forward_length", config.intermediateSize);
    size("attention.head_count", config.headCount);
    size("attention.head_count_kv", config.keyValueHeadCount);
    size("attention.key_length", config.headSize);
    size("attention.value_length", config.headSize);
    real(config.layerNorm ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon",
         config.normEpsilon);
    size("vocab_size", config.vocabSize);
    if (config.layerNorm && !config.learnedPositions)
        metadata.emplace_back(prefix + "use_parallel_residual", config.parallelResidual);
    const bool phi = std::string_view(architecture.name) == "phi3";
    // Some versions of llama.cpp do not load a Phi-3 without it, none reads more from it.
    if (phi) size("attention.sliding_window", config.window);
    if (config.learnedPositions) return;
    size("rope.dimension_count", config.rotated());
    real("rope.freq_base", config.ropeTheta);
    const RopeScaling& rope = config.rope;
    if (rope.kind == Kind::Linear || rope.kind == Kind::Yarn) {
        metadata.emplace_back(prefix + "rope.scaling.type",
                              std::string(rope.kind == Kind::Linear ? "linear" : "yarn"));
        real("rope.scaling.factor", rope.factor);
    }
    if (rope.kind == Kind::Yarn || phi)
        size("rope.scaling.original_context_length",
             rope.kind == Kind::Yarn ? rope.originalContext : contextLength);
}

std::vector<float> frequencyFactors(const ModelConfig& config) {
    if (config.learnedPositions || config.rope.kind != Kind::Llama3) return {};
    const RotaryFrequencies plain = rotaryFrequencies(config.rotated(), config.ropeTheta, {});
    const RotaryFrequencies scaled = rotaryFrequencies(config.rotated(), config.ropeTheta, config.rope);
    std::vector<float> factors;
    for (std::size_t i = 0; i < plain.perPosition.size(); ++i)
        factors.push_back(static_cast<float>(plain.perPosition[i] / scaled.perPosition[i]));
    return factors;
}

}  // namespace studio
