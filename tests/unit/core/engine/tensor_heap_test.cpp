// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/tensor_heap.h"

#include <cstdint>

#include "core/base/error.h"
#include "core/tensor/compute.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

constexpr std::int64_t kLarge = 3'000'001;

// The sanitizers bring a heap of their own: it keeps places back, and ends the program instead of refusing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kForeignHeap = true;
#else
constexpr bool kForeignHeap = false;
#endif

class TensorHeapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // With the settings of the heap that a training has: all of it comes from one piece.
    void initTestCase() { prepareProcess(); }

    void tensors_ofAnySize_beginOnALine() {
        for (const std::int64_t size : {std::int64_t{1}, std::int64_t{15}, std::int64_t{16}, kLarge}) {
            const Tensor values = at::full({size}, 7.0, at::kFloat);
            QCOMPARE(reinterpret_cast<std::uintptr_t>(values.data_ptr()) % 64, std::uintptr_t{0});
            QCOMPARE(values.sum(at::kDouble).item<double>(), 7.0 * static_cast<double>(size));
        }
        QCOMPARE(at::empty({0}, at::kFloat).numel(), 0);
    }

    void tensors_thatGrow_keepTheirValues() {
        Tensor values = at::arange(1000, at::kLong);
        values.resize_({kLarge});
        QVERIFY(at::equal(values.narrow(0, 0, 1000), at::arange(1000, at::kLong)));
    }

    // libtorch's bridge to oneDNN allocates in this way.
    void memory_takenAndFreedByItsPlace_isTheHeaps() {
        c10::Allocator& allocator = *c10::GetAllocator(at::kCPU);
        QVERIFY(allocator.raw_deleter() != nullptr);
        void* const values = allocator.raw_allocate(1000);
        QCOMPARE(reinterpret_cast<std::uintptr_t>(values) % 64, std::uintptr_t{0});
        allocator.raw_deallocate(values);
        allocator.raw_deallocate(allocator.raw_allocate(0));
    }

    void place_ofATensor_servesTheNextOfItsSize() {
        if (kForeignHeap) QSKIP("not this heap");
        Tensor first = at::empty({kLarge}, at::kFloat);
        const Tensor behind = at::empty({kLarge}, at::kFloat);  // so that the place cannot grow
        const void* const place = first.data_ptr();
        first = Tensor();
        QCOMPARE(at::empty({kLarge}, at::kFloat).data_ptr(), const_cast<void*>(place));
    }

    void tensor_tooLarge_isOutOfMemory() {
        if (kForeignHeap) QSKIP("not this heap");
        for (const std::int64_t bytes : {std::int64_t{1} << 55, INT64_MAX / 2}) {
            const auto thrown = test::errorOf(
                [&] { translateTorchErrors("testing", [&] { return at::empty({bytes}, at::kByte); }); });
            QVERIFY(thrown.has_value());
            QCOMPARE(thrown->code(), ErrorCode::OutOfMemory);
        }
    }
};

STUDIO_TEST(TensorHeapTest)

}  // namespace

#include "tensor_heap_test.moc"
