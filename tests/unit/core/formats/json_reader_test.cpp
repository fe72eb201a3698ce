// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_reader.h"

#include "core/base/error.h"
#include "tests/support/studio_test.h"

using studio::Error;
using studio::ErrorCode;
using studio::JsonReader;
using studio::OrderedJson;

namespace {

OrderedJson parsed(const std::string& text) {
    JsonReader reader(text, "file.json");
    OrderedJson value = reader.value();
    reader.finish();
    return value;
}

}  // namespace

class JsonReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void value_anyJson_equalsTheParser() {
        for (const char* text : {"0", "-1", "1.5e-3", "true", "false", "null", "\"\"",
                                 "\"a\\u00e9\\ud83d\\udc4d\\n\\\"\\\\\\/\"", "[]", "[1, [2], {}]",
                                 R"( {"a": {"b": [null, -0.0]}, "": "x"} )", "9223372036854775807",
                                 "18446744073709551615", "-9223372036854775808", "1E5", "\xEF\xBB\xBF[1]"}) {
            const std::string bytes = text;
            const std::string plain = bytes.substr(0, 1) == "\xEF" ? bytes.substr(3) : bytes;
            QVERIFY2(parsed(bytes) == OrderedJson::parse(plain), text);
        }
        QCOMPARE(parsed("1000000000000000019884624838656").get<double>(), 1e30);
    }

    void value_whatIsNoJson_namesThePlace_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"{",
                                 "[1,]",
                                 "[1 2]",
                                 "{\"a\" 1}",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "01",
                                 "1.",
                                 "-",
                                 "1e",
                                 "nul",
                                 "tru",
                                 "\"\\x\"",
                                 "\"\\u12\"",
                                 "\"\\ud800\"",
                                 "\"\\udc00\"",
                                 "\"\\ud800\\u0041\"",
                                 "\"a\nb\"",
                                 "\"a",
                                 "[1] 2",
                                 "+1",
                                 "NaN",
                                 "'a'",
                                 "{\"a\":1,\"a\":2}",
                                 "1e999",
                                 "]",
                                 "[1}"})
            QTest::newRow(text) << QByteArray(text);
    }

    void value_whatIsNoJson_namesThePlace() {
        QFETCH(const QByteArray, text);
        try {
            parsed("\n" + text.toStdString());
            QFAIL("it was read");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::BadFormat);
            QVERIFY2(std::string(e.what()).find("file.json, line ") == 0, e.what());
            QCOMPARE(e.args().size(), std::size_t{3});
        }
    }

    void construct_badBytes_areRefused() {
        const auto code = [](const std::string& text) {
            try {
                const JsonReader reader(text, "file.json");
            } catch (const Error& e) {
                return e.code();
            }
            return ErrorCode::Internal;
        };
        QCOMPARE(code(" \n"), ErrorCode::EmptyInput);
        QCOMPARE(code("\"\xFF\""), ErrorCode::BadEncoding);
        QCOMPARE(code("1"), ErrorCode::Internal);
    }

    void nextKey_streamsLargeObjects() {
        const std::string text = R"({"a": 1, "\u0062": [3, 4], "c": {"d": "e"}})";
        JsonReader reader(text, "file.json");
        std::string_view key;
        std::string seen;
        reader.enterObject();
        while (reader.nextKey(key)) {
            seen += key;
            if (key == "a") {
                seen += std::to_string(reader.integer());
            } else if (key == "b") {
                reader.enterArray();
                while (reader.nextElement()) seen += std::to_string(reader.integer());
            } else {
                QCOMPARE(reader.peek(), JsonReader::Kind::Object);
                reader.skip();
            }
        }
        reader.finish();
        QCOMPARE(seen, std::string("a1b34c"));
    }

    void integer_otherNumbers_areRefused() {
        for (const char* text : {"1.5", "1e3", "9223372036854775808", "\"1\"", "true"}) {
            JsonReader reader(text, "file.json");
            QVERIFY_EXCEPTION_THROWN(reader.integer(), Error);
        }
    }

    void enterArray_deepNesting_isRefused() {
        const std::string text(1000, '[');
        for (const bool skips : {false, true}) {
            JsonReader reader(text, "file.json");
            try {
                if (skips)
                    reader.skip();
                else
                    reader.value();
                QFAIL("it was read");
            } catch (const Error& e) {
                QVERIFY2(std::string(e.what()).find("256 deep") != std::string::npos, e.what());
            }
        }
    }
};

STUDIO_TEST(JsonReaderTest)
#include "json_reader_test.moc"
