// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/gpu.h"

#include <dlfcn.h>

#include <array>
#include <string>

namespace studio {

namespace {

/// The driver's own libraries, whose interfaces are stable: nothing of CUDA is needed to build. They are
/// never closed, because they keep threads and files open.
template <typename Function>
Function* functionOf(void* library, const char* name) {
    return library ? reinterpret_cast<Function*>(::dlsym(library, name)) : nullptr;
}

/// Null where there is no driver.
void* driver() {
    static void* const library = [] {
        void* const opened = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
        const auto init = functionOf<int(unsigned)>(opened, "cuInit");
        return init && init(0) == 0 ? opened : nullptr;
    }();
    return library;
}

/// The management library.
void* management() {
    static void* const library = [] {
        void* const opened = ::dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
        const auto init = functionOf<int()>(opened, "nvmlInit_v2");
        return init && init() == 0 ? opened : nullptr;
    }();
    return library;
}

std::optional<int> deviceOf(int index) {
    const auto get = functionOf<int(int*, int)>(driver(), "cuDeviceGet");
    int device = 0;
    if (!get || get(&device, index) != 0) return std::nullopt;
    return device;
}

/// CUDA counts the devices in an order of its own and leaves hidden ones out; the management library knows
/// them all: the place on the bus says which one is meant.
std::optional<std::string> busPlace(int index) {
    const auto place = functionOf<int(char*, int, int)>(driver(), "cuDeviceGetPCIBusId");
    const std::optional<int> device = deviceOf(index);
    std::array<char, 64> text{};
    if (!device || !place || place(text.data(), static_cast<int>(text.size()), *device) != 0)
        return std::nullopt;
    return text.data();
}

bool isParted(void* device) {
    const auto mode = functionOf<int(void*, unsigned*, unsigned*)>(management(), "nvmlDeviceGetMigMode");
    unsigned now = 0, later = 0;
    return mode && mode(device, &now, &later) == 0 && now == 1;
}

std::optional<int> gpuComputeMajor(int index) {
    constexpr int kComputeCapabilityMajor = 75;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    const auto attribute = functionOf<int(int*, int, int)>(driver(), "cuDeviceGetAttribute");
    const std::optional<int> device = deviceOf(index);
    int major = 0;
    if (!device || !attribute || attribute(&major, kComputeCapabilityMajor, *device) != 0)
        return std::nullopt;
    return major;
}

}  // namespace

int gpuCount() {
    static const int known = [] {
        const auto ask = functionOf<int(int*)>(driver(), "cuDeviceGetCount");
        int count = 0;
        return ask && ask(&count) == 0 ? count : 0;
    }();
    return known;
}

std::optional<std::uint64_t> freeGpuBytes(int index) {
    struct Memory {
        unsigned long long total = 0, free = 0, used = 0;
    };
    const std::optional<std::string> place = busPlace(index);
    const auto find = functionOf<int(const char*, void**)>(management(), "nvmlDeviceGetHandleByPciBusId_v2");
    const auto ask = functionOf<int(void*, Memory*)>(management(), "nvmlDeviceGetMemoryInfo");
    void* device = nullptr;
    if (!place || !find || !ask || find(place->c_str(), &device) != 0 || isParted(device))
        return std::nullopt;
    Memory memory;
    if (ask(device, &memory) != 0) return std::nullopt;
    return memory.free;
}

bool gpuHasBfloat16(int index) {
    constexpr int kAmpere = 8;
    return gpuComputeMajor(index).value_or(0) >= kAmpere;
}

}  // namespace studio
