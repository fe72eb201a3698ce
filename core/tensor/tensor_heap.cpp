// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/tensor_heap.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "core/tensor/torch.h"

namespace studio {

namespace {

constexpr std::uintptr_t kAlignment = 64;  // libtorch's own, a line of the cache

/// The heap's own pointer stands before the values: libtorch frees some of its memory by the place alone.
void*& blockOf(void* values) {
    return static_cast<void**>(values)[-1];
}

void freeValues(void* values) {
    if (values) std::free(blockOf(values));
}

void* allocateValues(std::size_t bytes) {
    if (bytes == 0) return nullptr;
    constexpr std::size_t kBefore = sizeof(void*) + kAlignment;
    void* const block = bytes < SIZE_MAX - kBefore ? std::malloc(bytes + kBefore) : nullptr;
    if (!block) throw std::bad_alloc();
    const auto first = reinterpret_cast<std::uintptr_t>(block) + sizeof(void*);
    void* const values = reinterpret_cast<void*>((first + kAlignment - 1) / kAlignment * kAlignment);
    blockOf(values) = block;
    return values;
}

/// What libtorch declares const varies with its version: of the two allocate() one overrides, and copy_data()
/// does since it is there. So none of them can say so.
class TensorHeap : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t bytes) const { return owned(allocateValues(bytes)); }
    c10::DataPtr allocate(std::size_t bytes) { return owned(allocateValues(bytes)); }
    c10::DeleterFnPtr raw_deleter() const override { return &freeValues; }
    void copy_data(void* to, const void* from, std::size_t bytes) const { std::memcpy(to, from, bytes); }

private:
    static c10::DataPtr owned(void* values) { return {values, values, &freeValues, at::kCPU}; }
};

}  // namespace

void takeTensorsFromHeap() {
    static auto* const heap =
        new TensorHeap;  // never destroyed: libtorch's own statics free memory after ours
    c10::SetAllocator(at::kCPU, heap);
}

}  // namespace studio
