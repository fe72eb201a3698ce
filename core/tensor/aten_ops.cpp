// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

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
    Tensor scores = at::matmul(q * scale, k.transpose(-1, -2));
    if (mask.defined()) scores = scores + mask;
    return at::matmul(at::softmax(scores, -1), v);
}

/// 0 where query i (the last `queries` of `keys` tokens) may look, -infinity behind it. // [queries, keys]
Tensor causalMask(std::int64_t queries, std::int64_t keys, const at::Device& device) {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
    return at::full({queries, keys}, -std::numeric_limits<float>::infinity(), options)
        .triu(keys - queries + 1);
}

class AtenOps final : public Ops {
public:
    explicit AtenOps(const Compute& compute) : m_matmulType(compute.matmulType) {}

    Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon) const override {
        const Tensor scale = at::rsqrt(at::mean(x * x, {-1}, /*keepdim=*/true) + epsilon);
        return x * scale * weight;
    }

    Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias) const override {
        if (m_matmulType == at::kFloat) return at::linear(x, weight, optional(bias));
        const Tensor y = at::linear(x.to(m_matmulType), weight.to(m_matmulType)).to(at::kFloat);
        return bias.defined() ? y + bias : y;
    }

    Tensor rotary(const Tensor& x, const Tensor& positions, const RotaryTable& table) const override {
        const Tensor cos = table.cos.index_select(0, positions).unsqueeze(1);  // [tokens, 1, headSize]
        const Tensor sin = table.sin.index_select(0, positions).unsqueeze(1);
        const std::int64_t half = x.size(-1) / 2;
        const Tensor rotated = at::cat({-x.narrow(-1, half, half), x.narrow(-1, 0, half)}, -1);
        return x * cos + rotated * sin;
    }

    Tensor attention(const Tensor& query, const Tensor& key, const Tensor& value,
                     const DeviceBatch& batch) const override {
        std::vector<Tensor> outputs;
        for (const DeviceBatch::Group& group : batch.groups)
            outputs.push_back(attendGroup(query, key, value, group));
        const Tensor joined = outputs.size() == 1 ? outputs.front() : at::cat(outputs, 0);
        return batch.scatter.defined() ? joined.index_select(0, batch.scatter) : joined;
    }

    Tensor cachedAttention(const Tensor& query, const Tensor& key, const Tensor& value) const override {
        const std::int64_t heads = query.size(1);
        const std::int64_t fresh = query.size(0);
        const Tensor mask = fresh == 1 ? Tensor() : causalMask(fresh, key.size(1), query.device());
        const Tensor out = attend(query.transpose(0, 1).unsqueeze(0), shareHeads(key.unsqueeze(0), heads),
                                  shareHeads(value.unsqueeze(0), heads), mask);
        return out.squeeze(0).transpose(0, 1);
    }

    Tensor swiglu(const Tensor& gate, const Tensor& up) const override { return at::silu(gate) * up; }

    Tensor crossEntropySum(const Tensor& hidden, const Tensor& head, const Tensor& labels) const override {
        // Logits are float32 before the softmax: a cross-entropy in bfloat16 rounds the loss to whole
        // numbers.
        const Tensor logProbabilities = at::log_softmax(linear(hidden, head, {}), -1);
        return at::nll_loss(logProbabilities, labels, {}, at::Reduction::Sum);
    }

private:
    static TorchOptional<Tensor> optional(const Tensor& tensor) {
        return tensor.defined() ? TorchOptional<Tensor>(tensor) : TorchOptional<Tensor>();
    }

    /// // -> [tokens of the group, heads, headSize]
    static Tensor attendGroup(const Tensor& query, const Tensor& key, const Tensor& value,
                              const DeviceBatch::Group& group) {
        const std::int64_t heads = query.size(1);
        const auto rows = [&](const Tensor& x) {
            const Tensor taken = group.contiguous ? x : x.index_select(0, group.gather);
            return taken.view({group.rows, group.longest, x.size(1), x.size(2)}).transpose(1, 2);
        };
        // Padding stands behind each row's real tokens, so the causal mask alone keeps every real query away
        // from it.
        const Tensor mask = causalMask(group.longest, group.longest, query.device());
        const Tensor out =
            attend(rows(query), shareHeads(rows(key), heads), shareHeads(rows(value), heads), mask)
                .transpose(1, 2)
                .reshape({group.rows * group.longest, heads, query.size(2)});
        return group.valid.defined() ? out.index_select(0, group.valid) : out;
    }

    at::ScalarType m_matmulType;
};

}  // namespace

RotaryTable makeRotaryTable(std::int64_t positions, std::int64_t headSize, double theta,
                            const at::Device& device) {
    const auto wide = at::TensorOptions().dtype(at::kDouble);
    const Tensor exponent = at::arange(0, headSize, 2, wide) / static_cast<double>(headSize);
    const Tensor frequency = at::pow(at::scalar_tensor(theta, wide), -exponent);
    const Tensor angle = at::outer(at::arange(positions, wide), frequency);  // [positions, headSize / 2]
    const Tensor both = at::cat({angle, angle}, -1);
    return {at::cos(both).to(at::kFloat).to(device), at::sin(both).to(at::kFloat).to(device)};
}

std::unique_ptr<Ops> makeAtenOps(const Compute& compute) {
    return std::make_unique<AtenOps>(compute);
}

}  // namespace studio
