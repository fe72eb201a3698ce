// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decoder.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/model/decoder_layer.h"
#include "core/tensor/huge_pages.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

KeyValueCache::KeyValueCache(const ModelConfig& config, std::int64_t capacity, const at::Device& device)
    : m_capacity(capacity) {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
    Tensor all =
        at::empty({2 * config.layerCount, config.keyValueHeadCount, capacity, config.headSize}, options);
    // Of a large one most may never be written: with pages of 4 KiB only what is written takes memory.
    constexpr std::size_t kMostOnHugePages = 64U << 20;
    if (all.nbytes() <= kMostOnHugePages) all = onHugePages(all);
    for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
        m_keys.push_back(all.select(0, 2 * layer));
        m_values.push_back(all.select(0, 2 * layer + 1));
        m_keyData.push_back(m_keys.back().data_ptr<float>());
        m_valueData.push_back(m_values.back().data_ptr<float>());
    }
}

std::int64_t KeyValueCache::bytesPerToken(const ModelConfig& config) {
    return 2 * config.layerCount * config.keyValueHeadCount * config.headSize *
           static_cast<std::int64_t>(sizeof(float));
}

std::pair<Tensor, Tensor> KeyValueCache::append(std::int64_t layer, const Tensor& key, const Tensor& value) {
    const std::int64_t fresh = key.size(0);
    const auto place = static_cast<std::size_t>(layer);
    m_keys[place].narrow(1, m_length, fresh).copy_(key.transpose(0, 1));
    m_values[place].narrow(1, m_length, fresh).copy_(value.transpose(0, 1));
    return {m_keys[place].narrow(1, 0, m_length + fresh), m_values[place].narrow(1, 0, m_length + fresh)};
}

namespace {

/// Does something when it goes, however that comes.
template <typename Work>
class Finally {
public:
    explicit Finally(Work work) : m_work(std::move(work)) {}
    ~Finally() { m_work(); }
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;

private:
    Work m_work;
};

/// Heads wider than the kernels take go through ATen.
Compute fitting(Compute compute, const ModelConfig& config) {
    compute.fused = compute.fused && config.headSize <= kMostHeadSize;
    return compute;
}

}  // namespace

Decoder::Decoder(LaidOut, ModelConfig config, const Compute& compute, const TrainedPart& part)
    : m_config(std::move(config)),
      m_compute(fitting(compute, m_config)),
      m_ops(makeOps(m_compute)),
      m_heads{m_config.headCount, m_config.keyValueHeadCount, m_config.headSize, 0},
      m_windowedHeads{m_config.headCount, m_config.keyValueHeadCount, m_config.headSize, m_config.window},
      m_trainedPart(part),
      m_layers(static_cast<std::size_t>(m_config.layerCount)) {
    const OuterWeights outer = outerWeights(m_config);
    // Other back ends know no weights of 16 bits.
    if (!m_compute.fused) m_trainedPart.answersFrom.reset();
    reserveVocabulary(m_embedding.weight, outer.embedding, {true, m_config.tiedEmbeddings});
    if (m_config.learnedPositions)
        reserve(m_positions, {{outer.positions, m_config.contextLength}},
                {m_config.contextLength, m_config.hiddenSize},
                {true, WeightLayout::Plain, false, {true, false}});
    for (m_reserving = 0; m_reserving < m_config.layerCount; ++m_reserving) reserveBlock();
    reserveNorm(m_finalNorm, outer.finalNorm, m_config.hiddenSize, m_config.layerNorm);
    if (!m_config.tiedEmbeddings) reserveVocabulary(m_head.weight, outer.head, {false, true});
    checkPatterns();
}

Decoder::Decoder(ModelConfig config, const Compute& compute, const TrainedPart& part)
    : Decoder(LaidOut{}, std::move(config), compute, part) {
    const bool rounded = m_compute.fused && m_compute.matmulType == at::kBFloat16;
    m_arena.allocate(m_compute.device, rounded, frozenType());
    nameParameters();
    if (m_config.learnedPositions) return;
    const RotaryFrequencies turns = rotaryFrequencies(m_config.rotated(), m_config.ropeTheta, m_config.rope);
    m_rotary = makeRotaryTable(m_config.contextLength, turns.perPosition, turns.scale, m_compute.device);
}

Decoder::~Decoder() = default;

std::unique_ptr<Decoder> Decoder::sharingWeights() const {
    if (!isPlain())
        throw Error(ErrorCode::Internal, "Weights of which only a part is trained cannot be shared.", "");
    std::unique_ptr<Decoder> other(new Decoder(LaidOut{}, m_config, m_compute, m_trainedPart));
    other->m_arena.share(m_arena);
    other->nameParameters();
    other->m_rotary = m_rotary;
    return other;
}

void Decoder::reserveBlock() {
    DecoderBlock& layer = m_layers[static_cast<std::size_t>(m_reserving)];
    const BlockWeights weights = blockWeights(m_config, m_reserving);
    reserveNorm(layer.inputNorm, weights.inputNorm, m_config.hiddenSize, m_config.layerNorm);
    reserveLinear(layer.qkv, weights.queryKeyValue);
    if (m_config.headNorms) {
        reserveNorm(layer.queryNorm, weights.queryNorm, m_config.headSize, false);
        reserveNorm(layer.keyNorm, weights.keyNorm, m_config.headSize, false);
    }
    reserveLinear(layer.output, weights.output, true);
    reserveNorm(layer.postNorm, weights.postNorm, m_config.hiddenSize, m_config.layerNorm);
    reserveLinear(layer.wide, weights.wide);
    reserveLinear(layer.down, weights.down, true);
}

void Decoder::nameParameters() {
    const auto named = [](const std::vector<Part>& parts) {
        std::vector<Parameter> parameters;
        for (const Part& part : parts) {
            const auto rows = [&](const Tensor& whole) {
                return whole.defined() ? whole.detach().narrow(0, part.firstRow, part.rows) : Tensor();
            };
            const Weight& weight = *part.weight;
            parameters.push_back({part.name, rows(weight.value.defined() ? weight.value : weight.rounded),
                                  rows(weight.gradient), part.decays, part.layout, part.ontoResidual});
        }
        return parameters;
    };
    m_parameters = named(m_parts);
    m_adapterParameters = named(m_adapterParts);
}

void Decoder::prepareTraining() {
    m_arena.prepareGradients();
    nameParameters();
}

Parameter& Decoder::parameter(const std::string& name) {
    for (Parameter& parameter : m_parameters) {
        if (parameter.name == name) return parameter;
    }
    throw Error(ErrorCode::Internal, "The model has no parameter " + name + ".", "", {name});
}

std::int64_t Decoder::parameterCount() const {
    std::int64_t count = 0;
    for (const Parameter& parameter : m_parameters) count += parameter.tensor.numel();
    return count;
}

std::int64_t Decoder::trainedCount() const {
    std::int64_t count = 0;
    for (const std::vector<Part>* parts : {&m_parts, &m_adapterParts}) {
        for (const Part& part : *parts)
            if (part.trained)
                count += part.rows * part.weight->factor().numel() / part.weight->factor().size(0);
    }
    return count;
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
        const double deviation = m_config.initializerRange * (parameter.ontoResidual ? residualScale : 1.0);
        parameter.tensor.copy_(
            at::empty(parameter.tensor.sizes(), at::kFloat).normal_(0.0, deviation, generator));
    }
    weightsChanged();
}

Stream Decoder::begin(const Tensor& ids, const Tensor& positions) const {
    return {m_ops->embed(m_embedding.weight, ids, m_positions, positions), {}};
}

const AttentionHeads& Decoder::headsOf(std::int64_t layer) const {
    return m_config.windowOf(layer) > 0 ? m_windowedHeads : m_heads;
}

/// RMS norm of each head's query and key, before they are rotated. // qkv: [tokens, (heads + 2 kvHeads)
/// headSize]
Tensor Decoder::headsNormed(const Tensor& qkv, const DecoderBlock& layer) const {
    const std::int64_t size = m_config.headSize;
    const auto parts = qkv.split_with_sizes(
        {m_heads.heads * size, m_heads.keyValueHeads * size, m_heads.keyValueHeads * size}, 1);
    const auto normed = [&](const Tensor& part, const NormLayer& norm) {
        const Tensor rows = part.to(at::kFloat).reshape({-1, size}).contiguous();
        return m_ops->addNorm(rows, {}, norm).normed.to(qkv.scalar_type()).view(part.sizes());
    };
    return at::cat({normed(parts[0], layer.queryNorm), normed(parts[1], layer.keyNorm), parts[2]}, 1);
}

Tensor Decoder::mlp(const Tensor& normed, const DecoderBlock& layer) const {
    const Activation kind = !m_config.gelu       ? Activation::SwiGlu
                            : m_config.exactGelu ? Activation::Gelu
                                                 : Activation::GeluTanh;
    return m_ops->linear(m_ops->activation(m_ops->linear(normed, layer.wide), kind), layer.down);
}

template <typename Attend>
Stream Decoder::block(std::int64_t index, const Stream& stream, Attend&& attend) const {
    const DecoderBlock& layer = m_layers[static_cast<std::size_t>(index)];
    const Ops::Normed before = m_ops->addNorm(stream.residual, stream.delta, layer.inputNorm);
    const Tensor qkv = m_ops->linear(before.normed, layer.qkv);
    const Tensor mixed =
        m_ops->linear(attend(m_config.headNorms ? headsNormed(qkv, layer) : qkv), layer.output);
    if (m_config.parallelResidual) {
        const Ops::Normed beside = m_ops->addNorm(before.sum, {}, layer.postNorm);
        return {beside.sum, mixed + mlp(beside.normed, layer)};
    }
    const Ops::Normed between = m_ops->addNorm(before.sum, mixed, layer.postNorm);
    return {between.sum, mlp(between.normed, layer)};
}

Stream Decoder::packedBlock(std::int64_t index, const Stream& stream, const DeviceBatch& batch) const {
    return block(index, stream,
                 [&](const Tensor& qkv) { return m_ops->attention(qkv, headsOf(index), m_rotary, batch); });
}

// Nothing is kept for the backward pass of what lies before the first weight that is trained. From there on
// autograd follows the residual stream; weights that are trained add to their gradients by themselves.
Stream Decoder::allBlocks(const DeviceBatch& batch, const EmbeddingNoise& noise) const {
    const bool gradients = at::GradMode::is_enabled();
    const auto follow = [&](std::int64_t place, Stream& stream) {
        if (gradients && place == m_firstTrained) stream.residual.requires_grad_(true);
    };
    const std::int64_t first = std::clamp<std::int64_t>(m_firstTrained, 0, m_config.layerCount);
    // One piece of memory for what is kept: in the heap, between the blocks' own values, it would leave gaps.
    // A device's memory is handed out by size, and one large piece for each length would fill it.
    Tensor kept;  // [blocks, tokens, hidden]
    if (gradients && m_recomputing && m_compute.device.is_cpu())
        kept = at::empty({m_config.layerCount - first, batch.ids.size(0), m_config.hiddenSize},
                         at::TensorOptions(m_compute.device).dtype(at::kFloat));
    Stream stream;
    {
        const at::AutoGradMode mode(gradients && m_firstTrained < 0);
        stream = begin(batch.ids, batch.positions);
        if (noise.alpha > 0.0) stream.residual = stream.residual + noiseFor(batch, noise);
    }
    for (std::int64_t i = 0; i < m_config.layerCount; ++i) {
        follow(i, stream);
        const bool learns = gradients && i >= m_firstTrained;
        const at::AutoGradMode mode(learns);
        // Also the last one, though it is computed again at once: the loss in between takes the most memory.
        if (learns && m_recomputing)
            stream =
                recomputed(stream, kept.defined() ? kept[i - first] : at::empty_like(stream.residual),
                           [this, i, batch](const Stream& input) { return packedBlock(i, input, batch); });
        else
            stream = packedBlock(i, stream, batch);
    }
    follow(m_config.layerCount, stream);
    return stream;
}

// Uniform in ± alpha / sqrt(tokens of the row * hidden size). // -> [tokens, hidden]
Tensor Decoder::noiseFor(const DeviceBatch& batch, const EmbeddingNoise& noise) const {
    Tensor spread = at::zeros({batch.ids.size(0), 1}, at::kFloat);
    for (std::size_t row = 0; row + 1 < batch.boundaries.size(); ++row) {
        const std::int64_t begin = batch.boundaries[row], length = batch.boundaries[row + 1] - begin;
        const auto values = static_cast<double>(length * m_config.hiddenSize);
        spread.narrow(0, begin, length).fill_(noise.alpha / std::sqrt(values));
    }
    at::Generator generator = seededGenerator(noise.seed, at::kCPU);
    const Tensor uniform =
        at::empty({batch.ids.size(0), m_config.hiddenSize}, at::kFloat).uniform_(-1.0, 1.0, generator);
    return uniform.mul_(spread).to(m_compute.device);
}

Tensor Decoder::hidden(const DeviceBatch& batch) const {
    const Stream stream = allBlocks(batch, {});
    return m_ops->addNorm(stream.residual, stream.delta, m_finalNorm).normed.narrow(0, 0, batch.tokenCount);
}

// What the blocks gave is let go before the head, whose product takes the most memory of a step.
Tensor Decoder::labelledHidden(const DeviceBatch& batch, const EmbeddingNoise& noise) const {
    const Stream stream = allBlocks(batch, noise);
    // Only rows with a label go through the last norm and the head.
    const Tensor residual = stream.residual.index_select(0, batch.labelRows);
    const Tensor delta = stream.delta.index_select(0, batch.labelRows);
    return m_ops->addNorm(residual, delta, m_finalNorm).normed;
}

Losses Decoder::losses(const DeviceBatch& batch, const LossSettings& settings) const {
    if (m_trainedPart.answersFrom)
        throw Error(ErrorCode::Internal, "A model that was loaded to answer was asked for a loss.", "");
    LossSettings own = settings;
    own.sparing = m_recomputing;
    return m_ops->crossEntropy(labelledHidden(batch, settings.noise), head().weight, m_config.vocabSize,
                               batch.labels, own);
}

Tensor Decoder::lossSum(const DeviceBatch& batch, const LossSettings& settings) const {
    return losses(batch, settings).sum;
}

Tensor Decoder::labelLosses(const DeviceBatch& batch) const {
    const at::NoGradGuard noGrad;
    return losses(batch, {}).each;
}

// Each adapter leaves out other numbers.
void Decoder::setDropout(const AdapterDropout& dropout) const {
    if (!m_trainedPart.lora) return;
    std::uint64_t seed = dropout.seed;
    for (const DecoderBlock& block : m_layers) {
        for (const LinearLayer* layer : {&block.qkv, &block.output, &block.wide, &block.down}) {
            seed = seed * 0x9e3779b97f4a7c15ULL + 1;
            if (layer->adapter) layer->adapter->dropout = {dropout.rate, seed};
        }
    }
}

Tensor Decoder::accumulateGradients(const DeviceBatch& batch, const LossSettings& settings,
                                    const Tensor& lossScale) const {
    // Only while a training looks at a batch is anything left out, in the blocks that are computed again,
    // too.
    const Finally whole([this] { setDropout({}); });
    setDropout(settings.dropout);
    LossSettings scaled = settings;
    scaled.lossScale = lossScale;
    const Losses result = losses(batch, scaled);
    torch::autograd::backward({result.sum}, {});
    return result.each;
}

Tensor Decoder::logits(const Tensor& hidden) const {
    return m_ops->linear(hidden, head()).narrow(1, 0, m_config.vocabSize).to(at::kFloat);
}

Stream Decoder::cachedBlocks(const Tensor& ids, const Tensor& positions, KeyValueCache& cache) const {
    const std::int64_t fresh = ids.size(0);
    Stream stream = begin(ids, positions);
    for (std::int64_t i = 0; i < m_config.layerCount; ++i) {
        stream = block(i, stream, [&](const Tensor& qkv) {
            const Tensor all =
                qkv.to(at::kFloat).view({fresh, m_heads.heads + 2 * m_heads.keyValueHeads, m_heads.headSize});
            const Tensor query = Ops::rotate(all.narrow(1, 0, m_heads.heads), positions, m_rotary);
            const Tensor key =
                Ops::rotate(all.narrow(1, m_heads.heads, m_heads.keyValueHeads), positions, m_rotary);
            const Tensor value = all.narrow(1, m_heads.heads + m_heads.keyValueHeads, m_heads.keyValueHeads);
            const auto [keys, values] = cache.append(i, key, value);
            return Ops::cachedAttention(query, keys, values, headsOf(i).window)
                .reshape({fresh, m_heads.heads * m_heads.headSize})
                .to(qkv.scalar_type());
        });
    }
    return stream;
}

Tensor Decoder::hiddenCached(const Tensor& ids, KeyValueCache& cache) const {
    const std::int64_t fresh = ids.size(0);
    const Stream stream =
        cachedBlocks(ids, at::arange(cache.length(), cache.length() + fresh, ids.options()), cache);
    cache.advance(fresh);
    return m_ops->addNorm(stream.residual, stream.delta, m_finalNorm).normed;
}

void Decoder::fillCache(const Tensor& ids, KeyValueCache& cache) const {
    const std::int64_t fresh = ids.size(0), room = cache.capacity() - cache.length();
    if (fresh == 0) return;
    const std::int64_t padded = std::min(room, (fresh + kPromptUnit - 1) / kPromptUnit * kPromptUnit);
    // The added tokens have any id and any position: no real token looks at them.
    const Tensor all = padded == fresh ? ids : at::cat({ids, at::zeros({padded - fresh}, ids.options())});
    const Tensor positions = at::arange(cache.length(), cache.length() + padded, ids.options())
                                 .clamp_max(m_config.contextLength - 1);
    cachedBlocks(all, positions, cache);
    cache.advance(fresh);
}

const LinearLayer& Decoder::head() const {
    return m_config.tiedEmbeddings ? m_embedding : m_head;
}

}  // namespace studio
