// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/sentencepiece_library.h"

#include "core/base/own_library.h"

namespace studio {

const SentencePieceLibrary& sentencePieceLibrary() {
    static const SentencePieceLibrary& library = *reinterpret_cast<SentencePieceEntry>(
        loadOwnLibrary({"libstudio_sentencepiece.so", "STUDIO_SENTENCEPIECE", kSentencePieceEntry,
                        /*preferOwnSymbols=*/true}))();
    return library;
}

void trainSentencePiece(const std::vector<std::filesystem::path>& texts, const TokenizerTraining& settings,
                        const std::filesystem::path& folder) {
    sentencePieceLibrary().train(texts, settings, folder);
}

}  // namespace studio
