// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decode_weights.h"

#include <algorithm>

#include "core/tensor/huge_pages.h"
#include "core/tensor/wide_format.h"

namespace studio {

namespace {

/// What is copied begins on lines of the caches.
std::int64_t bordered(std::int64_t bytes) {
    constexpr std::int64_t kLine = 64;
    return (bytes + kLine - 1) / kLine * kLine;
}

const float* floats(const Weight& weight) {
    return weight.exists() ? weight.value.data_ptr<float>() : nullptr;
}

DecodeTable tableOf(const Weight& weight) {
    if (!weight.exists()) return {};
    if (weight.value.defined()) return {DecodeFormat::Float32, weight.value.data_ptr()};
    return {wideFormat(weight.rounded), weight.rounded.data_ptr()};
}

/// Calls take(rows as float32, the first one's number, their count) for some rows after the others.
template <typename Take>
void overFloatRows(const Weight& weight, const Take& take) {
    constexpr std::int64_t kNumbersAtOnce = 4 << 20;
    const std::int64_t rows = weight.factor().size(0), columns = weight.factor().size(1);
    if (weight.value.defined()) return take(weight.value.data_ptr<float>(), 0, rows);
    const std::int64_t atOnce = std::min(rows, std::max<std::int64_t>(1, kNumbersAtOnce / columns));
    const Tensor wide = at::empty({atOnce, columns}, at::kFloat);
    for (std::int64_t row = 0; row < rows; row += atOnce) {
        const std::int64_t count = std::min(atOnce, rows - row);
        cpuKernels().decode.widen(wideFormat(weight.rounded), weight.rounded[row].data_ptr(),
                                  wide.data_ptr<float>(), count * columns);
        take(wide.data_ptr<float>(), row, count);
    }
}

DecodeNorm normOf(const NormLayer& norm) {
    return {floats(norm.weight), floats(norm.bias)};
}

}  // namespace

DecodeWeights::DecodeWeights(const Decoder& model, DecodeFormat format) : m_format(format) {
    const at::NoGradGuard noGrad;
    std::int64_t bytes = copyBytes(model.head());
    for (const DecoderBlock& block : model.blocks())
        bytes +=
            copyBytes(block.qkv) + copyBytes(block.output) + copyBytes(block.wide) + copyBytes(block.down);
    if (bytes > 0) m_copies = onHugePages(at::empty({bytes}, at::kByte));
    for (const DecoderBlock& block : model.blocks()) {
        DecodeLayer layer;
        layer.inputNorm = normOf(block.inputNorm);
        layer.postNorm = normOf(block.postNorm);
        layer.queryNorm = normOf(block.queryNorm);
        layer.keyNorm = normOf(block.keyNorm);
        layer.window = model.config().windowOf(static_cast<std::int64_t>(m_layers.size()));
        layer.qkv = matrix(block.qkv, block.qkv.weight.factor().size(0));
        layer.output = matrix(block.output, block.output.weight.factor().size(0));
        layer.wide = matrix(block.wide, block.wide.weight.factor().size(0));
        layer.down = matrix(block.down, block.down.weight.factor().size(0));
        m_layers.push_back(layer);
    }
    m_model.layers = m_layers.data();
    m_model.layerCount = static_cast<std::int64_t>(m_layers.size());
    m_model.embedding = tableOf(model.embedding().weight);
    m_model.positions = tableOf(model.positions());
    m_model.finalNorm = normOf(model.finalNorm());
    m_model.head = matrix(model.head(), model.config().vocabSize);
    m_model.epsilon = static_cast<float>(model.finalNorm().epsilon);
    const RotaryTable& rotary = model.rotary();
    m_model.rotarySize = rotary.rotarySize();
    if (rotary.cos.defined()) {
        m_kept.insert(m_kept.end(), {rotary.cos, rotary.sin});
        m_model.cosines = rotary.cos.data_ptr<float>();
        m_model.sines = rotary.sin.data_ptr<float>();
    }
    setSizes(model.config());
    takeAdapters(model);
}

DecodeWeights::DecodeWeights(const DecodeWeights& other, const Decoder& model)
    : m_format(other.m_format),
      m_model(other.m_model),
      m_layers(other.m_layers),
      m_copies(other.m_copies),
      m_taken(other.m_taken),
      m_kept(other.m_kept) {
    m_model.layers = m_layers.data();
    takeAdapters(model);
}

void DecodeWeights::takeAdapters(const Decoder& model) {
    m_adapters.clear();
    m_adapterParts.clear();
    m_model.adapterWidth = 0;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const DecoderBlock& block = model.blocks()[i];
        takeAdapter(block.qkv, m_layers[i].qkv);
        takeAdapter(block.output, m_layers[i].output);
        takeAdapter(block.wide, m_layers[i].wide);
        takeAdapter(block.down, m_layers[i].down);
    }
}

void DecodeWeights::takeAdapter(const LinearLayer& layer, DecodeMatrix& matrix) {
    matrix.adapter = nullptr;
    if (!layer.adapter) return;
    std::vector<DecodeAdapterPart>& parts = m_adapterParts.emplace_back();
    for (const LowRankAdapter::Part& part : layer.adapter->parts)
        parts.push_back({part.firstOutput, part.up.value.size(0), part.up.value.data_ptr<float>()});
    m_adapters.push_back({layer.adapter->down.value.data_ptr<float>(), parts.data(),
                          static_cast<std::int64_t>(parts.size()), layer.adapter->rank,
                          static_cast<float>(layer.adapter->scale)});
    matrix.adapter = &m_adapters.back();
    m_model.adapterWidth = std::max(m_model.adapterWidth, m_adapters.back().width());
}

void DecodeWeights::setSizes(const ModelConfig& config) {
    m_model.hidden = config.hiddenSize;
    m_model.intermediate = config.intermediateSize;
    m_model.heads = config.headCount;
    m_model.keyValueHeads = config.keyValueHeadCount;
    m_model.headSize = config.headSize;
    m_model.gelu = config.gelu;
    m_model.exactGelu = config.exactGelu;
    m_model.parallelResidual = config.parallelResidual;
}

bool DecodeWeights::isView(const Weight& weight) const {
    if (m_format == DecodeFormat::Bfloat16)
        return weight.rounded.defined() && weight.rounded.scalar_type() == at::kBFloat16;
    return m_format == DecodeFormat::Float32;
}

std::int64_t DecodeWeights::copyBytes(const LinearLayer& layer) const {
    const std::int64_t rows = layer.weight.factor().size(0), columns = layer.weight.factor().size(1);
    if (isView(layer.weight)) return 0;
    if (m_format == DecodeFormat::Bfloat16) return bordered(rows * columns * 2);
    const std::int64_t width = int8Columns(columns);
    return bordered(rows * width) + bordered(rows * width / kInt8Group * 2);
}

void* DecodeWeights::take(std::int64_t bytes) {
    void* const place = m_copies.data_ptr<std::uint8_t>() + m_taken;
    m_taken += bordered(bytes);
    return place;
}

DecodeMatrix DecodeWeights::matrix(const LinearLayer& layer, std::int64_t rows) {
    DecodeMatrix m{m_format, rows, layer.weight.factor().size(1), nullptr, nullptr, floats(layer.bias)};
    if (isView(layer.weight)) {
        const bool plain = m_format == DecodeFormat::Float32 && layer.weight.value.defined();
        const Tensor& weights = plain ? layer.weight.value : layer.weight.rounded;
        if (m_format == DecodeFormat::Float32 && !plain) m.format = wideFormat(weights);
        m.values = weights.data_ptr();
        m_kept.push_back(weights);
    } else if (m_format == DecodeFormat::Bfloat16) {
        roundInto(layer.weight, m);
    } else {
        quantizeInto(layer.weight, m);
    }
    return m;
}

void DecodeWeights::roundInto(const Weight& weight, DecodeMatrix& m) {
    auto* const rounded = static_cast<Bfloat16*>(take(weight.factor().size(0) * m.columns * 2));
    m.values = rounded;
    overFloatRows(weight, [&](const float* floats, std::int64_t row, std::int64_t count) {
        cpuKernels().decode.toBfloat16(floats, rounded + row * m.columns, count * m.columns);
    });
}

void DecodeWeights::quantizeInto(const Weight& weight, DecodeMatrix& m) {
    const std::int64_t rows = weight.factor().size(0), width = int8Columns(m.columns),
                       groups = width / kInt8Group;
    auto* const bytes = static_cast<std::uint8_t*>(take(rows * width));
    auto* const scales = static_cast<Bfloat16*>(take(rows * groups * 2));
    m.values = bytes;
    m.scales = scales;
    overFloatRows(weight, [&](const float* floats, std::int64_t row, std::int64_t count) {
        cpuKernels().decode.quantize(floats, count, m.columns, bytes + row * width, scales + row * groups);
    });
}

}  // namespace studio
