// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// What generating one token after another reads and writes; no torch here. One call computes a step of one
/// or more sequences in a single OpenMP region; prompts may be part of it.
namespace studio {

struct Bfloat16;

/// How a matrix is stored for decoding, which is bound by reading the weights.
enum class DecodeFormat {
    Float32,
    Bfloat16,  ///< inputs are rounded to bfloat16, too, where the CPU multiplies it; elsewhere they are not
    Int8,      ///< groups of 32 with a scale each, as llama.cpp's Q8_0; inputs are quantised in the same way
    // 16 bits in the memory that are float32 in every product: to the last bit what Float32 gives for the
    // same numbers.
    WideBfloat16,
    WideFloat16
};

/// Values of a row that share a scale.
inline constexpr std::int64_t kInt8Group = 32;
/// Columns of an int8 matrix in memory: what is behind the last one stands for 0.
constexpr std::int64_t int8Columns(std::int64_t columns) {
    return (columns + 2 * kInt8Group - 1) / (2 * kInt8Group) * (2 * kInt8Group);
}

/// Low-rank adapters beside a matrix, in float32: to the rows of each part, scale (x A^T) B^T is added.
struct DecodeAdapterPart {
    std::int64_t firstRow = 0, rows = 0;
    const float* up = nullptr;  // B: [rows, rank]
};
struct DecodeAdapter {
    const float* down = nullptr;  // A of all parts, one below the other: [parts * rank, columns]
    const DecodeAdapterPart* parts = nullptr;
    std::int64_t partCount = 0, rank = 0;
    float scale = 1.0F;

    std::int64_t width() const { return partCount * rank; }
};

/// y = x W^T + b.
struct DecodeMatrix {
    DecodeFormat format = DecodeFormat::Float32;
    std::int64_t rows = 0, columns = 0;
    const void* values = nullptr;      // [rows, columns] of 32 or 16 bits; [rows, int8Columns()] bytes, + 128
    const Bfloat16* scales = nullptr;  // [rows, int8Columns() / kInt8Group]; int8 only
    const float* bias = nullptr;       // [rows], null: none
    const DecodeAdapter* adapter = nullptr;
};

/// A vector for each id or position. // values: [count, hidden]
struct DecodeTable {
    DecodeFormat format = DecodeFormat::Float32;  ///< or WideBfloat16, WideFloat16
    const void* values = nullptr;
};

/// RMS norm where `bias` is null. // [hidden]
struct DecodeNorm {
    const float* weight = nullptr;
    const float* bias = nullptr;
};

struct DecodeLayer {
    DecodeNorm inputNorm, postNorm;
    DecodeNorm queryNorm, keyNorm;  // RMS norm of each head before it is rotated, [headSize]; null: none
    DecodeMatrix qkv, output;       // [(heads + 2 keyValueHeads) headSize, hidden], [hidden, heads headSize]
    DecodeMatrix wide, down;        // [gate and up, or GELU's only input; hidden], [hidden, intermediate]
    std::int64_t window = 0;        ///< a token looks at so many, itself included; 0: at all before
};

/// A decoder's weights and sizes.
struct DecodeModel {
    const DecodeLayer* layers = nullptr;
    std::int64_t layerCount = 0;
    DecodeTable embedding;  // [vocabulary, hidden]
    DecodeTable positions;  // learned, [positions, hidden]; null: none
    DecodeNorm finalNorm;
    DecodeMatrix head;  // [vocabulary, hidden]
    std::int64_t hidden = 0, intermediate = 0;
    std::int64_t heads = 0, keyValueHeads = 0, headSize = 0;
    std::int64_t rotarySize = 0;     ///< leading components of a head that are rotated; 0: none
    const float* cosines = nullptr;  // [positions, rotarySize / 2]
    const float* sines = nullptr;    // [positions, rotarySize / 2]
    float epsilon = 1e-5F;
    bool gelu = false;              ///< instead of SwiGLU
    bool exactGelu = false;         ///< by the error function
    bool parallelResidual = false;  ///< attention and MLP both read what goes into the block
    std::int64_t adapterWidth = 0;  ///< of the widest adapter; 0: there are none

    std::int64_t attentionWidth() const { return heads * headSize; }
    std::int64_t qkvWidth() const { return (heads + 2 * keyValueHeads) * headSize; }
    std::int64_t wideWidth() const { return gelu ? intermediate : 2 * intermediate; }
};

/// A new token of a sequence and its cache, which the step writes at `position`.
struct DecodeToken {
    std::int64_t id = 0;
    std::int64_t position = 0;
    std::int64_t capacity = 0;       ///< tokens the cache has room for
    float* const* keys = nullptr;    // [layers] of [keyValueHeads, capacity, headSize]
    float* const* values = nullptr;  // the same
};

struct DecodeStep {
    const DecodeModel* model = nullptr;
    /// First the newest token of each sequence, then those of prompts that come before it, in any order: what
    /// stands before a token of its sequence is in the cache or in this step. // [count]
    const DecodeToken* tokens = nullptr;
    std::int64_t count = 0;
    std::int64_t scored = 0;    ///< so many of the first get scores; at least 1
    float* logits = nullptr;    // out [scored, vocabulary]
    void* workspace = nullptr;  ///< workspaceBytes() of this count and at least these positions, 64-aligned
};

struct ScoreSummary {
    std::int64_t highest = 0;  ///< the lowest place of the highest score
    bool finite = true;
};

/// Each score depends only on its own sequence: it is the same to the last bit whatever else is in the step,
/// in however many steps a prompt is taken, and with any number of threads.
struct DecodeKernels {
    void (*step)(const DecodeStep&) = nullptr;
    /// `longest`: tokens that any sequence may have cached.
    std::int64_t (*workspaceBytes)(const DecodeModel&, std::int64_t count, std::int64_t longest) = nullptr;
    /// Rounds each group to 127 steps either way. // x: [rows, columns] -> as DecodeMatrix has them
    void (*quantize)(const float* x, std::int64_t rows, std::int64_t columns, std::uint8_t* values,
                     Bfloat16* scales) = nullptr;
    /// To the nearest, on every CPU.
    void (*toBfloat16)(const float* x, Bfloat16* out, std::int64_t count) = nullptr;
    /// Values of 16 bits as float32. // format: WideBfloat16 or WideFloat16
    void (*widen)(DecodeFormat format, const void* x, float* out, std::int64_t count) = nullptr;
    ScoreSummary (*summarize)(const float* scores, std::int64_t count) = nullptr;
    /// y = x W^T + b alone, for tests. // x: [count, columns] -> [count, rows]
    void (*product)(const DecodeMatrix&, const float* x, std::int64_t count, float* y,
                    void* workspace) = nullptr;
    std::int64_t (*productBytes)(std::int64_t columns, std::int64_t count) = nullptr;
};

}  // namespace studio
