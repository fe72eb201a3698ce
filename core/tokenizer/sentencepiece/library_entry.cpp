// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one function that libstudio_sentencepiece.so exports.
#include "core/tokenizer/sentencepiece/sentencepiece_tokenizer.h"
#include "core/tokenizer/sentencepiece/train_sentencepiece.h"
#include "core/tokenizer/sentencepiece_library.h"

namespace studio {

namespace {

Tokenizer* load(const std::filesystem::path& folder) {
    return SentencePieceTokenizer::load(folder).release();
}

constexpr SentencePieceLibrary kLibrary{load, trainWithSentencePiece};

}  // namespace

}  // namespace studio

// A symbol of the C kind, spelled as such.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" __attribute__((visibility("default"))) const studio::SentencePieceLibrary* studio_sentencepiece() {
    return &studio::kLibrary;
}
