// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "core/tensor/device_ops.h"
#include "core/tensor/ops.h"

namespace studio {

namespace {

/// Repeats each key/value head for the query heads that share it. // [..., kvHeads, time, size] -> [...,
/// heads, time, size]
Tensor shareHeads(const Tensor& x, std::int64_t heads) {
    const std::int64_t kvHeads = x.size(1);
    if (kvHeads == heads) return x;
    return x.unsqueeze(2)
        .expand({x.size(0), kvHeads, heads / kvHeads, x.size(2), x.size(3)})
        .reshape({x.size(0), heads, x.size(2), x.size(3)});
}

/// softmax(q k^T / sqrt(size) + mask) v. // q: [rows, heads, new, size], k, v: [rows, heads, all, size]
Tensor attend(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& mask) {
    const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(-1)));
    Tensor scores = at::matmul(q * scale, k.transpose(-1, -2)).to(at::kFloat);
    if (mask.defined()) scores = scores + mask;
    return at::matmul(at::softmax(scores, -1).to(v.scalar_type()), v);
}

/// 0 where query i (the last `queries` of `keys` tokens) may look, -infinity behind it and before its window.
/// // [queries, keys]
Tensor causalMask(std::int64_t queries, std::int64_t keys, std::int64_t window, const at::Device& device) {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
    const Tensor never = at::full({queries, keys}, -std::numeric_limits<float>::infinity(), options);
    const Tensor later = never.triu(keys - queries + 1);
    return window > 0 ? later + never.tril(keys - queries - window) : later;
}

/// Identity whose gradient is multiplied.
class ScaleGradient : public torch::autograd::Function<ScaleGradient> {
public:
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& x, double scale) {
        context->saved_data["scale"] = scale;
        return x.clone();
    }
    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::tensor_list gradients) {
        return {gradients[0] * context->saved_data["scale"].toDouble(), Tensor()};
    }
};

/// On the CPU, where it is the reference, everything between the products is float32, and autograd sees
/// nothing but plain operators. On other devices it follows the rules of torch.amp.autocast: products and
/// attention take and give the narrow type, the residual stream, norms, softmax and losses are float32; and
/// what costs most there are functions of device_ops.h.
class AtenOps final : public Ops {
public:
    explicit AtenOps(const Compute& compute)
        : m_elsewhere(!compute.device.is_cpu()),
          m_matmulType(compute.matmulType),
          m_flowType(compute.device.is_cpu() ? at::kFloat : compute.matmulType) {}

    Tensor embed(const Weight& table, const Tensor& ids, const Weight& positionTable,
                 const Tensor& positions) const override {
        const Tensor x = at::embedding(table.value, ids);
        return positionTable.exists() ? x + at::embedding(positionTable.value, positions) : x;
    }

    Normed addNorm(const Tensor& residual, const Tensor& delta, const NormLayer& norm) const override {
        const Tensor x = delta.defined() ? residual + delta : residual;
        if (norm.bias.exists())
            return {x, at::layer_norm(x, {x.size(-1)}, norm.weight.value, norm.bias.value, norm.epsilon)
                           .to(m_flowType)};
        if (m_elsewhere) return {x, rmsNorm(x, norm.weight.value, norm.epsilon).to(m_flowType)};
        const Tensor scale = at::rsqrt(at::mean(x * x, {-1}, /*keepdim=*/true) + norm.epsilon);
        return {x, (x * scale * norm.weight.value).to(m_flowType)};
    }

    Tensor linear(const Tensor& x, const LinearLayer& layer) const override {
        const Tensor y = m_elsewhere ? deviceLinear(x.to(m_flowType), layer)
                                     : product(x, layer.weight.value, layer.bias.value);
        return layer.adapter ? y + adapted(x, *layer.adapter, y) : y;
    }

    Tensor attention(const Tensor& qkv, const AttentionHeads& heads, const RotaryTable& rotary,
                     const DeviceBatch& batch) const override {
        const Tensor all = qkv.view({qkv.size(0), heads.heads + 2 * heads.keyValueHeads, heads.headSize});
        // Split, not narrowed: the gradients are joined by one copy instead of being added up.
        const auto parts = all.split_with_sizes({heads.heads + heads.keyValueHeads, heads.keyValueHeads}, 1);
        const auto turned =
            turn(parts[0], batch.positions, rotary).split_with_sizes({heads.heads, heads.keyValueHeads}, 1);
        const Tensor &query = turned[0], &key = turned[1], &value = parts[1];
        std::vector<Tensor> outputs;
        for (const DeviceBatch::Group& group : batch.groups)
            outputs.push_back(attendGroup(query, key, value, group, heads.window));
        const Tensor joined = outputs.size() == 1 ? outputs.front() : at::cat(outputs, 0);
        const Tensor ordered = batch.scatter.defined() ? joined.index_select(0, batch.scatter) : joined;
        return ordered.reshape({qkv.size(0), heads.heads * heads.headSize});
    }

    Tensor activation(const Tensor& x, Activation kind) const override {
        if (kind == Activation::GeluTanh) return at::gelu(x, "tanh");
        if (kind == Activation::Gelu) return at::gelu(x, "none");
        if (m_elsewhere) return deviceSwiGlu(x);
        const auto parts = x.chunk(2, -1);
        return at::silu(parts[0]) * parts[1];
    }

    Losses crossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                        const Tensor& labels, const LossSettings& settings) const override {
        if (m_elsewhere) return deviceCrossEntropy(hidden, head, vocabulary, labels, settings);
        // Logits are float32 before the softmax: a cross-entropy in bfloat16 rounds the loss to whole
        // numbers.
        const Tensor logits = product(hidden, head.value.narrow(0, 0, vocabulary), {}).to(at::kFloat);
        const Tensor each = at::cross_entropy_loss(logits, labels, {}, at::Reduction::None,
                                                   /*ignore_index=*/-100, settings.smoothing);
        const Tensor sum = each.sum(at::kDouble);
        return {settings.gradientScale == 1.0 ? sum : ScaleGradient::apply(sum, settings.gradientScale),
                each.detach()};
    }

private:
    Tensor turn(const Tensor& x, const Tensor& positions, const RotaryTable& table) const {
        if (!m_elsewhere || table.rotarySize() != x.size(-1)) return rotate(x, positions, table);
        return deviceRotate(x, table.cos.index_select(0, positions).unsqueeze(1),
                            table.sin.index_select(0, positions).unsqueeze(1));
    }

    Tensor product(const Tensor& x, const Tensor& weight, const Tensor& bias) const {
        if (m_matmulType == at::kFloat)
            return at::linear(x, weight,
                              bias.defined() ? TorchOptional<Tensor>(bias) : TorchOptional<Tensor>());
        const Tensor y = at::linear(x.to(m_matmulType), weight.to(m_matmulType)).to(m_flowType);
        return bias.defined() ? y + bias.to(m_flowType) : y;
    }

    /// What the adapters add; 0 for outputs that no part has. // x: [tokens, in] -> as y
    Tensor adapted(const Tensor& x, const LowRankAdapter& adapter, const Tensor& y) const {
        const Tensor input = dropped(x, dropoutFactor(x, adapter.dropout));
        const Tensor inner = product(input, adapter.down.value, {}) * adapter.scale;
        std::vector<Tensor> pieces;
        std::int64_t column = 0, output = 0;
        const auto fill = [&](std::int64_t until) {
            if (until > output) pieces.push_back(at::zeros({y.size(0), until - output}, y.options()));
            output = until;
        };
        for (const LowRankAdapter::Part& part : adapter.parts) {
            fill(part.firstOutput);
            pieces.push_back(product(inner.narrow(1, column, adapter.rank), part.up.value, {}));
            output += part.up.value.size(0);
            column += adapter.rank;
        }
        fill(y.size(1));
        return at::cat(pieces, 1);
    }

    /// // -> [tokens of the group, heads, headSize]
    Tensor attendGroup(const Tensor& query, const Tensor& key, const Tensor& value,
                       const DeviceBatch::Group& group, std::int64_t window) const {
        const std::int64_t heads = query.size(1);
        const auto rows = [&](const Tensor& x) {
            const Tensor taken = group.contiguous ? x : x.index_select(0, group.gather);
            return shareHeads(
                taken.reshape({group.rows, group.longest, x.size(1), x.size(2)}).transpose(1, 2), heads);
        };
        const Tensor out = attendCausally(rows(query), rows(key), rows(value), window)
                               .transpose(1, 2)
                               .reshape({group.rows * group.longest, heads, query.size(2)});
        return group.valid.defined() ? out.index_select(0, group.valid) : out;
    }

    /// Padding stands behind each row's real tokens, so the causal mask alone keeps every real query away
    /// from it. // each: [rows, heads, time, size]
    Tensor attendCausally(const Tensor& query, const Tensor& key, const Tensor& value,
                          std::int64_t window) const {
        const std::int64_t time = query.size(2);
        const auto mask = [&] { return causalMask(time, time, window, query.device()); };
        if (query.device().is_cpu()) return attend(query, key, value, mask());
        const Tensor q = query.to(m_flowType), k = key.to(m_flowType), v = value.to(m_flowType);
        // Without a window the kernels need no mask: they know what causal means.
        const auto native = nativeAttention(q, k, v, window > 0 ? mask().to(m_flowType) : Tensor());
        return native ? *native : attend(q, k, v, mask());
    }

    bool m_elsewhere;  ///< not on the CPU
    at::ScalarType m_matmulType;
    at::ScalarType m_flowType;  ///< between the products
};

}  // namespace

Tensor Ops::rotate(const Tensor& x, const Tensor& positions, const RotaryTable& table) {
    const std::int64_t size = table.rotarySize();
    if (size == 0) return x;
    const Tensor cos = table.cos.index_select(0, positions).unsqueeze(1);  // [tokens, 1, size / 2]
    const Tensor sin = table.sin.index_select(0, positions).unsqueeze(1);
    const Tensor low = x.narrow(-1, 0, size / 2), high = x.narrow(-1, size / 2, size / 2);
    const Tensor turned = at::cat({low * cos - high * sin, high * cos + low * sin}, -1);
    return size == x.size(-1) ? turned : at::cat({turned, x.narrow(-1, size, x.size(-1) - size)}, -1);
}

Tensor Ops::cachedAttention(const Tensor& query, const Tensor& key, const Tensor& value,
                            std::int64_t window) {
    const std::int64_t heads = query.size(1);
    const std::int64_t fresh = query.size(0), all = key.size(1);
    const bool sees = fresh == 1 && (window <= 0 || all <= window);
    const Tensor mask = sees ? Tensor() : causalMask(fresh, all, window, query.device());
    const Tensor out = attend(query.transpose(0, 1).unsqueeze(0), shareHeads(key.unsqueeze(0), heads),
                              shareHeads(value.unsqueeze(0), heads), mask);
    return out.squeeze(0).transpose(0, 1);
}

RotaryTable makeRotaryTable(std::int64_t positions, const std::vector<double>& frequencies, double scale,
                            const at::Device& device) {
    const auto wide = at::TensorOptions().dtype(at::kDouble);
    const Tensor angle =
        at::outer(at::arange(positions, wide), at::tensor(at::ArrayRef<double>(frequencies), wide));
    return {(at::cos(angle) * scale).to(at::kFloat).to(device),
            (at::sin(angle) * scale).to(at::kFloat).to(device)};
}

std::unique_ptr<Ops> makeAtenOps(const Compute& compute) {
    return std::make_unique<AtenOps>(compute);
}

std::unique_ptr<Ops> makeOps(const Compute& compute) {
    return compute.fused ? makeFusedOps(compute) : makeAtenOps(compute);
}

}  // namespace studio
