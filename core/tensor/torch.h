// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The precompiled header of every torch unit, and the one place where differences between libtorch versions
// are bridged. Nothing left of core/tensor and nothing in ui includes it.

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/generated/variable_factories.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/types.h>
#include <torch/version.h>

#include <optional>

namespace studio {

using at::Tensor;

#if TORCH_VERSION_MAJOR >= 2
template <typename T>
using TorchOptional = std::optional<T>;
#else
template <typename T>
using TorchOptional = c10::optional<T>;
#endif

}  // namespace studio
