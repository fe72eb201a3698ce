// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/adapter_dropout.h"

#include <cmath>

namespace studio {

namespace {

constexpr std::int64_t kGrain = 1 << 15;

/// The finalizer of SplitMix64 (https://prng.di.unimi.it) on a counter: any place can be drawn by itself.
std::uint64_t drawn(std::uint64_t seed, std::uint64_t place) {
    std::uint64_t z = seed + (place + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

}  // namespace

Tensor dropoutFactor(const Tensor& x, const AdapterDropout& dropout) {
    if (dropout.rate <= 0.0) return {};
    Tensor factor = at::empty(x.sizes(), at::kFloat);
    auto* values = factor.data_ptr<float>();
    const auto kept = static_cast<float>(1.0 / (1.0 - dropout.rate));
    // Of 2^32 equally likely numbers so many are left out.
    const auto border = static_cast<std::uint64_t>(std::llround(dropout.rate * 4294967296.0));
    at::parallel_for(0, factor.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            values[i] = (drawn(dropout.seed, static_cast<std::uint64_t>(i)) >> 32) < border ? 0.0F : kept;
    });
    return factor.to(x.device());
}

Tensor dropped(const Tensor& x, const Tensor& factor) {
    return factor.defined() ? (x * factor).to(x.scalar_type()) : x;
}

}  // namespace studio
