// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/loss_scaler.h"

#include <cmath>

namespace studio {

namespace {

constexpr double kGrowth = 2.0;
constexpr double kBackoff = 0.5;
/// The largest power of two in float32: a scale never becomes infinite.
const double kMostScale = std::ldexp(1.0, 127);

/// Norms of 64 values each, which float32 adds up well: in float64 libtorch would first copy all gradients.
/// One of some 2^61 or more, which no sound step has, counts as not finite.
Tensor partNorms(const Tensor& gradients) {
    constexpr std::int64_t kValues = 64;  // an arena's places begin at multiples of it
    if (gradients.numel() % kValues != 0) return gradients;
    return at::linalg_vector_norm(gradients.view({-1, kValues}), 2.0, 1);
}

}  // namespace

GradientScale onDevice(const GradientScale& scale, const Tensor& like) {
    GradientScale result = scale;
    if (!result.factor.defined()) result.factor = at::full({}, scale.value, like.options());
    if (!result.notFinite.defined()) result.notFinite = at::zeros({}, like.options());
    return result;
}

LossScaler::LossScaler(const at::Device& device, double scale)
    : m_scale(at::full({}, scale, at::TensorOptions().dtype(at::kFloat).device(device))),
      m_goodSteps(at::zeros({}, at::TensorOptions().dtype(at::kFloat).device(device))) {}

void LossScaler::update(const Tensor& notFinite) {
    const at::NoGradGuard noGrad;
    const Tensor good = (m_goodSteps + 1.0) * (1.0 - notFinite);
    const Tensor grows = good.ge(kGrowthInterval).to(at::kFloat);
    const Tensor grown = (m_scale * (1.0 + grows * (kGrowth - 1.0))).clamp_max(kMostScale);
    m_scale.copy_(grown * (1.0 - notFinite * (1.0 - kBackoff)));
    m_goodSteps.copy_(good * (1.0 - grows));
}

LossScaler::State LossScaler::state() const {
    return {m_scale.item<double>(), static_cast<std::int64_t>(m_goodSteps.item<double>())};
}

void LossScaler::restore(const State& state) {
    m_scale.fill_(state.scale);
    m_goodSteps.fill_(static_cast<double>(state.goodSteps));
}

GradientFigures figuresOnDevice(const Tensor& gradients, double clipNorm, const Tensor& lossScale) {
    const at::NoGradGuard noGrad;
    GradientFigures figures;
    figures.norm =
        at::linalg_vector_norm(partNorms(gradients), 2.0, at::OptionalIntArrayRef(), false, at::kDouble);
    if (lossScale.defined()) figures.norm = figures.norm / lossScale.to(at::kDouble);
    // The norm tells of each gradient: one that is not finite makes it so, too.
    figures.scale.notFinite = at::isfinite(figures.norm).logical_not().to(at::kFloat);
    Tensor factor =
        clipNorm > 0.0 ? (clipNorm / (figures.norm + 1e-6)).clamp_max(1.0) : at::ones_like(figures.norm);
    if (lossScale.defined()) factor = factor / lossScale.to(at::kDouble);
    figures.scale.factor = factor.to(at::kFloat);
    return figures;
}

}  // namespace studio
