// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include "core/base/files.h"
#include "core/formats/gguf_export.h"
#include "core/formats/gguf_file.h"
#include "core/formats/model_config.h"
#include "core/formats/model_family.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

constexpr GgufType kTypes[] = {GgufType::Float32, GgufType::Float16, GgufType::BFloat16, GgufType::Q8_0};

template <typename List>
List listOf(const GgufFile& file, const std::string& key) {
    const GgufValue* value = file.find(key);
    const auto* array = value ? std::get_if<GgufArray>(value) : nullptr;
    const auto* list = array ? std::get_if<List>(array) : nullptr;
    return list ? *list : List();
}

}  // namespace

class GgufGoldenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyModelFolder_inEveryType_isExportedWhole() {
        STUDIO_NEEDS_ASSET(root, "models");
        const test::TemporaryFolder folder;
        int exported = 0;
        for (const auto& entry : fs::directory_iterator(root)) {
            if (!fs::exists(entry.path() / "config.json")) continue;
            const ModelConfig config = readModelConfig(entry.path());
            std::uint64_t before = UINT64_MAX;
            for (const GgufType type : kTypes) {
                const fs::path out = folder / "m.gguf";
                const GgufExportResult result = exportGguf({entry.path(), out, type, "", {}});
                const GgufFile file(out);
                QCOMPARE(file.tensors().size(), result.tensorCount);
                QCOMPARE(listOf<std::vector<std::string>>(file, "tokenizer.ggml.tokens").size(),
                         static_cast<std::size_t>(config.vocabSize));
                QVERIFY(file.tensor("token_embd.weight")->shape ==
                        (std::vector<std::int64_t>{config.vocabSize, config.hiddenSize}));
                // Two types of two bytes are as long as each other; Q8_0 leaves uneven rows as F16.
                QVERIFY2(result.bytes <= before, entry.path().c_str());
                before = result.bytes;
                ++exported;
            }
        }
        QVERIFY(exported >= 7 * 4);
    }

    void stories260K_inF32_isTheKnownFile() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        STUDIO_NEEDS_ASSET(known, "models/stories260K/stories260K.f32.gguf");
        const test::TemporaryFolder written;
        exportGguf({folder, written / "m.gguf", GgufType::Float32, "", {}});
        const GgufFile ours(written / "m.gguf"), theirs(known);
        const std::string ourBytes = readFile(written / "m.gguf"), theirBytes = readFile(known);
        QCOMPARE(ours.tensors().size(), theirs.tensors().size());
        for (const GgufTensorInfo& tensor : theirs.tensors()) {
            const GgufTensorInfo* same = ours.tensor(tensor.name);
            QVERIFY2(same && same->shape == tensor.shape && same->type == tensor.type, tensor.name.c_str());
            QVERIFY2(ourBytes.compare(ours.dataBegin() + same->offset, same->bytes(), theirBytes,
                                      theirs.dataBegin() + tensor.offset, tensor.bytes()) == 0,
                     tensor.name.c_str());
        }
        for (const auto& [key, value] : theirs.metadata()) {
            if (key == "general.name") continue;
            const GgufValue* same = ours.find(key);
            QVERIFY2(same && *same == value, key.c_str());
        }
    }
};

STUDIO_TEST(GgufGoldenTest)
#include "gguf_golden_test.moc"
