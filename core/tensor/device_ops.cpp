// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/device_ops.h"

#include "core/tensor/weight_handle.h"

namespace studio {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

TorchOptional<Tensor> maybe(const Tensor& tensor) {
    return tensor.defined() ? TorchOptional<Tensor>(tensor) : TorchOptional<Tensor>();
}

class Linear : public torch::autograd::Function<Linear> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const LinearLayer& layer) {
        context->save_for_backward({x});
        context->saved_data["layer"] = handle(layer);
        return at::linear(x, narrowed(layer.weight, x), maybe(narrowed(layer.bias, x)));
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const Tensor x = context->get_saved_variables()[0];
        const auto& layer = fromHandle<LinearLayer>(context->saved_data["layer"]);
        const Tensor& gradient = gradients[0];
        if (layer.weight.gradient.defined()) addProduct(layer.weight.gradient, gradient.t(), x);
        if (layer.bias.gradient.defined()) {
            Tensor bias = layer.bias.gradient;
            bias.add_(gradient.sum(0, /*keepdim=*/false, at::kFloat));
        }
        return {at::mm(gradient, narrowed(layer.weight, x)), Tensor()};
    }

private:
    /// Made again for the backward pass: kept, the copies of all layers would be half as much as the model.
    static Tensor narrowed(const Weight& weight, const Tensor& x) {
        return weight.exists() ? weight.value.detach().to(x.scalar_type()) : Tensor();
    }
};

/// // -> as x, contiguous
Tensor turned(const Tensor& x, const Tensor& cos, const Tensor& sin, double direction) {
    const std::int64_t half = x.size(-1) / 2;
    const Tensor low = x.narrow(-1, 0, half), high = x.narrow(-1, half, half);
    const Tensor result = at::empty(x.sizes(), x.options());
    Tensor first = result.narrow(-1, 0, half), second = result.narrow(-1, half, half);
    at::sub_out(first, low * cos, high * sin, direction);
    at::add_out(second, high * cos, low * sin, direction);
    return result;
}

/// The gradient is turned back.
class Rotate : public torch::autograd::Function<Rotate> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& cos, const Tensor& sin) {
        context->save_for_backward({cos, sin});
        return turned(x, cos, sin, 1.0);
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const auto saved = context->get_saved_variables();
        return {turned(gradients[0], saved[0], saved[1], -1.0), Tensor(), Tensor()};
    }
};

class SwiGlu : public torch::autograd::Function<SwiGlu> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x) {
        context->save_for_backward({x});
        const auto parts = x.chunk(2, -1);
        return at::silu(parts[0]).mul_(parts[1]);
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients) {
        const Tensor x = context->get_saved_variables()[0];
        const auto parts = x.chunk(2, -1);
        const Tensor result = at::empty(x.sizes(), x.options());
        auto halves = result.chunk(2, -1);
        at::silu_backward_out(halves[0], gradients[0] * parts[1], parts[0]);
        at::mul_out(halves[1], at::silu(parts[0]), gradients[0]);
        return {result};
    }
};

}  // namespace

void addProduct(const Tensor& sum, const Tensor& a, const Tensor& b) {
    Tensor target = sum;
    if (a.scalar_type() == at::kFloat)
        target.addmm_(a, b);
    else
        target.add_(at::mm(a, b));
}

Tensor deviceLinear(const Tensor& x, const LinearLayer& layer) {
    return Linear::apply(x, layer);
}

Tensor deviceRotate(const Tensor& x, const Tensor& cos, const Tensor& sin) {
    return Rotate::apply(x, cos, sin);
}

Tensor deviceSwiGlu(const Tensor& x) {
    return SwiGlu::apply(x);
}

}  // namespace studio
