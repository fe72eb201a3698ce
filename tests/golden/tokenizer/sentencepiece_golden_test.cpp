// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/text/unicode.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace fs = std::filesystem;

namespace {

std::vector<studio::OrderedJson> jsonLines(const fs::path& path) {
    std::vector<studio::OrderedJson> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) lines.push_back(studio::parseJson(line, path.string()));
    }
    return lines;
}

std::string streamed(const studio::Tokenizer& tokenizer, const std::vector<std::int64_t>& ids) {
    studio::StreamDecoder decoder(tokenizer);
    std::string text;
    for (const auto id : ids) text += decoder.push(id);
    return text + decoder.finish();
}

/// Hugging Face's rule for broken bytes, which the golden file follows: a run of byte tokens that is not
/// valid as a whole becomes one U+FFFD a byte. (This program, like sentencepiece, keeps the characters that
/// are complete.)
std::string decodedByRuns(const studio::Tokenizer& tokenizer, const std::vector<std::int64_t>& ids) {
    std::string text;
    std::string run;
    studio::DecodeState state;
    const auto flush = [&] {
        if (studio::firstInvalidUtf8(run)) {
            for (std::size_t i = 0; i < run.size(); ++i) text += "\uFFFD";
        } else {
            text += run;
        }
        run.clear();
    };
    for (const auto id : ids) {
        const std::string bytes = tokenizer.decodeNext(id, state);
        if (tokenizer.piece(id).rfind("<0x", 0) == 0) {
            run += bytes;
        } else {
            flush();
            text += bytes;
        }
    }
    flush();
    return text;
}

/// Spans lie in order within the text and together cover it, where the model does not remove anything.
void checkSpans(const std::vector<studio::TokenSpan>& spans, const std::vector<std::int64_t>& ids,
                const std::string& text) {
    QCOMPARE(spans.size(), ids.size());
    std::size_t at = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        QCOMPARE(spans[i].id, ids[i]);
        QVERIFY2(spans[i].begin >= at && spans[i].end >= spans[i].begin && spans[i].end <= text.size(),
                 text.c_str());
        at = spans[i].end;
    }
}

/// Every folder of tokenizers that has a sentencepiece model and golden encodings.
std::vector<fs::path> goldenTokenizers(const fs::path& root) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (fs::exists(entry.path() / "tokenizer.model") &&
            fs::exists(entry.path() / "golden_encodings.jsonl")) {
            folders.push_back(entry.path());
        }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

}  // namespace

class SentencePieceGoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void encode_goldenTexts_equalsEveryLine() {
        STUDIO_NEEDS_ASSET(root, "tokenizers");
        const auto folders = goldenTokenizers(root);
        QVERIFY(folders.size() >= 2);
        for (const fs::path& folder : folders) {
            const auto tokenizer = studio::loadTokenizer(folder);
            const auto lines = jsonLines(folder / "golden_encodings.jsonl");
            QVERIFY(lines.size() > 400);
            for (const auto& line : lines) {
                const auto text = line["text"].get<std::string>();
                const auto golden = line["ids"].get<std::vector<std::int64_t>>();
                const auto ids = tokenizer->encode(text);
                QVERIFY2(ids == golden, line.dump().c_str());
                QCOMPARE(tokenizer->decode(ids), line["decoded"].get<std::string>());
                QCOMPARE(streamed(*tokenizer, ids), line["decoded"].get<std::string>());
                checkSpans(tokenizer->encodeWithSpans(text), ids, text);
            }
        }
    }

    void encodeWithSpans_llama2_coversTheWholeText() {
        STUDIO_NEEDS_ASSET(folder, "tokenizers/llama2");
        const auto tokenizer = studio::loadTokenizer(folder);
        for (const auto& line : jsonLines(folder / "golden_encodings.jsonl")) {
            const auto text = line["text"].get<std::string>();
            std::size_t at = 0;
            for (const auto& span : tokenizer->encodeWithSpans(text)) {
                QVERIFY2(span.begin == at, text.c_str());
                at = span.end;
            }
            QCOMPARE(at, text.size());
        }
    }

    void decode_partialIds_equalsGolden() {
        STUDIO_NEEDS_ASSET(folder, "tokenizers/llama2");
        const auto tokenizer = studio::loadTokenizer(folder);
        const auto lines = jsonLines(folder / "golden_partial_decode.jsonl");
        QVERIFY(!lines.empty());
        for (const auto& line : lines) {
            const auto ids = line["ids"].get<std::vector<std::int64_t>>();
            const auto golden = line["decoded"].get<std::string>();
            const std::string decoded = decodedByRuns(*tokenizer, ids);
            QVERIFY2(decoded == golden, (line.dump() + " gave " + decoded).c_str());
            QCOMPARE(streamed(*tokenizer, ids), studio::replaceInvalidUtf8(tokenizer->decode(ids)));
            // What is shown while streaming is never taken back.
            studio::StreamDecoder decoder(*tokenizer);
            std::string shown;
            for (const auto id : ids) shown += decoder.push(id);
            QVERIFY(streamed(*tokenizer, ids).rfind(shown, 0) == 0);
            if (!studio::firstInvalidUtf8(tokenizer->decode(ids))) QCOMPARE(shown, golden);
        }
    }

    void encodeWithSpecials_stories260K_equalsGoldenIds() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const auto tokenizer = studio::loadTokenizer(folder);
        const auto golden = studio::readJsonFile(folder / "golden/golden.json");
        int compared = 0;
        for (const auto& section : golden) {
            if (!section.is_array()) continue;
            for (const auto& item : section) {
                if (!item.is_object() || !item.contains("text") || !item.contains("ids")) continue;
                const auto ids = tokenizer->encodeWithSpecials(item["text"].get<std::string>());
                QVERIFY2(ids == item["ids"].get<std::vector<std::int64_t>>(), item["text"].dump().c_str());
                ++compared;
            }
        }
        QVERIFY(compared >= 5);
    }

    void load_hostileFiles_namesTheFile() {
        STUDIO_NEEDS_ASSET(folder, "datasets/malformed/tokenizer");
        int refused = 0;
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() != ".model") continue;
            const studio::test::TemporaryFolder model;
            fs::copy_file(entry.path(), model / "tokenizer.model");
            try {
                studio::loadTokenizer(model.path());
                QFAIL(entry.path().filename().c_str());
            } catch (const studio::Error& e) {
                QCOMPARE(e.code(), studio::ErrorCode::TokenizerInvalid);
                QVERIFY(std::string(e.what()).find("tokenizer.model") != std::string::npos);
                ++refused;
            }
        }
        QVERIFY(refused >= 3);
    }

    void load_modelCutAnywhere_isRefused() {
        STUDIO_NEEDS_ASSET(path, "tokenizers/tok512/tokenizer.model");
        const std::string bytes = studio::readFile(path);
        const studio::test::TemporaryFolder model;
        const auto loads = [&](std::size_t size) {
            studio::writeFileAtomically(model / "tokenizer.model", bytes.substr(0, size));
            try {
                studio::loadTokenizer(model.path());
            } catch (const studio::Error& e) {
                if (e.code() == studio::ErrorCode::TokenizerInvalid) return false;
            }
            return true;
        };
        QVERIFY(loads(bytes.size()));
        for (std::size_t size = 0; size < bytes.size(); size += 41) QVERIFY(!loads(size));
    }
};

STUDIO_TEST(SentencePieceGoldenTest)
#include "sentencepiece_golden_test.moc"
