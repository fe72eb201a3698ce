// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/text/utf8.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/assets.h"

namespace studio::test {

/// A byte-level tokenizer.json: 256 bytes, then the merges of `merges` (each makes a token), then one special
/// token "<|end|>".
inline OrderedJson byteLevelJson(const std::vector<std::string>& merges) {
    OrderedJson vocabulary = OrderedJson::object();
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::string spelled;
        appendUtf8(spelled, byteCharacter(static_cast<std::uint8_t>(byte)));
        vocabulary[spelled] = byte;
    }
    OrderedJson list = OrderedJson::array();
    for (const std::string& merge : merges) {
        const std::size_t space = merge.find(' ');
        vocabulary[merge.substr(0, space) + merge.substr(space + 1)] = vocabulary.size();
        list.push_back(merge);
    }
    const OrderedJson byteLevel{
        {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", true}};
    const std::size_t next = vocabulary.size();
    return {{"version", "1.0"},
            {"truncation", nullptr},
            {"padding", nullptr},
            {"added_tokens",
             {{{"id", next},
               {"content", "<|end|>"},
               {"single_word", false},
               {"lstrip", false},
               {"rstrip", false},
               {"normalized", false},
               {"special", true}}}},
            {"normalizer", nullptr},
            {"pre_tokenizer", byteLevel},
            {"post_processor", byteLevel},
            {"decoder", byteLevel},
            {"model",
             {{"type", "BPE"},
              {"dropout", nullptr},
              {"unk_token", nullptr},
              {"vocab", vocabulary},
              {"merges", list}}}};
}

/// An entry of "added_tokens".
inline OrderedJson addedToken(std::int64_t id, const std::string& content,
                              const std::vector<std::string>& flags) {
    OrderedJson token{{"id", id}, {"content", content}};
    for (const char* flag : {"single_word", "lstrip", "rstrip", "normalized", "special"})
        token[flag] = std::find(flags.begin(), flags.end(), flag) != flags.end();
    return token;
}

/// A tokenizer.json in the manner of Llama 2: text with U+2581 for spaces, byte fallback.
inline OrderedJson byteFallbackJson() {
    OrderedJson vocabulary{{"<unk>", 0}, {"<s>", 1}, {"</s>", 2}};
    for (unsigned byte = 0; byte < 256; ++byte) {
        char spelled[8];
        std::snprintf(spelled, sizeof spelled, "<0x%02X>", byte);
        vocabulary[spelled] = vocabulary.size();
    }
    for (const char* token : {"▁", "a", "b", "c", "▁a", "ab", "▁ab", "▁▁"})
        vocabulary[token] = vocabulary.size();
    OrderedJson added = OrderedJson::array();
    for (int id = 0; id < 3; ++id)
        added.push_back(addedToken(id, id == 0 ? "<unk>" : id == 1 ? "<s>" : "</s>", {"special"}));
    return {{"version", "1.0"},
            {"added_tokens", added},
            {"normalizer",
             {{"type", "Sequence"},
              {"normalizers",
               {{{"type", "Prepend"}, {"prepend", "▁"}},
                {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "▁"}}}}}},
            {"pre_tokenizer", nullptr},
            {"post_processor",
             {{"type", "TemplateProcessing"},
              {"single",
               {{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}},
                {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}}},
              {"pair", OrderedJson::array()},
              {"special_tokens", {{"<s>", {{"id", "<s>"}, {"ids", {1}}, {"tokens", {"<s>"}}}}}}}},
            {"decoder",
             {{"type", "Sequence"},
              {"decoders",
               {{{"type", "Replace"}, {"pattern", {{"String", "▁"}}}, {"content", " "}},
                {{"type", "ByteFallback"}},
                {{"type", "Fuse"}},
                {{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}}}}}},
            {"model",
             {{"type", "BPE"},
              {"unk_token", "<unk>"},
              {"fuse_unk", true},
              {"byte_fallback", true},
              {"vocab", vocabulary},
              {"merges", OrderedJson::array({"▁ a", "a b", "▁a b", "▁ ▁"})}}}};
}

/// The tokenizer of a folder with these files ("tokenizer.json", "tokenizer_config.json").
inline std::unique_ptr<Tokenizer> loaded(const OrderedJson& json, const std::string& config = {}) {
    const TemporaryFolder folder;
    writeFileAtomically(folder / "tokenizer.json", json.dump());
    if (!config.empty()) writeFileAtomically(folder / "tokenizer_config.json", config);
    return loadTokenizer(folder.path());
}

}  // namespace studio::test
