// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/tensor/device_batch.h"
#include "core/tensor/weight.h"

namespace studio {

/// Cosines and sines of rotary position embedding (Su et al. 2021, https://arxiv.org/abs/2104.09864),
/// rotate-half layout as in Hugging Face checkpoints. // cos, sin: [positions, rotarySize / 2]
struct RotaryTable {
    Tensor cos;
    Tensor sin;
    std::int64_t rotarySize() const { return cos.defined() ? 2 * cos.size(1) : 0; }
};
/// `frequencies`: radians from one position to the next, of each pair; cosines and sines are multiplied by
/// `scale`.
RotaryTable makeRotaryTable(std::int64_t positions, const std::vector<double>& frequencies, double scale,
                            const at::Device& device);

/// The heads of an attention layer. Key/value heads are shared by groups of query heads (Ainslie et al.
/// 2023).
struct AttentionHeads {
    std::int64_t heads = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t headSize = 0;
    std::int64_t window = 0;  ///< tokens a query looks at, itself included; 0: all before it
};

enum class Activation { SwiGlu, GeluTanh, Gelu };

/// Noise on the embeddings while training (NEFTune, Jain et al. 2023, https://arxiv.org/abs/2310.05914).
struct EmbeddingNoise {
    double alpha = 0.0;      ///< 0: none
    std::uint64_t seed = 0;  ///< of this batch
};

/// How a batch's loss is made.
struct LossSettings {
    double gradientScale = 1.0;  ///< gradients are those of this times the sum
    double smoothing = 0.0;      ///< label smoothing (Szegedy et al. 2016)
    EmbeddingNoise noise{};
    AdapterDropout dropout{};  ///< of all adapters, each with a seed of its own that follows from this one
    Tensor lossScale{};        ///< gradients are those of this, too, where it is defined. // [] float32
    bool sparing = false;      ///< less memory, though the head is put in order for its products more often
};

struct Losses {
    Tensor sum;   // scalar; differentiate it with gradient 1
    Tensor each;  // [labels] float32, not differentiable
};

/// The coarse operations a decoder is made of, with two back ends: the composition of ATen operators, which
/// runs on every device, and fused CPU kernels. The residual stream, norms, softmax and losses are float32;
/// what lies between them has the back end's own type. All are differentiable with respect to activations;
/// the gradients of weights are added to Weight::gradient.
class Ops {
public:
    virtual ~Ops() = default;

    /// Rows of a table as the beginning of the residual stream; with a second table, learned positions are
    /// added. // ids, positions: [tokens] -> [tokens, hidden] float32
    virtual Tensor embed(const Weight& table, const Tensor& ids, const Weight& positionTable,
                         const Tensor& positions) const = 0;

    struct Normed {
        Tensor sum;     // float32, the residual stream with delta
        Tensor normed;  // its norm
    };
    /// Adds `delta` (undefined: nothing) to the residual stream and norms the sum. // [tokens, hidden]
    virtual Normed addNorm(const Tensor& residual, const Tensor& delta, const NormLayer& norm) const = 0;

    /// // x: [tokens, in] -> [tokens, out]
    virtual Tensor linear(const Tensor& x, const LinearLayer& layer) const = 0;

    /// Rotates queries and keys, then causal attention within each row only. // qkv: [tokens, (heads + 2
    /// keyValueHeads) headSize] -> [tokens, heads headSize]
    virtual Tensor attention(const Tensor& qkv, const AttentionHeads& heads, const RotaryTable& rotary,
                             const DeviceBatch& batch) const = 0;

    /// SwiGLU: silu(gate) up (Shazeer 2020). // [tokens, 2 width] -> [tokens, width]
    /// GELU in its tanh form or exactly (Hendrycks and Gimpel 2016). // [tokens, width] -> [tokens, width]
    virtual Tensor activation(const Tensor& x, Activation kind) const = 0;

    /// Cross-entropies in nats over `vocabulary` words. // hidden: [label rows, hidden], head: [at least
    /// vocabulary, hidden], labels: [labels]
    virtual Losses crossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                                const Tensor& labels, const LossSettings& settings) const = 0;

    /// For generation, without gradients, float32 on every back end. // x: [tokens, heads, headSize]
    static Tensor rotate(const Tensor& x, const Tensor& positions, const RotaryTable& table);
    /// Attention of the newest tokens of one sequence over everything cached, themselves included. // query:
    /// [new, heads, headSize], key and value: [kvHeads, past + new, headSize] -> [new, heads, headSize]
    static Tensor cachedAttention(const Tensor& query, const Tensor& key, const Tensor& value,
                                  std::int64_t window);
};

/// The plain composition of ATen operators: runs on every device, and is the reference every other back end
/// is tested against.
std::unique_ptr<Ops> makeAtenOps(const Compute& compute);
/// The fused kernels of core/tensor/kernels with oneDNN's products. CPU only; float32, or bfloat16 where the
/// CPU multiplies it.
std::unique_ptr<Ops> makeFusedOps(const Compute& compute);
/// The one that `compute` asks for.
std::unique_ptr<Ops> makeOps(const Compute& compute);

}  // namespace studio
