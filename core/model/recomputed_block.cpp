// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/recomputed_block.h"

namespace studio {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;
using Block = std::function<Stream(const Stream&)>;

/// Keeps the block alive within autograd's context.
struct BlockHolder : torch::CustomClassHolder {
    explicit BlockHolder(Block held) : block(std::move(held)) {}
    Block block;
};

class RecomputedBlock : public torch::autograd::Function<RecomputedBlock> {
public:
    /// `delta` is empty where there is none.
    static tensor_list forward(AutogradContext* context, const Tensor& residual, const Tensor& delta,
                               const Tensor& kept, const Block& block) {
        const bool sums = delta.numel() > 0;
        // A tensor of its own on that memory: what is written beside it later does not count as its change.
        const Tensor sum = kept.variable_data().copy_(residual);
        if (sums) sum.add_(delta);
        context->save_for_backward({sum});
        context->saved_data["block"] = c10::IValue::make_capsule(c10::make_intrusive<BlockHolder>(block));
        context->saved_data["delta"] = static_cast<std::int64_t>(delta.scalar_type());
        context->saved_data["sums"] = sums;
        const Stream out = block({sum, {}});
        return {out.residual, out.delta};
    }

    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto holder = context->saved_data["block"].toCapsule();
        const Tensor sum = context->get_saved_variables()[0].detach().requires_grad_(true);
        {
            const at::AutoGradMode withGradients(true);
            const Stream out = static_cast<BlockHolder&>(*holder).block({sum, {}});
            // backward(), not grad(): the weights' gradients are wanted, too.
            torch::autograd::backward({out.residual, out.delta}, gradients);
        }
        const auto type = static_cast<at::ScalarType>(context->saved_data["delta"].toInt());
        const bool sums = context->saved_data["sums"].toBool();
        return {sum.grad(), sums ? sum.grad().to(type) : Tensor(), Tensor(), Tensor()};
    }
};

}  // namespace

Stream recomputed(const Stream& input, const Tensor& kept, std::function<Stream(const Stream&)> block) {
    const tensor_list out = RecomputedBlock::apply(
        input.residual, input.delta.defined() ? input.delta : at::empty({0}, input.residual.options()), kept,
        block);
    return {out[0], out[1]};
}

}  // namespace studio
