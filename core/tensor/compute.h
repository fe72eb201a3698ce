// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tensor/devices.h"
#include "core/tensor/torch.h"

namespace studio {

/// Where and how precisely a job computes. Weights, residuals, norms, softmax and losses are float32 always;
/// `matmulType` is the element type of matrix products.
struct Compute {
    at::Device device = at::kCPU;
    at::ScalarType matmulType = at::kFloat;
    int threads = 1;
    /// The fused CPU kernels instead of the composition of ATen operators, which is their reference.
    bool fused = false;
    /// The loss is multiplied before the backward pass, so that small gradients do not vanish in float16.
    bool lossScaling = false;

    /// Whether reading a number waits for the device: a training then reads only when it logs.
    bool readingWaits() const { return !device.is_cpu(); }
    std::string deviceName() const;  ///< "cpu", "cuda:0"
    std::string precisionName() const;
};

/// Process set-up that must precede the first tensor operation: ATen's vector extensions, the allocator's
/// thresholds. Idempotent; called by the engine library when it is loaded.
void prepareProcess();

/// Cores this process may run on (its affinity mask), at most OMP_THREAD_LIMIT, at least 1. libtorch's own
/// default can be 1 here.
int availableThreads();
/// Gives parallel work of the calling thread so many threads, 0 for all that are available, and returns their
/// number. Never more than OMP_THREAD_LIMIT, and OMP_DYNAMIC is switched off: oneDNN computes nonsense where
/// it gets fewer than it asked for.
int useThreads(std::int64_t wanted);

/// Whether bfloat16 products are faster than float32 ones on this CPU (avx512_bf16 or AMX; elsewhere they are
/// slower).
bool cpuHasFastBfloat16();

/// Reads the words of the command line: device as parseDevice() takes it, precision
/// auto|float32|bfloat16|float16, threads 0 = all. Sets libtorch's thread count for the calling thread.
/// Throws DeviceUnavailable or SettingInvalid. "auto" is bfloat16 where it is fast, on older CUDA devices
/// float16 with loss scaling, else float32; `hiddenSize` counts because conversions eat the gain of bfloat16
/// in very small models.
Compute chooseCompute(const std::string& device, const std::string& precision, std::int64_t threads,
                      std::int64_t hiddenSize);

/// A generator of its own for every purpose: no global random state is touched.
at::Generator seededGenerator(std::uint64_t seed, const at::Device& device);

/// Resident memory of this process now and at its highest, in bytes.
std::uint64_t residentBytes();
/// The heap keeps what was freed, in pieces of the sizes that were asked for (see prepareProcess()). Before
/// something large of another size is needed, its pages go back to the system.
void giveBackFreeHeap();
std::uint64_t peakResidentBytes();

/// What a job takes: resident memory of the process, or on another device what libtorch holds there; 0 where
/// it does not tell.
std::uint64_t usedBytes(const at::Device& device);
std::uint64_t peakUsedBytes(const at::Device& device);

/// Runs `function` and turns c10 errors, oneDNN errors and std::bad_alloc into studio::Error (OutOfMemory,
/// Internal), keeping all other exceptions as they are. `what` completes "… failed while".
template <typename F>
auto translateTorchErrors(const char* what, F&& function) -> decltype(function());

/// To be called while a foreign exception is handled: throws what it stands for.
[[noreturn]] void throwForeignError(const char* what);
[[noreturn]] void throwTorchError(const char* what, const std::string& message);

template <typename F>
auto translateTorchErrors(const char* what, F&& function) -> decltype(function()) {
    try {
        return function();
    } catch (...) {
        throwForeignError(what);
    }
}

}  // namespace studio
