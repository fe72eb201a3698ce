// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/formats/json.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

std::string safetensorsBytes(const std::string& header, std::size_t dataBytes) {
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(dataBytes, '\1');
}

const std::byte* bytesOf(const void* data) {
    return static_cast<const std::byte*>(data);
}

/// Reads every byte of every tensor, so that an address beyond the map would be noticed.
std::uint64_t sumOfBytes(const SafetensorsFile& file) {
    std::uint64_t sum = 0;
    for (const auto& [name, entry] : file.tensors()) {
        const std::byte* data = file.data(name);
        for (std::uint64_t i = 0; i < entry.end - entry.begin; ++i)
            sum += std::to_integer<std::uint64_t>(data[i]);
    }
    return sum;
}

}  // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void letGo_tensorThatWasRead_frees_andCanBeReadAgain() {
        const test::TemporaryFolder folder;
        const std::vector<float> large(4U << 20, 1.5F), small{7.0F, 8.0F};
        writeSafetensors(folder / "w.safetensors",
                         {{"large", TensorType::Float32, {4 << 20}, bytesOf(large.data())},
                          {"small", TensorType::Float32, {2}, bytesOf(small.data())}});
        const SafetensorsFile file(folder / "w.safetensors");
        // Pages of 4 KiB that this process has in the memory.
        const auto resident = [] {
            std::ifstream statm("/proc/self/statm");
            long size = 0, pages = 0;
            statm >> size >> pages;
            return pages * ::sysconf(_SC_PAGESIZE) / 4096;
        };
        QCOMPARE(std::memcmp(file.data("large"), large.data(), large.size() * sizeof(float)), 0);
        const long read = resident();
        file.letGo("large");
        const long after = resident();
        QVERIFY2(read - after > 3000, qPrintable(QString::number(read - after)));  // of 4,096 pages
        file.letGo("no such tensor");
        QCOMPARE(std::memcmp(file.data("small"), small.data(), 8), 0);
        QCOMPARE(std::memcmp(file.data("large"), large.data(), large.size() * sizeof(float)), 0);
    }

    void writeSafetensors_roundTrip_keepsEverything() {
        const test::TemporaryFolder folder;
        const std::vector<float> wide{1.5F, -2.0F, 0.0F, 3.25F, 1e-30F, -7.0F};
        const std::vector<std::uint16_t> half{0x3C00, 0xC000, 0x7BFF};
        const std::vector<std::uint16_t> brain{0x3F80};
        writeSafetensors(folder / "w.safetensors",
                         {{"b.half", TensorType::Float16, {3}, bytesOf(half.data())},
                          {"z.wide", TensorType::Float32, {2, 3}, bytesOf(wide.data())},
                          {"a.scalar", TensorType::BFloat16, {}, bytesOf(brain.data())},
                          {"none", TensorType::Float32, {0, 5}, nullptr}});
        const SafetensorsFile file(folder / "w.safetensors");
        QCOMPARE(file.tensors().size(), std::size_t{4});
        QCOMPARE(file.metadata().at("format"), std::string("pt"));
        QCOMPARE(file.tensors().at("z.wide").shape, (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(file.tensors().at("z.wide").elementCount(), std::uint64_t{6});
        QCOMPARE(file.tensors().at("none").elementCount(), std::uint64_t{0});
        QVERIFY(file.tensors().at("a.scalar").type == TensorType::BFloat16);
        QCOMPARE(std::memcmp(file.data("z.wide"), wide.data(), wide.size() * 4), 0);
        QCOMPARE(std::memcmp(file.data("b.half"), half.data(), half.size() * 2), 0);
        QCOMPARE(std::memcmp(file.data("a.scalar"), brain.data(), 2), 0);
        QVERIFY(!file.contains("other"));
        STUDIO_COMPARE_ERROR_TEXT(file.data("other"), ErrorCode::WeightsInvalid, "\"other\"");
    }

    void writeSafetensors_header_isAlignedAndWideTensorsComeFirst() {
        const test::TemporaryFolder folder;
        const float number = 1;
        writeSafetensors(folder / "w.safetensors", {{"a", TensorType::Float16, {1}, bytesOf(&number)},
                                                    {"b", TensorType::Float32, {1}, bytesOf(&number)}});
        const std::string bytes = readFile(folder / "w.safetensors");
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), 8);
        QCOMPARE(length % 8, std::uint64_t{0});
        QCOMPARE(bytes.size(), std::size_t{8 + length + 6});
        const OrderedJson header = parseJson(std::string_view(bytes).substr(8, length), "header");
        QCOMPARE(header["b"]["data_offsets"].dump(), std::string("[0,4]"));
        QCOMPARE(header["a"]["data_offsets"].dump(), std::string("[4,6]"));
    }

    void writer_oneTensorAtATime_givesTheVeryFile() {
        const test::TemporaryFolder folder;
        const std::vector<float> wide{1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F};
        const std::vector<std::uint16_t> narrow{7, 8, 9};
        writeSafetensors(folder / "whole", {{"b", TensorType::Float32, {2, 2}, bytesOf(wide.data())},
                                            {"c", TensorType::BFloat16, {3}, bytesOf(narrow.data())},
                                            {"a", TensorType::Float32, {2}, bytesOf(wide.data() + 4)},
                                            {"none", TensorType::Float32, {0, 4}, nullptr}});
        // As the format says, put down by hand.
        std::string header = R"x({"__metadata__":{"format":"pt"},)x"
                             R"x("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)x"
                             R"x("b":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]},)x"
                             R"x("none":{"dtype":"F32","shape":[0,4],"data_offsets":[24,24]},)x"
                             R"x("c":{"dtype":"BF16","shape":[3],"data_offsets":[24,30]}})x";
        header.append((8 - header.size() % 8) % 8, ' ');
        std::string expected = safetensorsBytes(header, 30);
        std::memcpy(expected.data() + 8 + header.size(), wide.data() + 4, 8);
        std::memcpy(expected.data() + 8 + header.size() + 8, wide.data(), 16);
        std::memcpy(expected.data() + 8 + header.size() + 24, narrow.data(), 6);
        QCOMPARE(readFile(folder / "whole"), expected);

        SafetensorsWriter writer(folder / "pieces", {{"c", TensorType::BFloat16, {3}},
                                                     {"none", TensorType::Float32, {0, 4}},
                                                     {"b", TensorType::Float32, {2, 2}},
                                                     {"a", TensorType::Float32, {2}}});
        QCOMPARE(writer.dataBytes(), std::uint64_t{30});
        std::vector<std::string> order;
        for (const TensorOutline& tensor : writer.inOrder()) order.push_back(tensor.name);
        QCOMPARE(order, (std::vector<std::string>{"a", "b", "none", "c"}));
        const std::string_view data = std::string_view(expected).substr(8 + header.size());
        writer.append(data.substr(0, 5));
        writer.appendChecked(data.substr(5, 20));
        writer.appendChecked(data.substr(25));
        writer.commit();
        QCOMPARE(readFile(folder / "pieces"), expected);
    }

    void writer_bytesThatAreMissingOrTooMany_writeNothing() {
        const test::TemporaryFolder folder;
        for (const std::size_t count : {std::size_t{7}, std::size_t{9}}) {
            SafetensorsWriter writer(folder / "w", {{"a", TensorType::Float32, {2}}});
            writer.append(std::string(count, 'x'));
            STUDIO_COMPARE_ERROR(writer.commit(), ErrorCode::Internal);
        }
        QVERIFY(!fs::exists(folder / "w"));
        QVERIFY(fs::is_empty(folder.path()));
    }

    void writeSafetensors_impossibleRequests_writeNothing() {
        const test::TemporaryFolder folder;
        const float number = 1;
        const TensorToWrite one{"a", TensorType::Float32, {1}, bytesOf(&number)};
        const TensorToWrite negative{"b", TensorType::Float32, {-1}, bytesOf(&number)};
        STUDIO_COMPARE_ERROR(writeSafetensors(folder / "w", {one, one}), ErrorCode::Internal);
        STUDIO_COMPARE_ERROR(writeSafetensors(folder / "w", {negative}), ErrorCode::Internal);
        STUDIO_COMPARE_ERROR(writeSafetensors(folder / "w", {}), ErrorCode::Internal);
        QVERIFY(fs::is_empty(folder.path()));
        STUDIO_COMPARE_ERROR(writeSafetensors(folder / "none/w", {one}), ErrorCode::FileUnwritable);
    }

    void open_brokenHeader_isRefusedByName_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("dataBytes");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const char* header, int dataBytes, const char* part) {
            QTest::newRow(name) << QByteArray(header) << dataBytes << QByteArray(part);
        };
        row("entry no object", R"({"t":[1]})", 0, "tensor \"t\": its entry is not an object");
        row("no dtype", R"({"t":{"shape":[1],"data_offsets":[0,4]}})", 4, "dtype is missing");
        row("dtype no text", R"({"t":{"dtype":1,"shape":[1],"data_offsets":[0,4]}})", 4,
            "dtype must be a text");
        row("dtype known elsewhere", R"({"t":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}})", 1, "\"F4\"");
        row("other type, wrong size", R"({"t":{"dtype":"I64","shape":[1],"data_offsets":[0,4]}})", 4,
            "but dtype and shape need 8");
        row("shape no list", R"({"t":{"dtype":"F32","shape":1,"data_offsets":[0,4]}})", 4,
            "shape must be a list");
        row("shape real", R"({"t":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", 4, "whole numbers");
        row("shape huge", R"({"t":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4]}})", 4,
            "63 bits");
        row("one offset", R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", 4, "two numbers");
        row("offset text", R"({"t":{"dtype":"F32","shape":[1],"data_offsets":["0",4]}})", 4, "whole numbers");
        row("beyond the file", R"({"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4, "go beyond");
        row("hole first", R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8,
            "belong to no tensor");
        row("trailing", R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 5, "1 bytes after");
        row("metadata list", R"({"__metadata__":[],"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4,
            "__metadata__");
        row("metadata number",
            R"({"__metadata__":{"n":1},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4, "\"n\"");
        row("text before", R"( {"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4,
            "not a JSON object");
    }
    void open_brokenHeader_isRefusedByName() {
        QFETCH(QByteArray, header);
        QFETCH(int, dataBytes);
        QFETCH(QByteArray, part);
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "w.safetensors",
                            safetensorsBytes(header.toStdString(), static_cast<std::size_t>(dataBytes)));
        STUDIO_COMPARE_ERROR_TEXT(SafetensorsFile(folder / "w.safetensors"), ErrorCode::WeightsInvalid,
                                  part.toStdString());
        STUDIO_COMPARE_ERROR_TEXT(SafetensorsFile(folder / "w.safetensors"), ErrorCode::WeightsInvalid,
                                  "w.safetensors");
    }

    /// As published models hold their masks.
    void open_otherTypes_areListedApart() {
        const test::TemporaryFolder folder;
        writeFileAtomically(
            folder / "w", safetensorsBytes("{\"m\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]},"
                                           "\"t\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[3,5]}}",
                                           5));
        const SafetensorsFile file(folder / "w");
        QCOMPARE(file.otherTensors(), (std::map<std::string, std::string>{{"m", "BOOL"}}));
        QVERIFY(!file.contains("m") && file.contains("t"));
        STUDIO_COMPARE_ERROR_TEXT(file.data("m"), ErrorCode::WeightsInvalid, "\"m\"");
    }

    void open_paddedUnalignedHeader_isRead() {
        const test::TemporaryFolder folder;
        writeFileAtomically(
            folder / "w",
            safetensorsBytes("{\"t\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}   ", 4));
        const SafetensorsFile file(folder / "w");
        QCOMPARE(sumOfBytes(file), std::uint64_t{4});
    }

    void open_notARegularFile_isRefused() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR(SafetensorsFile(folder.path()), ErrorCode::WeightsInvalid);
        STUDIO_COMPARE_ERROR_TEXT(SafetensorsFile(folder / "none"), ErrorCode::WeightsInvalid,
                                  "no such file");
        QCOMPARE(::mkfifo((folder / "pipe").c_str(), 0600), 0);
        STUDIO_COMPARE_ERROR_TEXT(SafetensorsFile(folder / "pipe"), ErrorCode::WeightsInvalid,
                                  "regular file");
    }

    void open_hostileName_messageIsOneShortLine() {
        const test::TemporaryFolder folder;
        OrderedJson header;
        header["line\nbreak" + std::string(5000, 'n')] = 1;
        writeFileAtomically(folder / "w", safetensorsBytes(header.dump(), 0));
        const auto error = test::errorOf([&] { SafetensorsFile file(folder / "w"); });
        QVERIFY(error.has_value());
        const std::string message = error->what();
        QVERIFY(message.find('\n') == std::string::npos);
        QVERIFY(message.size() < 500);
    }

    void open_flippedBytes_neverCrashes() {
        const test::TemporaryFolder folder;
        const std::vector<float> numbers(12, 1.0F);
        writeSafetensors(folder / "good", {{"first", TensorType::Float32, {2, 4}, bytesOf(numbers.data())},
                                           {"second", TensorType::Float16, {3}, bytesOf(numbers.data())},
                                           {"third", TensorType::BFloat16, {1, 1}, bytesOf(numbers.data())}});
        const std::string good = readFile(folder / "good");
        std::uint64_t header = 0;
        std::memcpy(&header, good.data(), 8);
        Random random(77);
        int opened = 0;
        int refused = 0;
        for (int round = 0; round < 1500; ++round) {
            std::string bytes = good;
            for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips) {
                const std::uint64_t place = random.below(4) == 0 ? random.below(8) : random.below(8 + header);
                bytes[place] = static_cast<char>(
                    random.below(4) == 0 ? random.below(256) : "0123456789-[]{}\",:eE."[random.below(21)]);
            }
            if (random.below(10) == 0) bytes.resize(random.below(bytes.size()));
            {
                QFile file(QString::fromStdString((folder / "fuzz").string()));
                QVERIFY(file.open(QIODevice::WriteOnly));
                QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())),
                         static_cast<qint64>(bytes.size()));
            }
            const auto error = test::errorOf([&] { sumOfBytes(SafetensorsFile(folder / "fuzz")); });
            if (error) {
                QVERIFY2(error->code() == ErrorCode::WeightsInvalid, error->what());
                ++refused;
            } else {
                ++opened;
            }
        }
        QVERIFY(opened > 10);
        QVERIFY(refused > 500);
    }
};

STUDIO_TEST(SafetensorsTest)
#include "safetensors_test.moc"
