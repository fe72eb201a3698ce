// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json.h"

#include <sys/stat.h>
#include <unistd.h>

#include <limits>

#include "core/base/files.h"
#include "core/base/random.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

class JsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parseJson_everyKindOfValue_keepsValuesAndOrder() {
        const OrderedJson json =
            parseJson(R"( {"z": [1, -2, 2.5, true, false, null, "t\u00e9\n"], "a": {}, "e": []} )", "test");
        QCOMPARE(json.dump(), std::string(R"({"z":[1,-2,2.5,true,false,null,"té\n"],"a":{},"e":[]})"));
        QCOMPARE(json["z"][0].get<int>(), 1);
        QCOMPARE(parseJson("7", "test").get<int>(), 7);
        QCOMPARE(parseJson("18446744073709551615", "test").get<std::uint64_t>(),
                 std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(parseJson("-9223372036854775808", "test").get<std::int64_t>(),
                 std::numeric_limits<std::int64_t>::min());
    }

    void parseJson_byteOrderMark_isSkipped() {
        QCOMPARE(parseJson("\xEF\xBB\xBF{\"a\":1}", "test").begin().key(), std::string("a"));
    }

    void parseJson_sameAsLibrary_onNestedText() {
        const std::string text = R"([{"a":{"b":[[],[{}],{"c":[1,{"d":"x"}]}]},"e":"f"},[["g"]],0.5])";
        QCOMPARE(parseJson(text, "test"), OrderedJson::parse(text));
    }

    void parseJson_blank_isEmptyInput() {
        for (const char* text : {"", "  \n\t ", "\xEF\xBB\xBF"}) {
            STUDIO_COMPARE_ERROR_TEXT(parseJson(text, "blank.json"), ErrorCode::EmptyInput, "blank.json");
        }
    }

    void parseJson_syntaxError_namesLineAndColumn_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("unquoted") << QByteArray("{\n  \"é\": x\n}") << QByteArray("line 2, column 8");
        QTest::newRow("comment") << QByteArray("{\n// no\n}") << QByteArray("line 2, column");
        QTest::newRow("trailing comma") << QByteArray("[1,\n2,\n]") << QByteArray("line 3, column 1");
        QTest::newRow("two values") << QByteArray("{}\n{}") << QByteArray("line 2, column 1");
        QTest::newRow("cut") << QByteArray("{\"a\":\n\"bcd")
                             << QByteArray("line 2, column 5: the JSON text ends too early");
        QTest::newRow("cut list") << QByteArray("[1,")
                                  << QByteArray("line 1, column 4: the JSON text ends too early");
        QTest::newRow("nan") << QByteArray("{\"a\":\n NaN}")
                             << QByteArray("line 2, column 2: NaN is not JSON");
        QTest::newRow("infinity") << QByteArray("[Infinity]") << QByteArray("Infinity is not JSON");
        QTest::newRow("minus infinity")
            << QByteArray("[\n-Infinity]") << QByteArray("line 2, column 1: -Infinity is not JSON");
        QTest::newRow("huge real") << QByteArray("[1,\n1e999]") << QByteArray("line 2");
        QTest::newRow("lone surrogate") << QByteArray("[\"\\ud83d\"]") << QByteArray("line 1");
        QTest::newRow("raw line break") << QByteArray("[\"a\nb\"]") << QByteArray("line 1");
        QTest::newRow("html") << QByteArray("<html>") << QByteArray("line 1, column 1");
    }
    void parseJson_syntaxError_namesLineAndColumn() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, place);
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text.toStdString(), "bad.json"), ErrorCode::BadFormat,
                                  "bad.json, " + std::string());
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text.toStdString(), "bad.json"), ErrorCode::BadFormat,
                                  place.toStdString());
    }

    void parseJson_longToken_messageStaysShort() {
        const auto error =
            test::errorOf([] { parseJson("[\"" + std::string(1 << 20, 'a') + "\x01\"]", "long.json"); });
        QVERIFY(error.has_value());
        QVERIFY2(std::string(error->what()).size() < 500, error->what());
    }

    void parseJson_duplicateKey_isRefusedWithLineOrNoted() {
        const std::string text = "{\"a\": 1,\n \"b\": {\"a\": 2},\n \"a\": 3}";
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text, "twice.json"), ErrorCode::BadFormat, "line 3");
        std::vector<JsonNote> notes;
        const OrderedJson json = parseJson(text, "twice.json", notes);
        QCOMPARE(json.dump(), std::string(R"({"a":3,"b":{"a":2}})"));
        QCOMPARE(notes.size(), std::size_t{1});
        QCOMPARE(notes[0].kind, JsonNote::Kind::DuplicateKey);
        QCOMPARE(notes[0].text, std::string("a"));
        QCOMPARE(notes[0].line, std::size_t{3});
    }

    void parseJson_duplicateKeyAmongMany_isFound() {
        std::string text = "{";
        for (int i = 0; i < 100; ++i) text += "\"k" + std::to_string(i) + "\":0,";
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text + "\"k3\":1}", "many.json"), ErrorCode::BadFormat, "\"k3\"");
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text + "\"k99\":1}", "many.json"), ErrorCode::BadFormat,
                                  "\"k99\"");
        QCOMPARE(parseJson(text + "\"new\":1}", "many.json").size(), std::size_t{101});
    }

    void parseJson_hugeInteger_isRefusedOrNoted() {
        const std::string text = "{\"n\":\n123456789012345678901234567890}";
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text, "huge.json"), ErrorCode::BadFormat, "line 2");
        std::vector<JsonNote> notes;
        QCOMPARE(parseJson(text, "huge.json", notes)["n"].get<double>(), 123456789012345678901234567890.0);
        QCOMPARE(notes.size(), std::size_t{1});
        QCOMPARE(notes[0].kind, JsonNote::Kind::InexactNumber);
        QCOMPARE(notes[0].text, std::string("123456789012345678901234567890"));
        STUDIO_COMPARE_ERROR(parseJson("[1e999]", "huge.json", notes), ErrorCode::BadFormat);
    }

    void parseJson_depth_isBounded() {
        const auto nested = [](std::size_t depth) {
            return std::string(depth, '[') + std::string(depth, ']');
        };
        QVERIFY(parseJson(nested(256), "deep.json").is_array());
        STUDIO_COMPARE_ERROR_TEXT(parseJson(nested(257), "deep.json"), ErrorCode::BadFormat,
                                  "line 1, column 257");
        STUDIO_COMPARE_ERROR(parseJson(nested(100000), "deep.json"), ErrorCode::BadFormat);
        std::string objects;
        for (int i = 0; i < 5000; ++i) objects += "{\"a\":";
        STUDIO_COMPARE_ERROR(parseJson(objects, "deep.json"), ErrorCode::BadFormat);
    }

    void parseJson_invalidUtf8_namesTheLine_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("stray continuation") << QByteArray("\x80", 1);
        QTest::newRow("overlong slash") << QByteArray("\xC0\xAF", 2);
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80", 3);
        QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80", 4);
        QTest::newRow("cut character") << QByteArray("\xE4\xB8", 2);
        QTest::newRow("nul") << QByteArray("\0", 1);
        QTest::newRow("latin1") << QByteArray("caf\xE9", 4);
    }
    void parseJson_invalidUtf8_namesTheLine() {
        QFETCH(QByteArray, bytes);
        const std::string text = "{\n\"a\": \"" + bytes.toStdString() + "\"}";
        STUDIO_COMPARE_ERROR_TEXT(parseJson(text, "enc.json"), ErrorCode::BadEncoding, "enc.json, line 2");
    }

    void parseJson_textAfterNul_isNotHidden() {
        STUDIO_COMPARE_ERROR(parseJson(std::string("{}\0 garbage", 11), "nul.json"), ErrorCode::BadEncoding);
    }

    void parseJson_otherKinds_areNamed() {
        STUDIO_COMPARE_ERROR_TEXT(parseJson(std::string("\xFF\xFE{\0", 4), "u.json"), ErrorCode::BadEncoding,
                                  "UTF-16");
        STUDIO_COMPARE_ERROR_TEXT(parseJson(std::string("\x1F\x8B\x08\0", 4), "z.json"),
                                  ErrorCode::BadEncoding, "gzip");
    }

    void parseJson_manyKeys_takesLinearTime() {
        std::string text = "{\"first\":0";
        for (int i = 0; i < 200000; ++i) text += ",\"key" + std::to_string(i) + "\":1";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(parseJson(text + "}", "wide.json").size(), std::size_t{200001});
        std::string twice = "{\"first\":0";
        for (int i = 0; i < 400000; ++i) twice += ",\n\"key" + std::to_string(i % 200000) + "\":1";
        std::vector<JsonNote> notes;
        QCOMPARE(parseJson(twice + "}", "wide.json", notes).size(), std::size_t{200001});
        QCOMPARE(notes.size(), std::size_t{200000});
        QCOMPARE(notes.front().line, std::size_t{200002});
        QCOMPARE(notes.back().line, std::size_t{400001});
        QVERIFY2(timer.elapsed() < 20000, "quadratic time would take minutes here");
    }

    void parseJson_damagedText_neverCrashes() {
        const std::string good =
            R"({"name":"é中😀","list":[1,-2.5e3,true,null,{"k":"v\u00e9\n"}],"o":{"a":{"b":[]}}})";
        Random random(20240501);
        int parsed = 0;
        int refused = 0;
        for (int round = 0; round < 20000; ++round) {
            std::string text = good;
            for (std::uint64_t flips = 1 + random.below(4); flips > 0; --flips) {
                text[random.below(text.size())] = static_cast<char>(random.below(256));
            }
            if (random.below(8) == 0) text.resize(random.below(text.size()));
            std::vector<JsonNote> notes;
            if (test::errorOf([&] { parseJson(text, "fuzz", notes).dump(); })) {
                ++refused;
            } else {
                ++parsed;
            }
        }
        QCOMPARE(parsed + refused, 20000);
        QVERIFY(parsed > 100);
        QVERIFY(refused > 100);
    }

    void writeJsonFile_roundTrip_keepsOrderAndText() {
        const test::TemporaryFolder folder;
        const OrderedJson value = {{"z", "中\"\\\n"}, {"a", {1, 2.5, nullptr}}};
        writeJsonFile(folder / "value.json", value);
        QCOMPARE(readJsonFile(folder / "value.json"), value);
        const std::string text = readFile(folder / "value.json");
        QCOMPARE(text.back(), '\n');
        QVERIFY(text.find("\"z\"") < text.find("\"a\""));
    }

    void writeJsonFile_invalidUtf8_isRefusedAndKeepsTheOldFile() {
        const test::TemporaryFolder folder;
        writeJsonFile(folder / "value.json", {{"a", 1}});
        const OrderedJson bad = {{"a", "\xFF"}};
        STUDIO_COMPARE_ERROR(writeJsonFile(folder / "value.json", bad), ErrorCode::BadEncoding);
        QCOMPARE(readJsonFile(folder / "value.json")["a"].get<int>(), 1);
    }

    void readJsonFile_pipeWithoutAWriter_isRefused() {
        const test::TemporaryFolder folder;
        QCOMPARE(::mkfifo((folder / "config.json").c_str(), 0600), 0);
        STUDIO_COMPARE_ERROR_TEXT(readJsonFile(folder / "config.json"), ErrorCode::FileUnreadable,
                                  "config.json: this is not a regular file.");
    }

    void readJsonFile_pipeOfTheShell_isRead() {
        int ends[2] = {-1, -1};
        QCOMPARE(::pipe(ends), 0);
        const bool written = ::write(ends[1], "[7]", 3) == 3;
        ::close(ends[1]);
        const std::string path = "/dev/fd/" + std::to_string(ends[0]);
        const OrderedJson json = written ? readJsonFile(path) : OrderedJson();
        ::close(ends[0]);
        QCOMPARE(json.dump(), std::string("[7]"));
    }

    void readJsonFile_missing_isFileNotFound() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR(readJsonFile(folder / "none.json"), ErrorCode::FileNotFound);
        STUDIO_COMPARE_ERROR(readJsonFile(folder.path()), ErrorCode::FileUnreadable);
    }
};

STUDIO_TEST(JsonTest)
#include "json_test.moc"
