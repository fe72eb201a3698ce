// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/config/frozen_names.h"
#include "core/config/lora_targets.h"
#include "core/model/decoder_layer.h"

// Which weights of a decoder there are, which of them are trained, and the adapters beside them.
namespace studio {

/// Whether a weight that is the parameters `names` together is trained; what belongs to one product cannot be
/// trained in part.
bool Decoder::trained(const std::vector<std::string>& names) const {
    return !m_trainedPart.lora && !m_trainedPart.answersFrom && !frozenTogether(m_trainedPart.frozen, names);
}

/// Of matrices. Products in bfloat16 take nothing wider; those in float32 take what the file has.
at::ScalarType Decoder::frozenType() const {
    if (m_compute.fused && m_compute.matmulType == at::kBFloat16) return at::kBFloat16;
    if (m_trainedPart.answersFrom == TensorType::BFloat16) return at::kBFloat16;
    return m_trainedPart.answersFrom == TensorType::Float16 ? at::kHalf : at::kFloat;
}

/// Whether frozenType() holds every number of the file.
bool Decoder::frozenExactly() const {
    return m_compute.matmulType == at::kFloat || m_trainedPart.answersFrom == TensorType::BFloat16;
}

void Decoder::reserve(Weight& weight, const std::vector<NamedRows>& outputs, std::vector<std::int64_t> shape,
                      const Kind& kind) {
    std::vector<std::string> names;
    for (const NamedRows& output : outputs) names.push_back(output.name);
    const bool learns = trained(names);
    std::int64_t row = 0;
    for (const NamedRows& output : outputs) {
        m_parts.push_back(
            {output.name, &weight, row, output.rows, kind.matrix, learns, kind.layout, kind.ontoResidual});
        row += output.rows;
    }
    if (learns) m_firstTrained = std::min(m_firstTrained, m_reserving);
    // Rows that are taken out of a table were never rounded in training: they are not here, either. Beside a
    // product's factor they are kept as what is trained is, and by themselves as norms are.
    const bool wide = m_trainedPart.answersFrom && kind.use.byRow && !frozenExactly();
    const bool matrix = kind.matrix && (!wide || kind.use.factor);
    m_arena.reserve(weight, std::move(shape),
                    matrix ? ParameterArena::Role::Matrix : ParameterArena::Role::Vector,
                    learns || (wide && matrix));
}

void Decoder::reserveLinear(LinearLayer& layer, const LinearWeights& linear, bool ontoResidual) {
    std::vector<NamedRows> weights, biases;
    std::int64_t rows = 0;
    for (const auto& [name, count] : linear.outputs) {
        weights.push_back({name + ".weight", count});
        biases.push_back({name + ".bias", count});
        rows += count;
    }
    // What is Conv1D's in GPT-2's files has a plain bias.
    const WeightLayout biasLayout =
        linear.layout == WeightLayout::Transposed ? WeightLayout::Plain : linear.layout;
    reserve(layer.weight, weights, {rows, linear.inputs}, {true, linear.layout, ontoResidual});
    if (linear.biased) reserve(layer.bias, biases, {rows}, {false, biasLayout});
    if (m_trainedPart.lora) reserveAdapter(layer, linear);
}

void Decoder::reserveAdapter(LinearLayer& layer, const LinearWeights& linear) {
    const LoraSettings& lora = *m_trainedPart.lora;
    auto adapter = std::make_unique<LowRankAdapter>();
    adapter->rank = lora.rank;
    adapter->scale = lora.scale();
    std::vector<NamedRows> targeted;
    std::int64_t output = 0;
    for (const auto& [name, rows] : linear.outputs) {
        if (isLoraTarget(lora.targets, name)) {
            targeted.push_back({name, rows});
            adapter->parts.push_back({output, {}});
        }
        output += rows;
    }
    if (targeted.empty()) return;
    m_firstTrained = std::min(m_firstTrained, m_reserving);
    layer.adapter = std::move(adapter);
    // PEFT's factors are [outputs, rank] also where the weight lies transposed.
    const WeightLayout upLayout =
        linear.layout == WeightLayout::HeadByHead ? linear.layout : WeightLayout::Plain;
    std::int64_t row = 0;
    for (std::size_t i = 0; i < targeted.size(); ++i, row += lora.rank) {
        const auto& [name, rows] = targeted[i];
        Weight& up = layer.adapter->parts[i].up;
        m_adapterParts.push_back({name + ".lora_A.weight", &layer.adapter->down, row, lora.rank, true, true});
        m_adapterParts.push_back({name + ".lora_B.weight", &up, 0, rows, true, true, upLayout});
        m_arena.reserve(up, {rows, lora.rank}, ParameterArena::Role::Matrix);
    }
    m_arena.reserve(layer.adapter->down, {row, linear.inputs}, ParameterArena::Role::Matrix);
}

void Decoder::reserveNorm(NormLayer& norm, const std::string& name, std::int64_t width, bool biased) {
    norm.epsilon = m_config.normEpsilon;
    reserve(norm.weight, {{name + ".weight", width}}, {width}, {});
    if (biased) reserve(norm.bias, {{name + ".bias", width}}, {width}, {});
}

// The products with the vocabulary are fastest where its size is a multiple of 64.
void Decoder::reserveVocabulary(Weight& table, const std::string& name, const Use& use) {
    const std::int64_t padded = (m_config.vocabSize + 63) / 64 * 64;
    reserve(table, {{name, m_config.vocabSize}}, {padded, m_config.hiddenSize},
            {true, WeightLayout::Plain, false, use});
}

void Decoder::checkPatterns() const {
    if (m_trainedPart.lora && m_adapterParts.empty()) {
        throw Error(ErrorCode::SettingInvalid, "lora_targets: this model has none of these projections.",
                    "Choose \"all\".", {"lora_targets"});
    }
    std::vector<std::string> names;
    for (const Part& part : m_parts) names.push_back(part.name);
    checkFrozen(m_trainedPart.frozen, std::move(names));
}

void Decoder::initializeAdapters(std::uint64_t seed) {
    const at::NoGradGuard noGrad;
    at::Generator generator = seededGenerator(seed, at::kCPU);
    for (Parameter& parameter : m_adapterParameters) {
        if (parameter.name.ends_with("lora_B.weight")) {
            parameter.tensor.zero_();
            continue;
        }
        const double bound = 1.0 / std::sqrt(static_cast<double>(parameter.tensor.size(1)));
        parameter.tensor.copy_(
            at::empty(parameter.tensor.sizes(), at::kFloat).uniform_(-bound, bound, generator));
    }
    weightsChanged();
}

void Decoder::swapAdapters(AdapterSet& adapters) {
    adapters.resize(m_layers.size());
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        std::swap(m_layers[i].qkv.adapter, adapters[i].qkv);
        std::swap(m_layers[i].output.adapter, adapters[i].output);
        std::swap(m_layers[i].wide.adapter, adapters[i].wide);
        std::swap(m_layers[i].down.adapter, adapters[i].down);
    }
}

void Decoder::mergeInto(Decoder& whole) const {
    const at::NoGradGuard noGrad;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        if (m_parts[i].trained) whole.m_parameters[i].tensor.copy_(m_parameters[i].tensor);
    const double scale = m_trainedPart.lora ? m_trainedPart.lora->scale() : 0.0;
    for (std::size_t i = 0; i + 1 < m_adapterParameters.size(); i += 2) {
        const Parameter &a = m_adapterParameters[i], &b = m_adapterParameters[i + 1];
        const std::string name = a.name.substr(0, a.name.rfind(".lora_A")) + ".weight";
        const Tensor change = at::matmul(b.tensor, a.tensor).mul_(scale);
        whole.parameter(name).tensor.add_(change.to(whole.compute().device));
    }
    whole.weightsChanged();
}

}  // namespace studio
