// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/gpu_memory.h"

#include <dlfcn.h>

#include <array>
#include <string>

namespace studio {

namespace {

/// The driver's own libraries, whose interfaces are stable: nothing of CUDA is needed to build.
class Library {
public:
    explicit Library(const char* name) : m_handle(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}
    ~Library() {
        if (m_handle) ::dlclose(m_handle);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    /// Null where there is none.
    template <typename Function>
    Function* function(const char* name) const {
        return m_handle ? reinterpret_cast<Function*>(::dlsym(m_handle, name)) : nullptr;
    }

private:
    void* m_handle;
};

/// CUDA counts the devices in an order of its own and leaves hidden ones out; the management library knows
/// them all: the place on the bus says which one is meant.
std::optional<std::string> busPlace(int index) {
    const Library driver("libcuda.so.1");
    const auto init = driver.function<int(unsigned)>("cuInit");
    const auto get = driver.function<int(int*, int)>("cuDeviceGet");
    const auto place = driver.function<int(char*, int, int)>("cuDeviceGetPCIBusId");
    std::array<char, 64> text{};
    int device = 0;
    const bool known = init && get && place && init(0) == 0 && get(&device, index) == 0 &&
                       place(text.data(), static_cast<int>(text.size()), device) == 0;
    if (!known) return std::nullopt;
    return text.data();
}

}  // namespace

std::optional<std::uint64_t> freeGpuBytes(int index) {
    struct Memory {
        unsigned long long total = 0, free = 0, used = 0;
    };
    const std::optional<std::string> place = busPlace(index);
    if (!place) return std::nullopt;
    const Library management("libnvidia-ml.so.1");
    const auto init = management.function<int()>("nvmlInit_v2");
    const auto end = management.function<int()>("nvmlShutdown");
    const auto find = management.function<int(const char*, void**)>("nvmlDeviceGetHandleByPciBusId_v2");
    const auto ask = management.function<int(void*, Memory*)>("nvmlDeviceGetMemoryInfo");
    if (!init || !end || !find || !ask || init() != 0) return std::nullopt;
    void* device = nullptr;
    Memory memory;
    const bool known = find(place->c_str(), &device) == 0 && ask(device, &memory) == 0;
    end();
    if (!known) return std::nullopt;
    return memory.free;
}

}  // namespace studio
