// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenizer.h"

namespace studio {

/// What libstudio_sentencepiece.so offers. Debian's libsentencepiece carries a protobuf of its own and
/// exports its symbols; libtorch brings another protobuf. In one symbol scope they crash each other at load
/// time, so sentencepiece lives in a library that is loaded with a scope of its own, and nothing else links
/// it.
struct SentencePieceLibrary {
    /// Returns a new tokenizer that the caller owns. Throws as loadTokenizer().
    Tokenizer* (*load)(const std::filesystem::path& folder) = nullptr;
    /// As trainSentencePiece().
    void (*train)(const std::vector<std::filesystem::path>& texts, const TokenizerTraining& settings,
                  const std::filesystem::path& folder) = nullptr;
};

inline constexpr const char* kSentencePieceEntry = "studio_sentencepiece";
using SentencePieceEntry = const SentencePieceLibrary* (*)();

/// Loads the library the first time. Throws EngineUnavailable.
const SentencePieceLibrary& sentencePieceLibrary();

}  // namespace studio
