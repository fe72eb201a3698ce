// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import.h"

#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

class ImportTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    fs::path file(const std::string& name, const std::string& bytes) {
        writeFileAtomically(m_folder / name, bytes);
        return m_folder / name;
    }
    ImportResult import(const std::string& bytes, const std::string& name = "rows.json") {
        return importRecords(file(name, bytes), "auto");
    }
    static std::string rules(const ImportResult& result) {
        std::string all;
        for (const RefusedRow& row : result.refused) all += std::to_string(row.row) + ":" + row.rule + " ";
        for (const ImportNote& note : result.notes) all += note.rule + "=" + std::to_string(note.count) + " ";
        return all;
    }

private Q_SLOTS:
    void ownLayouts_importExport_sameJson() {
        const std::string rows =
            R"([{"output":"b","id":[1,{"k":null}],"instruction":"a"},{"instruction":"c","input":"d","output":"e","x":1.5}])";
        const ImportResult result = import(rows);
        QCOMPARE(result.records.size(), std::size_t(2));
        exportJsonArray(result.records, m_folder / "out.json");
        QCOMPARE(OrderedJson::parse(readFile(m_folder / "out.json")).dump(), OrderedJson::parse(rows).dump());
        QCOMPARE(rules(result), std::string("extra_fields=2 "));
        QCOMPARE(result.records[0].source, std::string("rows.json"));
    }

    void emptyList_exportArray_isJson() {
        exportJsonArray({}, m_folder / "none.json");
        QVERIFY(OrderedJson::parse(readFile(m_folder / "none.json")).empty());
    }

    void emptyOutput_import_refusedAsMissingOutput() {
        const ImportResult result = import(
            R"([{"instruction":"a","output":""},{"instruction":"b","output":" \n"},{"instruction":"c","output":null},)"
            R"({"instruction":"","input":"","output":"x"},{"instruction":"ok","output":"fine"}])");
        QCOMPARE(rules(result),
                 std::string("1:missing_output 2:missing_output 3:missing_output 4:missing_instruction "));
        QCOMPARE(result.records.size(), std::size_t(1));
    }

    void similarKeys_import_missingAndSimilarKeyNamed() {
        const ImportResult result = import(
            R"([{"instruction":"a","response":"b"},{"Instruction":"a","output":"b"},{"instrction":"a","output":"b"},)"
            R"({"instruction":"a","colour":"red"},{"instruction":"a","output":"b"}])");
        QCOMPARE(
            rules(result),
            std::string("1:missing_output 2:missing_instruction 3:missing_instruction 4:missing_output "));
        QVERIFY(result.refused[0].reason.find("\"response\" looks like it") != std::string::npos);
        QVERIFY(result.refused[1].reason.find("\"Instruction\"") != std::string::npos);
        QVERIFY(result.refused[2].reason.find("\"instrction\"") != std::string::npos);
        QVERIFY(result.refused[3].reason.find("it has instruction, colour") != std::string::npos);
        QCOMPARE(result.refused[0].field, std::string("output"));
    }

    void nullInput_import_noInputAndNote() {
        const ImportResult result = import(R"([{"instruction":"a","input":null,"output":"b"}])");
        QCOMPARE(result.records.front().input, std::string());
        QCOMPARE(rules(result), std::string("null_input=1 "));
    }

    void hugeNumbers_import_keptDigitForDigit() {
        const ImportResult result = import(
            R"([{"instruction":"a","output":"b","n":123456789012345678901,"w":-1e999,"m":18446744073709551615}])");
        QCOMPARE(result.records.front().extra.dump(),
                 std::string(R"({"n":"123456789012345678901","w":"-1e999","m":18446744073709551615})"));
    }

    void brokenJson_import_placeNamed_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("no comma") << "[{\"instruction\":\"a\",\"output\":\"b\"}\n {\"a\":1}]"
                                  << "line 2, column 2";
        QTest::newRow("not closed") << "[{\"instruction\":\"a\",\"output\":\"b\"}\n"
                                    << "not closed after record 1";
        QTest::newRow("more behind") << "[{\"instruction\":\"a\",\"output\":\"b\"}]\n]"
                                     << "line 2, column 1";
        QTest::newRow("trailing comma") << "[{\"instruction\":\"a\",\"output\":\"b\"},]"
                                        << "a comma stands before";
        QTest::newRow("inner comma") << "[{\"instruction\":\"a\",\n\"output\":\"b\",}]"
                                     << "line 2, column 14: a comma";
        QTest::newRow("single quotes") << "[{'instruction':'a'}]"
                                       << "double quotes";
        QTest::newRow("raw tab") << "[{\"instruction\":\"a\tb\"}]"
                                 << "U+0009";
        QTest::newRow("plain words") << "hello world"
                                     << "is not valid JSON at line 1";
        QTest::newRow("bad key") << "{\"data\": [{}], 5}"
                                 << "line 1, column 16";
    }
    void brokenJson_import_placeNamed() {
        QFETCH(QString, text);
        QFETCH(QString, part);
        STUDIO_COMPARE_ERROR_TEXT(import(text.toStdString()), ErrorCode::BadFormat, part.toStdString());
    }

    void invalidUtf8_array_lineNamed() {
        STUDIO_COMPARE_ERROR_TEXT(import("[{\"instruction\":\"a\",\n\"output\":\"\xff\"}]"),
                                  ErrorCode::BadEncoding, "line 2, column 11");
    }

    void lines_everyKindOfBadLine_goodOnesKept() {
        const ImportResult result = import(
            "{\"instruction\":\"a\",\"output\":\"b\"}\n\nnonsense\n{\"instruction\":\"a\",\"output\":\"b\"} "
            "x\n"
            "[1]\n{\"instruction\":\"\xff\",\"output\":\"b\"}\n\"text\"\n{\"instruction\":\"c\"",
            "rows.jsonl");
        QCOMPARE(rules(result),
                 std::string("3:bad_json 4:bad_json 5:wrong_type 6:bad_utf8 7:wrong_type 8:bad_json "));
        QCOMPARE(result.records.size(), std::size_t(1));
    }

    void singleObject_oneRecord_read() {
        QCOMPARE(import("{\"instruction\":\"a\",\"output\":\"b\"}", "one.json").records.size(),
                 std::size_t(1));
        QCOMPARE(import("{\n \"instruction\":\"a\",\n \"output\":\"b\", \"x\": {}\n}\n", "one.jsonl")
                     .records.size(),
                 std::size_t(1));
    }

    void rootObject_severalLists_refused() {
        STUDIO_COMPARE_ERROR_TEXT(import(R"({"train":[{"a":1}],"test":[{"a":1}]})"), ErrorCode::BadFormat,
                                  "several lists");
        STUDIO_COMPARE_ERROR_TEXT(import(R"({"version":[1]})"), ErrorCode::BadFormat, "without a list");
    }

    void folder_goodAndBadFiles_allListed() {
        const fs::path folder = m_folder / "several";
        makeFolders(folder);
        writeFileAtomically(folder / "a.json", R"([{"instruction":"a","output":"b"}])");
        writeFileAtomically(folder / "b.jsonl", R"({"instruction":"a","output":"b"})");
        writeFileAtomically(folder / "C.JSON", "");
        writeFileAtomically(folder / "notes.txt", "not looked at");
        writeFileAtomically(folder / "about.md", "not looked at");
        makeFolders(folder / "more");
        const ImportResult result = importRecords(folder, "auto");
        QCOMPARE(result.records.size(), std::size_t(2));
        QCOMPARE(rules(result),
                 std::string("0:empty_input passed_over=2 folders_passed_over=1 duplicates=1 "));
        QVERIFY(result.notes.front().message.ends_with("are: about.md and 1 more."));
        QVERIFY(result.notes[1].message.ends_with(": more."));
        makeFolders(m_folder / "none");
        STUDIO_COMPARE_ERROR(importRecords(m_folder / "none", "auto"), ErrorCode::EmptyInput);
    }

    void formats_laterAndUnknown_saidSo() {
        const fs::path path = file("f.json", "[]");
        STUDIO_COMPARE_ERROR(importRecords(path, "sharegpt"), ErrorCode::UnsupportedFormat);
        STUDIO_COMPARE_ERROR_TEXT(importRecords(path, "excel"), ErrorCode::InvalidArgument, "alpaca-jsonl");
        STUDIO_COMPARE_ERROR(importRecords(m_folder / "absent.json", "auto"), ErrorCode::FileNotFound);
        QCOMPARE(importFormats().front(), std::string("auto"));
    }

    void progressAndStop_manyRows_toldAndCancelled() {
        std::string lines;
        for (int i = 0; i < 1000; ++i)
            lines += "{\"instruction\":\"" + std::to_string(i) + "\",\"output\":\"b\"}\n";
        const fs::path path = file("many.jsonl", lines);
        std::stop_source stop;
        int calls = 0;
        const auto progress = [&](const Progress& p) {
            QVERIFY(p.done <= p.total);
            if (++calls == 3) stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(importRecords(path, "auto", progress, stop.get_token()), Cancelled);
        QCOMPARE(calls, 3);
    }
};

STUDIO_TEST(ImportTest)
#include "import_test.moc"
