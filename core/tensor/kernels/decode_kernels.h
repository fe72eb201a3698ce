// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A step of decoding: one OpenMP region from the ids to the logits.
#pragma once

#include <omp.h>

#include "core/tensor/kernels/attention_rows.h"
#include "core/tensor/kernels/decode_inputs.h"

namespace studio {
namespace {

/// Rows of the caches are short pieces, which the CPU's own prefetching is too late for: they are fetched
/// into the second-level cache beforehand, the values while scores are made, the next head's keys while
/// values are taken. A sixth of a batch's time, a tenth of one sequence's after 900 tokens.
constexpr std::int64_t kFloatsAhead = kBytesAhead / static_cast<std::int64_t>(sizeof(float));
inline void fetchFloats(const float* from, std::int64_t count) {
    constexpr std::int64_t kLineFloats = 16;
    for (std::int64_t i = 0; i < count; i += kLineFloats) __builtin_prefetch(from + i, 0, 2);
}

/// Scores of four keys at a time, then their softmax, then the values' mean: as many passes as there are
/// results that do not fit into registers.
class TokenAttention {
public:
    TokenAttention(const DecodeModel& model, float* scores) : m_model(model), m_scores(scores) {}

    /// Puts the token's key and value of one head into its cache. // qkv: [qkvWidth], rotated in place
    void keep(const DecodeToken& token, std::int64_t layer, std::int64_t keyHead, float* qkv) const {
        const std::int64_t size = m_model.headSize;
        const std::int64_t place = (keyHead * token.capacity + token.position) * size;
        float* key = qkv + (m_model.heads + keyHead) * size;
        const float* value = key + m_model.keyValueHeads * size;
        turn(key, m_model.layers[layer].keyNorm, token.position);
        std::memcpy(token.keys[layer] + place, key, static_cast<std::size_t>(size) * sizeof(float));
        std::memcpy(token.values[layer] + place, value, static_cast<std::size_t>(size) * sizeof(float));
    }

    /// All query heads of one key/value head. // qkv: [qkvWidth], rotated in place; out: [attentionWidth]
    void run(const DecodeToken& token, std::int64_t layer, std::int64_t keyHead, float* qkv, float* out) {
        const std::int64_t size = m_model.headSize, group = m_model.heads / m_model.keyValueHeads;
        const float* keys = token.keys[layer] + keyHead * token.capacity * size;
        const float* values = token.values[layer] + keyHead * token.capacity * size;
        for (std::int64_t head = keyHead * group; head < (keyHead + 1) * group; ++head) {
            const bool last = head + 1 == (keyHead + 1) * group && keyHead + 1 < m_model.keyValueHeads;
            const float* nextKeys = last ? keys + token.capacity * size : values;  // which are there already
            turn(qkv + head * size, m_model.layers[layer].queryNorm, token.position);
            attend(qkv + head * size, keys, values, nextKeys, {m_model.layers[layer].window, token.position},
                   out + head * size);
        }
    }

private:
    /// What a token looks back at.
    struct Reach {
        std::int64_t window, position;
        std::int64_t begin() const { return window > 0 && position >= window ? position - window + 1 : 0; }
    };

    /// Norms the head, where the model does, and rotates it.
    void turn(float* head, const DecodeNorm& norm, std::int64_t position) const {
        if (norm.weight) normInto(head, norm, m_model.epsilon, m_model.headSize, head);
        if (m_model.rotarySize == 0) return;
        AttentionShape shape;
        shape.headSize = shape.rotarySize = m_model.rotarySize;
        shape.cosines = m_model.cosines;
        shape.sines = m_model.sines;
        turnRows(head, 0, shape, position, 1, true, 1.0F, 1.0F, head, 0);
    }

    Vec product(const float* query, const float* key) const {
        Vec total{};
        forLanes(m_model.headSize, [&](std::int64_t i, int count) {
            total += loadFirst(query + i, count) * loadFirst(key + i, count);
        });
        return total;
    }

    /// `nextKeys` are only fetched.
    void attend(const float* query, const float* keys, const float* values, const float* nextKeys,
                const Reach& reach, float* out) {
        const std::int64_t size = m_model.headSize;
        const std::int64_t begin = reach.begin(), count = reach.position + 1 - begin;
        const float scale = 1.0F / std::sqrt(static_cast<float>(size));
        const float* key = keys + begin * size;
        std::int64_t t = 0;
        for (; t + 4 <= count; t += 4, key += 4 * size) {
            fetchFloats(key + kFloatsAhead, 4 * size);
            fetchFloats(values + (begin + t) * size, 4 * size);
            sumFour(product(query, key), product(query, key + size), product(query, key + 2 * size),
                    product(query, key + 3 * size), m_scores + t);
        }
        for (; t < count; ++t, key += size) m_scores[t] = sum(product(query, key));
        mix(softmax(count, scale), values + begin * size, nextKeys + begin * size, count, out);
    }

    /// Leaves e^(score - highest) and returns one over their sum.
    float softmax(std::int64_t count, float scale) {
        const Vec none = all(-3.0e38F);
        Vec most = none;
        forLanes(count, [&](std::int64_t i, int lanes) {
            Vec v = loadFirst(m_scores + i, lanes) * scale;
            if (lanes < kLanes) v = laneNumbers() < lanes ? v : none;
            most = most > v ? most : v;
        });
        const float top = largest(most);
        Vec total{};
        forLanes(count, [&](std::int64_t i, int lanes) {
            Vec e = exponential(loadFirst(m_scores + i, lanes) * scale - top);
            if (lanes < kLanes) e = laneNumbers() < lanes ? e : Vec{};
            storeFirst(m_scores + i, e, lanes);
            total += e;
        });
        return 1.0F / sum(total);
    }

    void mix(float inverse, const float* values, const float* nextKeys, std::int64_t count,
             float* out) const {
        const std::int64_t size = m_model.headSize;
        std::int64_t i = 0;
        for (; i + 4 * kLanes <= size; i += 4 * kLanes)
            mixStrip<4>(inverse, values + i, nextKeys + i, count, out + i);
        for (; i + kLanes <= size; i += kLanes)
            mixStrip<1>(inverse, values + i, nextKeys + i, count, out + i);
        if (i == size) return;
        const int lanes = static_cast<int>(size - i);
        Vec total{};
        for (std::int64_t t = 0; t < count; ++t)
            total += loadFirst(values + t * size + i, lanes) * m_scores[t];
        storeFirst(out + i, total * inverse, lanes);
    }

    template <int N>
    void mixStrip(float inverse, const float* values, const float* nextKeys, std::int64_t count,
                  float* out) const {
        Vec totals[N] = {};
        for (std::int64_t t = 0; t < count; ++t, values += m_model.headSize, nextKeys += m_model.headSize) {
            const Vec weight = all(m_scores[t]);
            fetchFloats(nextKeys, N * kLanes);
            for (int n = 0; n < N; ++n) totals[n] += load(values + n * kLanes) * weight;
        }
        for (int n = 0; n < N; ++n) store(out + n * kLanes, totals[n] * inverse);
    }

    const DecodeModel& m_model;
    float* m_scores;
};

inline std::int64_t widestInput(const DecodeModel& m) {
    const std::int64_t a = m.hidden > m.intermediate ? m.hidden : m.intermediate;
    return a > m.attentionWidth() ? a : m.attentionWidth();
}

/// The pieces of a step's memory. A step of one sequence has inputs for each thread, which makes its own and
/// waits for nobody; with more they share the work and the result.
struct StepMemory {
    float *residual, *qkv, *mixed, *wide;
    char* inputs;
    char* scores;
    char* inner;  // of the adapters: x A^T
    std::int64_t inputSize, scoreSize, innerSize, bytes;

    StepMemory(const DecodeModel& m, std::int64_t count, std::int64_t longest, std::int64_t threads,
               void* memory) {
        bytes = 0;
        const auto take = [&](std::int64_t size) {
            char* at = memory ? static_cast<char*>(memory) + bytes : nullptr;
            bytes += roundUp(size, 64);
            return at;
        };
        const auto floats = [&](std::int64_t width) {
            return reinterpret_cast<float*>(take(count * width * static_cast<std::int64_t>(sizeof(float))));
        };
        residual = floats(m.hidden);
        qkv = floats(m.qkvWidth());
        mixed = floats(m.attentionWidth());
        wide = floats(m.wideWidth());
        inputSize = roundUp(inputBytes(widestInput(m), count), 64);
        inputs = take(count == 1 ? threads * inputSize : inputSize);
        scoreSize = roundUp((longest + kLanes) * static_cast<std::int64_t>(sizeof(float)), 64);
        scores = take(threads * scoreSize);
        innerSize = roundUp(count * m.adapterWidth * static_cast<std::int64_t>(sizeof(float)), 64);
        inner = take(count == 1 ? threads * innerSize : innerSize);
    }
};

/// One thread's way through a step. All of them take it together; a barrier stands wherever one reads what
/// others wrote.
class StepThread {
public:
    StepThread(const DecodeStep& step, const StepMemory& memory)
        : m_step(step),
          m_model(*step.model),
          m_memory(memory),
          m_inputs(memory.inputs + (step.count == 1 ? omp_get_thread_num() * memory.inputSize : 0)),
          m_inner(reinterpret_cast<float*>(memory.inner +
                                           (step.count == 1 ? omp_get_thread_num() * memory.innerSize : 0))),
          m_attention(m_model,
                      reinterpret_cast<float*>(memory.scores + omp_get_thread_num() * memory.scoreSize)) {}

private:
    auto normed(const DecodeNorm& norm) const {
        return [this, &norm](std::int64_t s, float* out) {
            normInto(m_memory.residual + s * m_model.hidden, norm, m_model.epsilon, m_model.hidden, out);
        };
    }
    static auto copied(const float* from, std::int64_t width) {
        return [from, width](std::int64_t s, float* out) {
            std::memcpy(out, from + s * width, static_cast<std::size_t>(width) * sizeof(float));
        };
    }
    static auto into(float* to, std::int64_t width) {
        return [to, width](std::int64_t s, std::int64_t row, const float* values, int count) {
            for (int r = 0; r < count; ++r) to[s * width + row + r] = values[r];
        };
    }
    auto ontoResidual() const {
        return [this](std::int64_t s, std::int64_t row, const float* values, int count) {
            for (int r = 0; r < count; ++r) m_memory.residual[s * m_model.hidden + row + r] += values[r];
        };
    }

public:
    void run() {
        embed();
        for (std::int64_t layer = 0; layer < m_model.layerCount; ++layer) runLayer(layer);
        multiply(m_model.head, m_step.scored, normed(m_model.finalNorm),
                 into(m_step.logits, m_model.head.rows));
    }

private:
    void embed() {
        const std::int64_t width = m_model.hidden;
#pragma omp for schedule(static)
        for (std::int64_t s = 0; s < m_step.count; ++s) {
            const DecodeToken& token = m_step.tokens[s];
            float* x = m_memory.residual + s * width;
            addRow(m_model.embedding, token.id, width, x, /*first=*/true);
            if (m_model.positions.values)
                addRow(m_model.positions, token.position, width, x, /*first=*/false);
        }
    }

    void runLayer(std::int64_t index) {
        const DecodeLayer& layer = m_model.layers[index];
        multiply(layer.qkv, m_step.count, normed(layer.inputNorm), into(m_memory.qkv, m_model.qkvWidth()));
        // Of tokens without scores nothing is wanted after the last layer's keys and values.
        const std::int64_t rows = index + 1 < m_model.layerCount ? m_step.count : m_step.scored;
        attend(index, rows);
        // Side by side both read the residual stream as it came into the block.
        if (m_model.parallelResidual) widen(layer, rows);
        multiply(layer.output, rows, copied(m_memory.mixed, m_model.attentionWidth()), ontoResidual());
        if (!m_model.parallelResidual) widen(layer, rows);
        multiply(
            layer.down, rows,
            [&](std::int64_t s, float* out) {
                activateInto(m_memory.wide + s * m_model.wideWidth(), m_model, out);
            },
            ontoResidual());
    }

    void widen(const DecodeLayer& layer, std::int64_t rows) {
        multiply(layer.wide, rows, normed(layer.postNorm), into(m_memory.wide, m_model.wideWidth()));
    }

    void attend(std::int64_t layer, std::int64_t rows) {
        const std::int64_t heads = m_model.keyValueHeads;
        // Tokens of a prompt look at each other: all of them are there first.
        const bool prompts = m_step.count > m_step.scored;
        if (prompts) {
#pragma omp for schedule(static)
            for (std::int64_t item = 0; item < m_step.count * heads; ++item)
                m_attention.keep(m_step.tokens[item / heads], layer, item % heads, qkvOf(item / heads));
        }
#pragma omp for schedule(static)
        for (std::int64_t item = 0; item < rows * heads; ++item) {
            const std::int64_t s = item / heads;
            if (!prompts) m_attention.keep(m_step.tokens[s], layer, item % heads, qkvOf(s));
            m_attention.run(m_step.tokens[s], layer, item % heads, qkvOf(s),
                            m_memory.mixed + s * m_model.attentionWidth());
        }
    }
    float* qkvOf(std::int64_t s) const {
        return m_memory.qkv + s * m_model.qkvWidth();
    }

    /// Makes the inputs of the first `rows` tokens, multiplies, and waits for the others.
    template <typename Source, typename Write>
    void multiply(const DecodeMatrix& m, std::int64_t rows, const Source& source, const Write& write) const {
        const DecodeInputs in = inputsAt(m_inputs, m.columns, rows);
        const auto make = [&](std::int64_t s) {
            source(s, in.plain + s * in.stride);
            finishInput(m, in, s);
            if (m.adapter) narrow(*m.adapter, in.plain + s * in.stride, m.columns, innerOf(s));
        };
        if (m_step.count == 1) {
            make(0);
        } else {
#pragma omp for schedule(static)
            for (std::int64_t s = 0; s < rows; ++s) make(s);
        }
        if (m.adapter)
            multiplyRows(m, in, rows, [&](std::int64_t s, std::int64_t row, const float* values, int count) {
                float sums[kBlockRows];
                for (int r = 0; r < count; ++r)
                    sums[r] = values[r] + adapted(*m.adapter, row + r, innerOf(s));
                write(s, row, sums, count);
            });
        else
            multiplyRows(m, in, rows, write);
#pragma omp barrier
    }

    float* innerOf(std::int64_t s) const {
        return m_inner + s * m_model.adapterWidth;
    }
    static float dot(const float* a, const float* b, std::int64_t width) {
        Vec total{};
        forLanes(width, [&](std::int64_t i, int count) {
            total += loadFirst(a + i, count) * loadFirst(b + i, count);
        });
        return sum(total);
    }
    /// // x: [columns] -> inner: [width]
    static void narrow(const DecodeAdapter& adapter, const float* x, std::int64_t columns, float* inner) {
        for (std::int64_t i = 0; i < adapter.width(); ++i)
            inner[i] = adapter.scale * dot(adapter.down + i * columns, x, columns);
    }
    /// What is added to one row.
    static float adapted(const DecodeAdapter& adapter, std::int64_t row, const float* inner) {
        for (std::int64_t part = 0; part < adapter.partCount; ++part) {
            const DecodeAdapterPart& p = adapter.parts[part];
            if (row >= p.firstRow && row < p.firstRow + p.rows)
                return dot(p.up + (row - p.firstRow) * adapter.rank, inner + part * adapter.rank,
                           adapter.rank);
        }
        return 0.0F;
    }

    const DecodeStep& m_step;
    const DecodeModel& m_model;
    const StepMemory& m_memory;
    char* m_inputs;
    float* m_inner;
    TokenAttention m_attention;
};

void decodeStep(const DecodeStep& step) {
    std::int64_t longest = 0;
    for (std::int64_t s = 0; s < step.count; ++s)
        longest = step.tokens[s].position + 1 > longest ? step.tokens[s].position + 1 : longest;
    const StepMemory memory(*step.model, step.count, longest, omp_get_max_threads(), step.workspace);
#pragma omp parallel
    StepThread(step, memory).run();
}

std::int64_t decodeWorkspace(const DecodeModel& model, std::int64_t count, std::int64_t longest) {
    return StepMemory(model, count, longest, omp_get_max_threads(), nullptr).bytes;
}

ScoreSummary summarizeScores(const float* scores, std::int64_t count) {
    Vec most = all(-3.4028235e38F), nothing{};
    forLanes(count, [&](std::int64_t i, int lanes) {
        const Vec v = loadFirst(scores + i, lanes);
        nothing += v * 0.0F;
        most = maximum(most, lanes < kLanes ? (laneNumbers() < lanes ? v : most) : v);
    });
    ScoreSummary summary;
    summary.finite = sum(nothing) == 0.0F;
    const float top = largest(most);
    while (summary.highest + 1 < count && !(scores[summary.highest] >= top)) ++summary.highest;
    return summary;
}

void singleProduct(const DecodeMatrix& m, const float* x, std::int64_t count, float* y, void* workspace) {
    const DecodeInputs in = inputsAt(workspace, m.columns, count);
    for (std::int64_t s = 0; s < count; ++s) {
        std::memcpy(in.plain + s * in.stride, x + s * m.columns,
                    static_cast<std::size_t>(m.columns) * sizeof(float));
        finishInput(m, in, s);
    }
#pragma omp parallel
    multiplyRows(m, in, count, [&](std::int64_t s, std::int64_t row, const float* values, int rows) {
        for (int r = 0; r < rows; ++r) y[s * m.rows + row + r] = values[r];
    });
}

DecodeKernels decodeKernels() {
    DecodeKernels k;
    k.step = decodeStep;
    k.workspaceBytes = decodeWorkspace;
    k.quantize = quantizeRows;
    k.toBfloat16 = roundToBfloat16;
    k.widen = widenToFloat;
    k.summarize = summarizeScores;
    k.product = singleProduct;
    k.productBytes = inputBytes;
    return k;
}

}  // namespace
}  // namespace studio
