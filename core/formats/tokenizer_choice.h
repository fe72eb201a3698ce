// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio {

enum class TokenizerFile {
    None,
    SentencePiece,       ///< tokenizer.model
    TokenizerJson,       ///< tokenizer.json
    VocabularyAndMerges  ///< vocab.json and merges.txt
};

/// Which of a folder's tokenizers is used, and what kind it is.
struct TokenizerChoice {
    TokenizerFile file = TokenizerFile::None;
    /// "sentencepiece", "byte-level BPE", "byte-fallback BPE" or "BPE"; empty where there is none that this
    /// version reads (or that is damaged so that its kind is not seen).
    std::string kind;
};

/// Looks at a model folder's tokenizer files without reading their tables. Does not throw for damaged files:
/// loading them says what is wrong. The rule (docs/decisions/0014-tokenizers.md):
/// tokenizer.model before tokenizer.json before vocab.json with merges.txt, but tokenizer.json before a
/// tokenizer.model that is not all of the tokenizer: where tokenizer_config.json names a class that has no
/// tokenizer.model, where there is a chat template, where tokenizer.json is byte-level or knows tokens beyond
/// the sentencepiece model's, and where tokenizer.model is a list of ranks as tiktoken has it.
TokenizerChoice chooseTokenizer(const std::filesystem::path& folder);

}  // namespace studio
