// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <vector>

#include "core/tensor/compute.h"
#include "core/tensor/matrix_product.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

struct Case {
    const char* name;
    std::int64_t rows, columns, depth;
    bool aTransposed, bTransposed, add, bias;
    at::ScalarType result;
    std::int64_t gap = 0;  // values between the rows of A in memory
};

const Case kCases[] = {
    {"a layer's outputs", 192, 96, 64, false, true, false, true, at::kBFloat16},
    {"a layer's outputs, few rows", 64, 96, 64, false, true, false, true, at::kBFloat16},
    {"odd sizes", 130, 70, 100, false, true, false, false, at::kBFloat16},
    {"odd sizes, rows of pairs", 131, 70, 101, false, false, false, false, at::kBFloat16},
    {"gradient of the inputs", 256, 288, 320, false, false, false, false, at::kBFloat16},
    {"added to what is there", 256, 64, 96, false, false, true, false, at::kBFloat16},
    {"gradient of the weights", 160, 72, 192, true, false, true, false, at::kFloat},
    {"gradient of the weights, in parts", 2112, 40, 2304, true, false, true, false, at::kFloat},
    {"gradient of the weights, odd rows", 130, 72, 192, true, false, true, false, at::kFloat},
    {"gradient of the weights, odd depth", 160, 72, 197, true, false, true, false, at::kFloat},
    {"rows with gaps", 256, 64, 96, false, true, false, false, at::kBFloat16, 32},
};

Tensor laid(const Tensor& matrix, bool transposed, std::int64_t gap) {
    const Tensor inMemory = transposed ? matrix.t() : matrix;
    const Tensor wide = at::zeros({inMemory.size(0), inMemory.size(1) + gap}, matrix.options());
    wide.narrow(1, 0, inMemory.size(1)).copy_(inMemory);
    return wide;
}

/// The greatest difference to the product in float64, as a share of the greatest value.
double error(const Case& c, at::ScalarType type) {
    at::manual_seed(7);
    const Tensor a = at::randn({c.rows, c.depth}).to(type), b = at::randn({c.depth, c.columns}).to(type);
    const Tensor bias = at::randn({c.columns});
    const at::ScalarType resultType = type == at::kFloat ? at::kFloat : c.result;
    const Tensor result = at::randn({c.rows, c.columns}).to(resultType);
    Tensor expected = at::matmul(a.to(at::kDouble), b.to(at::kDouble));
    if (c.add) expected += result.to(at::kDouble);
    if (c.bias) expected += bias.to(at::kDouble);
    const Tensor aMemory = laid(a, c.aTransposed, c.gap), bMemory = laid(b, c.bTransposed, 0);
    MatrixProduct product{c.rows, c.columns, c.depth};
    product.a = {aMemory.data_ptr(), aMemory.size(1), c.aTransposed};
    product.b = {bMemory.data_ptr(), bMemory.size(1), c.bTransposed};
    product.c = result.data_ptr();
    product.cStride = c.columns;
    product.factors = type;
    product.result = resultType;
    product.add = c.add;
    product.bias = c.bias ? bias.data_ptr<float>() : nullptr;
    multiply(product);
    const double largest = expected.abs().max().item<double>();
    return (result.to(at::kDouble) - expected).abs().max().item<double>() / largest;
}

}  // namespace

class MatrixProductTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void product_anyLayout_agreesWithFloat64_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(kCases)); ++i) QTest::newRow(kCases[i].name) << i;
    }

    void product_anyLayout_agreesWithFloat64() {
        QFETCH(int, index);
        QVERIFY(error(kCases[index], at::kFloat) < 1e-5);
        if (!cpuHasFastBfloat16()) return;
        // The result itself is rounded to eight bits.
        QVERIFY(error(kCases[index], at::kBFloat16) < (kCases[index].result == at::kFloat ? 1e-5 : 5e-3));
    }

    void packedFactor_usedTwice_givesTheSameBits() {
        if (!cpuHasFastBfloat16()) QSKIP("This CPU does not multiply bfloat16.");
        at::manual_seed(3);
        const Tensor a = at::randn({192, 96}).to(at::kBFloat16), b = at::randn({80, 96}).to(at::kBFloat16);
        const PackedFactor packed({b.data_ptr(), 96, true}, 192, 96, 80, at::kBFloat16);
        QVERIFY(PackedFactor({b.data_ptr(), 96, true}, 32, 96, 80, at::kBFloat16).factor().transposed);
        std::vector<Tensor> results;
        for (const bool ready : {true, false, true}) {
            results.push_back(at::empty({192, 80}, at::kBFloat16));
            MatrixProduct product{192, 80, 96};
            product.a = {a.data_ptr(), 96, false};
            product.b = ready ? packed.factor() : MatrixProduct::Factor{b.data_ptr(), 96, true};
            product.c = results.back().data_ptr();
            product.cStride = 80;
            product.factors = product.result = at::kBFloat16;
            multiply(product);
        }
        QVERIFY(results[0].equal(results[1]));
        QVERIFY(results[0].equal(results[2]));
        QVERIFY(results[0].isfinite().all().item<bool>());
    }
};

STUDIO_TEST(MatrixProductTest)
#include "matrix_product_test.moc"
