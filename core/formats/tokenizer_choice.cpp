// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tokenizer_choice.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/chat_templates.h"
#include "core/formats/json_reader.h"
#include "core/formats/protobuf_fields.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{512} << 20;

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) && fs::file_size(path, ignored) <= kLargestFile;
}

/// What tokenizer.json says about itself outside its tables.
struct Outline {
    std::string model;
    bool byteLevel = false;
    bool byteFallback = false;
    std::int64_t lastAddedId = -1;
};

bool mentionsByteLevel(const OrderedJson& json) {
    if (json.is_object() && json.contains("type") && json["type"] == "ByteLevel") return true;
    return json.is_structured() && std::any_of(json.begin(), json.end(), mentionsByteLevel);
}

void readModelOutline(JsonReader& reader, Outline& outline) {
    std::string_view key;
    bool hasMerges = false;
    reader.enterObject();
    while (reader.nextKey(key)) {
        if (key == "type")
            outline.model = reader.string();
        else if (key == "byte_fallback" && reader.peek() == JsonReader::Kind::Boolean)
            outline.byteFallback = reader.boolean();
        else {
            hasMerges = hasMerges || key == "merges";
            reader.skip();
        }
    }
    if (outline.model.empty() && hasMerges) outline.model = "BPE";  // files from before "type" was written
}

Outline readOutline(const fs::path& path) {
    const std::string text = readFile(path);
    JsonReader reader(text, path.string());
    Outline outline;
    std::string_view key;
    reader.enterObject();
    while (reader.nextKey(key)) {
        if (key == "model") {
            readModelOutline(reader, outline);
        } else if (key == "pre_tokenizer" || key == "normalizer") {
            outline.byteLevel = mentionsByteLevel(reader.value()) || outline.byteLevel;
        } else if (key == "added_tokens") {
            for (const OrderedJson& token : reader.value()) {
                if (token.is_object() && token.contains("id") && token["id"].is_number_integer())
                    outline.lastAddedId = std::max(outline.lastAddedId, token["id"].get<std::int64_t>());
            }
        } else {
            reader.skip();
        }
    }
    return outline;
}

/// Number of pieces of a sentencepiece ModelProto: its entries of field 1. Less than there are when the file
/// is damaged.
std::int64_t sentencePieceCount(std::string_view bytes) {
    std::int64_t pieces = 0;
    ProtobufFields fields(bytes);
    while (const auto field = fields.next()) pieces += *field == 1 ? 1 : 0;
    return pieces;
}

/// tiktoken's format: a token in base64, a space and its rank on each line.
bool isTiktoken(std::string_view bytes) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const std::size_t space = line.find(' ');
    constexpr std::size_t kLongest = 512;
    if (line.size() > kLongest || space == std::string_view::npos || space == 0) return false;
    const auto isBase64 = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
               c == '/' || c == '=';
    };
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string_view rank = line.substr(space + 1);
    return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(space), isBase64) &&
           !rank.empty() && std::all_of(rank.begin(), rank.end(), isDigit);
}

/// The object in tokenizer_config.json; an empty one where there is none.
OrderedJson configIn(const fs::path& folder) {
    const fs::path path = folder / kTokenizerConfigFile;
    if (!isThere(path)) return OrderedJson::object();
    const std::string text = readFile(path);
    OrderedJson json = JsonReader(text, path.string()).value();
    return json.is_object() ? json : OrderedJson::object();
}

/// Classes of Hugging Face's transformers that never read a tokenizer.model.
bool isJsonClass(const OrderedJson& config) {
    const auto name = config.find("tokenizer_class");
    if (name == config.end() || !name->is_string()) return false;
    constexpr std::array kClasses = {"PreTrainedTokenizerFast", "TokenizersBackend", "GPT2Tokenizer",
                                     "GPT2TokenizerFast",       "GPTNeoXTokenizer",  "GPTNeoXTokenizerFast",
                                     "Qwen2Tokenizer",          "Qwen2TokenizerFast"};
    return std::find(kClasses.begin(), kClasses.end(), name->get<std::string>()) != kClasses.end();
}

std::string kindOf(const Outline& outline) {
    if (outline.model != "BPE") return {};
    if (outline.byteLevel) return "byte-level BPE";
    return outline.byteFallback ? "byte-fallback BPE" : "BPE";
}

bool jsonGoesFirst(const fs::path& folder, const Outline& outline) {
    if (outline.model != "BPE") return false;
    const OrderedJson config = configIn(folder);
    // A chat template spells special tokens out, which sentencepiece would read as any other text.
    if (outline.byteLevel || isJsonClass(config) || hasChatTemplate(folder)) return true;
    const std::string model = readFile(folder / "tokenizer.model");
    return isTiktoken(model) || (!model.empty() && outline.lastAddedId >= sentencePieceCount(model) &&
                                 sentencePieceCount(model) > 0);
}

}  // namespace

TokenizerChoice chooseTokenizer(const fs::path& folder) {
    const bool hasModel = isThere(folder / "tokenizer.model");
    TokenizerChoice sentencePiece{TokenizerFile::SentencePiece, "sentencepiece"};
    std::error_code ignored;
    if (fs::is_regular_file(folder / "tokenizer.json", ignored)) {
        TokenizerChoice json{TokenizerFile::TokenizerJson, {}};
        try {
            const Outline outline =
                isThere(folder / "tokenizer.json") ? readOutline(folder / "tokenizer.json") : Outline();
            json.kind = kindOf(outline);
            if (!hasModel || jsonGoesFirst(folder, outline)) return json;
        } catch (const Error&) {
            if (!hasModel) return json;  // the loader says what is wrong with it
        }
    }
    if (hasModel) return sentencePiece;
    if (isThere(folder / "vocab.json") && isThere(folder / "merges.txt"))
        return {TokenizerFile::VocabularyAndMerges, "byte-level BPE"};
    return {};
}

}  // namespace studio
