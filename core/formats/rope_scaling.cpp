// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/rope_scaling.h"

#include <algorithm>
#include <cmath>

namespace studio {

namespace {

constexpr double kTurn = 6.283185307179586476925286766559;

/// The dimension whose pair makes so many turns within the original context.
double dimensionOf(double turns, double size, double theta, double context) {
    return size * std::log(context / (turns * kTurn)) / (2.0 * std::log(theta));
}

double yarnScale(double factor, double mscale) {
    return factor <= 1.0 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0;
}

/// Pairs that turn often within the original context stay, slow ones are interpolated, those between are
/// blended.
void stretchYarn(RotaryFrequencies& made, double size, double theta, const RopeScaling& scaling) {
    const auto context = static_cast<double>(scaling.originalContext);
    double low = dimensionOf(scaling.betaFast, size, theta, context);
    double high = dimensionOf(scaling.betaSlow, size, theta, context);
    if (scaling.truncated) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, size - 1.0);
    if (low == high) high += 0.001;
    for (std::size_t i = 0; i < made.perPosition.size(); ++i) {
        const double ramp = std::clamp((static_cast<double>(i) - low) / (high - low), 0.0, 1.0);
        double& frequency = made.perPosition[i];
        frequency = frequency / scaling.factor * ramp + frequency * (1.0 - ramp);
    }
    if (scaling.attentionFactor)
        made.scale = *scaling.attentionFactor;
    else if (scaling.mscale > 0.0 && scaling.mscaleAllDimensions > 0.0)
        made.scale = yarnScale(scaling.factor, scaling.mscale) /
                     yarnScale(scaling.factor, scaling.mscaleAllDimensions);
    else
        made.scale = yarnScale(scaling.factor, 1.0);
}

double stretchedLlama3(double frequency, const RopeScaling& scaling) {
    const auto context = static_cast<double>(scaling.originalContext);
    const double wavelength = kTurn / frequency;
    if (wavelength < context / scaling.highFrequencyFactor) return frequency;
    if (wavelength > context / scaling.lowFrequencyFactor) return frequency / scaling.factor;
    const double smooth = (context / wavelength - scaling.lowFrequencyFactor) /
                          (scaling.highFrequencyFactor - scaling.lowFrequencyFactor);
    return (1.0 - smooth) * frequency / scaling.factor + smooth * frequency;
}

}  // namespace

RotaryFrequencies rotaryFrequencies(std::int64_t rotarySize, double theta, const RopeScaling& scaling) {
    RotaryFrequencies made;
    const auto size = static_cast<double>(rotarySize);
    for (std::int64_t i = 0; i < rotarySize; i += 2)
        made.perPosition.push_back(std::pow(theta, -static_cast<double>(i) / size));
    switch (scaling.kind) {
        case RopeScaling::Kind::None:
        case RopeScaling::Kind::Dynamic:
            break;
        case RopeScaling::Kind::Linear:
            for (double& frequency : made.perPosition) frequency /= scaling.factor;
            break;
        case RopeScaling::Kind::Llama3:
            for (double& frequency : made.perPosition) frequency = stretchedLlama3(frequency, scaling);
            break;
        case RopeScaling::Kind::Yarn:
            stretchYarn(made, size, theta, scaling);
            break;
    }
    return made;
}

}  // namespace studio
