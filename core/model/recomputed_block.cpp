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
                               const Block& block) {
        context->save_for_backward({residual, delta});
        context->saved_data["block"] = c10::IValue::make_capsule(c10::make_intrusive<BlockHolder>(block));
        const Stream out = block({residual, delta.numel() > 0 ? delta : Tensor()});
        return {out.residual, out.delta};
    }

    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto holder = context->saved_data["block"].toCapsule();
        const Tensor residual = saved[0].detach().requires_grad_(true);
        const bool hasDelta = saved[1].numel() > 0;
        const Tensor delta = hasDelta ? saved[1].detach().requires_grad_(true) : Tensor();
        const at::AutoGradMode withGradients(true);
        const Stream out = static_cast<BlockHolder&>(*holder).block({residual, delta});
        // backward(), not grad(): the weights' gradients are wanted, too.
        torch::autograd::backward({out.residual, out.delta}, gradients);
        return {residual.grad(), hasDelta ? delta.grad() : Tensor(), Tensor()};
    }
};

}  // namespace

Stream recomputed(const Stream& input, std::function<Stream(const Stream&)> block) {
    const tensor_list out = RecomputedBlock::apply(
        input.residual, input.delta.defined() ? input.delta : at::empty({0}, input.residual.options()),
        block);
    return {out[0], out[1]};
}

}  // namespace studio
