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

/// As drawn() for places 0 to count - 1, on a device: 64 bits wrap around there as here. // -> [count] int64
Tensor drawnOnDevice(std::uint64_t seed, std::int64_t count, const at::Device& device) {
    const auto bits = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    // Shifts of int64 bring the sign along.
    const auto shifted = [&](const Tensor& z, int by) {
        return at::bitwise_right_shift(z, by).bitwise_and_(bits((std::uint64_t{1} << (64 - by)) - 1));
    };
    Tensor z = at::arange(1, count + 1, at::TensorOptions().dtype(at::kLong).device(device));
    z.mul_(bits(0x9e3779b97f4a7c15ULL)).add_(bits(seed));
    z.bitwise_xor_(shifted(z, 30)).mul_(bits(0xbf58476d1ce4e5b9ULL));
    z.bitwise_xor_(shifted(z, 27)).mul_(bits(0x94d049bb133111ebULL));
    return z.bitwise_xor_(shifted(z, 31));
}

}  // namespace

Tensor dropoutFactor(const Tensor& x, const AdapterDropout& dropout) {
    if (dropout.rate <= 0.0) return {};
    const auto kept = static_cast<float>(1.0 / (1.0 - dropout.rate));
    // Of 2^32 equally likely numbers so many are left out.
    const auto border = static_cast<std::uint64_t>(std::llround(dropout.rate * 4294967296.0));
    if (!x.device().is_cpu()) {
        const Tensor high = at::bitwise_right_shift(drawnOnDevice(dropout.seed, x.numel(), x.device()), 32)
                                .bitwise_and_(std::int64_t{0xffffffff});
        return high.ge(static_cast<std::int64_t>(border)).to(at::kFloat).mul_(kept).view(x.sizes());
    }
    Tensor factor = at::empty(x.sizes(), at::kFloat);
    auto* values = factor.data_ptr<float>();
    at::parallel_for(0, factor.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            values[i] = (drawn(dropout.seed, static_cast<std::uint64_t>(i)) >> 32) < border ? 0.0F : kept;
    });
    return factor;
}

Tensor dropped(const Tensor& x, const Tensor& factor) {
    return factor.defined() ? (x * factor).to(x.scalar_type()) : x;
}

}  // namespace studio
