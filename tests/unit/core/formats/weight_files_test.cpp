// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/weight_files.h"

#include <cstring>

#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/formats/safetensors.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/pytorch_bytes.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

void writeShard(const std::filesystem::path& path, const std::vector<std::string>& names) {
    static const float s_numbers[2] = {1, 2};
    std::vector<TensorToWrite> tensors;
    for (const std::string& name : names) {
        tensors.push_back({name, TensorType::Float32, {2}, reinterpret_cast<const std::byte*>(s_numbers)});
    }
    writeSafetensors(path, tensors);
}

void writePytorch(const std::filesystem::path& path, const std::vector<std::string>& names) {
    std::string items;
    for (const std::string& name : names)
        items += test::pickled(name) + test::PickledTensorBytes{.count = 2, .shape = {2}}.text();
    writeFileAtomically(path, test::pytorchFile(test::pickledDictionary(items),
                                                {test::numberBytes(1.0F) + test::numberBytes(2.0F)}));
}

void writeIndex(const std::filesystem::path& folder, const OrderedJson& map) {
    writeJsonFile(folder / "model.safetensors.index.json",
                  {{"metadata", {{"total_size", 1}}}, {"weight_map", map}});
}

}  // namespace

class WeightFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void open_oneFile_listsItsTensors() {
        const test::TemporaryFolder folder;
        writeShard(folder / "model.safetensors", {"b", "a"});
        const WeightFiles weights(folder.path());
        QCOMPARE(weights.names(), (std::vector<std::string>{"a", "b"}));
        QCOMPARE(weights.totalBytes(), std::uint64_t{16});
        QCOMPARE(weights.entry("a").shape, (std::vector<std::int64_t>{2}));
        STUDIO_COMPARE_ERROR_TEXT(weights.entry("c"), ErrorCode::WeightsInvalid, "\"c\"");
        STUDIO_COMPARE_ERROR(weights.data("c"), ErrorCode::WeightsInvalid);
    }

    void open_shards_joinsThemInNameOrder() {
        const test::TemporaryFolder folder;
        writeShard(folder / "two.safetensors", {"b"});
        writeShard(folder / "one.safetensors", {"a", "c"});
        writeIndex(folder.path(),
                   {{"a", "one.safetensors"}, {"b", "two.safetensors"}, {"c", "one.safetensors"}});
        const WeightFiles weights(folder.path());
        QCOMPARE(weights.names(), (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(weights.files().size(), std::size_t{2});
        QCOMPARE(weights.files()[0]->path().filename().string(), std::string("one.safetensors"));
        QCOMPARE(*reinterpret_cast<const unsigned char*>(weights.data("b") + 3),
                 static_cast<unsigned char>(0x3F));
    }

    void open_badIndex_isRefused_data() {
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("parent") << QByteArray(R"({"a":"../one.safetensors"})") << QByteArray("outside");
        QTest::newRow("absolute") << QByteArray(R"({"a":"/etc/passwd"})") << QByteArray("outside");
        QTest::newRow("folder") << QByteArray(R"({"a":".."})") << QByteArray("outside");
        QTest::newRow("backslash") << QByteArray(R"({"a":"..\\one.safetensors"})") << QByteArray("outside");
        QTest::newRow("nul") << QByteArray(R"({"a":"one.safetensors\u0000x"})") << QByteArray("outside");
        QTest::newRow("empty") << QByteArray(R"({"a":""})") << QByteArray("outside");
        QTest::newRow("missing") << QByteArray(R"({"a":"three.safetensors"})")
                                 << QByteArray("\"three.safetensors\"");
        QTest::newRow("number") << QByteArray(R"({"a":3})") << QByteArray("tensor \"a\"");
        QTest::newRow("wrong shard")
            << QByteArray(R"({"a":"one.safetensors","b":"one.safetensors","c":"two.safetensors"})")
            << QByteArray("tensor \"b\"");
        QTest::newRow("list") << QByteArray("[]") << QByteArray("weight_map");
        QTest::newRow("none") << QByteArray("{}") << QByteArray("weight_map");
    }
    void open_badIndex_isRefused() {
        QFETCH(QByteArray, map);
        QFETCH(QByteArray, part);
        const test::TemporaryFolder folder;
        writeShard(folder / "one.safetensors", {"a"});
        writeShard(folder / "two.safetensors", {"b", "c"});
        writeIndex(folder.path(), parseJson(map.toStdString(), "map"));
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid, part.toStdString());
    }

    void open_sameTensorInTwoShards_isRefused() {
        const test::TemporaryFolder folder;
        writeShard(folder / "one.safetensors", {"a"});
        writeShard(folder / "two.safetensors", {"a", "b"});
        writeIndex(folder.path(), {{"a", "one.safetensors"}, {"b", "two.safetensors"}});
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid,
                                  "also in one.safetensors");
    }

    void open_pytorchFile_isReadWhereThereAreNoSafetensors() {
        const test::TemporaryFolder folder;
        writePytorch(folder / "pytorch_model.bin", {"a", "c"});
        const WeightFiles weights(folder.path());
        QCOMPARE(weights.names(), (std::vector<std::string>{"a", "c"}));
        QCOMPARE(weights.totalBytes(), std::uint64_t{16});
        QCOMPARE(weightPaths(folder.path()), (std::vector{folder / "pytorch_model.bin"}));
        float number = 0;
        std::memcpy(&number, weights.data("c") + 4, sizeof number);
        QCOMPARE(number, 2.0F);
        writeShard(folder / "model.safetensors", {"b"});
        QCOMPARE(WeightFiles(folder.path()).names(), std::vector<std::string>{"b"});
    }

    void open_pytorchShards_joinsThem() {
        const test::TemporaryFolder folder;
        writePytorch(folder / "pytorch_model-1.bin", {"a", "c"});
        writePytorch(folder / "pytorch_model-2.bin", {"b"});
        const auto index = [&](const OrderedJson& map) {
            writeJsonFile(folder / "pytorch_model.bin.index.json", {{"weight_map", map}});
        };
        index({{"a", "pytorch_model-1.bin"}, {"b", "pytorch_model-2.bin"}, {"c", "pytorch_model-1.bin"}});
        QCOMPARE(WeightFiles(folder.path()).names(), (std::vector<std::string>{"a", "b", "c"}));
        index({{"a", "../pytorch_model-1.bin"}});
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid, "outside");
        index({{"a", "pytorch_model-1.bin"}, {"d", "pytorch_model-2.bin"}});
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid, "tensor \"d\"");
    }

    void open_damagedPytorchFile_isRefused() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "pytorch_model.bin", "nothing of that kind, though long enough");
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid, "ZIP archive");
    }

    void open_noWeights_saysSo() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid, "model.safetensors");
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid, "pytorch_model.bin");
    }

    void open_indexNoJson_namesIt() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "model.safetensors.index.json", "{");
        STUDIO_COMPARE_ERROR_TEXT(WeightFiles(folder.path()), ErrorCode::WeightsInvalid,
                                  "model.safetensors.index.json, line 1");
    }
};

STUDIO_TEST(WeightFilesTest)
#include "weight_files_test.moc"
