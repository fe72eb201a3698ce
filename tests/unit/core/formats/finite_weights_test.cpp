// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/finite_weights.h"

#include <cmath>
#include <limits>

#include "core/formats/safetensors.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/small_adapter.h"
#include "tests/support/studio_test.h"

using namespace studio;

class FiniteWeightsTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

private Q_SLOTS:
    void numbers_whoseExponentIsFull_areNotFinite_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<quint32>("bits");
        QTest::addColumn<bool>("bad");
        const auto row = [](const char* name, TensorType type, quint32 bits, bool bad) {
            QTest::newRow(name) << static_cast<int>(type) << bits << bad;
        };
        row("F32 NaN", TensorType::Float32, 0x7FC00000U, true);
        row("F32 minus infinity", TensorType::Float32, 0xFF800000U, true);
        row("F32 largest", TensorType::Float32, 0x7F7FFFFFU, false);
        row("F16 NaN", TensorType::Float16, 0x7E00U, true);
        row("F16 infinity", TensorType::Float16, 0x7C00U, true);
        row("F16 largest", TensorType::Float16, 0x7BFFU, false);
        row("BF16 NaN", TensorType::BFloat16, 0xFFC0U, true);
        row("BF16 infinity", TensorType::BFloat16, 0x7F80U, true);
        row("BF16 largest", TensorType::BFloat16, 0x7F7FU, false);
    }
    void numbers_whoseExponentIsFull_areNotFinite() {
        QFETCH(int, type);
        QFETCH(quint32, bits);
        QFETCH(bool, bad);
        const auto stored = static_cast<TensorType>(type);
        const std::size_t width = tensorTypeBytes(stored);
        std::string bytes(3 * width, '\0');
        QVERIFY(!holdsNonFinite(bytes, stored));
        for (std::size_t i = 0; i < width; ++i) bytes[width + i] = static_cast<char>(bits >> (8 * i));
        QCOMPARE(holdsNonFinite(bytes, stored), bad);
    }

    void adapter_withNaN_isRefusedByItsTensor() {
        test::writeSmallAdapter(m_folder / "sound");
        checkAdapterFinite(m_folder / "sound");
        const std::string up = peftName("model.layers.0.self_attn.q_proj.lora_B.weight");
        for (const float number : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
            test::writeSmallAdapter(m_folder / "bad", number);
            QCOMPARE(tensorsNotFinite(*openAdapterWeights(m_folder / "bad")), std::vector<std::string>{up});
            STUDIO_COMPARE_ERROR_TEXT(checkAdapterFinite(m_folder / "bad"), ErrorCode::WeightsInvalid,
                                      "adapter_model.safetensors: the tensor \"" + up + "\" holds NaN");
        }
    }
};

STUDIO_TEST(FiniteWeightsTest)
#include "finite_weights_test.moc"
