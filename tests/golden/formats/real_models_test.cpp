// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include "core/base/files.h"
#include "core/formats/model_config.h"
#include "core/formats/safetensors.h"
#include "core/formats/sha256.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

class RealModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stories260K_isReadExactly() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const ModelSummary summary = summarizeModel(folder);
        QCOMPARE(summary.name, std::string("stories260K"));
        QCOMPARE(summary.config.parameterCount(), std::int64_t{260032});  // as published
        QCOMPARE(summary.weightBytes, std::uint64_t{4 * 260032});
        QCOMPARE(summary.tokenizerKind, std::string("sentencepiece"));
        QCOMPARE(summary.config.keyValueHeadCount, std::int64_t{4});
        QVERIFY(summary.config.tiedEmbeddings);
        QCOMPARE(modelHash(folder),
                 sha256(readFile(folder / "config.json") + readFile(folder / "model.safetensors")));
    }

    void tinyLlamaGqa_float16_isRead() {
        STUDIO_NEEDS_ASSET(folder, "models/tiny-llama-gqa");
        const ModelSummary summary = summarizeModel(folder);
        QVERIFY(summary.storedType == TensorType::Float16);
        QVERIFY(summary.config.storedType == TensorType::Float16);
        QCOMPARE(summary.config.headSize, std::int64_t{16});
        QCOMPARE(summary.weightBytes, static_cast<std::uint64_t>(2 * summary.config.parameterCount()));
    }

    void everyModelFolder_isRead() {
        STUDIO_NEEDS_ASSET(root, "models");
        int read = 0;
        for (const auto& entry : fs::directory_iterator(root)) {
            if (!fs::exists(entry.path() / "config.json")) continue;
            const ModelSummary model = summarizeModel(entry.path());
            std::uint64_t bytes = 0;
            for (const auto& [name, shape] : expectedTensors(model.config)) {
                std::uint64_t count = tensorTypeBytes(model.storedType);
                for (const std::int64_t size : shape) count *= static_cast<std::uint64_t>(size);
                bytes += count;
            }
            // Files of bare models hold buffers, too.
            QVERIFY2(model.weightBytes >= bytes, entry.path().c_str());
            ++read;
        }
        QVERIFY(read >= 7);
    }

    void newStyleConfig_saysTheSame() {
        STUDIO_NEEDS_ASSET(folder, "models/tiny-llama3-rope");
        const ModelConfig old = readModelConfig(folder);
        const fs::path file = folder / "config.v5-style.json";
        const ModelConfig fresh = parseModelConfig(readJsonFile(file), file.string());
        QVERIFY(fresh.rope.kind == RopeScaling::Kind::Llama3 && old.rope.kind == fresh.rope.kind);
        QCOMPARE(fresh.ropeTheta, old.ropeTheta);
        QCOMPARE(rotaryFrequencies(fresh.rotated(), fresh.ropeTheta, fresh.rope).perPosition,
                 rotaryFrequencies(old.rotated(), old.ropeTheta, old.rope).perPosition);
        QCOMPARE(fresh.storedType == old.storedType, true);
        QCOMPARE(fresh.parameterCount(), old.parameterCount());
    }

    void shards_openAsOneModel() {
        STUDIO_NEEDS_ASSET(folder, "models/tiny-neox");
        const WeightFiles weights(folder);
        QCOMPARE(weights.files().size(), std::size_t{2});
        QVERIFY(weights.contains("gpt_neox.embed_in.weight"));
    }

    void everyWeightsFile_survivesARewrite() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const test::TemporaryFolder temporary;
        const SafetensorsFile file(folder / "model.safetensors");
        std::vector<TensorToWrite> tensors;
        for (const auto& [name, entry] : file.tensors())
            tensors.push_back({name, entry.type, entry.shape, file.data(name)});
        writeSafetensors(temporary / "copy.safetensors", tensors);
        const SafetensorsFile copy(temporary / "copy.safetensors");
        QCOMPARE(copy.tensors().size(), file.tensors().size());
        for (const auto& [name, entry] : file.tensors()) {
            QCOMPARE(copy.tensors().at(name).shape, entry.shape);
            QCOMPARE(std::memcmp(copy.data(name), file.data(name), entry.end - entry.begin), 0);
        }
    }
};

STUDIO_TEST(RealModelsTest)
#include "real_models_test.moc"
