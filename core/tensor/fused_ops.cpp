// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/fused_head_loss.h"
#include "core/tensor/fused_support.h"
#include "core/tensor/matrix_product.h"
#include "core/tensor/ops.h"
#include "core/tensor/wide_format.h"

// Each operation is one autograd function. Weights are not autograd's: a function holds a pointer to the
// layer, which lives as long as the model, and its backward pass adds straight into the gradient's memory.
namespace studio {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// The same for a factor of 16 bits, which becomes float32 some rows at a time, so that it is read from the
/// caches again.
Tensor widenedProduct(const Tensor& x, const Tensor& factor, const Tensor& bias) {
    constexpr std::int64_t kNumbersAtOnce = 1 << 18;
    const std::int64_t rows = x.size(0), in = factor.size(1), out = factor.size(0);
    const std::int64_t atOnce = std::min(out, std::max<std::int64_t>(64, kNumbersAtOnce / in / 64 * 64));
    Tensor y = at::empty({rows, out}, x.options());
    const Tensor wide = at::empty({atOnce, in}, floats());
    for (std::int64_t first = 0; first < out; first += atOnce) {
        const std::int64_t count = std::min(atOnce, out - first);
        cpuKernels().decode.widen(wideFormat(factor), factor[first].data_ptr(), floatData(wide), count * in);
        multiply({rows,
                  count,
                  in,
                  {x.data_ptr(), in, false},
                  {wide.data_ptr(), in, true},
                  y.data_ptr<float>() + first,
                  out,
                  at::kFloat,
                  at::kFloat,
                  false,
                  bias.defined() ? floatData(bias) + first : nullptr});
    }
    return y;
}

/// y = x W^T + b, in the type of x. // x: [rows, in], weight: [out, in] -> [rows, out]
Tensor product(const Tensor& x, const Tensor& factor, const Tensor& bias) {
    if (factor.scalar_type() != x.scalar_type()) return widenedProduct(x, factor, bias);
    const std::int64_t rows = x.size(0), in = factor.size(1), out = factor.size(0);
    Tensor y = at::empty({rows, out}, x.options());
    multiply({rows,
              out,
              in,
              {x.data_ptr(), in, false},
              {factor.data_ptr(), in, true},
              y.data_ptr(),
              out,
              x.scalar_type(),
              x.scalar_type(),
              false,
              floatData(bias)});
    return y;
}

/// x gradient = y gradient W.
Tensor inputGradient(const Tensor& gradient, const Tensor& factor) {
    const std::int64_t rows = gradient.size(0), in = factor.size(1), out = factor.size(0);
    Tensor result = at::empty({rows, in}, gradient.options());
    multiply({rows,
              in,
              out,
              {gradient.data_ptr(), out, false},
              {factor.data_ptr(), in, false},
              result.data_ptr(),
              in,
              gradient.scalar_type(),
              gradient.scalar_type(),
              false,
              nullptr});
    return result;
}

/// W gradient += y gradient^T x, in float32.
void addWeightGradient(const Tensor& gradient, const Tensor& x, const Tensor& weightGradient) {
    const std::int64_t rows = gradient.size(0), in = x.size(1), out = gradient.size(1);
    multiply({out,
              in,
              rows,
              {gradient.data_ptr(), out, true},
              {x.data_ptr(), in, false},
              weightGradient.data_ptr(),
              in,
              gradient.scalar_type(),
              at::kFloat,
              true,
              nullptr});
}

class Embed : public torch::autograd::Function<Embed> {
public:
    /// `anchor` is a leaf with a gradient, so that autograd begins here.
    static Tensor forward(AutogradContext* context, const Tensor& anchor, const Tensor& ids,
                          const Tensor& positions, const Weight& table, const Weight& positionTable) {
        static_cast<void>(anchor);
        context->save_for_backward({ids, positions});
        context->saved_data["table"] = handle(table);
        context->saved_data["positions"] = handle(positionTable);
        Tensor x = rowsOf(table, ids);
        if (positionTable.exists()) x.add_(rowsOf(positionTable, positions));
        return x;
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor gradient = gradients[0].contiguous();
        const auto add = [&](const Weight& table, const Tensor& ids) {
            if (!table.gradient.defined()) return;
            cpuKernels().addToRows(floatData(gradient), ids.data_ptr<std::int64_t>(),
                                   floatData(table.gradient), gradient.size(0), gradient.size(1));
        };
        add(fromHandle<Weight>(context->saved_data["table"]), saved[0]);
        add(fromHandle<Weight>(context->saved_data["positions"]), saved[1]);
        return {Tensor(), Tensor(), Tensor(), Tensor(), Tensor()};
    }

private:
    /// // ids: [rows] -> [rows, width] float32
    static Tensor rowsOf(const Weight& table, const Tensor& ids) {
        // Of a frozen table there may be the rounded copy alone.
        if (!table.value.defined()) return table.rounded.index_select(0, ids).to(at::kFloat);
        const std::int64_t rows = ids.size(0), width = table.value.size(1);
        Tensor x = at::empty({rows, width}, floats());
        cpuKernels().gatherRows(floatData(table.value), ids.data_ptr<std::int64_t>(), floatData(x), rows,
                                width);
        return x;
    }
};

/// Sum and norm; with no delta (an empty tensor) the sum is the residual stream itself.
class AddNormFunction : public torch::autograd::Function<AddNormFunction> {
public:
    static tensor_list forward(AutogradContext* context, const Tensor& residual, const Tensor& delta,
                               const NormLayer& norm, at::ScalarType type) {
        const std::int64_t rows = residual.size(0), width = residual.size(1);
        const bool adds = delta.numel() > 0;
        Tensor sum = adds ? at::empty_like(residual) : residual;
        Tensor normed = at::empty({rows, width}, floats().dtype(type));
        const Tensor mean = norm.bias.exists() ? at::empty({rows}, floats()) : Tensor();
        const Tensor inverse = at::empty({rows}, floats());
        withType(type, [&](const auto& kernels, auto e) {
            using E = decltype(e);
            kernels.addNorm({rows, width, floatData(residual), adds ? typed<E>(delta) : nullptr,
                             floatData(norm.weight.value), floatData(norm.bias.value),
                             static_cast<float>(norm.epsilon), floatData(sum), typed<E>(normed),
                             floatData(mean), floatData(inverse)});
        });
        // The sum is an output, which must not hold the function that holds it.
        context->save_for_backward(
            {adds ? sum.detach() : residual, inverse, mean.defined() ? mean : inverse});
        context->saved_data["norm"] = handle(norm);
        context->saved_data["adds"] = adds;
        context->set_materialize_grads(false);
        return {adds ? sum : sum.view_as(sum), normed};
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto& norm = fromHandle<NormLayer>(context->saved_data["norm"]);
        const bool adds = context->saved_data["adds"].toBool();
        const Tensor& sum = saved[0];
        const Tensor normedGradient = gradients[1].contiguous();
        const Tensor sumGradient = gradients[0].defined() ? gradients[0].contiguous() : Tensor();
        Tensor residualGradient = at::empty_like(sum);
        Tensor deltaGradient = adds ? at::empty(sum.sizes(), normedGradient.options()) : Tensor();
        withType(normedGradient.scalar_type(), [&](const auto& kernels, auto e) {
            using E = decltype(e);
            kernels.addNormGradient({sum.size(0), sum.size(1), floatData(sum), floatData(norm.weight.value),
                                     norm.bias.exists() ? floatData(saved[2]) : nullptr, floatData(saved[1]),
                                     floatData(sumGradient), typed<E>(normedGradient),
                                     floatData(residualGradient), typed<E>(deltaGradient),
                                     floatData(norm.weight.gradient), floatData(norm.bias.gradient)});
        });
        return {residualGradient, deltaGradient, Tensor(), Tensor()};
    }
};

/// x A^T times the scale, for all parts of an adapter. // x: [rows, in] -> [rows, parts * rank]
Tensor adapterInner(const Tensor& x, const LowRankAdapter& adapter) {
    return product(x, adapter.down.factor(), {}).mul_(adapter.scale);
}

/// A view of some columns as a factor of a product.
MatrixProduct::Factor columns(const Tensor& matrix, std::int64_t first, bool transposed) {
    return {static_cast<const char*>(matrix.data_ptr()) + first * matrix.element_size(), matrix.size(1),
            transposed};
}

/// y += inner B^T, part by part. // inner: [rows, parts * rank], y: [rows, out]
void addAdapter(const Tensor& inner, const LowRankAdapter& adapter, Tensor& y) {
    std::int64_t column = 0;
    for (const LowRankAdapter::Part& part : adapter.parts) {
        const Tensor& up = part.up.factor();
        MatrixProduct sum{y.size(0), up.size(0), adapter.rank, columns(inner, column, false),
                          columns(up, 0, true)};
        sum.c = static_cast<char*>(y.data_ptr()) + part.firstOutput * y.element_size();
        sum.cStride = y.size(1);
        sum.factors = sum.result = y.scalar_type();
        sum.add = true;
        multiply(sum);
        column += adapter.rank;
    }
}

/// Adds inner^T gradient, transposed: so the large matrix is read as it lies. // inner: [rows, parts * rank]
void addUpGradient(const Tensor& inner, std::int64_t column, const Tensor& gradient,
                   const LowRankAdapter::Part& part, std::int64_t rank) {
    const std::int64_t outputs = part.up.gradient.size(0);
    const Tensor turned = at::empty({rank, outputs}, floats());
    MatrixProduct weight{rank, outputs, gradient.size(0), columns(inner, column, true),
                         columns(gradient, part.firstOutput, false)};
    weight.c = turned.data_ptr();
    weight.cStride = outputs;
    weight.factors = gradient.scalar_type();
    multiply(weight);
    part.up.gradient.add_(turned.t());
}

/// Gradients of both factors, and what goes on to x. // x: [rows, in], inner: what adapterInner() gave,
/// gradient: [rows, out], xGradient: as x
void adapterGradient(const Tensor& x, const Tensor& inner, const Tensor& gradient,
                     const LowRankAdapter& adapter, Tensor& xGradient) {
    const std::int64_t rows = x.size(0), rank = adapter.rank;
    const Tensor factor = dropoutFactor(x, adapter.dropout);
    const Tensor input = dropped(x, factor);
    Tensor innerGradient = at::empty_like(inner);
    std::int64_t column = 0;
    for (const LowRankAdapter::Part& part : adapter.parts) {
        const Tensor& up = part.up.factor();
        MatrixProduct down{rows, rank, up.size(0), columns(gradient, part.firstOutput, false),
                           columns(up, 0, false)};
        down.c = static_cast<char*>(innerGradient.data_ptr()) + column * innerGradient.element_size();
        down.cStride = innerGradient.size(1);
        down.factors = down.result = x.scalar_type();
        multiply(down);
        addUpGradient(inner, column, gradient, part, rank);
        column += rank;
    }
    innerGradient.mul_(adapter.scale);
    addWeightGradient(innerGradient, input, adapter.down.gradient);
    MatrixProduct back{rows, x.size(1), innerGradient.size(1), columns(innerGradient, 0, false),
                       columns(adapter.down.factor(), 0, false)};
    Tensor passed = factor.defined() ? at::empty_like(xGradient) : xGradient;
    back.c = passed.data_ptr();
    back.cStride = x.size(1);
    back.factors = back.result = x.scalar_type();
    back.add = !factor.defined();
    multiply(back);
    if (factor.defined()) xGradient.add_(dropped(passed, factor));
}

class LinearFunction : public torch::autograd::Function<LinearFunction> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const LinearLayer& layer) {
        context->saved_data["layer"] = handle(layer);
        Tensor y = product(x, layer.weight.factor(), layer.bias.value), inner;
        if (layer.adapter) {
            inner = adapterInner(dropped(x, dropoutFactor(x, layer.adapter->dropout)), *layer.adapter);
            addAdapter(inner, *layer.adapter, y);
        }
        context->save_for_backward({x, inner});
        return y;
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor& x = saved[0];
        const auto& layer = fromHandle<LinearLayer>(context->saved_data["layer"]);
        const Tensor gradient = gradients[0].contiguous();
        if (layer.weight.gradient.defined()) addWeightGradient(gradient, x, layer.weight.gradient);
        if (layer.bias.gradient.defined()) {
            withType(gradient.scalar_type(), [&](const auto& kernels, auto e) {
                kernels.addColumnSums(typed<decltype(e)>(gradient), floatData(layer.bias.gradient),
                                      gradient.size(0), gradient.size(1));
            });
        }
        Tensor xGradient = inputGradient(gradient, layer.weight.factor());
        if (layer.adapter) adapterGradient(x, saved[1], gradient, *layer.adapter, xGradient);
        return {xGradient, Tensor()};
    }
};

AttentionShape shapeOf(const AttentionHeads& heads, const RotaryTable& rotary, const std::int32_t* boundaries,
                       std::int64_t sequences, std::int64_t tokens) {
    AttentionShape shape;
    shape.boundaries = boundaries;
    shape.sequences = sequences;
    shape.tokens = tokens;
    shape.heads = heads.heads;
    shape.keyValueHeads = heads.keyValueHeads;
    shape.headSize = heads.headSize;
    shape.rotarySize = rotary.rotarySize();
    shape.cosines = floatData(rotary.cos);
    shape.sines = floatData(rotary.sin);
    shape.window = heads.window;
    return shape;
}

class AttentionFunction : public torch::autograd::Function<AttentionFunction> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& qkv, const AttentionHeads& heads,
                          const RotaryTable& rotary, const Tensor& boundaries) {
        const std::int64_t tokens = qkv.size(0);
        Tensor output = at::empty({tokens, heads.heads * heads.headSize}, qkv.options());
        Tensor logSums = at::empty({heads.heads, tokens}, floats());
        const AttentionShape shape =
            shapeOf(heads, rotary, boundaries.data_ptr<std::int32_t>(), boundaries.size(0) - 1, tokens);
        withType(qkv.scalar_type(), [&](const auto& kernels, auto e) {
            using E = decltype(e);
            kernels.attention({shape, typed<E>(qkv), typed<E>(output), floatData(logSums)});
        });
        context->save_for_backward({qkv, output.detach(), logSums, boundaries});
        context->saved_data["heads"] = handle(heads);
        context->saved_data["rotary"] = handle(rotary);
        return output;
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor& qkv = saved[0];
        const Tensor gradient = gradients[0].contiguous();
        Tensor qkvGradient = at::empty_like(qkv);
        const AttentionShape shape =
            shapeOf(fromHandle<AttentionHeads>(context->saved_data["heads"]),
                    fromHandle<RotaryTable>(context->saved_data["rotary"]), saved[3].data_ptr<std::int32_t>(),
                    saved[3].size(0) - 1, qkv.size(0));
        withType(qkv.scalar_type(), [&](const auto& kernels, auto e) {
            using E = decltype(e);
            kernels.attentionGradient({shape, typed<E>(qkv), typed<E>(saved[1]), floatData(saved[2]),
                                       typed<E>(gradient), typed<E>(qkvGradient)});
        });
        return {qkvGradient, Tensor(), Tensor(), Tensor()};
    }
};

class ActivationFunction : public torch::autograd::Function<ActivationFunction> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x, Activation kind) {
        context->save_for_backward({x});
        context->saved_data["kind"] = static_cast<std::int64_t>(kind);
        const bool gated = kind == Activation::SwiGlu;
        const std::int64_t rows = x.size(0), width = gated ? x.size(1) / 2 : x.size(1);
        Tensor out = at::empty({rows, width}, x.options());
        withType(x.scalar_type(), [&](const auto& kernels, auto e) {
            using E = decltype(e);
            if (gated)
                kernels.swiglu(typed<E>(x), typed<E>(out), rows, width);
            else
                (kind == Activation::Gelu ? kernels.exactGelu : kernels.gelu)(typed<E>(x), typed<E>(out),
                                                                              rows * width);
        });
        return out;
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const Tensor x = context->get_saved_variables()[0];
        const Tensor gradient = gradients[0].contiguous();
        const auto kind = static_cast<Activation>(context->saved_data["kind"].toInt());
        Tensor result = at::empty_like(x);
        withType(x.scalar_type(), [&](const auto& kernels, auto e) {
            using E = decltype(e);
            if (kind == Activation::SwiGlu)
                kernels.swigluGradient(typed<E>(x), typed<E>(gradient), typed<E>(result), x.size(0),
                                       x.size(1) / 2);
            else
                (kind == Activation::Gelu ? kernels.exactGeluGradient : kernels.geluGradient)(
                    typed<E>(x), typed<E>(gradient), typed<E>(result), x.numel());
        });
        return {result, Tensor()};
    }
};

class FusedOps final : public Ops {
public:
    explicit FusedOps(const Compute& compute) : m_type(compute.matmulType) {
        m_anchor = at::zeros({1});
        m_anchor.set_requires_grad(true);
    }

    Tensor embed(const Weight& table, const Tensor& ids, const Weight& positionTable,
                 const Tensor& positions) const override {
        return Embed::apply(m_anchor, ids, positions, table, positionTable);
    }

    Normed addNorm(const Tensor& residual, const Tensor& delta, const NormLayer& norm) const override {
        const tensor_list both =
            AddNormFunction::apply(residual, delta.defined() ? delta : at::empty({0}), norm, m_type);
        return {both[0], both[1]};
    }

    Tensor linear(const Tensor& x, const LinearLayer& layer) const override {
        return LinearFunction::apply(x, layer);
    }

    Tensor attention(const Tensor& qkv, const AttentionHeads& heads, const RotaryTable& rotary,
                     const DeviceBatch& batch) const override {
        const auto rows = static_cast<std::int64_t>(batch.boundaries.size());
        const Tensor boundaries =
            at::from_blob(const_cast<std::int32_t*>(batch.boundaries.data()), {rows}, at::kInt).clone();
        return AttentionFunction::apply(qkv, heads, rotary, boundaries);
    }

    Tensor activation(const Tensor& x, Activation kind) const override {
        return ActivationFunction::apply(x, kind);
    }

    Losses crossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                        const Tensor& labels, const LossSettings& settings) const override {
        return fusedCrossEntropy(hidden, head, vocabulary, labels, settings);
    }

private:
    at::ScalarType m_type;
    Tensor m_anchor;
};

}  // namespace

std::unique_ptr<Ops> makeFusedOps(const Compute& compute) {
    return std::make_unique<FusedOps>(compute);
}

}  // namespace studio
