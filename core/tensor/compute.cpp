// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/compute.h"

#include <malloc.h>
#include <omp.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>

#include "core/base/compute_limits.h"
#include "core/base/device_choice.h"
#include "core/base/error.h"
#include "core/tensor/kernels/cpu_features.h"
#include "core/tensor/kernels/kernel_table.h"
#include "core/tensor/tensor_heap.h"

namespace studio {

namespace {

at::ScalarType fastestType(const at::Device& device, std::int64_t hiddenSize) {
    if (hiddenSize < kBfloat16MinHidden) return at::kFloat;
    if (device.is_cuda()) return deviceHasBfloat16(device) ? at::kBFloat16 : at::kHalf;
    const bool fast = device.is_cpu() && cpuHasFastBfloat16();
    return fast ? at::kBFloat16 : at::kFloat;
}

at::ScalarType parsePrecision(const std::string& text, const at::Device& device, std::int64_t hiddenSize) {
    checkPrecision(text, device.str());
    if (text == "auto") return fastestType(device, hiddenSize);
    if (text == "float32") return at::kFloat;
    return text == "bfloat16" ? at::kBFloat16 : at::kHalf;
}

}  // namespace

std::string Compute::deviceName() const {
    return device.str();
}

std::string Compute::precisionName() const {
    if (matmulType == at::kBFloat16) return "bfloat16";
    return matmulType == at::kHalf ? "float16" : "float32";
}

void prepareProcess() {
    static std::once_flag once;
    std::call_once(once, [] {
        // Debian's ATen picks AVX2 on its own; its AVX-512 kernels are 2 to 8 % faster where the CPU has
        // them.
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
            ::setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
        // Training frees and allocates the same large blocks every step: keep them instead of returning them
        // to the system each time (10 to 25 % of an eager step).
        ::mallopt(M_MMAP_MAX, 0);
        ::mallopt(M_TRIM_THRESHOLD, -1);
        ::mallopt(M_TOP_PAD, 64 << 20);
        takeTensorsFromHeap();
    });
}

int availableThreads() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return std::clamp(CPU_COUNT(&set), 1, ::omp_get_thread_limit());
}

int useThreads(std::int64_t wanted) {
    const std::int64_t limit = ::omp_get_thread_limit();
    const int threads = wanted > 0 ? static_cast<int>(std::min(wanted, limit)) : availableThreads();
    ::omp_set_dynamic(0);
    at::set_num_threads(threads);
    return threads;
}

bool cpuHasFastBfloat16() {
    return cpuHasAvx512Bf16() || cpuHasAmxBf16();
}

Compute chooseCompute(const std::string& device, const std::string& precision, std::int64_t threads,
                      std::int64_t hiddenSize) {
    Compute compute;
    compute.device = parseDevice(device);
    compute.matmulType = parsePrecision(precision, compute.device, hiddenSize);
    compute.threads = useThreads(threads);
    compute.lossScaling = compute.matmulType == at::kHalf;
    compute.fused = compute.device.is_cpu() && (compute.matmulType == at::kFloat || cpuKernels().hasBfloat16);
    return compute;
}

at::Generator seededGenerator(std::uint64_t seed, const at::Device& device) {
    if (device.is_cpu()) return at::detail::createCPUGenerator(seed);
    at::Generator generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return generator;
}

void giveBackFreeHeap() {
    ::malloc_trim(0);
}

std::uint64_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0, resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t peakResidentBytes() {
    // getrusage() would also count what the process that started this one had until exec().
    std::ifstream file("/proc/self/status");
    for (std::string word; file >> word;) {
        std::uint64_t kibibytes = 0;
        if (word == "VmHWM:" && file >> kibibytes) return kibibytes * 1024;
        file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return 0;
}

std::uint64_t usedBytes(const at::Device& device) {
    return device.is_cpu() ? residentBytes() : deviceMemory(device).now;
}

std::uint64_t peakUsedBytes(const at::Device& device) {
    return device.is_cpu() ? peakResidentBytes() : deviceMemory(device).peak;
}

void throwForeignError(const char* what) {
    try {
        throw;
    } catch (const c10::Error& error) {
        throwTorchError(what, error.what_without_backtrace());
    } catch (const dnnl::error& error) {
        throwTorchError(what, error.status == dnnl_out_of_memory ? "out of memory" : error.what());
    } catch (const std::bad_alloc&) {
        throwTorchError(what, "out of memory");
    }
}

void throwTorchError(const char* what, const std::string& message) {
    // The words of c10's CPU allocator, of the system, of the CUDA allocator and of cuBLAS and cuDNN.
    const auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
    const bool memory = says("out of memory") || says("llocate memory") || says("can't allocate") ||
                        says("not enough memory") || says("ALLOC_FAILED");
    if (memory) {
        throw Error(ErrorCode::OutOfMemory, std::string("The memory is not enough for ") + what + ".",
                    "Use fewer rows in a batch, a smaller cutoff, or a smaller model.");
    }
    throw Error(
        ErrorCode::Internal,
        std::string("The engine failed while ") + what + ": " + message.substr(0, message.find('\n')) + ".",
        "Report this with the run's settings.", {what});
}

}  // namespace studio
