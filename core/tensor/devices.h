// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/tensor/torch.h"

namespace studio {

/// Names of the devices a job may use, as PyTorch spells them: "cpu", then "cuda:0" … as far as libtorch
/// finds them, then those of a back end that was registered from outside ("privateuseone:0").
std::vector<std::string> availableDevices();

/// "auto" (the first CUDA device, or else the CPU), "cpu", "cuda" (the first one), or a name of
/// availableDevices(). Throws DeviceUnavailable naming what there is.
at::Device parseDevice(const std::string& text);

/// Whether the device multiplies bfloat16 in hardware: CUDA devices of compute capability 8.0 (Ampere) or
/// newer. False for devices of which nothing is known. For the CPU see cpuHasFastBfloat16().
bool deviceHasBfloat16(const at::Device& device);

}  // namespace studio
