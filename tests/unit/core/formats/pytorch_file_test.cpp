// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pytorch_file.h"

#include <algorithm>

#include "core/base/files.h"
#include "core/base/random.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/pytorch_bytes.h"
#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::test;
namespace fs = std::filesystem;

namespace {

using Floats = std::vector<float>;

std::string bytesOf(const Floats& numbers) {
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float)};
}

Floats floatsOf(const PytorchFile& file, const std::string& name) {
    Floats numbers(file.tensors().at(name).elementCount());
    if (!numbers.empty()) std::memcpy(numbers.data(), file.data(name), numbers.size() * sizeof(float));
    return numbers;
}

/// Reads every byte of every tensor, so that an address beyond the map would be noticed.
std::uint64_t sumOfBytes(const PytorchFile& file) {
    std::uint64_t sum = 0;
    for (const auto& [name, entry] : file.tensors()) {
        const std::byte* data = file.data(name);
        for (std::uint64_t i = 0; i < entry.end - entry.begin; ++i)
            sum += std::to_integer<std::uint64_t>(data[i]);
    }
    return sum;
}

/// Two rows of three under the name "w".
PickledTensorBytes twoRows() {
    return {.count = 6, .shape = {2, 3}};
}
const Floats kSix{1, 2, 3, 4, 5, 6};

std::string fileOf(const std::string& pickle) {
    return pytorchFile(pickle, {bytesOf(kSix)});
}
std::string fileOf(const PickledTensorBytes& tensor) {
    return fileOf(pickledDictionary(pickled("w") + tensor.text()));
}

class Written {
public:
    explicit Written(const std::string& bytes) { writeFileAtomically(path(), bytes); }
    fs::path path() const { return m_folder / "pytorch_model.bin"; }

private:
    TemporaryFolder m_folder;
};

void compareRefused(const std::string& bytes, const std::string& part) {
    const Written written(bytes);
    STUDIO_COMPARE_ERROR_TEXT(PytorchFile(written.path()), ErrorCode::WeightsInvalid, part);
    STUDIO_COMPARE_ERROR_TEXT(PytorchFile(written.path()), ErrorCode::WeightsInvalid,
                              written.path().string());
}

QByteArray asBytes(const std::string& text) {
    return QByteArray::fromStdString(text);
}

}  // namespace

class PytorchFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void open_fileOfPytorch_readsItsTensors() {
        const PytorchFile file(testData("pytorch/state_dict.bin"));
        QCOMPARE(file.tensors().size(), std::size_t{9});
        QCOMPARE(file.tensors().at("embed.weight").shape, (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(floatsOf(file, "embed.weight"), (Floats{0.5F, -1.0F, 2.0F, 3.0F, 0.25F, -8.0F}));
        QCOMPARE(static_cast<const void*>(file.data("head.weight")),
                 static_cast<const void*>(file.data("embed.weight")));
        QCOMPARE(floatsOf(file, "row"), (Floats{3.0F, 0.25F, -8.0F}));
        QCOMPARE(floatsOf(file, "scalar"), Floats{2.5F});
        QCOMPARE(file.tensors().at("scalar").shape, std::vector<std::int64_t>());
        QCOMPARE(file.tensors().at("none").shape, (std::vector<std::int64_t>{0, 5}));
        QCOMPARE(floatsOf(file, "none"), Floats());
        QCOMPARE(floatsOf(file, "parameter"), Floats{7.0F});
        QCOMPARE(floatsOf(file, "文.bias"), Floats{9.0F});
        QVERIFY(file.tensors().at("half").type == TensorType::Float16);
        const std::vector<std::uint16_t> half{0x3E00, 0xC000, 0x7BFF}, brain{0x3F80, 0xC040};
        QCOMPARE(std::memcmp(file.data("half"), half.data(), 6), 0);
        QVERIFY(file.tensors().at("brain").type == TensorType::BFloat16);
        QCOMPARE(std::memcmp(file.data("brain"), brain.data(), 4), 0);
        QCOMPARE(file.otherTensors(), (std::map<std::string, std::string>{{"ids", "I64"}, {"mask", "BOOL"}}));
    }

    void open_fileBeforeZip_saysWhatToDo() {
        STUDIO_COMPARE_ERROR_TEXT(PytorchFile(testData("pytorch/before_1_6.bin")), ErrorCode::WeightsInvalid,
                                  "before 1.6");
        STUDIO_COMPARE_ERROR_TEXT(PytorchFile(testData("pytorch/before_1_6.bin")), ErrorCode::WeightsInvalid,
                                  "safetensors");
    }

    void open_archiveWithWideFieldsAndComment_isRead() {
        ZipBytes zip;
        zip.wide = true;
        zip.comment = "a comment PK\5\6 with the mark of an end";
        const std::string pickle = pickledDictionary(pickled("w") + twoRows().text());
        const Written written(pytorchFile(pickle, {bytesOf(kSix)}, zip));
        const PytorchFile file(written.path());
        QCOMPARE(floatsOf(file, "w"), kSix);
        file.letGo("w");
        QCOMPARE(floatsOf(file, "w"), kSix);
    }

    void open_partOfStorage_isThatPart() {
        const std::string pickle = pickledDictionary(
            pickled("all") + twoRows().text() + pickled("last") +
            PickledTensorBytes{.count = 6, .offset = 4, .shape = {2}}.text() + pickled("column") +
            PickledTensorBytes{.count = 6, .offset = 3, .shape = {1, 3, 1}, .strides = {9, 1, 7}}.text());
        const Written written(fileOf(pickle));
        const PytorchFile file(written.path());
        QCOMPARE(floatsOf(file, "last"), (Floats{5, 6}));
        QCOMPARE(floatsOf(file, "column"), (Floats{4, 5, 6}));  // a dimension of one has any stride
    }

    void open_brokenArchive_isRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("part");
        const std::string pickle = pickledDictionary(pickled("w") + twoRows().text());
        const std::vector<std::string> numbers{bytesOf(kSix)};
        const std::string good = pytorchFile(pickle, numbers);
        const auto row = [](const char* name, const std::string& bytes, const char* part) {
            QTest::newRow(name) << asBytes(bytes) << QByteArray(part);
        };
        const auto spoiled = [&](const char* name, const char* part, auto&& spoil) {
            ZipBytes zip;
            spoil(zip);
            row(name, pytorchFile(pickle, numbers, zip), part);
        };
        row("empty", "", "too few");
        row("pointer of git-lfs", "version https://git-lfs.github.com/spec/v1\n", "no whole ZIP archive");
        row("short", "PK", "no ZIP archive");
        row("cut in the middle", good.substr(0, good.size() / 2), "cut off");
        row("cut at the end", good.substr(0, good.size() - 1), "cut off");
        row("beginning lost", good.substr(100), "damaged");
        spoiled("compressed", "is compressed", [](ZipBytes& zip) { zip.method = 8; });
        spoiled("encrypted", "is encrypted", [](ZipBytes& zip) { zip.flags = 1; });
        spoiled("size beyond the file", "cut off", [](ZipBytes& zip) { zip.moreSize = 1U << 20; });
        spoiled("wide size beyond 63 bits", "cut off", [](ZipBytes& zip) {
            zip.wide = true;
            zip.moreSize = ~std::uint64_t{0} - 5000;
        });
        spoiled("place beyond the file", "cut off", [](ZipBytes& zip) { zip.morePlace = 1U << 20; });
        spoiled("another place", "is not where", [](ZipBytes& zip) { zip.morePlace = 1; });
        row("no pickle", ZipBytes().add("weights/version", "3\n").text(), "no data.pkl");
        row("pickle in no folder", ZipBytes().add("data.pkl", pickle).text(), "no data.pkl");
        row("two pickles", ZipBytes().add("a/data.pkl", pickle).add("b/data.pkl", pickle).text(),
            "more than one data.pkl");
        row("entry twice", ZipBytes().add("a/data.pkl", pickle).add("a/data.pkl", pickle).text(),
            "in the archive twice");
        row("big-endian",
            ZipBytes().add("a/data.pkl", pickle).add("a/data/0", numbers[0]).add("a/byteorder", "big").text(),
            "big-endian");
    }
    void open_brokenArchive_isRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, part);
        compareRefused(bytes.toStdString(), part.toStdString());
    }

    void open_tensorThatDoesNotFit_isRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const PickledTensorBytes& tensor, const char* part) {
            QTest::newRow(name) << asBytes(fileOf(tensor)) << QByteArray(part);
        };
        row("more numbers than stored", {.count = 7, .shape = {7}}, "have 24 bytes");
        row("fewer numbers than stored", {.count = 5, .shape = {5}}, "speaks of 20");
        row("numbers of another width", {.storageClass = "HalfStorage", .count = 6, .shape = {6}},
            "speaks of 12");
        row("count beyond 64 bits", {.count = INT64_MAX, .shape = {1}}, "64 bits");
        row("negative count", {.count = -6, .shape = {6}}, "impossible");
        row("shape beyond", {.count = 6, .shape = {7}}, "goes beyond the 6");
        row("offset beyond", {.count = 6, .offset = 5, .shape = {2}}, "goes beyond the 6");
        row("offset far beyond", {.count = 6, .offset = INT64_MAX, .shape = {2}}, "64 bits");
        row("negative offset", {.count = 6, .offset = -1, .shape = {2}}, "offset of a tensor is negative");
        row("negative size", {.count = 6, .shape = {-1, -6}, .strides = {1, 1}}, "size of a tensor");
        row("shape overflows", {.count = 6, .shape = {INT64_MAX, INT64_MAX}, .strides = {1, 1}},
            "64 bits can count");
        row("numbers missing", {.key = "1", .count = 6, .shape = {6}}, "\"weights/data/1\"");
        row("key leads elsewhere", {.key = "../version", .count = 6, .shape = {6}}, "not in the archive");
        row("key too long", {.key = std::string(300, 'k'), .count = 6, .shape = {6}}, "impossible key");
        row("transposed", {.count = 6, .shape = {3, 2}, .strides = {1, 3}}, "one after another");
        row("repeated", {.count = 6, .shape = {6, 6}, .strides = {0, 1}}, "goes beyond");
        row("with gaps", {.count = 6, .shape = {3}, .strides = {2}}, "one after another");
        row("too few strides", {.count = 6, .shape = {2, 3}, .strides = {1}}, "do not fit each other");
        row("too many dimensions", {.count = 6, .shape = std::vector<std::int64_t>(17, 1)},
            "do not fit each other");
    }
    void open_tensorThatDoesNotFit_isRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, part);
        compareRefused(bytes.toStdString(), part.toStdString());
    }

    void open_hostilePickle_isRefused_data() {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QByteArray>("part");
        const std::string begin = "\x80\x02", good = pickled("w") + twoRows().text();
        const auto row = [](const char* name, const std::string& pickle, const char* part) {
            QTest::newRow(name) << asBytes(pickle) << QByteArray(part);
        };
        row("system()", begin + pickledName("posix", "system") + pickled("true") + "\x85R.",
            "\"posix.system\"");
        row("eval()", begin + pickledName("__builtin__", "eval") + pickled("1") + "\x85R.",
            "\"__builtin__.eval\"");
        row("another function of torch", begin + pickledName("torch._utils", "_rebuild_qtensor") + ")R.",
            "_rebuild_qtensor");
        row("a storage that is none", begin + pickledName("torch", "FloatStorage.__init__") + ".",
            "FloatStorage.__init__");
        row("INST", begin + "(iposix\nsystem\n.", "operation 105");
        row("STACK_GLOBAL", begin + pickled("posix") + pickled("system") + "\x93.", "operation 147");
        row("protocol 4", "\x80\x04" + pickledDictionary(good).substr(2), "another protocol");
        row("empty", "", "cut off");
        row("only an end", begin + ".", "no dictionary");
        row("a list of tensors", begin + "]" + twoRows().text() + "a.", "operation 93");
        row("a number", begin + pickled(3) + ".", "no dictionary");
        row("two results", begin + "}}.", "no dictionary");
        row("a mark left", begin + "}(.", "no dictionary");
        row("no tensor", pickledDictionary(""), "holds no tensor");
        row("an entry that is no tensor", pickledDictionary(good + pickled("epoch") + pickled(3)),
            "\"epoch\" is no tensor");
        row("a dictionary in it", pickledDictionary(pickled("model") + "}"), "\"model\" is no tensor");
        row("itself in it", pickledDictionary(pickled("me") + "h" + std::string(1, '\0')),
            "\"me\" is no tensor");
        row("a name that is no text", pickledDictionary(pickled(1) + twoRows().text()), "is no text");
        row("a name that is no UTF-8", pickledDictionary(pickled("\xFF") + twoRows().text()), "is no text");
        row("a name twice", pickledDictionary(good + good), "given twice");
        row("a name without value", pickledDictionary(good + pickled("v")), "no value");
        row("items of a tuple", begin + ")" + pickled("w") + pickled(1) + "s.", "than a dictionary");
        row("attributes of a tensor", begin + twoRows().text() + "}b.", "than a dictionary");
        row("nothing to take", begin + "R.", "where there is none");
        row("below a mark", begin + "}(" + pickled("w") + "s.", "where there is none");
        row("no mark", begin + "}u.", "a mark");
        row("nothing kept", begin + "hx.", "not kept");
        row("kept far away", begin + "}r" + numberBytes(0xFFFFFFF0U) + ".", "a place that none needs");
        row("calls a tensor", begin + twoRows().text() + ")R.", "no function");
        row("calls a storage class", begin + pickledName("torch", "FloatStorage") + ")R.", "no function");
        row("called with no tuple", begin + pickledName("collections", "OrderedDict") + "}R.",
            "without arguments");
        row("dictionary of something",
            begin + pickledName("collections", "OrderedDict") + pickled(1) + "\x85R.",
            "something unexpected");
        row("parameter of nothing", begin + pickledName("torch._utils", "_rebuild_parameter") + ")R.",
            "is missing");
        row("tensor of nothing", begin + pickledName("torch._utils", "_rebuild_tensor_v2") + ")R.",
            "is missing");
        row("another thing stored apart", begin + pickled("module") + "\x85Q.", "stored apart");
        row("number of 9 bytes", begin + "\x8a\x09" + std::string(9, '\1') + ".", "64 bits");
        row("text cut off", begin + "X" + numberBytes(0xFFFFFFFFU) + "w", "cut off");
        row("name cut off", begin + "cposix\nsys", "cut off");
    }
    void open_hostilePickle_isRefused() {
        QFETCH(QByteArray, pickle);
        QFETCH(QByteArray, part);
        compareRefused(fileOf(pickle.toStdString()), part.toStdString());
    }

    /// What is small in the file and would be huge, deep or slow in the memory.
    void open_bomb_isRefusedSoon_data() {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QByteArray>("part");
        const std::string begin = "\x80\x02", zero(1, '\0');
        QTest::newRow("deep") << asBytes(begin + ")" + std::string(900'000, '\x85') + ".")
                              << QByteArray("no dictionary");
        QTest::newRow("many values") << asBytes(begin + std::string(2'000'000, ')'))
                                     << QByteArray("too long");
        QTest::newRow("marks") << asBytes(begin + std::string(15'000'000, '(')) << QByteArray("marks");
        QTest::newRow("long") << asBytes(std::string(17'000'000, '(')) << QByteArray("too long");
        // Each is twice the one before.
        std::string doubled = ")q" + zero;
        for (int i = 0; i < 100; ++i) doubled += "h" + zero + "\x86q" + zero;
        QTest::newRow("doubled") << asBytes(pickledDictionary(pickled("w") + doubled))
                                 << QByteArray("\"w\" is no tensor");
        // Names, and a shape of many sizes, each named again by two bytes.
        const PickledTensorBytes wide = {.count = 6,
                                         .shape = std::vector<std::int64_t>(16, 1),
                                         .strides = std::vector<std::int64_t>(16, 1)};
        const auto names = [&](std::size_t length, std::size_t bytes) {
            std::string items = pickled(std::string(length, 'n')) + "q\1" + wide.text() + "q\2";
            while (items.size() < bytes) items += "h\1h\2";
            return asBytes(pickledDictionary(items));
        };
        constexpr std::size_t kLongest = 16U << 20;
        QTest::newRow("names") << names(1000, 4 * 65'000) << QByteArray("given twice");
        QTest::newRow("many names") << names(1000, kLongest - 100) << QByteArray("more than 65536 tensors");
        QTest::newRow("long names") << names(1'000'000, 1'200'000) << QByteArray("too long");
        std::string calls = "(";
        for (int i = 0; i < 500'000; ++i) calls += "K\1";
        calls += "tq\1";
        const PickledTensorBytes one = {.count = 6, .shape = {6}};
        const std::string shaped = one.text(), six = pickled(std::vector<std::int64_t>{6});
        const std::size_t shape = shaped.find(six);
        const std::string bomb =
            shaped.substr(0, shape) + "h\1h\1" + shaped.substr(shaped.find("\x89", shape));
        QTest::newRow("shapes") << asBytes(begin + calls + bomb + ".") << QByteArray("do not fit each other");
    }
    void open_bomb_isRefusedSoon() {
        QFETCH(QByteArray, pickle);
        QFETCH(QByteArray, part);
        const Written written(fileOf(pickle.toStdString()));
        QElapsedTimer timer;
        timer.start();
        STUDIO_COMPARE_ERROR_TEXT(PytorchFile(written.path()), ErrorCode::WeightsInvalid, part.toStdString());
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void open_flippedBytes_neverCrashes() {
        const std::string good = readFile(testData("pytorch/state_dict.bin"));
        Random random(78);
        int opened = 0;
        int refused = 0;
        const TemporaryFolder folder;
        for (int round = 0; round < 1500; ++round) {
            std::string bytes = good;
            for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            if (random.below(10) == 0) bytes.resize(random.below(bytes.size()));
            QFile file(QString::fromStdString((folder / "fuzz").string()));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())),
                     static_cast<qint64>(bytes.size()));
            file.close();
            const auto error = errorOf([&] { sumOfBytes(PytorchFile(folder / "fuzz")); });
            if (error) {
                QVERIFY2(error->code() == ErrorCode::WeightsInvalid, error->what());
                ++refused;
            } else {
                ++opened;
            }
        }
        QVERIFY(opened > 50);
        QVERIFY(refused > 250);
    }
};

STUDIO_TEST(PytorchFileTest)
#include "pytorch_file_test.moc"
