// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/devices.h"

#include "core/base/device_choice.h"
#include "core/base/gpu.h"

namespace studio {

namespace {

/// Asked through libtorch's device guards, which exist for every back end that is linked in or loaded.
int deviceCount(at::DeviceType type) {
    if (!c10::impl::hasDeviceGuardImpl(type)) return 0;
    return c10::impl::getDeviceGuardImpl(type)->deviceCount();
}

}  // namespace

std::vector<std::string> availableDevices() {
    std::vector<std::string> devices{"cpu"};
    for (const at::DeviceType type : {at::kCUDA, at::DeviceType::PrivateUse1}) {
        for (int i = 0; i < deviceCount(type); ++i)
            devices.push_back(at::Device(type, static_cast<at::DeviceIndex>(i)).str());
    }
    return devices;
}

at::Device parseDevice(const std::string& text) {
    return at::Device(chosenDevice(text, availableDevices()));
}

bool deviceHasBfloat16(const at::Device& device) {
    return device.is_cuda() && gpuHasBfloat16(device.index());
}

}  // namespace studio
