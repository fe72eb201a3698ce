// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_types.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "core/base/random.h"
#include "core/formats/half_floats.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

std::vector<float> randomNumbers(std::size_t count, float scale, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> numbers;
    for (std::size_t i = 0; i < count; ++i)
        numbers.push_back(scale *
                          static_cast<float>(static_cast<double>(random.next() >> 11) * 0x1p-52 - 1.0));
    return numbers;
}

}  // namespace

class GgufTypesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names_ofAllTypes_goBothWays() {
        for (const GgufType type :
             {GgufType::Float32, GgufType::Float16, GgufType::BFloat16, GgufType::Q8_0}) {
            QVERIFY(ggufTypeOfName(ggufTypeName(type)) == type);
            QVERIFY(ggufTypeOfNumber(static_cast<std::uint32_t>(type)) == type);
        }
        QVERIFY(ggufTypeOfName("q8_0") == GgufType::Q8_0);
        QVERIFY(ggufTypeOfName("bf16") == GgufType::BFloat16);
        QVERIFY(!ggufTypeOfName("q4_0") && !ggufTypeOfName("") && !ggufTypeOfName("f3"));
        QVERIFY(!ggufTypeOfNumber(2));
    }

    void bytes_areThoseOfTheFormat() {
        QCOMPARE(ggufBytes(GgufType::Float32, 10), std::uint64_t{40});
        QCOMPARE(ggufBytes(GgufType::BFloat16, 10), std::uint64_t{20});
        QCOMPARE(ggufBytes(GgufType::Q8_0, 96), std::uint64_t{3 * 34});
    }

    void appendNumbers_q8_isWithinHalfAStepOfFloat64() {
        for (const float scale : {1e-6F, 0.02F, 1.0F, 30000.0F}) {
            const std::vector<float> numbers = randomNumbers(64 * 32, scale, 3);
            std::string bytes;
            QVERIFY(!appendNumbers(GgufType::Q8_0, numbers, bytes));
            QCOMPARE(bytes.size(), std::size_t{64 * 34});
            for (std::size_t group = 0; group < 64; ++group) {
                double largest = 0.0;
                for (std::size_t i = 0; i < 32; ++i)
                    largest = std::fmax(largest, std::fabs(double{numbers[group * 32 + i]}));
                std::uint16_t stored = 0;
                std::memcpy(&stored, bytes.data() + group * 34, 2);
                QCOMPARE(stored, float16Of(static_cast<float>(largest / 127.0)));
                const double step = largest / 127.0;
                // The scale is rounded to 11 bits (or to a multiple of 2^-24), which shifts the whole group.
                const double ofScale = std::fabs(double{floatOfFloat16(stored)} - step);
                for (std::size_t i = 0; i < 32; ++i) {
                    const double number = numbers[group * 32 + i];
                    const auto whole = static_cast<signed char>(bytes[group * 34 + 2 + i]);
                    QCOMPARE(double{static_cast<double>(whole)}, std::round(number / step));
                    const double back = double{floatOfFloat16(stored)} * whole;
                    QVERIFY(std::fabs(back - number) <= step * 0.5000001 + 127.0 * ofScale);
                }
            }
        }
    }

    void appendNumbers_q8OfZerosAndTinyNumbers_isZero() {
        std::string bytes;
        QVERIFY(!appendNumbers(GgufType::Q8_0, std::vector<float>(32, 0.0F), bytes));
        QCOMPARE(bytes, std::string(34, '\0'));
        bytes.clear();
        QVERIFY(!appendNumbers(GgufType::Q8_0, std::vector<float>(32, 1e-42F), bytes));
        QCOMPARE(bytes.substr(0, 2), std::string(2, '\0'));  // the scale: what is read back is zero
    }

    void appendNumbers_plainTypes_areLittleEndian() {
        std::string bytes = "x";
        QVERIFY(!appendNumbers(GgufType::Float32, std::vector<float>{1.0F}, bytes));
        QCOMPARE(bytes, std::string("x\0\0\x80\x3F", 5));
        QVERIFY(!appendNumbers(GgufType::Float16, std::vector<float>{-2.0F}, bytes));
        QVERIFY(!appendNumbers(GgufType::BFloat16, std::vector<float>{1.0F}, bytes));
        QCOMPARE(bytes.substr(5), std::string("\0\xC0\x80\x3F", 4));
    }

    void appendNumbers_whatTheTypeCannotHold_isTold() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        std::string bytes;
        for (const GgufType type :
             {GgufType::Float32, GgufType::Float16, GgufType::BFloat16, GgufType::Q8_0}) {
            std::vector<float> numbers(64, 1.0F);
            numbers[40] = nan;
            QVERIFY(appendNumbers(type, numbers, bytes) == std::size_t{40});
        }
        std::vector<float> numbers(64, 1.0F);
        numbers[33] = -70000.0F;
        QVERIFY(appendNumbers(GgufType::Float16, numbers, bytes) == std::size_t{33});
        QVERIFY(!appendNumbers(GgufType::BFloat16, numbers, bytes));
        QVERIFY(!appendNumbers(GgufType::Q8_0, numbers, bytes));
        numbers[33] = 1e7F;  // its scale would be 78740
        QVERIFY(appendNumbers(GgufType::Q8_0, numbers, bytes) == std::size_t{33});
        numbers[33] = 3.4e38F;
        QVERIFY(appendNumbers(GgufType::BFloat16, numbers, bytes) == std::size_t{33});
        QVERIFY(!appendNumbers(GgufType::Float32, numbers, bytes));
    }
};

STUDIO_TEST(GgufTypesTest)
#include "gguf_types_test.moc"
