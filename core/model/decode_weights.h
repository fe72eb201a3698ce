// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <vector>

#include "core/model/decoder.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

/// A decoder's weights as the decode kernels read them: views where the decoder has the format, else copies.
class DecodeWeights {
public:
    DecodeWeights(const Decoder& model, DecodeFormat format);
    /// The same weights, copies included, beside the adapters of `model`, which shares those of the decoder
    /// that `other` was made for.
    DecodeWeights(const DecodeWeights& other, const Decoder& model);
    DecodeWeights(const DecodeWeights&) = delete;
    DecodeWeights& operator=(const DecodeWeights&) = delete;

    const DecodeModel& model() const { return m_model; }
    /// Takes the adapters that stand beside the decoder's weights now, or none.
    void takeAdapters(const Decoder& model);

private:
    /// Whether the decoder has the matrix as it is read.
    bool isView(const Weight& weight) const;
    /// Bytes of the matrix where it has to be copied.
    std::int64_t copyBytes(const LinearLayer& layer) const;
    void* take(std::int64_t bytes);
    DecodeMatrix matrix(const LinearLayer& layer, std::int64_t rows);
    /// Copies all rows of the weight.
    void roundInto(const Weight& weight, DecodeMatrix& m);
    void quantizeInto(const Weight& weight, DecodeMatrix& m);
    void setSizes(const ModelConfig& config);
    void takeAdapter(const LinearLayer& layer, DecodeMatrix& matrix);

    DecodeFormat m_format;
    DecodeModel m_model;
    std::vector<DecodeLayer> m_layers;
    Tensor m_copies;             ///< of all matrices that are copied, one behind the other
    std::int64_t m_taken = 0;    ///< bytes of it
    std::vector<Tensor> m_kept;  ///< the model's rounded weights and rotary tables
    /// The decoder's adapters as the kernels read them: lists, since matrices point to their elements.
    std::list<DecodeAdapter> m_adapters;
    std::list<std::vector<DecodeAdapterPart>> m_adapterParts;
};

}  // namespace studio
