// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/device_adamw.h"

#include <algorithm>

namespace studio {

namespace {

/// Kernels over lists of tensors count the values of one of them in 31 bits.
constexpr std::int64_t kMostValues = std::int64_t{1} << 30;
constexpr double kLeastCorrection = 1e-30;

bool updateNatively(const DeviceAdamW& update) {
    AdamWKernelCall call;
    for (std::int64_t first = 0; first < update.weights.numel(); first += kMostValues) {
        const std::int64_t count = std::min(kMostValues, update.weights.numel() - first);
        call.weights.push_back(update.weights.narrow(0, first, count));
        call.gradients.push_back(update.gradients.narrow(0, first, count));
        call.means.push_back(update.means.narrow(0, first, count));
        call.variances.push_back(update.variances.narrow(0, first, count));
        call.steps.push_back(update.steps);
    }
    if (call.weights.empty()) return true;
    call.learningRate = update.learningRate;
    call.beta1 = update.beta1;
    call.beta2 = update.beta2;
    call.weightDecay = update.weightDecay;
    call.epsilon = update.epsilon;
    call.gradientDivisor = update.scale.factor.reciprocal();
    call.notFinite = update.scale.notFinite;
    return nativeAdamW(call);
}

void updateByOperators(const DeviceAdamW& update) {
    const Tensor made = 1.0 - update.scale.notFinite;  // 0 leaves everything as it is
    const Tensor steps = update.steps.to(at::kDouble);
    // Not 0 when the very first step is left out.
    const Tensor correction1 = (1.0 - at::pow(update.beta1, steps)).clamp_min(kLeastCorrection);
    const Tensor correction2 = (1.0 - at::pow(update.beta2, steps)).clamp_min(kLeastCorrection);
    Tensor weights = update.weights, gradients = update.gradients, means = update.means,
           variances = update.variances;
    gradients.mul_(update.scale.factor);
    at::nan_to_num_(gradients, 0.0, 0.0, 0.0);  // 0 times infinity is no number
    if (update.weightDecay != 0.0) weights.mul_(1.0 - made * (update.learningRate * update.weightDecay));
    means.lerp_(gradients, made * (1.0 - update.beta1));
    gradients.mul_(gradients);
    variances.lerp_(gradients, made * (1.0 - update.beta2));
    // From here on the gradients' memory holds the change of the weights.
    at::sqrt_out(gradients, variances);
    gradients.div_(correction2.sqrt().to(at::kFloat)).add_(update.epsilon);
    at::div_out(gradients, means, gradients);
    gradients.mul_((made * update.learningRate / correction1).to(at::kFloat));
    weights.sub_(gradients);
}

}  // namespace

void DeviceAdamW::update() const {
    const at::NoGradGuard noGrad;
    if (!updateNatively(*this)) updateByOperators(*this);
}

}  // namespace studio
