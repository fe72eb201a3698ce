// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include <array>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/unicode.h"
#include "core/tokenizer/sentencepiece_library.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::array kTokenizerFiles = {"tokenizer.model",
                                        "tokenizer.json",
                                        "tokenizer_config.json",
                                        "special_tokens_map.json",
                                        "added_tokens.json",
                                        "vocab.json",
                                        "merges.txt",
                                        "chat_template.jinja"};

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

}  // namespace

std::string Tokenizer::decode(const std::vector<std::int64_t>& ids) const {
    std::string text;
    DecodeState state;
    for (const std::int64_t id : ids) text += decodeNext(id, state);
    return text;
}

std::vector<std::int64_t> Tokenizer::encodeWithSpecials(std::string_view text) const {
    std::vector<std::int64_t> ids = encode(text);
    if (addsBos() && bosId()) ids.insert(ids.begin(), *bosId());
    if (addsEos() && eosId()) ids.push_back(*eosId());
    return ids;
}

std::unique_ptr<Tokenizer> loadTokenizer(const fs::path& folder) {
    if (isFile(folder / "tokenizer.model"))
        return std::unique_ptr<Tokenizer>(sentencePieceLibrary().load(folder));
    std::string found;
    for (const char* name : {"tokenizer.json", "vocab.json"}) {
        if (isFile(folder / name)) found = name;
    }
    const std::string next = "Choose a model folder with a sentencepiece tokenizer (tokenizer.model).";
    if (!found.empty()) {
        throw Error(ErrorCode::TokenizerInvalid,
                    "The folder " + folder.string() + " has a tokenizer only as " + found +
                        ", a kind that this version does not read.",
                    next, {folder.string()});
    }
    throw Error(ErrorCode::TokenizerInvalid,
                "There is no tokenizer.model in the folder " + folder.string() + ".", next,
                {folder.string()});
}

std::vector<std::string> tokenizerFiles(const fs::path& folder) {
    std::vector<std::string> names;
    for (const char* name : kTokenizerFiles) {
        if (isFile(folder / name)) names.emplace_back(name);
    }
    return names;
}

void copyTokenizerFiles(const fs::path& from, const fs::path& to) {
    makeFolders(to);
    for (const std::string& name : tokenizerFiles(from))
        writeFileAtomically(to / name, readFile(from / name));
}

StreamDecoder::StreamDecoder(const Tokenizer& tokenizer, const std::vector<std::int64_t>& context)
    : m_tokenizer(tokenizer) {
    for (const std::int64_t id : context) m_tokenizer.decodeNext(id, m_state);
}

std::string StreamDecoder::push(std::int64_t id) {
    m_pending += m_tokenizer.decodeNext(id, m_state);
    m_ids.push_back(id);
    const std::size_t complete = completeUtf8Prefix(m_pending);
    std::string text = replaceInvalidUtf8(std::string_view(m_pending).substr(0, complete));
    m_pending.erase(0, complete);
    return text;
}

std::string StreamDecoder::finish() {
    std::string text = replaceInvalidUtf8(m_pending);
    m_pending.clear();
    return text;
}

}  // namespace studio
