// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/import.h"
#include "core/storage/project.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// What an import came to, in one line, so that a failing comparison shows everything.
struct Outcome {
    bool thrown = false;
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    ImportResult result;
};

Outcome outcomeOf(const fs::path& path) {
    Outcome outcome;
    try {
        outcome.result = importRecords(path, "auto");
    } catch (const Error& error) {
        outcome.thrown = true;
        outcome.code = error.code();
        outcome.message = error.what();
    }
    return outcome;
}

bool isUtf8Line(const std::string& text) {
    return !text.empty() && text.find('\n') == std::string::npos &&
           QString::fromStdString(text).toStdString() == text;
}

}  // namespace

class ImportGoldenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realFiles_importStoreExport_sameBytes_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("rows");
        QTest::addRow("english") << "datasets/alpaca_en_demo.json" << 999;
        QTest::addRow("chinese") << "datasets/alpaca_zh_demo.json" << 1000;
        QTest::addRow("identity") << "datasets/identity.json" << 91;
    }
    void realFiles_importStoreExport_sameBytes() {
        QFETCH(QString, file);
        QFETCH(int, rows);
        const fs::path path = test::asset(file.toStdString());
        if (path.empty()) QSKIP("the test assets are not on this machine (STUDIO_ASSETS)");
        const ImportResult imported = importRecords(path, "auto");
        QCOMPARE(static_cast<int>(imported.records.size()), rows);
        QVERIFY(imported.refused.empty());

        const test::TemporaryFolder folder;
        {
            const auto project = Project::create(folder / "round.ftproj");
            project->add(imported.records, "import");
        }
        const auto project = Project::open(folder / "round.ftproj");
        const std::vector<Record> stored = project->records({});
        exportJsonArray(stored, folder / "array.json");
        QVERIFY2(readFile(folder / "array.json") == readFile(path),
                 "the exported array differs from the file");

        exportJsonl(stored, folder / "lines.jsonl");
        const ImportResult again = importRecords(folder / "lines.jsonl", "auto");
        QCOMPARE(again.format, std::string("alpaca-jsonl"));
        exportJsonArray(again.records, folder / "again.json");
        QVERIFY2(readFile(folder / "again.json") == readFile(path),
                 "the way through JSONL changed the records");
    }

    /// Every file of the collection that is aimed at the import: no crash, no hang, and the outcome of its
    /// index.
    void malformedFiles_import_outcomeOfTheIndex() {
        STUDIO_NEEDS_ASSET(folder, "datasets/malformed");
        const OrderedJson index = OrderedJson::parse(readFile(folder / "index.json"));
        int seen = 0;
        for (const OrderedJson& entry : index.at("files")) {
            if (entry.at("aimed_at") != "dataset import") continue;
            const std::string name = entry.at("file");
            const Outcome outcome = outcomeOf(folder / name);
            const std::string note = name + ": " + outcome.message;
            ++seen;
            if (outcome.thrown) {
                QVERIFY2(isUtf8Line(outcome.message), note.c_str());
                QVERIFY2(outcome.message.find(fs::path(name).filename().string()) != std::string::npos,
                         note.c_str());
                // Formats that a later version reads are refused for now; everything else follows the index.
                const bool ofLaterFormat = name.rfind("slack_export", 0) == 0;
                if (outcome.code == ErrorCode::UnsupportedFormat || ofLaterFormat) continue;
                const bool mayRefuse = entry.at("outcome") == "reject" || entry.at("outcome") == "either";
                QVERIFY2(mayRefuse, note.c_str());
                continue;
            }
            QVERIFY2(entry.at("outcome") != "reject", note.c_str());
            QVERIFY2(!outcome.result.records.empty(), note.c_str());
            const bool told = !outcome.result.refused.empty() || !outcome.result.notes.empty();
            if (entry.at("outcome") == "warn" || entry.at("outcome") == "either")
                QVERIFY2(told, note.c_str());
            for (const RefusedRow& row : outcome.result.refused) {
                QVERIFY2(row.row > 0 && isUtf8Line(row.reason) && !row.rule.empty(), note.c_str());
            }
        }
        QVERIFY(seen > 50);
    }

    void malformedFiles_partialImports_exactRows_data() {
        QTest::addColumn<int>("good");
        QTest::addColumn<QString>("refused");  // row:rule, …
        QTest::addColumn<QString>("notes");    // rules, …
        QTest::newRow("truncated_last_line.jsonl") << 4 << "5:bad_json"
                                                   << "";
        QTest::newRow("bom_utf8.json") << 5 << ""
                                       << "";
        QTest::newRow("bom_utf8.jsonl") << 5 << ""
                                        << "";
        QTest::newRow("utf16le_bom.json") << 5 << ""
                                          << "utf16";
        QTest::newRow("utf16be_no_bom.json") << 5 << ""
                                             << "utf16";
        QTest::newRow("nul_bytes.jsonl") << 4 << "3:bad_json"
                                         << "";
        QTest::newRow("nul_escaped.jsonl") << 1 << ""
                                           << "";
        QTest::newRow("invalid_utf8.jsonl") << 1 << "1:bad_utf8 2:bad_utf8 3:bad_utf8 4:bad_utf8 5:bad_utf8"
                                            << "";
        QTest::newRow("lone_surrogate_escape.json") << 1 << "1:lone_surrogate"
                                                    << "";
        QTest::newRow("single_line_10mb.json") << 1 << ""
                                               << "";
        QTest::newRow("duplicate_keys.json") << 1 << ""
                                             << "duplicate_keys";
        QTest::newRow("mixed_schemas.jsonl")
            << 1 << "2:other_format 3:other_format 4:other_format 5:other_format"
            << "";
        QTest::newRow("missing_output.json") << 2 << "2:missing_output"
                                             << "";
        QTest::newRow("wrong_types.json") << 1 << "1:wrong_type 2:wrong_type"
                                          << "";
        QTest::newRow("root_object.json") << 5 << ""
                                          << "root_object";
        QTest::newRow("jsonl_named_json.json") << 5 << ""
                                               << "jsonl_by_content";
        QTest::newRow("json_array_named_jsonl.jsonl") << 5 << ""
                                                      << "array_by_content";
        QTest::newRow("huge_numbers.json") << 1 << ""
                                           << "extra_fields numbers_as_text";
        QTest::newRow("crlf_blank_lines.jsonl") << 3 << ""
                                                << "";
        QTest::newRow("no_final_newline.jsonl") << 5 << ""
                                                << "";
        QTest::newRow("duplicates.json") << 21 << ""
                                         << "duplicates";
    }
    void malformedFiles_partialImports_exactRows() {
        QFETCH(int, good);
        QFETCH(QString, refused);
        QFETCH(QString, notes);
        const fs::path path = test::asset(std::string("datasets/malformed/") + QTest::currentDataTag());
        if (path.empty()) QSKIP("the test assets are not on this machine (STUDIO_ASSETS)");
        QElapsedTimer timer;
        timer.start();
        const ImportResult result = importRecords(path, "auto");
        QVERIFY(timer.elapsed() < 2000);
        QStringList rows, rules;
        for (const RefusedRow& row : result.refused)
            rows << QString("%1:%2").arg(row.row).arg(row.rule.c_str());
        for (const ImportNote& note : result.notes) rules << note.rule.c_str();
        std::sort(rules.begin(), rules.end());
        QCOMPARE(static_cast<int>(result.records.size()), good);
        QCOMPARE(rows.join(' '), refused);
        QCOMPARE(rules.join(' '), notes);
    }

    void malformedFiles_refused_codeAndPlaceNamed_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* file, ErrorCode code, const char* part) {
            QTest::newRow(file) << static_cast<int>(code) << part;
        };
        row("truncated.json", ErrorCode::BadFormat, "in the middle of record 3");
        row("empty.json", ErrorCode::EmptyInput, "is empty");
        row("empty_array.json", ErrorCode::EmptyInput, "no records");
        row("whitespace_only.jsonl", ErrorCode::EmptyInput, "white space");
        row("deep_arrays_100k.json", ErrorCode::BadFormat, "nested");
        row("deep_objects_5k.json", ErrorCode::BadFormat, "nested");
        row("root_scalar.json", ErrorCode::BadFormat, "not a list of records");
        row("array_of_arrays.json", ErrorCode::BadFormat, "row 1: The row is a list");
        row("comments_and_trailing_commas.json", ErrorCode::BadFormat, "line 2, column 3: comments");
        row("nan_infinity.json", ErrorCode::BadFormat, "NaN");
        row("html_error_page.json", ErrorCode::BadFormat, "HTML");
        row("gzip_named_json.json", ErrorCode::BadFormat, "gzip");
        row("all_empty_fields.json", ErrorCode::EmptyInput, "empty");
        row("extra_whitespace_keys.json", ErrorCode::BadFormat, "\" instruction \"");
        row("sharegpt_bad_turns.json", ErrorCode::UnsupportedFormat, "ShareGPT");
        row("messages_no_assistant.jsonl", ErrorCode::UnsupportedFormat, "messages format");
        row("dpo_missing_rejected.json", ErrorCode::UnsupportedFormat, "preference");
        row("latin1.csv", ErrorCode::UnsupportedFormat, "CSV");
        row("faq_unclosed_fence.md", ErrorCode::UnsupportedFormat, "Markdown");
        row("slack_export_broken", ErrorCode::UnsupportedFormat, "Slack");
    }
    void malformedFiles_refused_codeAndPlaceNamed() {
        QFETCH(int, code);
        QFETCH(QString, part);
        const fs::path path = test::asset(std::string("datasets/malformed/") + QTest::currentDataTag());
        if (path.empty()) QSKIP("the test assets are not on this machine (STUDIO_ASSETS)");
        const Outcome outcome = outcomeOf(path);
        QVERIFY(outcome.thrown);
        QVERIFY2(outcome.message.find(part.toStdString()) != std::string::npos, outcome.message.c_str());
        QVERIFY2(outcome.code == static_cast<ErrorCode>(code), errorCodeName(outcome.code));
    }

    void escapedNul_roundTrip_keptInTheText() {
        STUDIO_NEEDS_ASSET(path, "datasets/malformed/nul_escaped.jsonl");
        const ImportResult result = importRecords(path, "auto");
        const test::TemporaryFolder folder;
        const auto project = Project::create(folder / "nul.ftproj");
        const std::vector<std::int64_t> ids = project->add(result.records, "import");
        QCOMPARE(project->record(ids.front())->instruction, std::string("a\0b", 3));
        exportJsonl(project->records({}), folder / "out.jsonl");
        QVERIFY(OrderedJson::parse(readFile(folder / "out.jsonl")) == OrderedJson::parse(readFile(path)));
    }

    void longRecord_store_searchedAndKept() {
        STUDIO_NEEDS_ASSET(path, "datasets/malformed/single_line_10mb.json");
        const ImportResult result = importRecords(path, "auto");
        const test::TemporaryFolder folder;
        const auto project = Project::create(folder / "long.ftproj");
        const std::int64_t id = project->add(result.records, "import").front();
        QVERIFY(project->record(id)->output == result.records.front().output);
        RecordQuery words;
        words.search = "repeat lorem dolor";
        QCOMPARE(project->count(words), 1);
    }

    /// The other real data sets: read, or named for what they are.
    void otherRealFiles_import_namedForWhatTheyAre_data() {
        QTest::addColumn<QString>("part");
        QTest::newRow("sharegpt_dummy_conversation.json") << "ShareGPT";
        QTest::newRow("sharegpt_toolcall_60.json") << "ShareGPT";
        QTest::newRow("openai_messages.jsonl") << "messages format";
        QTest::newRow("dpo_en_demo_80.json") << "preference";
        QTest::newRow("dpo_pairs_40.jsonl") << "preference";
        QTest::newRow("c4_demo_30.jsonl") << "plain text";
        QTest::newRow("self_instruct_seed_tasks.jsonl") << "Self-Instruct";
        QTest::newRow("alpaca_small.csv") << "CSV";
        QTest::newRow("faq_h2o_llmstudio.md") << "Markdown";
        QTest::newRow("slack_export_real") << "Slack";
    }
    void otherRealFiles_import_namedForWhatTheyAre() {
        QFETCH(QString, part);
        const fs::path path = test::asset(std::string("datasets/") + QTest::currentDataTag());
        if (path.empty()) QSKIP("the test assets are not on this machine (STUDIO_ASSETS)");
        const Outcome outcome = outcomeOf(path);
        QVERIFY(outcome.thrown);
        QVERIFY2(outcome.message.find(part.toStdString()) != std::string::npos, outcome.message.c_str());
        QVERIFY2(outcome.code == ErrorCode::UnsupportedFormat, errorCodeName(outcome.code));
    }
};

STUDIO_TEST(ImportGoldenTest)
#include "import_golden_test.moc"
