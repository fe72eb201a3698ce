// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include <array>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/chat_templates.h"
#include "core/formats/tokenizer_choice.h"
#include "core/text/unicode.h"
#include "core/tokenizer/hugging_face_files.h"
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

void copyTemplate(const fs::path& from, const fs::path& to) {
    if (isBlankTemplate(from)) return;
    makeFolders(to.parent_path());
    writeFileAtomically(to, readFile(from));
}

}  // namespace

std::string Tokenizer::decode(const std::vector<std::int64_t>& ids, SpecialTokens specials) const {
    std::string text;
    DecodeState state;
    state.specials = specials;
    for (const std::int64_t id : ids) text += decodeNext(id, state);
    return text;
}

std::string Tokenizer::readable(std::string_view bytes) const {
    return replaceInvalidUtf8(bytes);
}

std::vector<std::int64_t> Tokenizer::encodeWithSpecials(std::string_view text) const {
    std::vector<std::int64_t> ids = encode(text);
    if (addsBos() && bosId()) ids.insert(ids.begin(), *bosId());
    if (addsEos() && eosId()) ids.push_back(*eosId());
    return ids;
}

std::unique_ptr<Tokenizer> loadTokenizer(const fs::path& folder) {
    const TokenizerChoice choice = chooseTokenizer(folder);
    switch (choice.file) {
        case TokenizerFile::SentencePiece:
            return std::unique_ptr<Tokenizer>(sentencePieceLibrary().load(folder));
        case TokenizerFile::TokenizerJson:
            return loadTokenizerJson(folder);
        case TokenizerFile::VocabularyAndMerges:
            return loadVocabularyAndMerges(folder);
        case TokenizerFile::None:
            break;
    }
    throw Error(ErrorCode::TokenizerInvalid,
                "There is no tokenizer in the folder " + folder.string() +
                    ": neither tokenizer.model nor tokenizer.json nor vocab.json with merges.txt.",
                "Copy the tokenizer's files from where the model came from.", {folder.string()});
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
    for (const std::string& name : tokenizerFiles(from)) {
        if (name == kChatTemplateFile)
            copyTemplate(from / name, to / name);
        else
            writeFileAtomically(to / name, readFile(from / name));
    }
    for (const fs::path& name : additionalChatTemplates(from)) copyTemplate(from / name, to / name);
}

StreamDecoder::StreamDecoder(const Tokenizer& tokenizer, const std::vector<std::int64_t>& context)
    : m_tokenizer(tokenizer) {
    for (const std::int64_t id : context) m_tokenizer.decodeNext(id, m_state);
}

std::string StreamDecoder::push(std::int64_t id) {
    m_pending += m_tokenizer.decodeNext(id, m_state);
    m_ids.push_back(id);
    const std::size_t complete = completeUtf8Prefix(m_pending);
    std::string text = m_tokenizer.readable(std::string_view(m_pending).substr(0, complete));
    m_pending.erase(0, complete);
    return text;
}

std::string StreamDecoder::finish() {
    std::string text = m_tokenizer.readable(m_pending);
    m_pending.clear();
    return text;
}

}  // namespace studio
