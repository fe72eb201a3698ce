// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/devices.h"

#include <dlfcn.h>

#include "core/base/device_choice.h"

namespace studio {

namespace {

/// Asked through libtorch's device guards, which exist for every back end that is linked in or loaded.
int deviceCount(at::DeviceType type) {
    if (!c10::impl::hasDeviceGuardImpl(type)) return 0;
    return c10::impl::getDeviceGuardImpl(type)->deviceCount();
}

/// Major compute capability by the driver, whose interface is stable: the engine is built without CUDA's
/// headers. 0: no driver, or no such device.
int cudaComputeMajor(int index) {
    constexpr int kComputeCapabilityMajor = 75;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    using Init = int (*)(unsigned);
    using Get = int (*)(int*, int);
    using Attribute = int (*)(int*, int, int);
    void* const driver = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!driver) return 0;
    const auto init = reinterpret_cast<Init>(::dlsym(driver, "cuInit"));
    const auto get = reinterpret_cast<Get>(::dlsym(driver, "cuDeviceGet"));
    const auto attribute = reinterpret_cast<Attribute>(::dlsym(driver, "cuDeviceGetAttribute"));
    int device = 0, major = 0;
    const bool known = init && get && attribute && init(0) == 0 && get(&device, index) == 0 &&
                       attribute(&major, kComputeCapabilityMajor, device) == 0;
    ::dlclose(driver);
    return known ? major : 0;
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
    constexpr int kAmpere = 8;
    return device.is_cuda() && cudaComputeMajor(device.index()) >= kAmpere;
}

}  // namespace studio
