// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// trainSentencePiece of core/tokenizer/tokenizer.h.
#include <sentencepiece_trainer.h>

#include <fstream>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/text/unicode.h"
#include "core/tokenizer/sentencepiece/train_sentencepiece.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// unknown, BOS, EOS, newline, and the 256 bytes of byte fallback.
constexpr std::int64_t kFixedPieces = 4;
constexpr std::int64_t kBytePieces = 256;
/// Lines are handed over in groups of about this size: the library counts words, so the grouping changes
/// nothing but how often the space before a text (dummyPrefix) is seen.
constexpr std::size_t kSentenceBytes = 4096;

/// The documents (parted by blank lines) of all files, line breaks inside. Checks them on the way; an Error
/// is kept for the caller, because the library's frames in between are not to be thrown through.
class DocumentIterator final : public sentencepiece::SentenceIterator {
public:
    explicit DocumentIterator(const std::vector<fs::path>& texts) : m_texts(texts) { advance(); }

    bool done() const override { return m_done; }
    void Next() override { advance(); }
    const std::string& value() const override { return m_value; }
    sentencepiece::util::Status status() const override {
        if (!m_error) return {};
        return {sentencepiece::util::StatusCode::kInvalidArgument, m_error->what()};
    }
    const std::optional<Error>& error() const { return m_error; }
    bool sawText() const { return m_sawText; }

private:
    void advance() {
        m_value.clear();
        std::string line;
        while (!m_error && m_value.size() < kSentenceBytes && readLine(line)) {
            if (trimmed(line).empty()) {
                if (!m_value.empty()) break;
                continue;
            }
            if (!m_value.empty()) m_value += '\n';
            m_value += line;
        }
        m_done = m_value.empty() || m_error;
        m_sawText = m_sawText || !m_value.empty();
    }

    bool readLine(std::string& line) {
        while (!m_file.is_open() || !std::getline(m_file, line)) {
            if (m_file.is_open()) ++m_index;
            m_file.close();
            m_file.clear();
            if (m_index >= m_texts.size()) return false;
            m_file.open(m_texts[m_index], std::ios::binary);
            m_line = 0;
            if (!m_file) {
                m_error = Error(ErrorCode::FileUnreadable,
                                "The text file " + m_texts[m_index].string() + " cannot be read.",
                                "Check its name and permissions.", {m_texts[m_index].string()});
                return false;
            }
        }
        ++m_line;
        if (m_line == 1 && line.rfind("\xEF\xBB\xBF", 0) == 0) line.erase(0, 3);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (!firstInvalidUtf8(line)) return true;
        const std::string file = m_texts[m_index].string();
        m_error = Error(ErrorCode::BadEncoding,
                        "Line " + std::to_string(m_line) + " of " + file + " is not valid UTF-8.",
                        "Save the file as UTF-8 and try again.", {file, std::to_string(m_line)});
        return false;
    }

    const std::vector<fs::path>& m_texts;
    std::size_t m_index = 0;
    std::ifstream m_file;
    std::int64_t m_line = 0;
    std::string m_value;
    bool m_done = false;
    bool m_sawText = false;
    std::optional<Error> m_error;
};

std::unordered_map<std::string, std::string> trainerOptions(const TokenizerTraining& settings) {
    return {{"model_type", "bpe"},
            {"vocab_size", std::to_string(settings.vocabSize)},
            {"hard_vocab_limit", "true"},
            {"byte_fallback", settings.byteFallback ? "true" : "false"},
            {"normalization_rule_name", "identity"},
            {"remove_extra_whitespaces", "false"},
            {"add_dummy_prefix", settings.dummyPrefix ? "true" : "false"},
            {"allow_whitespace_only_pieces", "true"},
            {"character_coverage", "1.0"},
            {"user_defined_symbols", "\n"},
            {"max_sentence_length", std::to_string(1 << 30)},  // in bytes; longer ones would be left out
            {"num_threads", "1"},
            {"minloglevel", "3"}};  // the program says itself what happens
}

/// What the library's message means for the two settings that people choose.
[[noreturn]] void refuseTraining(const std::string& message, const TokenizerTraining& settings) {
    const std::string size = std::to_string(settings.vocabSize);
    if (message.find("ocabulary size") != std::string::npos ||
        message.find("vocab_size") != std::string::npos) {
        const bool tooSmall = message.find("smaller than") != std::string::npos ||
                              message.find("required_chars") != std::string::npos;
        throw Error(ErrorCode::SettingInvalid,
                    tooSmall
                        ? "A vocabulary of " + size + " tokens has no room for all characters of the text."
                        : "The text is too small for a vocabulary of " + size + " tokens.",
                    tooSmall ? "Set a larger vocabulary." : "Set a smaller vocabulary or add text.", {size});
    }
    throw Error(ErrorCode::TokenizerInvalid, "sentencepiece could not train a tokenizer: " + message + ".",
                "Check the text files.");
}

void writeConfigs(const TokenizerTraining& settings, const fs::path& folder) {
    writeJsonFile(folder / "tokenizer_config.json", OrderedJson{{"tokenizer_class", "LlamaTokenizer"},
                                                                {"add_bos_token", true},
                                                                {"add_eos_token", false},
                                                                {"add_prefix_space", settings.dummyPrefix},
                                                                {"bos_token", "<s>"},
                                                                {"eos_token", "</s>"},
                                                                {"unk_token", "<unk>"},
                                                                {"pad_token", nullptr},
                                                                {"clean_up_tokenization_spaces", false},
                                                                {"legacy", true}});
    writeJsonFile(folder / "special_tokens_map.json",
                  OrderedJson{{"bos_token", "<s>"}, {"eos_token", "</s>"}, {"unk_token", "<unk>"}});
}

}  // namespace

void trainWithSentencePiece(const std::vector<fs::path>& texts, const TokenizerTraining& settings,
                            const fs::path& folder) {
    const std::int64_t smallest = kFixedPieces + 1 + (settings.byteFallback ? kBytePieces : 0);
    constexpr std::int64_t kLargest = 1'000'000;
    if (settings.vocabSize < smallest || settings.vocabSize > kLargest) {
        const std::string size = std::to_string(settings.vocabSize);
        throw Error(ErrorCode::SettingInvalid,
                    "A vocabulary of " + size + " tokens is outside " + std::to_string(smallest) + " to " +
                        std::to_string(kLargest) + ".",
                    "Choose a size within that range.", {size});
    }
    DocumentIterator documents(texts);
    std::string model;
    std::string failure;
    try {
        if (!documents.error() && documents.sawText()) {
            const auto status =
                sentencepiece::SentencePieceTrainer::Train(trainerOptions(settings), &documents, &model);
            if (!status.ok()) failure = status.message();
        }
    } catch (const std::exception& e) {
        failure = e.what();
    }
    if (documents.error()) throw Error(*documents.error());
    if (!documents.sawText()) {
        throw Error(ErrorCode::EmptyInput, "There is no text to train a tokenizer on in the given files.",
                    "Name at least one text file with some lines of text.");
    }
    if (!failure.empty()) refuseTraining(failure, settings);
    makeFolders(folder);
    writeFileAtomically(folder / "tokenizer.model", model);
    writeConfigs(settings, folder);
}

}  // namespace studio
