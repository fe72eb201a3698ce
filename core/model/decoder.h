// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/model_config.h"
#include "core/formats/weight_names.h"
#include "core/model/block_adapters.h"
#include "core/model/recomputed_block.h"
#include "core/model/trained_part.h"
#include "core/tensor/ops.h"
#include "core/tensor/parameter_arena.h"

namespace studio {

/// Keys and values of the tokens seen so far, for one sequence. // each: [kvHeads, capacity, headSize]
class KeyValueCache {
public:
    KeyValueCache(const ModelConfig& config, std::int64_t capacity, const at::Device& device);
    std::int64_t length() const { return m_length; }
    std::int64_t capacity() const { return m_capacity; }
    /// Writes the layer's new entries behind the old ones and returns all of them. // [new, kvHeads,
    /// headSize]
    std::pair<Tensor, Tensor> append(std::int64_t layer, const Tensor& key, const Tensor& value);
    /// After all layers took `count` tokens.
    void advance(std::int64_t count) { m_length += count; }
    /// The layers' memory, for kernels on the CPU.
    float* const* keys() const { return m_keyData.data(); }
    float* const* values() const { return m_valueData.data(); }
    /// Memory of one token, in bytes.
    static std::int64_t bytesPerToken(const ModelConfig& config);

private:
    std::vector<Tensor> m_keys;
    std::vector<Tensor> m_values;
    std::vector<float*> m_keyData, m_valueData;
    std::int64_t m_length = 0;
    std::int64_t m_capacity = 0;
};

/// One parameter under its Hugging Face name: a view of the arena, so that a change of it is a change of the
/// model (then call Decoder::weightsChanged()).
struct Parameter {
    std::string name;
    Tensor tensor;       // float32; of a frozen matrix bfloat16 where products take that, and of a decoder
                         // that only answers what its file has
    Tensor gradient;     // float32; undefined before prepareTraining() and where frozen
    bool decays = true;  ///< whether AdamW decays it: matrices yes, norms and biases no
    WeightLayout layout = WeightLayout::Plain;  ///< in the family's files; here it is plain
    bool ontoResidual = false;  ///< the weight of a product whose outputs join the residual stream
};

/// The weights of one block.
struct DecoderBlock {
    NormLayer inputNorm, postNorm;
    NormLayer queryNorm, keyNorm;  // of each head; where the model has them
    LinearLayer qkv, output;
    LinearLayer wide, down;  // wide: gate and up, or GELU's only input
};

/// A Llama-style decoder (Touvron et al. 2023): pre-norm blocks of rotary grouped-query attention and SwiGLU;
/// as variants layer norm, GELU and learned positions (Radford et al. 2019), attention and MLP side by side
/// (Black et al. 2022), norms of queries and keys (Qwen3). Projections of the same input are one product:
/// query, key and value, and gate and up. Owned by one job; not thread-safe.
class Decoder {
public:
    /// Parameters are 0. Throws SettingInvalid where a pattern of `part` fits no parameter, all of them, or
    /// only some of those that are one product.
    Decoder(ModelConfig config, const Compute& compute, const TrainedPart& part = {});
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    /// Another decoder over the very same weights, which takes next to no memory: each has adapters of its
    /// own and may be used on a thread of its own, as long as nobody writes the weights. For a model that
    /// isPlain().
    std::unique_ptr<Decoder> sharingWeights() const;

    const ModelConfig& config() const { return m_config; }
    const Compute& compute() const { return m_compute; }
    std::vector<Parameter>& parameters() { return m_parameters; }
    const std::vector<Parameter>& parameters() const { return m_parameters; }
    Parameter& parameter(const std::string& name);
    /// The adapters' factors, named as PEFT names them: "….q_proj.lora_A.weight". Empty without adapters.
    std::vector<Parameter>& adapterParameters() { return m_adapterParameters; }
    const std::vector<Parameter>& adapterParameters() const { return m_adapterParameters; }
    ParameterArena& arena() { return m_arena; }
    std::int64_t parameterCount() const;  ///< without adapters
    std::int64_t trainedCount() const;    ///< with adapters
    /// Makes gradients, or sets them to 0.
    void prepareTraining();
    /// After parameters were written from outside.
    void weightsChanged() { m_arena.round(); }

    /// Fresh weights: normal(0, initializer_range), output projections of the residual branches divided by
    /// sqrt(2 layers) (Radford et al. 2019), norms 1, biases 0.
    void initialize(std::uint64_t seed);

    /// Fresh adapters, which change nothing yet: A uniform in ± 1 / sqrt(in), as PEFT draws it, B 0.
    void initializeAdapters(std::uint64_t seed);
    /// Exchanges the adapters beside the blocks' products with these: once to attach them, once more to
    /// detach them. The model's own weights are not touched. Scorers must be told
    /// (NextTokenScorer::adaptersChanged).
    void swapAdapters(AdapterSet& adapters);
    /// What was trained here becomes part of `whole`, the same model in float32 without frozen weights:
    /// trained weights replace its own, adapters are added to them.
    void mergeInto(Decoder& whole) const;
    /// Blocks keep only their input for the backward pass and are computed again in it.
    void setRecomputing(bool recomputing) { m_recomputing = recomputing; }

    // What is learned from: not of a decoder that only answers (TrainedPart::answersFrom), but for hidden().

    /// Final hidden states of a packed batch, in the back end's own type. // -> [tokens, hidden]
    Tensor hidden(const DeviceBatch& batch) const;
    /// Sum of cross-entropies over the batch's labels, in nats; divide by labelCount for the mean.
    /// Differentiate it with gradient 1: gradients are those of settings.gradientScale times the sum. //
    /// scalar
    Tensor lossSum(const DeviceBatch& batch, const LossSettings& settings = {}) const;
    /// The cross-entropy of each label, in nats, without gradients. // -> [labels] float32
    Tensor labelLosses(const DeviceBatch& batch) const;
    /// Forward and backward: adds to the parameters' gradients and returns the cross-entropy of each label.
    /// `lossScale` (the ATen composition only; undefined: 1) multiplies the gradients on top of what the
    /// settings say. // lossScale: [] float32 on the device -> [labels] float32
    Tensor accumulateGradients(const DeviceBatch& batch, const LossSettings& settings,
                               const Tensor& lossScale = {}) const;
    /// // hidden: [n, hidden] -> [n, vocabulary] float32
    Tensor logits(const Tensor& hidden) const;
    /// Tokens of a prompt are rounded up to a multiple of this: few shapes of products.
    static constexpr std::int64_t kPromptUnit = 16;
    /// Feeds the next tokens of one sequence and returns their final hidden states. // ids: [new] -> [new,
    /// hidden]
    Tensor hiddenCached(const Tensor& ids, KeyValueCache& cache) const;
    /// The same for the keys and values alone: the beginning of a prompt. Works on a multiple of
    /// kPromptUnit tokens where the cache has room for them; what is behind the last one is overwritten by
    /// the next.
    void fillCache(const Tensor& ids, KeyValueCache& cache) const;

    // What decoding back ends of their own read.
    bool isPlain() const { return !m_trainedPart.lora && m_trainedPart.frozen.empty(); }
    const std::vector<DecoderBlock>& blocks() const { return m_layers; }
    const LinearLayer& embedding() const { return m_embedding; }
    const Weight& positions() const { return m_positions; }
    const NormLayer& finalNorm() const { return m_finalNorm; }
    const LinearLayer& head() const;
    const RotaryTable& rotary() const { return m_rotary; }

private:
    struct Part;
    /// Lays the weights out, without memory for them.
    struct LaidOut {};
    Decoder(LaidOut, ModelConfig config, const Compute& compute, const TrainedPart& part);
    /// What a matrix is used for.
    struct Use {
        bool byRow = false;  ///< a table: rows are taken out of it
        bool factor = true;
    };
    /// What parameters of one weight have in common.
    struct Kind {
        bool matrix = false;
        WeightLayout layout = WeightLayout::Plain;
        bool ontoResidual = false;
        Use use = {};
    };
    void reserve(Weight& weight, const std::vector<NamedRows>& outputs, std::vector<std::int64_t> shape,
                 const Kind& kind);
    void reserveLinear(LinearLayer& layer, const LinearWeights& weights, bool ontoResidual = false);
    void reserveAdapter(LinearLayer& layer, const LinearWeights& weights);
    void reserveNorm(NormLayer& norm, const std::string& name, std::int64_t width, bool biased);
    void reserveVocabulary(Weight& table, const std::string& name, const Use& use);
    void reserveBlock();
    at::ScalarType frozenType() const;
    bool frozenExactly() const;
    bool trained(const std::vector<std::string>& names) const;
    void checkPatterns() const;
    void nameParameters();
    const AttentionHeads& headsOf(std::int64_t layer) const;
    Tensor headsNormed(const Tensor& qkv, const DecoderBlock& layer) const;
    Tensor mlp(const Tensor& normed, const DecoderBlock& layer) const;
    template <typename Attend>
    Stream block(std::int64_t index, const Stream& stream, Attend&& attend) const;
    Stream packedBlock(std::int64_t index, const Stream& stream, const DeviceBatch& batch) const;
    Stream begin(const Tensor& ids, const Tensor& positions) const;
    Stream allBlocks(const DeviceBatch& batch, const EmbeddingNoise& noise) const;
    Stream cachedBlocks(const Tensor& ids, const Tensor& positions, KeyValueCache& cache) const;
    Tensor labelledHidden(const DeviceBatch& batch, const EmbeddingNoise& noise) const;
    Losses losses(const DeviceBatch& batch, const LossSettings& settings) const;
    void setDropout(const AdapterDropout& dropout) const;
    Tensor noiseFor(const DeviceBatch& batch, const EmbeddingNoise& noise) const;

    ModelConfig m_config;
    Compute m_compute;
    std::unique_ptr<Ops> m_ops;
    AttentionHeads m_heads, m_windowedHeads;
    TrainedPart m_trainedPart;
    ParameterArena m_arena;
    std::vector<Part> m_parts;
    std::vector<DecoderBlock> m_layers;
    std::vector<Part> m_adapterParts;
    std::vector<Parameter> m_parameters, m_adapterParameters;
    LinearLayer m_embedding;
    Weight m_positions;
    NormLayer m_finalNorm;
    LinearLayer m_head;  ///< does not exist when tied
    RotaryTable m_rotary;
    /// The block being laid out: -1 before the first one.
    std::int64_t m_reserving = -1;
    /// The first block that learns; -1 where the embeddings do, layerCount where only what is behind the
    /// blocks.
    std::int64_t m_firstTrained = std::numeric_limits<std::int64_t>::max();
    bool m_recomputing = false;
};

}  // namespace studio
