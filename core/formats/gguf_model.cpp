// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_model.h"

#include <cstring>

#include "core/base/error.h"
#include "core/formats/gguf_architecture.h"
#include "core/formats/weight_names.h"

namespace studio {

namespace {

/// The version of ggml's block formats.
constexpr std::uint32_t kQuantizationVersion = 2;

/// Adds the tensors of one model in llama.cpp's names.
class TensorList {
public:
    TensorList(const ModelConfig& config, const GgufArchitecture& architecture, GgufType type)
        : m_config(config), m_architecture(architecture), m_type(type) {}

    void addAll() {
        const OuterWeights outer = outerWeights(m_config);
        matrix("token_embd.weight", outer.embedding, m_config.vocabSize, m_config.hiddenSize);
        if (!outer.positions.empty())
            add("position_embd.weight", outer.positions, {m_config.contextLength, m_config.hiddenSize},
                GgufType::Float32);
        if (std::vector<float> factors = frequencyFactors(m_config); !factors.empty())
            computed("rope_freqs.weight", std::move(factors));
        for (std::int64_t layer = 0; layer < m_config.layerCount; ++layer) addBlock(layer);
        norm("output_norm", outer.finalNorm, m_config.hiddenSize, m_config.layerNorm);
        const bool written = !outer.head.empty() || m_architecture.needsOutput;
        if (written)
            matrix("output.weight", outer.head.empty() ? outer.embedding : outer.head, m_config.vocabSize,
                   m_config.hiddenSize);
    }
    std::vector<GgufTensor> take() { return std::move(m_tensors); }
    std::int64_t unevenMatrices() const { return m_unevenMatrices; }

private:
    GgufTensor& add(const std::string& name, const std::string& source, std::vector<std::int64_t> shape,
                    GgufType type) {
        GgufTensor tensor;
        tensor.info = {name, type, std::move(shape), 0};
        tensor.source = source;
        m_tensors.push_back(std::move(tensor));
        return m_tensors.back();
    }

    GgufTensor& matrix(const std::string& name, const std::string& source, std::int64_t rows,
                       std::int64_t columns) {
        const bool uneven = m_type == GgufType::Q8_0 && columns % kGgufGroup != 0;
        if (uneven) ++m_unevenMatrices;
        return add(name, source, {rows, columns}, uneven ? GgufType::Float16 : m_type);
    }

    void computed(const std::string& name, std::vector<float> values) {
        GgufTensor& tensor = add(name, {}, {static_cast<std::int64_t>(values.size())}, GgufType::Float32);
        tensor.values = std::move(values);
    }

    void norm(const std::string& name, const std::string& source, std::int64_t width, bool biased) {
        if (source.empty()) return;
        add(name + ".weight", source + ".weight", {width}, GgufType::Float32);
        if (biased) add(name + ".bias", source + ".bias", {width}, GgufType::Float32);
    }

    /// `names`: one for each of the product's named parts. The queries and keys are the first two of three.
    void linear(const std::string& prefix, std::initializer_list<const char*> names,
                const LinearWeights& weights, bool needsBias) {
        std::size_t part = 0;
        for (const char* name : names) {
            const NamedRows& rows = weights.outputs.at(part);
            const bool turned = names.size() == 3 && part < 2 && m_architecture.neighbouringPairs;
            ++part;
            const auto ordered = [&](GgufTensor& tensor) {
                if (turned) tensor.order = RowOrder::Pairs;
                if (weights.layout == WeightLayout::HeadByHead) tensor.order = RowOrder::PartByPart;
                tensor.headSize = m_config.headSize;
                tensor.heads = m_config.headCount;
            };
            GgufTensor& tensor =
                matrix(prefix + name + ".weight", rows.name + ".weight", rows.rows, weights.inputs);
            ordered(tensor);
            if (weights.layout == WeightLayout::Transposed) tensor.order = RowOrder::Transposed;
            if (weights.biased)
                ordered(add(prefix + name + ".bias", rows.name + ".bias", {rows.rows}, GgufType::Float32));
            else if (needsBias)
                computed(prefix + name + ".bias", std::vector<float>(static_cast<std::size_t>(rows.rows)));
        }
    }

    void addBlock(std::int64_t layer) {
        const BlockWeights block = blockWeights(m_config, layer);
        const std::string prefix = "blk." + std::to_string(layer) + ".";
        norm(prefix + "attn_norm", block.inputNorm, m_config.hiddenSize, m_config.layerNorm);
        if (block.queryKeyValue.outputs.size() == 3)
            linear(prefix, {"attn_q", "attn_k", "attn_v"}, block.queryKeyValue, m_architecture.needsBias);
        else
            linear(prefix, {"attn_qkv"}, block.queryKeyValue, m_architecture.needsBias);
        norm(prefix + "attn_q_norm", block.queryNorm, m_config.headSize, false);
        norm(prefix + "attn_k_norm", block.keyNorm, m_config.headSize, false);
        linear(prefix, {"attn_output"}, block.output, m_architecture.needsBias);
        norm(prefix + "ffn_norm", block.postNorm, m_config.hiddenSize, m_config.layerNorm);
        if (block.wide.outputs.size() == 2)
            linear(prefix, {"ffn_gate", "ffn_up"}, block.wide, false);
        else
            linear(prefix, {"ffn_up"}, block.wide, false);
        linear(prefix, {"ffn_down"}, block.down, false);
    }

    const ModelConfig& m_config;
    const GgufArchitecture& m_architecture;
    GgufType m_type;
    std::vector<GgufTensor> m_tensors;
    std::int64_t m_unevenMatrices = 0;
};

}  // namespace

GgufModel ggufModel(const ModelConfig& config, const std::string& name, GgufType type) {
    const GgufArchitecture& architecture = ggufArchitecture(config);
    GgufModel model;
    model.architecture = architecture.name;
    model.contextLength = ggufContext(config, model.notes);
    model.metadata = {{"general.architecture", model.architecture},
                      {"general.type", std::string("model")},
                      {"general.name", name},
                      {"general.file_type", ggufFileType(type)}};
    if (type == GgufType::Q8_0)
        model.metadata.emplace_back("general.quantization_version", kQuantizationVersion);
    appendArchitectureKeys(config, architecture, model.contextLength, model.metadata);
    TensorList list(config, architecture, type);
    list.addAll();
    model.tensors = list.take();
    if (config.gelu && config.exactGelu)
        model.notes.push_back({"exact_gelu",
                               "The model has the exact GELU; llama.cpp computes its tanh form, which "
                               "differs by up to 0.0005."});
    if (list.unevenMatrices() > 0)
        model.notes.push_back({"uneven_matrices",
                               "Q8_0 takes rows in groups of 32 numbers; matrices whose rows are no whole "
                               "groups are F16: " +
                                   std::to_string(list.unevenMatrices()) + ".",
                               {std::to_string(list.unevenMatrices())}});
    return model;
}

std::int64_t storedRow(const GgufTensor& tensor, std::int64_t row) {
    const std::int64_t size = tensor.headSize;
    switch (tensor.order) {
        case RowOrder::AsStored:
        case RowOrder::Transposed:
            return row;
        case RowOrder::Pairs: {
            const std::int64_t head = row / size, component = row % size;
            return head * size + component % 2 * (size / 2) + component / 2;
        }
        case RowOrder::PartByPart: {
            const std::int64_t part = row / (tensor.heads * size), head = row / size % tensor.heads;
            return (head * 3 + part) * size + row % size;
        }
    }
    return row;
}

}  // namespace studio
