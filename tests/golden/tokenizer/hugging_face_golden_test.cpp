// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/text/unicode.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace fs = std::filesystem;
using studio::SpecialTokens;

namespace {

using Ids = std::vector<std::int64_t>;

std::vector<studio::OrderedJson> jsonLines(const fs::path& path) {
    std::vector<studio::OrderedJson> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) lines.push_back(studio::parseJson(line, path.string()));
    }
    return lines;
}

/// The tokenizer that these files of a folder make on their own.
std::unique_ptr<studio::Tokenizer> loadFiles(const fs::path& folder, const std::vector<std::string>& names) {
    const studio::test::TemporaryFolder copy;
    for (const std::string& name : names) fs::copy_file(folder / name, copy / name);
    if (fs::exists(folder / "tokenizer_config.json"))
        fs::copy_file(folder / "tokenizer_config.json", copy / "tokenizer_config.json");
    return studio::loadTokenizer(copy.path());
}

/// Every tokenizer of Hugging Face's kinds that a folder has, by what it was read from.
std::map<std::string, std::unique_ptr<studio::Tokenizer>> tokenizersOf(const fs::path& folder) {
    std::map<std::string, std::unique_ptr<studio::Tokenizer>> found;
    const std::string name = folder.filename().string();
    if (fs::exists(folder / "tokenizer.json"))
        found[name + "/tokenizer.json"] = loadFiles(folder, {"tokenizer.json"});
    if (fs::exists(folder / "merges.txt"))
        found[name + "/vocab.json"] = loadFiles(folder, {"vocab.json", "merges.txt"});
    return found;
}

std::vector<fs::path> foldersIn(const fs::path& root) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

std::string streamed(const studio::Tokenizer& tokenizer, const Ids& ids) {
    studio::StreamDecoder decoder(tokenizer);
    std::string text;
    for (const auto id : ids) text += decoder.push(id);
    return text + decoder.finish();
}

/// Spans are in order and cover the whole text.
void checkSpans(const std::vector<studio::TokenSpan>& spans, const Ids& ids, const std::string& text) {
    QCOMPARE(spans.size(), ids.size());
    std::size_t at = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        QCOMPARE(spans[i].id, ids[i]);
        QVERIFY2(spans[i].begin == at && spans[i].end >= at, text.c_str());
        at = spans[i].end;
    }
    QCOMPARE(at, text.size());
}

void checkLine(const studio::Tokenizer& tokenizer, const studio::OrderedJson& line, const std::string& name) {
    const auto text = line["text"].get<std::string>();
    const bool differs = line.contains("ids_hf");  // from sentencepiece, which the other fields are about
    const auto golden = line[differs ? "ids_hf" : "ids"].get<Ids>();
    const auto decoded = line[differs ? "decoded_hf" : "decoded"].get<std::string>();
    const Ids ids = tokenizer.encode(text);
    QVERIFY2(ids == golden, (name + ": " + line.dump()).c_str());
    QCOMPARE(tokenizer.decodeText(ids, SpecialTokens::Keep), decoded);
    QCOMPARE(tokenizer.decode(ids, SpecialTokens::Keep), decoded);
    const std::string skipped =
        line.contains("decoded_skip_special") ? line["decoded_skip_special"].get<std::string>() : decoded;
    if (!differs) QCOMPARE(tokenizer.decodeText(ids), skipped);
    QCOMPARE(streamed(tokenizer, ids), tokenizer.decodeText(ids));
    checkSpans(tokenizer.encodeWithSpans(text), ids, text);
}

}  // namespace

class HuggingFaceGoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void encode_goldenTexts_equalsEveryLine() {
        STUDIO_NEEDS_ASSET(root, "tokenizers");
        std::size_t checked = 0;
        for (const fs::path& folder : foldersIn(root)) {
            if (!fs::exists(folder / "golden_encodings.jsonl")) continue;
            const auto lines = jsonLines(folder / "golden_encodings.jsonl");
            QVERIFY(lines.size() > 400);
            for (const auto& [name, tokenizer] : tokenizersOf(folder)) {
                for (const auto& line : lines) checkLine(*tokenizer, line, name);
                ++checked;
            }
        }
        QVERIFY(checked >= 6);
    }

    void encode_goldenTextsOfModels_equalsEveryLine() {
        STUDIO_NEEDS_ASSET(root, "models");
        std::size_t checked = 0;
        for (const fs::path& folder : foldersIn(root)) {
            if (!fs::exists(folder / "golden/encodings.jsonl")) continue;
            const auto lines = jsonLines(folder / "golden/encodings.jsonl");
            QVERIFY(lines.size() > 100);
            for (const auto& [name, tokenizer] : tokenizersOf(folder)) {
                for (const auto& line : lines) checkLine(*tokenizer, line, name);
                ++checked;
            }
        }
        QVERIFY(checked >= 3);
    }

    void encode_textsOfLlamaCpp_equalsEveryLine() {
        STUDIO_NEEDS_ASSET(root, "tokenizers/llama_cpp_vocab_tests");
        std::size_t checked = 0;
        for (const auto& entry : fs::directory_iterator(root)) {
            if (entry.path().extension() != ".inp") continue;
            const fs::path folder = root.parent_path() / entry.path().stem();
            std::ifstream golden(fs::path(entry.path()).replace_extension(".out"));
            const std::string inputs = studio::readFile(entry.path());
            const std::string mark = "\n__ggml_vocab_test__\n";
            for (const auto& [name, tokenizer] : tokenizersOf(folder)) {
                golden.clear();
                golden.seekg(0);
                std::string line;
                for (std::size_t at = 0; at < inputs.size() && std::getline(golden, line);) {
                    const std::size_t end = inputs.find(mark, at);
                    QVERIFY(end != std::string::npos);
                    Ids ids;
                    std::istringstream numbers(line);
                    for (std::int64_t id = 0; numbers >> id;) ids.push_back(id);
                    const std::string text = inputs.substr(at, end - at);
                    QVERIFY2(tokenizer->encode(text) == ids, (name + ": " + text).c_str());
                    at = end + mark.size();
                    ++checked;
                }
            }
        }
        QVERIFY(checked >= 5 * 46);
    }

    void decode_partialIds_equalsEveryLine() {
        STUDIO_NEEDS_ASSET(root, "tokenizers");
        std::size_t checked = 0;
        for (const fs::path& folder : foldersIn(root)) {
            if (!fs::exists(folder / "golden_partial_decode.jsonl")) continue;
            const auto lines = jsonLines(folder / "golden_partial_decode.jsonl");
            QVERIFY(lines.size() > 50);
            for (const auto& [name, tokenizer] : tokenizersOf(folder)) {
                for (const auto& line : lines) {
                    const auto ids = line["ids"].get<Ids>();
                    const auto golden = line["decoded"].get<std::string>();
                    const std::string decoded = tokenizer->decodeText(ids, SpecialTokens::Keep);
                    QVERIFY2(decoded == golden, (name + ": " + line.dump() + " gave " + decoded).c_str());
                    // What is shown while streaming is never taken back, and is all there is when complete.
                    studio::StreamDecoder decoder(*tokenizer);
                    std::string shown;
                    for (const auto id : ids) shown += decoder.push(id);
                    QVERIFY(!studio::firstInvalidUtf8(shown));
                    if (line.value("complete", false)) QCOMPARE(shown, tokenizer->decodeText(ids));
                    QCOMPARE(shown + decoder.finish(), tokenizer->readable(tokenizer->decode(ids)));
                }
                ++checked;
            }
        }
        QVERIFY(checked >= 5);
    }

    void load_hostileFiles_namesFileAndField() {
        STUDIO_NEEDS_ASSET(root, "datasets/malformed/tokenizer");
        int refused = 0;
        for (const fs::path& folder : foldersIn(root)) {
            try {
                // A file that is said to be cut may be whole all the same: then it must be read rightly.
                const auto tokenizer = studio::loadTokenizer(folder);
                QVERIFY2(folder.filename() == "truncated_json", folder.filename().c_str());
                studio::readJsonFile(folder / "tokenizer.json");
                QCOMPARE(tokenizer->decode(tokenizer->encode("It's 12 o'clock.")),
                         std::string("It's 12 o'clock."));
            } catch (const studio::Error& e) {
                QVERIFY2(e.code() == studio::ErrorCode::TokenizerInvalid, e.what());
                const std::string message = e.what();
                QVERIFY2(message.find(folder.string()) != std::string::npos, message.c_str());
                QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
                ++refused;
            }
        }
        QVERIFY(refused >= 7);
    }
};

STUDIO_TEST(HuggingFaceGoldenTest)
#include "hugging_face_golden_test.moc"
