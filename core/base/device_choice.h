// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace studio {

/// The one of a machine's devices that a text names: "auto" (the first CUDA device, or else the CPU), "cpu",
/// "cuda" (the first one), or a name of `known`, which are spelt as PyTorch does. Throws DeviceUnavailable
/// naming what there is.
std::string chosenDevice(const std::string& text, const std::vector<std::string>& known);

/// Throws SettingInvalid where the precision is none, or none that this device computes in.
void checkPrecision(const std::string& precision, const std::string& device);

}  // namespace studio
