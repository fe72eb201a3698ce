// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/bench/bench_shapes.h"
#include "core/model/decoder.h"
#include "tests/support/studio_test.h"

using namespace studio;

class BenchShapesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shapes_parameterCounts_areThoseOfTheirNames() {
        const std::vector<double> millions{7.15, 124.4, 70.4, 494.0};
        for (std::size_t i = 0; i < benchShapes().size(); ++i) {
            const Decoder model(benchShapes()[i].config, Compute());
            const double count = static_cast<double>(model.parameterCount()) * 1e-6;
            QVERIFY2(std::abs(count - millions[i]) < 0.02 * millions[i], qPrintable(QString::number(count)));
        }
    }

    void batch_everyToken_hasTheNextOneAsItsLabel() {
        const BenchShape& shape = benchShapes().front();
        const PackedBatch batch = shape.batch(3);
        const auto tokens = static_cast<std::size_t>(shape.rows * shape.length);
        QCOMPARE(batch.ids.size(), tokens);
        QCOMPARE(batch.labelCount, shape.rows * shape.length);
        QCOMPARE(static_cast<std::int64_t>(batch.boundaries.size()), shape.rows + 1);
        QCOMPARE(static_cast<std::size_t>(batch.boundaries.back()), tokens);
        for (std::size_t i = 0; i < tokens; ++i) {
            QVERIFY(batch.labels[i] >= 0 && batch.labels[i] < shape.config.vocabSize);
            const bool last = (i + 1) % static_cast<std::size_t>(shape.length) == 0;
            if (!last) QCOMPARE(batch.labels[i], batch.ids[i + 1]);
            QCOMPARE(batch.positions[i], static_cast<std::int64_t>(i) % shape.length);
        }
    }

    void stepOperations_smallShape_areCountedByHand() {
        BenchShape shape = benchShapes().front();
        shape.config.layerCount = 1;
        shape.rows = 2;
        shape.length = 8;
        // Products: qkv, output, gate and up and down, head; attention: 288 x 8, causal.
        const double weights = 288.0 * 864 + 288.0 * 288 + 3.0 * 288 * 768 + 288.0 * 4096;
        QCOMPARE(shape.stepOperations(), 6.0 * 16 * (weights + 288.0 * 8));
    }
};

STUDIO_TEST(BenchShapesTest)
#include "bench_shapes_test.moc"
