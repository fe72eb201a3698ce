// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/model_config.h"
#include "core/tensor/ops.h"

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

private:
    std::vector<Tensor> m_keys;
    std::vector<Tensor> m_values;
    std::int64_t m_length = 0;
    std::int64_t m_capacity = 0;
};

/// One parameter: its Hugging Face name, and whether AdamW decays it (matrices yes; norms and biases no).
struct Parameter {
    std::string name;
    Tensor tensor;
    bool decays = true;
};

/// A Llama-style decoder (Touvron et al. 2023): pre-norm blocks of rotary grouped-query attention and SwiGLU.
/// Parameters are float32 leaves under their Hugging Face names. Owned by one job; not thread-safe.
class Decoder {
public:
    /// Parameters are allocated, not initialised.
    Decoder(ModelConfig config, const Compute& compute);
    ~Decoder();

    const ModelConfig& config() const { return m_config; }
    const Compute& compute() const { return m_compute; }
    std::vector<Parameter>& parameters() { return m_parameters; }
    const std::vector<Parameter>& parameters() const { return m_parameters; }
    Tensor& parameter(const std::string& name);
    std::int64_t parameterCount() const;
    void setRequiresGrad(bool on);

    /// Fresh weights: normal(0, initializer_range), output projections of the residual branches divided by
    /// sqrt(2 layers) (Radford et al. 2019), norms 1, biases 0.
    void initialize(std::uint64_t seed);

    /// Final hidden states of a packed batch. // -> [tokens, hidden]
    Tensor hidden(const DeviceBatch& batch) const;
    /// Sum of cross-entropies over the batch's labels, in nats; divide by labelCount for the mean. // scalar
    Tensor lossSum(const DeviceBatch& batch) const;
    /// // hidden: [n, hidden] -> [n, vocabulary]
    Tensor logits(const Tensor& hidden) const;
    /// Feeds the next tokens of one sequence and returns their final hidden states. // ids: [new] -> [new,
    /// hidden]
    Tensor hiddenCached(const Tensor& ids, KeyValueCache& cache) const;

private:
    struct Layer;
    void addParameter(const std::string& name, std::vector<std::int64_t> shape, Tensor* place);
    template <typename Attend>
    Tensor block(std::int64_t index, const Tensor& x, const Tensor& positions, Attend&& attend) const;
    const Tensor& head() const;

    ModelConfig m_config;
    Compute m_compute;
    std::unique_ptr<Ops> m_ops;
    std::vector<Layer> m_layers;
    std::vector<Parameter> m_parameters;
    Tensor m_embedding;
    Tensor m_finalNorm;
    Tensor m_head;  ///< undefined when tied
    RotaryTable m_rotary;
};

}  // namespace studio
