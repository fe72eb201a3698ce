// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decoder.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace studio {

/// Undefined tensors are biases that the configuration does not have.
struct Decoder::Layer {
    Tensor inputNorm, postNorm;
    Tensor query, key, value, output;
    Tensor queryBias, keyBias, valueBias, outputBias;
    Tensor gate, up, down;
    Tensor gateBias, upBias, downBias;
};

KeyValueCache::KeyValueCache(const ModelConfig& config, std::int64_t capacity, const at::Device& device)
    : m_capacity(capacity) {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
    for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
        m_keys.push_back(at::empty({config.keyValueHeadCount, capacity, config.headSize}, options));
        m_values.push_back(at::empty({config.keyValueHeadCount, capacity, config.headSize}, options));
    }
}

std::pair<Tensor, Tensor> KeyValueCache::append(std::int64_t layer, const Tensor& key, const Tensor& value) {
    const std::int64_t fresh = key.size(0);
    const auto place = static_cast<std::size_t>(layer);
    m_keys[place].narrow(1, m_length, fresh).copy_(key.transpose(0, 1));
    m_values[place].narrow(1, m_length, fresh).copy_(value.transpose(0, 1));
    return {m_keys[place].narrow(1, 0, m_length + fresh), m_values[place].narrow(1, 0, m_length + fresh)};
}

Decoder::Decoder(ModelConfig config, const Compute& compute)
    : m_config(std::move(config)), m_compute(compute), m_ops(makeAtenOps(compute)) {
    const std::int64_t hidden = m_config.hiddenSize;
    const std::int64_t queries = m_config.headCount * m_config.headSize;
    const std::int64_t keys = m_config.keyValueHeadCount * m_config.headSize;
    const std::int64_t wide = m_config.intermediateSize;
    addParameter("model.embed_tokens.weight", {m_config.vocabSize, hidden}, &m_embedding);
    m_layers.resize(static_cast<std::size_t>(m_config.layerCount));
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        Layer& layer = m_layers[i];
        const std::string prefix = "model.layers." + std::to_string(i) + ".";
        const auto projection = [&](const std::string& name, std::int64_t out, std::int64_t in, bool biased,
                                    Tensor* weight, Tensor* bias) {
            addParameter(prefix + name + ".weight", {out, in}, weight);
            if (biased) addParameter(prefix + name + ".bias", {out}, bias);
        };
        addParameter(prefix + "input_layernorm.weight", {hidden}, &layer.inputNorm);
        projection("self_attn.q_proj", queries, hidden, m_config.attentionBias, &layer.query,
                   &layer.queryBias);
        projection("self_attn.k_proj", keys, hidden, m_config.attentionBias, &layer.key, &layer.keyBias);
        projection("self_attn.v_proj", keys, hidden, m_config.attentionBias, &layer.value, &layer.valueBias);
        projection("self_attn.o_proj", hidden, queries, m_config.attentionBias, &layer.output,
                   &layer.outputBias);
        addParameter(prefix + "post_attention_layernorm.weight", {hidden}, &layer.postNorm);
        projection("mlp.gate_proj", wide, hidden, m_config.mlpBias, &layer.gate, &layer.gateBias);
        projection("mlp.up_proj", wide, hidden, m_config.mlpBias, &layer.up, &layer.upBias);
        projection("mlp.down_proj", hidden, wide, m_config.mlpBias, &layer.down, &layer.downBias);
    }
    addParameter("model.norm.weight", {hidden}, &m_finalNorm);
    if (!m_config.tiedEmbeddings) addParameter("lm_head.weight", {m_config.vocabSize, hidden}, &m_head);
    m_rotary =
        makeRotaryTable(m_config.contextLength, m_config.headSize, m_config.ropeTheta, m_compute.device);
}

Decoder::~Decoder() = default;

void Decoder::addParameter(const std::string& name, std::vector<std::int64_t> shape, Tensor* place) {
    const bool matrix = shape.size() > 1;
    *place = at::empty(shape, at::TensorOptions().dtype(at::kFloat).device(m_compute.device));
    m_parameters.push_back({name, *place, matrix});
}

Tensor& Decoder::parameter(const std::string& name) {
    for (Parameter& parameter : m_parameters) {
        if (parameter.name == name) return parameter.tensor;
    }
    throw Error(ErrorCode::Internal, "The model has no parameter " + name + ".", "", {name});
}

std::int64_t Decoder::parameterCount() const {
    std::int64_t count = 0;
    for (const Parameter& parameter : m_parameters) count += parameter.tensor.numel();
    return count;
}

void Decoder::setRequiresGrad(bool on) {
    for (Parameter& parameter : m_parameters) parameter.tensor.set_requires_grad(on);
}

void Decoder::initialize(std::uint64_t seed) {
    const at::NoGradGuard noGrad;
    // Drawn on the CPU whatever the device, so that a seed names the same weights everywhere.
    at::Generator generator = seededGenerator(seed, at::kCPU);
    const double residualScale = 1.0 / std::sqrt(2.0 * static_cast<double>(m_config.layerCount));
    for (Parameter& parameter : m_parameters) {
        if (!parameter.decays) {
            parameter.tensor.fill_(parameter.name.ends_with(".bias") ? 0.0 : 1.0);
            continue;
        }
        const bool residual =
            parameter.name.ends_with("o_proj.weight") || parameter.name.ends_with("down_proj.weight");
        const double deviation = m_config.initializerRange * (residual ? residualScale : 1.0);
        parameter.tensor.copy_(
            at::empty(parameter.tensor.sizes(), at::kFloat).normal_(0.0, deviation, generator));
    }
}

template <typename Attend>
Tensor Decoder::block(std::int64_t index, const Tensor& x, const Tensor& positions, Attend&& attend) const {
    const Layer& layer = m_layers[static_cast<std::size_t>(index)];
    const std::int64_t tokens = x.size(0);
    const auto heads = [&](const Tensor& y, std::int64_t count) {
        return y.view({tokens, count, m_config.headSize});
    };

    const Tensor normed = m_ops->rmsNorm(x, layer.inputNorm, m_config.normEpsilon);
    const Tensor query = m_ops->rotary(
        heads(m_ops->linear(normed, layer.query, layer.queryBias), m_config.headCount), positions, m_rotary);
    const Tensor key =
        m_ops->rotary(heads(m_ops->linear(normed, layer.key, layer.keyBias), m_config.keyValueHeadCount),
                      positions, m_rotary);
    const Tensor value =
        heads(m_ops->linear(normed, layer.value, layer.valueBias), m_config.keyValueHeadCount);
    const Tensor mixed = attend(query, key, value).reshape({tokens, m_config.headCount * m_config.headSize});
    const Tensor afterAttention = x + m_ops->linear(mixed, layer.output, layer.outputBias);

    const Tensor normedAgain = m_ops->rmsNorm(afterAttention, layer.postNorm, m_config.normEpsilon);
    const Tensor activated = m_ops->swiglu(m_ops->linear(normedAgain, layer.gate, layer.gateBias),
                                           m_ops->linear(normedAgain, layer.up, layer.upBias));
    return afterAttention + m_ops->linear(activated, layer.down, layer.downBias);
}

Tensor Decoder::hidden(const DeviceBatch& batch) const {
    Tensor x = at::embedding(m_embedding, batch.ids);
    for (std::int64_t i = 0; i < m_config.layerCount; ++i) {
        x = block(i, x, batch.positions, [&](const Tensor& q, const Tensor& k, const Tensor& v) {
            return m_ops->attention(q, k, v, batch);
        });
    }
    return m_ops->rmsNorm(x, m_finalNorm, m_config.normEpsilon);
}

Tensor Decoder::lossSum(const DeviceBatch& batch) const {
    return m_ops->crossEntropySum(hidden(batch).index_select(0, batch.labelRows), head(), batch.labels);
}

Tensor Decoder::logits(const Tensor& hidden) const {
    return m_ops->linear(hidden, head(), {});
}

Tensor Decoder::hiddenCached(const Tensor& ids, KeyValueCache& cache) const {
    const std::int64_t fresh = ids.size(0);
    const Tensor positions = at::arange(cache.length(), cache.length() + fresh, ids.options());
    Tensor x = at::embedding(m_embedding, ids);
    for (std::int64_t i = 0; i < m_config.layerCount; ++i) {
        x = block(i, x, positions, [&](const Tensor& q, const Tensor& k, const Tensor& v) {
            const auto [keys, values] = cache.append(i, k, v);
            return m_ops->cachedAttention(q, keys, values);
        });
    }
    cache.advance(fresh);
    return m_ops->rmsNorm(x, m_finalNorm, m_config.normEpsilon);
}

const Tensor& Decoder::head() const {
    return m_config.tiedEmbeddings ? m_embedding : m_head;
}

}  // namespace studio
