// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/huge_pages.h"

#include <cstdlib>

#include "core/model/decoder.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

class HugePagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onHugePages_whatWasWritten_stays() {
        for (const std::int64_t size : {0, 1, 100'000, 3'000'001}) {
            const Tensor before = at::arange(size, at::kFloat);
            const Tensor after = onHugePages(before.clone());
            QVERIFY(at::equal(before, after));
            QVERIFY(at::equal(onHugePages(after).add_(1.0), before + 1.0));
        }
    }

    // Neighbours share the pages at both ends.
    void onHugePages_partOfAPiece_leavesTheRest() {
        const Tensor piece = at::arange(4'000'000, at::kFloat), same = piece.clone();
        onHugePages(piece.narrow(0, 777'777, 2'000'000));
        QVERIFY(at::equal(piece, same));
    }

    // Most of a long cache may never be written.
    void keyValueCache_large_takesMemoryAsItIsWritten() {
        ModelConfig config = test::tinyConfig();
        config.layerCount = 16;
        config.keyValueHeadCount = config.headCount = 8;
        config.headSize = 64;
        const std::uint64_t before = residentBytes();
        const KeyValueCache cache(config, 8192, at::kCPU);
        for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
            for (std::int64_t head = 0; head < config.headCount; ++head) {
                cache.keys()[layer][head * 8192 * 64] = 1.0F;
                cache.values()[layer][head * 8192 * 64] = 1.0F;
            }
        }
        const std::uint64_t whole = 8192ULL * KeyValueCache::bytesPerToken(config);
        QVERIFY2(residentBytes() - before < whole / 4, std::to_string(residentBytes() - before).c_str());
    }
};

STUDIO_TEST(HugePagesTest)

}  // namespace

#include "huge_pages_test.moc"
