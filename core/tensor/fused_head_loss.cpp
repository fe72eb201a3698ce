// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/fused_head_loss.h"

#include <algorithm>
#include <optional>

#include "core/base/compute_limits.h"
#include "core/tensor/fused_support.h"
#include "core/tensor/matrix_product.h"

namespace studio {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

constexpr std::int64_t kRowUnit = 64;

/// What the loss goes through slice by slice, so that all logits are never there at once.
struct HeadLoss {
    const Tensor& hidden;
    const Weight& head;
    std::int64_t vocabulary;
    const Tensor& labels;
    LossSettings settings;
    bool gradients;

    /// Returns the loss of each row; `hiddenGradient` gets the gradients of the rows. // -> [rows]
    Tensor run(const Tensor& hiddenGradient) const {
        const std::int64_t rows = hidden.size(0), width = head.factor().size(0);
        const std::int64_t atOnce = std::min(
            rows, std::max(leastLogitRows(settings.sparing), kLogitsAtOnce / width / kRowUnit * kRowUnit));
        const std::int64_t in = hidden.size(1);
        Tensor logits = at::empty({atOnce, width}, hidden.options());
        Tensor losses = at::zeros({rows}, floats());
        // Once for all slices, or for each one anew by its product.
        const std::int64_t packedFor = settings.sparing ? 0 : rows;
        const PackedFactor forward({head.factor().data_ptr(), in, true}, packedFor, in, width,
                                   hidden.scalar_type());
        std::optional<PackedFactor> backward;
        if (gradients)
            backward.emplace(MatrixProduct::Factor{head.factor().data_ptr(), in, false}, packedFor, width, in,
                             hidden.scalar_type());
        for (std::int64_t first = 0; first < rows; first += atOnce)
            slice({first, std::min(atOnce, rows - first)}, {forward, backward}, logits, losses,
                  hiddenGradient);
        return losses;
    }

    struct Rows {
        std::int64_t first, count;
    };
    /// The head as the right factor of both products with it.
    struct Factors {
        const PackedFactor& forward;
        const std::optional<PackedFactor>& backward;  ///< where gradients are wanted
    };

    void slice(const Rows& part, const Factors& factors, const Tensor& logits, const Tensor& losses,
               const Tensor& hiddenGradient) const {
        const auto [first, count] = part;
        const std::int64_t width = head.factor().size(0), in = hidden.size(1);
        const std::int64_t labelled = std::clamp<std::int64_t>(labels.size(0) - first, 0, count);
        const at::ScalarType type = hidden.scalar_type();
        const Tensor x = hidden.narrow(0, first, count);
        multiply({count,
                  width,
                  in,
                  {x.data_ptr(), in, false},
                  factors.forward.factor(),
                  logits.data_ptr(),
                  width,
                  type,
                  type,
                  false,
                  nullptr});
        withType(type, [&](const auto& kernels, auto e) {
            using E = decltype(e);
            kernels.crossEntropy(
                {labelled, vocabulary, width, typed<E>(logits), labels.data_ptr<std::int64_t>() + first,
                 static_cast<float>(settings.gradientScale), static_cast<float>(settings.smoothing),
                 floatData(losses) + first, gradients});
        });
        if (!gradients) return;
        // Rows that only round the count up have no label and no gradient.
        if (labelled < count) logits.narrow(0, labelled, count - labelled).zero_();
        const Tensor dx = hiddenGradient.narrow(0, first, count);
        multiply({count,
                  in,
                  width,
                  {logits.data_ptr(), width, false},
                  factors.backward->factor(),
                  dx.data_ptr(),
                  in,
                  type,
                  type,
                  false,
                  nullptr});
        if (head.gradient.defined()) {
            multiply({width,
                      in,
                      count,
                      {logits.data_ptr(), width, true},
                      {x.data_ptr(), in, false},
                      head.gradient.data_ptr(),
                      in,
                      type,
                      at::kFloat,
                      true,
                      nullptr});
        }
    }
};

/// Value and gradients in one pass: the backward pass only hands on what was computed.
class CrossEntropyFunction : public torch::autograd::Function<CrossEntropyFunction> {
public:
    static tensor_list forward(AutogradContext* context, const Tensor& hidden, const Weight& head,
                               std::int64_t vocabulary, const Tensor& labels, const LossSettings& settings,
                               bool gradients) {
        Tensor hiddenGradient = gradients ? at::empty_like(hidden) : Tensor();
        const Tensor losses =
            HeadLoss{hidden, head, vocabulary, labels, settings, gradients}.run(hiddenGradient);
        if (gradients) context->save_for_backward({hiddenGradient});
        const Tensor each = losses.narrow(0, 0, labels.size(0));
        context->mark_non_differentiable({each});
        return {each.sum(at::kDouble), each};
    }
    static tensor_list backward(AutogradContext* context, tensor_list) {
        return {context->get_saved_variables()[0], Tensor(), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

}  // namespace

Losses fusedCrossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                         const Tensor& labels, const LossSettings& settings) {
    const tensor_list both = CrossEntropyFunction::apply(hidden.contiguous(), head, vocabulary, labels,
                                                         settings, hidden.requires_grad());
    return {both[0], both[1]};
}

}  // namespace studio
