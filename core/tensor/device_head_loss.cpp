// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/tensor/device_ops.h"
#include "core/tensor/weight_handle.h"

namespace studio {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// What the loss goes through some rows at a time.
struct HeadLoss {
    const Tensor& hidden;
    const Weight& head;
    std::int64_t vocabulary;
    const Tensor& labels;
    const LossSettings& settings;
    std::int64_t logitsAtOnce;

    /// The loss of each row. `hiddenGradient`, unless undefined, gets the gradients of the rows, and the
    /// head's gradient what they add to it. // -> [rows] float32
    Tensor run(const Tensor& hiddenGradient) const {
        const Tensor factor = head.value.detach().narrow(0, 0, vocabulary).to(hidden.scalar_type());
        const Tensor scale = gradientScale();
        const std::int64_t rows = hidden.size(0);
        const std::int64_t atOnce =
            std::clamp<std::int64_t>(logitsAtOnce / vocabulary, 1, std::max<std::int64_t>(rows, 1));
        const Tensor losses = at::empty({rows}, hidden.options().dtype(at::kFloat));
        for (std::int64_t first = 0; first < rows; first += atOnce) {
            const std::int64_t count = std::min(atOnce, rows - first);
            const Tensor part = hidden.narrow(0, first, count);
            const Tensor targets = labels.narrow(0, first, count).unsqueeze(1);
            Tensor logProbabilities = at::log_softmax(wideProduct(part, factor.t()), -1);
            losses.narrow(0, first, count).copy_(lossOf(logProbabilities, targets));
            if (!hiddenGradient.defined()) continue;
            const Tensor gradient = gradientOf(logProbabilities, targets, scale);
            Tensor rowsGradient = hiddenGradient.narrow(0, first, count);
            at::mm_out(rowsGradient, gradient, factor);
            if (head.gradient.defined())
                addProduct(head.gradient.narrow(0, 0, vocabulary), gradient.t(), part);
        }
        return losses;
    }

private:
    /// // [] float32
    Tensor gradientScale() const {
        const Tensor scale = settings.lossScale.defined() ? settings.lossScale.to(at::kFloat)
                                                          : at::ones({}, hidden.options().dtype(at::kFloat));
        return scale * settings.gradientScale;
    }

    /// As at::cross_entropy_loss() smooths.
    Tensor lossOf(const Tensor& logProbabilities, const Tensor& targets) const {
        Tensor loss = logProbabilities.gather(1, targets).squeeze(1).neg_();
        if (settings.smoothing == 0.0) return loss;
        return loss.mul_(1.0 - settings.smoothing).sub_(logProbabilities.mean(1), settings.smoothing);
    }

    /// Uses up the log-probabilities. // -> [rows, vocabulary], in the type of the hidden rows
    Tensor gradientOf(Tensor& logProbabilities, const Tensor& targets, const Tensor& scale) const {
        Tensor gradient = logProbabilities.exp_();
        gradient.scatter_add_(1, targets,
                              at::full(targets.sizes(), settings.smoothing - 1.0, gradient.options()));
        if (settings.smoothing > 0.0) gradient.sub_(settings.smoothing / static_cast<double>(vocabulary));
        if (hidden.scalar_type() == at::kFloat) return gradient.mul_(scale);
        Tensor narrow = at::empty(gradient.sizes(), hidden.options());
        return at::mul_out(narrow, gradient, scale);
    }
};

class CrossEntropy : public torch::autograd::Function<CrossEntropy> {
public:
    static tensor_list forward(AutogradContext* context, const Tensor& hidden, const HeadLoss& loss,
                               bool learns) {
        const Tensor gradient = learns ? at::empty(hidden.sizes(), hidden.options()) : Tensor();
        const Tensor each = loss.run(gradient);
        if (learns) context->save_for_backward({gradient});
        context->mark_non_differentiable({each});
        return {each.sum(at::kDouble), each};
    }
    /// The sum is differentiated with gradient 1: everything is computed.
    static tensor_list backward(AutogradContext* context, tensor_list) {
        return {context->get_saved_variables()[0], Tensor(), Tensor()};
    }
};

}  // namespace

Losses deviceCrossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                          const Tensor& labels, const LossSettings& settings, std::int64_t atOnce) {
    const bool learns = at::GradMode::is_enabled() && hidden.requires_grad();
    const Tensor plain = hidden.detach();
    const auto results =
        CrossEntropy::apply(hidden, HeadLoss{plain, head, vocabulary, labels, settings, atOnce}, learns);
    return {results[0], results[1]};
}

}  // namespace studio
