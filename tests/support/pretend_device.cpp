// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pretend_device.h"

#include <ATen/EmptyTensor.h>
#include <ATen/InferSize.h>
#include <ATen/TensorUtils.h>
#include <ATen/native/CPUFallback.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace {

using at::Tensor;

constexpr auto kType = at::DeviceType::PrivateUse1;
const c10::DispatchKeySet kKeys(c10::DispatchKey::PrivateUse1);

std::atomic<std::int64_t> s_operators{0}, s_hostWaits{0};
/// The fallback brings arguments to the CPU and results back: what a real device would compute in place.
thread_local bool t_inFallback = false;

void countWait() {
    if (!t_inFallback) ++s_hostWaits;
}

/// One device, one stream, and nothing ever runs behind.
struct Guard final : c10::impl::DeviceGuardImplInterface {
    at::DeviceType type() const override { return kType; }
    at::Device exchangeDevice(at::Device) const override { return {kType, 0}; }
    at::Device getDevice() const override { return {kType, 0}; }
    void setDevice(at::Device) const override {}
    void uncheckedSetDevice(at::Device) const noexcept override {}
    c10::Stream getStream(at::Device device) const noexcept override {
        return c10::Stream(c10::Stream::DEFAULT, device);
    }
    c10::Stream exchangeStream(c10::Stream) const noexcept override {
        return c10::Stream(c10::Stream::DEFAULT, at::Device(kType, 0));
    }
    at::DeviceIndex deviceCount() const noexcept override { return 1; }
    bool queryStream(const c10::Stream&) const override { return true; }
    void synchronizeStream(const c10::Stream&) const override { countWait(); }
    void record(void**, const c10::Stream&, at::DeviceIndex, c10::EventFlag) const override {}
    void block(void*, const c10::Stream&) const override {}
    bool queryEvent(void*) const override { return true; }
    void destroyEvent(void*, at::DeviceIndex) const noexcept override {}
};
C10_REGISTER_GUARD_IMPL(PrivateUse1, Guard);

/// allocate() is const up to libtorch 2.2, and the last one is asked for since: without "override" each
/// version takes what it knows.
struct HostAllocator final : c10::Allocator {
    c10::DataPtr allocate(std::size_t bytes) const { return memoryOf(bytes); }
    c10::DataPtr allocate(std::size_t bytes) { return memoryOf(bytes); }
    c10::DeleterFnPtr raw_deleter() const override { return &std::free; }
    void copy_data(void* target, const void* source, std::size_t bytes) const {
        std::memcpy(target, source, bytes);
    }

private:
    static c10::DataPtr memoryOf(std::size_t bytes) {
        void* const memory = bytes > 0 ? std::malloc(bytes) : nullptr;
        return {memory, memory, &std::free, at::Device(kType, 0)};
    }
};
HostAllocator s_allocator;

/// The same memory as a CPU tensor.
Tensor onHost(const Tensor& tensor) {
    if (tensor.device().is_cpu()) return tensor;
    return at::from_blob(tensor.data_ptr(), tensor.sizes(), tensor.strides(),
                         at::TensorOptions().dtype(tensor.dtype()));
}

Tensor emptyOf(at::IntArrayRef size, studio::TorchOptional<at::ScalarType> type,
               studio::TorchOptional<at::Layout>, studio::TorchOptional<at::Device>,
               studio::TorchOptional<bool>, studio::TorchOptional<at::MemoryFormat> format) {
    return at::detail::empty_generic(size, &s_allocator, kKeys, c10::dtype_or_default(type), format);
}

Tensor emptyStrided(at::IntArrayRef size, at::IntArrayRef stride, studio::TorchOptional<at::ScalarType> type,
                    studio::TorchOptional<at::Layout>, studio::TorchOptional<at::Device>,
                    studio::TorchOptional<bool>) {
    return at::detail::empty_strided_generic(size, stride, &s_allocator, kKeys, c10::dtype_or_default(type));
}

Tensor copyFrom(const Tensor& source, const Tensor& target, bool nonBlocking) {
    const bool reads = target.device().is_cpu();
    const bool sends = source.device().is_cpu() && !nonBlocking;
    if (reads || sends) countWait();
    const at::AutoDispatchBelowADInplaceOrView below;
    onHost(target).copy_(onHost(source));
    return target;
}

const Tensor& resize(const Tensor& tensor, at::IntArrayRef size, studio::TorchOptional<at::MemoryFormat>) {
    tensor.unsafeGetTensorImpl()->set_sizes_contiguous(size);
    const std::size_t bytes =
        static_cast<std::size_t>(tensor.storage_offset() + tensor.numel()) * tensor.itemsize();
    const c10::Storage storage = tensor.storage();
    if (storage.nbytes() >= bytes) return tensor;
    c10::DataPtr memory = s_allocator.allocate(bytes);
    if (storage.nbytes() > 0) std::memcpy(memory.get(), storage.data(), storage.nbytes());
    auto* const impl = storage.unsafeGetStorageImpl();
    impl->set_data_ptr(std::move(memory));
    impl->set_nbytes(bytes);
    return tensor;
}

Tensor copyFromAndResize(const Tensor& source, const Tensor& target) {
    if (target.sizes() != source.sizes()) target.resize_(source.sizes());
    return copyFrom(source, target, /*nonBlocking=*/true);
}

Tensor asStrided(const Tensor& tensor, at::IntArrayRef size, at::IntArrayRef stride,
                 studio::TorchOptional<std::int64_t> offset) {
    Tensor result = at::detail::make_tensor<c10::TensorImpl>(
        c10::TensorImpl::VIEW, c10::Storage(tensor.storage()), tensor.key_set(), tensor.dtype());
    auto* const impl = result.unsafeGetTensorImpl();
    impl->set_storage_offset(offset.value_or(tensor.storage_offset()));
    impl->set_sizes_and_strides(size, stride);
    return result;
}

Tensor viewOf(const Tensor& tensor, at::IntArrayRef size) {
    const at::DimVector sizes = at::infer_size_dv(size, tensor.numel());
    const auto strides = at::detail::computeStride(tensor.sizes(), tensor.strides(), sizes);
    TORCH_CHECK(strides.has_value(), "pretend device: this tensor cannot be viewed with that shape");
    return asStrided(tensor, sizes, *strides, tensor.storage_offset());
}

Tensor reshapeAlias(const Tensor& tensor, at::IntArrayRef size, at::IntArrayRef stride) {
    return asStrided(tensor, size, stride, tensor.storage_offset());
}

at::Scalar localScalar(const Tensor& tensor) {
    countWait();
    return onHost(tensor).item();
}

bool sizeDependsOnValues(std::string_view name) {
    constexpr std::array<std::string_view, 9> kNames{
        "aten::nonzero",    "aten::masked_select",     "aten::_unique",
        "aten::_unique2",   "aten::unique_dim",        "aten::equal",
        "aten::is_nonzero", "aten::repeat_interleave", "aten::bincount"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// A single number may lie on the CPU, as with CUDA; tensors may not.
void refuseMixedDevices(const std::string& name, c10::ArrayRef<c10::IValue> arguments) {
    bool device = false, host = false;
    const auto see = [&](const Tensor& tensor) {
        if (!tensor.defined()) return;
        if (tensor.device().type() == kType)
            device = true;
        else if (tensor.dim() > 0)
            host = true;
    };
    for (const c10::IValue& argument : arguments) {
        if (argument.isTensor()) see(argument.toTensor());
        if (argument.isTensorList()) {
            for (const Tensor& tensor : argument.toTensorVector()) see(tensor);
        }
        if (argument.isOptionalTensorList()) {
            for (const studio::TorchOptional<Tensor>& tensor : argument.toOptionalTensorVector()) {
                if (tensor) see(*tensor);
            }
        }
    }
    TORCH_CHECK(!(device && host), "pretend device: ", name, " got tensors of two devices");
}

void fallback(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
    const std::string& name = op.schema().name();
    refuseMixedDevices(name, torch::jit::last(*stack, op.schema().arguments().size()));
    ++s_operators;
    if (sizeDependsOnValues(name)) countWait();
    const bool outer = t_inFallback;
    t_inFallback = true;
    try {
        at::native::cpu_fallback(op, stack);
    } catch (...) {
        t_inFallback = outer;
        throw;
    }
    t_inFallback = outer;
}

TORCH_LIBRARY_IMPL(aten, PrivateUse1, library) {
    library.impl("empty.memory_format", emptyOf);
    library.impl("empty_strided", emptyStrided);
    library.impl("resize_", resize);
    library.impl("_copy_from", copyFrom);
    library.impl("_copy_from_and_resize", copyFromAndResize);
    library.impl("as_strided", asStrided);
    library.impl("view", viewOf);
    library.impl("_reshape_alias", reshapeAlias);
    library.impl("_local_scalar_dense", localScalar);
}
TORCH_LIBRARY_IMPL(_, PrivateUse1, library) {
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&fallback>());
}
TORCH_LIBRARY_IMPL(_, AutogradPrivateUse1, library) {
    library.fallback(torch::CppFunction::makeFallthrough());
}

}  // namespace

namespace studio::test {

at::Device pretendDevice() {
    return {kType, 0};
}

PretendDeviceCounts pretendDeviceCounts() {
    return {s_operators.load(), s_hostWaits.load()};
}

}  // namespace studio::test
