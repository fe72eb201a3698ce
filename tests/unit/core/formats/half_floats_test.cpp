// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/half_floats.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/random.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr double kLargestHalf = 65504.0;

/// What a binary16 pattern means, by the definition of IEEE 754 in float64.
double meaningOfFloat16(std::uint16_t half) {
    const int exponent = (half >> 10) & 0x1F;
    const double fraction = half & 0x3FF;
    const double magnitude =
        exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1.0 + fraction / 1024.0, exponent - 15);
    return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

/// The nearest of all finite binary16 numbers, the even pattern between two equally near ones.
std::uint16_t nearestFloat16(double value) {
    std::uint16_t below = 0, above = 0x7BFF;
    while (above - below > 1) {
        const auto middle = static_cast<std::uint16_t>((below + above) / 2);
        (meaningOfFloat16(middle) <= std::fabs(value) ? below : above) = middle;
    }
    const double toBelow = std::fabs(value) - meaningOfFloat16(below);
    const double toAbove = meaningOfFloat16(above) - std::fabs(value);
    const bool takesBelow = toBelow < toAbove || (toBelow == toAbove && below % 2 == 0);
    const std::uint16_t nearest = takesBelow ? below : above;
    return static_cast<std::uint16_t>(nearest | (std::signbit(value) ? 0x8000U : 0U));
}

}  // namespace

class HalfFloatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void float16_everyPattern_isReadAndWrittenBack() {
        for (unsigned pattern = 0; pattern < 0x10000; ++pattern) {
            const auto half = static_cast<std::uint16_t>(pattern);
            const float value = floatOfFloat16(half);
            if ((half & 0x7C00) == 0x7C00) {
                QCOMPARE(std::isnan(value), (half & 0x3FF) != 0);
                QCOMPARE(std::isinf(value), (half & 0x3FF) == 0);
            } else {
                QCOMPARE(static_cast<double>(value), meaningOfFloat16(half));
                QCOMPARE(std::signbit(value), (half & 0x8000) != 0);
            }
            if (!std::isnan(value)) QCOMPARE(float16Of(value), half);
        }
    }

    void float16_everyTieAndItsNeighbours_areRoundedToTheNearest() {
        for (unsigned pattern = 0; pattern < 0x7BFF; ++pattern) {
            const double low = meaningOfFloat16(static_cast<std::uint16_t>(pattern));
            const double high = meaningOfFloat16(static_cast<std::uint16_t>(pattern + 1));
            const auto tie = static_cast<float>((low + high) / 2.0);  // exact: one bit more than binary16
            for (const float value : {tie, std::nextafterf(tie, 0.0F), std::nextafterf(tie, kInfinity)}) {
                QCOMPARE(float16Of(value), nearestFloat16(value));
                QCOMPARE(float16Of(-value), nearestFloat16(-value));
            }
        }
    }

    void float16_randomNumbers_areRoundedToTheNearest() {
        Random random(7);
        int compared = 0;
        while (compared < 200000) {
            const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
            if (!(std::fabs(value) <= kLargestHalf)) continue;
            QCOMPARE(float16Of(value), nearestFloat16(value));
            ++compared;
        }
    }

    void float16_beyondTheLargest_isInfinity() {
        QCOMPARE(float16Of(65504.0F), std::uint16_t{0x7BFF});
        QCOMPARE(float16Of(65519.99F), std::uint16_t{0x7BFF});  // nearer to 65504 than to 65536
        QCOMPARE(float16Of(65520.0F), std::uint16_t{0x7C00});   // the tie goes to the even pattern
        QCOMPARE(float16Of(-1e30F), std::uint16_t{0xFC00});
        QCOMPARE(float16Of(kInfinity), std::uint16_t{0x7C00});
        QVERIFY(std::isnan(floatOfFloat16(float16Of(std::numeric_limits<float>::quiet_NaN()))));
    }

    void float16_belowTheSmallest_isZeroWithItsSign() {
        QCOMPARE(float16Of(0x1p-25F), std::uint16_t{0});  // half of the smallest: the tie goes to zero
        QCOMPARE(float16Of(std::nextafterf(0x1p-25F, 1.0F)), std::uint16_t{1});
        QCOMPARE(float16Of(-1e-30F), std::uint16_t{0x8000});
        QCOMPARE(float16Of(std::numeric_limits<float>::denorm_min()), std::uint16_t{0});
    }

    void bfloat16_everyNumberAndTie_isRoundedToTheNearest() {
        for (std::uint32_t pattern = 0; pattern < 0x7F80; ++pattern) {
            const auto half = static_cast<std::uint16_t>(pattern);
            QCOMPARE(bfloat16Of(floatOfBFloat16(half)), half);
            const std::uint32_t tie = (pattern << 16) | 0x8000U;
            const auto even = static_cast<std::uint16_t>(pattern + pattern % 2);
            QCOMPARE(bfloat16Of(std::bit_cast<float>(tie)), even);
            QCOMPARE(bfloat16Of(std::bit_cast<float>(tie - 1)), half);
            QCOMPARE(bfloat16Of(std::bit_cast<float>(tie + 1)), static_cast<std::uint16_t>(pattern + 1));
            QCOMPARE(bfloat16Of(-std::bit_cast<float>(tie)), static_cast<std::uint16_t>(even | 0x8000U));
        }
        QCOMPARE(bfloat16Of(std::numeric_limits<float>::max()), std::uint16_t{0x7F80});
        QVERIFY(std::isnan(floatOfBFloat16(bfloat16Of(std::bit_cast<float>(0x7F800001U)))));
    }
};

STUDIO_TEST(HalfFloatsTest)
#include "half_floats_test.moc"
