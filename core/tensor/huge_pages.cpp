// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace studio {

namespace {

constexpr std::uintptr_t kHugePage = 2U << 20;

#if !defined(MADV_COLLAPSE)
constexpr int MADV_COLLAPSE = 25;  // Linux 6.1
#endif

}  // namespace

Tensor onHugePages(Tensor memory) {
    if (!memory.device().is_cpu()) return memory;
    const auto first = reinterpret_cast<std::uintptr_t>(memory.data_ptr());
    const std::uintptr_t begin = (first + kHugePage - 1) / kHugePage * kHugePage;
    const std::uintptr_t end = (first + memory.nbytes()) / kHugePage * kHugePage;
    if (begin >= end) return memory;
    void* const pages = reinterpret_cast<void*>(begin);
    // The first is for pages not yet touched, the second for those that the heap had in use before. Either
    // may be refused or stop halfway; the values are the same.
    ::madvise(pages, end - begin, MADV_HUGEPAGE);
    ::madvise(pages, end - begin, MADV_COLLAPSE);
    return memory;
}

Tensor zerosOnHugePages(const Tensor& like) {
    return onHugePages(at::empty_like(like)).zero_();
}

}  // namespace studio
