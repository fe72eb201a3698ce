// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_file.h"

#include <fstream>

#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

GgufMetadata someMetadata() {
    return {{"general.architecture", std::string("llama")},
            {"llama.block_count", std::uint32_t{2}},
            {"signed", std::int32_t{-5}},
            {"real", 0.5F},
            {"yes", true},
            {"wide", std::uint64_t{1} << 40},
            {"tokens", GgufArray(std::vector<std::string>{"a", "", std::string("b\0c", 3)})},
            {"scores", GgufArray(std::vector<float>{-1.0F, 0.0F, 2.0F})},
            {"types", GgufArray(std::vector<std::int32_t>{1, 6, 3})}};
}

std::vector<GgufTensorInfo> someTensors() {
    return {{"a", GgufType::Float32, {3, 5}, 0},
            {"b", GgufType::Q8_0, {2, 64}, 0},
            {"c", GgufType::Float16, {7}, 0}};
}

std::string someFile() {
    std::vector<GgufTensorInfo> tensors = someTensors();
    const std::uint64_t bytes = layOutGguf(tensors);
    return ggufHeader(someMetadata(), tensors) + std::string(bytes, '\1');
}

/// Without syncing to the disk, for tests that write thousands of files.
void write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// A file with one tensor, whose description can be spoilt.
std::string fileOf(const std::vector<GgufTensorInfo>& tensors, std::size_t dataBytes) {
    return ggufHeader({}, tensors) + std::string(dataBytes, '\1');
}

}  // namespace

class GgufFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ggufHeader_smallFile_isTheseBytes() {
        std::vector<GgufTensorInfo> tensors{{"w", GgufType::Float16, {2, 3}, 0}};
        QCOMPARE(layOutGguf(tensors), std::uint64_t{32});
        const std::string header = ggufHeader({{"k", std::uint32_t{7}}}, tensors);
        const std::string expected(
            "GGUF\3\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"             // version, tensors, keys
            "\1\0\0\0\0\0\0\0k\4\0\0\0\7\0\0\0"                        // key, type, value
            "\1\0\0\0\0\0\0\0w\2\0\0\0"                                // name, dimensions
            "\3\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0"                         // columns first
            "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",  // F16, place 0, padding
            96);
        QCOMPARE(QByteArray::fromStdString(header).toHex(), QByteArray::fromStdString(expected).toHex());
    }

    void layOutGguf_everyTensor_isAligned() {
        std::vector<GgufTensorInfo> tensors = someTensors();
        const std::uint64_t bytes = layOutGguf(tensors);
        QCOMPARE(tensors[0].offset, std::uint64_t{0});
        QCOMPARE(tensors[1].offset, std::uint64_t{64});   // 60 bytes before it
        QCOMPARE(tensors[2].offset, std::uint64_t{224});  // 136 more
        QCOMPARE(bytes, std::uint64_t{256});
    }

    void open_writtenFile_saysTheSame() {
        const test::TemporaryFolder folder;
        write(folder / "m.gguf", someFile());
        const GgufFile file(folder / "m.gguf");
        QVERIFY(file.metadata() == someMetadata());
        QVERIFY(file.find("wide") && !file.find("narrow"));
        QCOMPARE(std::get<std::string>(*file.find("general.architecture")), std::string("llama"));
        QCOMPARE(file.tensors().size(), std::size_t{3});
        QVERIFY(file.tensor("b") && !file.tensor("d"));
        QCOMPARE(file.tensor("b")->shape, (std::vector<std::int64_t>{2, 64}));
        QVERIFY(file.tensor("b")->type == GgufType::Q8_0);
        QCOMPARE(file.dataBegin() % kGgufAlignment, std::uint64_t{0});
    }

    void open_cutAnywhere_isRefused() {
        const test::TemporaryFolder folder;
        const std::string whole = someFile();
        for (std::size_t length = 0; length < whole.size() - 18; ++length) {  // padding of the last tensor
            write(folder / "m.gguf", whole.substr(0, length));
            STUDIO_COMPARE_ERROR(GgufFile(folder / "m.gguf"), ErrorCode::WeightsInvalid);
        }
    }

    void open_anyByteChanged_isReadOrRefused() {
        const test::TemporaryFolder folder;
        const std::string whole = someFile();
        int refused = 0;
        for (std::size_t place = 0; place < whole.size() - 256; ++place) {
            for (const char byte : {'\0', '\x7F', '\xFF'}) {
                std::string bytes = whole;
                bytes[place] = byte;
                write(folder / "m.gguf", bytes);
                if (const auto error = test::errorOf([&] { GgufFile file(folder / "m.gguf"); })) {
                    QVERIFY2(error->code() == ErrorCode::WeightsInvalid, error->what());
                    ++refused;
                }
            }
        }
        QVERIFY(refused > 100);
    }

    void open_hostileDescriptions_areRefusedByTheirReason() {
        const test::TemporaryFolder folder;
        const auto refusal = [&](const std::string& bytes) {
            write(folder / "m.gguf", bytes);
            const auto error = test::errorOf([&] { GgufFile file(folder / "m.gguf"); });
            return error ? std::string(error->what()) : std::string("nothing");
        };
        const auto says = [&](const std::string& bytes, const char* part) {
            const std::string text = refusal(bytes);
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
        };
        says("GGML" + someFile().substr(4), "not a GGUF file");
        says(std::string("GGUF\1\0\0\0", 8) + someFile().substr(8), "version 1");
        says(fileOf({{"w", GgufType::Float32, {8}, 16}}, 64), "not aligned");
        says(fileOf({{"w", GgufType::Float32, {8}, 64}}, 64), "cut off");
        says(fileOf({{"w", GgufType::Float32, {16}, 0}, {"v", GgufType::Float32, {8}, 32}}, 96), "overlaps");
        says(fileOf({{"w", GgufType::Float32, {8}, 0}, {"w", GgufType::Float32, {8}, 32}}, 64), "twice");
        says(fileOf({{"w", GgufType::Q8_0, {33}, 0}}, 64), "groups of 32");
        says(fileOf({{"w", static_cast<GgufType>(2), {32}, 0}}, 64), "type number 2");
        says(fileOf({{"w", GgufType::Float32, {INT64_MAX, 8}, 0}}, 64), "impossible shape");
        says(fileOf({{"w", GgufType::Float32, {1, 1, 1, 1, 1}, 0}}, 64), "5 dimensions");
        says(ggufHeader({{"k", true}, {"k", true}}, {}), "given twice");
        says(ggufHeader({{"general.alignment", std::uint32_t{24}}}, {}), "power of two");
        // A list that claims 2^60 texts must not cost their memory.
        std::string list = ggufHeader({{"l", GgufArray(std::vector<std::string>{})}}, {});
        list[24 + 9 + 4 + 4 + 7] = '\x10';
        says(list, "ends within a list");
    }

    void open_missingOrOtherKindOfFile_isRefused() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR(GgufFile(folder / "none.gguf"), ErrorCode::WeightsInvalid);
        STUDIO_COMPARE_ERROR(GgufFile(folder.path()), ErrorCode::WeightsInvalid);
        write(folder / "empty.gguf", "");
        STUDIO_COMPARE_ERROR(GgufFile(folder / "empty.gguf"), ErrorCode::WeightsInvalid);
    }
};

STUDIO_TEST(GgufFileTest)
#include "gguf_file_test.moc"
