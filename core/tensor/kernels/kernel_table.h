// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tensor/kernels/decode_table.h"
#include "core/tensor/kernels/eight_bit_map.h"

/// The CPU kernels behind the coarse operations of core/tensor/ops.h, but for the matrix products. No torch
/// here: each instruction set has a translation unit of its own, and the best one is chosen at run time. All
/// matrices are dense and row-major; all sums, norms, exponentials and moments are float32. Threads: OpenMP,
/// as many as the caller's thread count; results are the same from run to run with the same count.
namespace studio {

/// A brain float's bits: the upper half of a float32.
struct Bfloat16 {
    std::uint16_t bits;
};
/// The bits of IEEE 754's binary16.
struct Float16 {
    std::uint16_t bits;
};

/// RMS norm (Zhang and Sennrich 2019) where `bias` is null, layer norm (Ba et al. 2016) with one, of the
/// residual stream after `delta` has been added to it.
template <typename E>
struct AddNorm {
    std::int64_t rows = 0, width = 0;
    const float* residual = nullptr;  // [rows, width]
    const E* delta = nullptr;         // [rows, width], null: nothing to add
    const float* weight = nullptr;    // [width]
    const float* bias = nullptr;      // [width]
    float epsilon = 1e-5F;
    float* sum = nullptr;               // out [rows, width]: residual + delta; unused without delta
    E* normed = nullptr;                // out [rows, width]
    float* mean = nullptr;              // out [rows]; layer norm only
    float* inverseDeviation = nullptr;  // out [rows]
};
template <typename E>
struct AddNormGradient {
    std::int64_t rows = 0, width = 0;
    const float* sum = nullptr;               // [rows, width], what was normed
    const float* weight = nullptr;            // [width]
    const float* mean = nullptr;              // [rows]; null for RMS norm
    const float* inverseDeviation = nullptr;  // [rows]
    const float* sumGradient = nullptr;       // [rows, width], null: none
    const E* normedGradient = nullptr;        // [rows, width]
    float* residualGradient = nullptr;        // out [rows, width]
    E* deltaGradient = nullptr;               // out [rows, width], null: not wanted
    float* weightGradient = nullptr;          // added to [width], null: not wanted
    float* biasGradient = nullptr;            // added to [width], null: not wanted
};

/// Components that a head may have in the kernels.
inline constexpr std::int64_t kMostHeadSize = 512;

/// Causal attention within each sequence of a packed batch, with rotary position embedding (Su et al. 2021,
/// rotate-half) and grouped key/value heads (Ainslie et al. 2023).
struct AttentionShape {
    const std::int32_t* boundaries = nullptr;  // [sequences + 1], cumulative lengths from 0
    std::int64_t sequences = 0;
    std::int64_t tokens = 0;  ///< rows of the matrices; may exceed the last boundary, what is behind it is 0
    std::int64_t heads = 0, keyValueHeads = 0, headSize = 0;
    std::int64_t rotarySize = 0;     ///< leading components of a head that are rotated; 0: none
    const float* cosines = nullptr;  // [positions, rotarySize / 2]
    const float* sines = nullptr;    // [positions, rotarySize / 2]
    std::int64_t window = 0;         ///< a query looks at so many tokens, itself included; 0: at all before
};
template <typename E>
struct Attention {
    AttentionShape shape;
    const E* qkv = nullptr;      // [tokens, (heads + 2 keyValueHeads) headSize]: queries, keys, values
    E* output = nullptr;         // out [tokens, heads headSize]
    float* logSumExp = nullptr;  // out [heads, tokens]
};
template <typename E>
struct AttentionGradient {
    AttentionShape shape;
    const E* qkv = nullptr;             // as above
    const E* output = nullptr;          // [tokens, heads headSize]
    const float* logSumExp = nullptr;   // [heads, tokens]
    const E* outputGradient = nullptr;  // [tokens, heads headSize]
    E* qkvGradient = nullptr;           // out, shape of qkv
};

/// Softmax cross-entropy of rows of logits, which are replaced by their gradient times `scale`.
template <typename E>
struct CrossEntropy {
    std::int64_t rows = 0;
    std::int64_t vocabulary = 0;           ///< logits that count
    std::int64_t width = 0;                ///< of a row in memory; what is behind the vocabulary becomes 0
    E* logits = nullptr;                   // in and out [rows, width]
    const std::int64_t* labels = nullptr;  // [rows]
    float scale = 1.0F;
    float smoothing = 0.0F;   ///< label smoothing (Szegedy et al. 2016): this share goes to all words alike
    float* losses = nullptr;  // out [rows], nats
    bool gradient = true;     ///< false: the logits stay as they are
};

/// One AdamW update (Loshchilov and Hutter 2019) of a stretch of weights in one pass.
struct AdamWUpdate {
    std::int64_t count = 0;
    float* weights = nullptr;
    const float* gradients = nullptr;
    float* means = nullptr;
    float* variances = nullptr;
    Bfloat16* copy = nullptr;  ///< bfloat16 copy of the weights, null: none
    float gradientScale = 1.0F;
    float learningRate = 0.0F;
    float beta1 = 0.9F, beta2 = 0.999F, epsilon = 1e-8F, weightDecay = 0.0F;
    float correction1 = 1.0F, correction2 = 1.0F;  ///< 1 - beta^step
};

/// The same with moments of eight bits: codes, and one scale for each kEightBitBlock weights. Blocks count
/// from the beginning of the stretch.
struct AdamW8Update {
    AdamWUpdate update;             ///< its `means` and `variances` are not used
    std::uint8_t* means = nullptr;  // [count], codes of signedMap
    std::uint8_t* variances = nullptr;
    float* meanScales = nullptr;  // [blocks]
    float* varianceScales = nullptr;
    const EightBitMap* signedMap = nullptr;
    const EightBitMap* unsignedMap = nullptr;
};

/// One step of stochastic gradient descent with momentum and decoupled weight decay (SGDW, Loshchilov and
/// Hutter 2019, algorithm 1): u = momentum u + g, w = w (1 - rate decay) - rate u.
struct SgdUpdate {
    std::int64_t count = 0;
    float* weights = nullptr;
    const float* gradients = nullptr;
    float* momenta = nullptr;  ///< u; null where the momentum is 0
    Bfloat16* copy = nullptr;  ///< as in AdamWUpdate
    float gradientScale = 1.0F;
    float learningRate = 0.0F;
    float momentum = 0.0F, weightDecay = 0.0F;
};

/// The kernels for one type of activations. `gate` and `up` lie side by side: [rows, 2 width].
template <typename E>
struct ActivationKernels {
    void (*addNorm)(const AddNorm<E>&) = nullptr;
    void (*addNormGradient)(const AddNormGradient<E>&) = nullptr;
    void (*attention)(const Attention<E>&) = nullptr;
    void (*attentionGradient)(const AttentionGradient<E>&) = nullptr;
    /// silu(gate) up (Shazeer 2020). // [rows, 2 width] -> [rows, width]
    void (*swiglu)(const E* gateUp, E* out, std::int64_t rows, std::int64_t width) = nullptr;
    void (*swigluGradient)(const E* gateUp, const E* outGradient, E* gateUpGradient, std::int64_t rows,
                           std::int64_t width) = nullptr;
    /// GELU, tanh form (Hendrycks and Gimpel 2016).
    void (*gelu)(const E* x, E* out, std::int64_t count) = nullptr;
    void (*geluGradient)(const E* x, const E* outGradient, E* xGradient, std::int64_t count) = nullptr;
    /// GELU by the error function.
    void (*exactGelu)(const E* x, E* out, std::int64_t count) = nullptr;
    void (*exactGeluGradient)(const E* x, const E* outGradient, E* xGradient, std::int64_t count) = nullptr;
    void (*crossEntropy)(const CrossEntropy<E>&) = nullptr;
    /// Adds the sum over rows. // [rows, width] -> added to [width]
    void (*addColumnSums)(const E* x, float* sums, std::int64_t rows, std::int64_t width) = nullptr;
    void (*fromFloat)(const float* x, E* out, std::int64_t count) = nullptr;
};

/// Factors of bfloat16 products in other orders.
struct FactorKernels {
    /// The right factor B in blocks of 32 x 64, the columns' blocks one after the other, in each block the
    /// rows in pairs (oneDNN's BA16a64b2a): packedFactorSize() values, those behind the matrix 0.
    /// // x: [depth, columns] -> packed
    void (*packRows)(const Bfloat16* x, std::int64_t stride, std::int64_t depth, std::int64_t columns,
                     Bfloat16* packed) = nullptr;
    /// The same of a factor that lies transposed in memory; depth a multiple of 32. // x: [columns, depth]
    void (*packColumns)(const Bfloat16* x, std::int64_t stride, std::int64_t depth, std::int64_t columns,
                        Bfloat16* packed) = nullptr;
    /// `columns` a multiple of 32; rows are written in vectors of 16, 0 behind the last one.
    /// // x: [rows, columns] -> out: [columns, rows]
    void (*transpose)(const Bfloat16* x, std::int64_t stride, std::int64_t rows, std::int64_t columns,
                      Bfloat16* out, std::int64_t outStride) = nullptr;
};
inline constexpr std::int64_t packedFactorSize(std::int64_t depth, std::int64_t columns) {
    return (depth + 31) / 32 * 32 * ((columns + 63) / 64 * 64);
}

struct CpuKernels {
    const char* name = "";  ///< "avx512_bf16", "avx512", "avx2", "plain"
    ActivationKernels<float> float32;
    /// Only where the CPU multiplies bfloat16 itself; elsewhere all null.
    ActivationKernels<Bfloat16> bfloat16;
    bool hasBfloat16 = false;
    FactorKernels factors;
    /// Rows of the table, as float32. // ids: [rows] -> [rows, width]
    void (*gatherRows)(const float* table, const std::int64_t* ids, float* out, std::int64_t rows,
                       std::int64_t width) = nullptr;
    /// table[ids[i]] += x[i], in the order of the rows. // x: [rows, width]
    void (*addToRows)(const float* x, const std::int64_t* ids, float* table, std::int64_t rows,
                      std::int64_t width) = nullptr;
    double (*sumOfSquares)(const float* x, std::int64_t count) = nullptr;
    void (*adamW)(const AdamWUpdate&) = nullptr;
    void (*adamW8)(const AdamW8Update&) = nullptr;
    void (*sgd)(const SgdUpdate&) = nullptr;
    DecodeKernels decode;
};

/// The best ones this CPU can run.
const CpuKernels& cpuKernels();
/// All that this CPU can run, the plain ones last: for tests.
std::vector<const CpuKernels*> allCpuKernels();

}  // namespace studio
