// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/tokenizer/tokenizer.h"

namespace studio {

/// The tokenizer of FOLDER/tokenizer.json, with what FOLDER/tokenizer_config.json and special_tokens_map.json
/// say beside it. Throws TokenizerInvalid naming file and field: for damaged files, for models other than
/// BPE, and for everything that this version does not do exactly as Hugging Face's library.
std::unique_ptr<Tokenizer> loadTokenizerJson(const std::filesystem::path& folder);

/// The byte-level BPE of FOLDER/vocab.json and FOLDER/merges.txt. Which pre-tokenizer belongs to it says
/// tokenizer_class in tokenizer_config.json; without one it is GPT-2's. Throws as loadTokenizerJson() does.
std::unique_ptr<Tokenizer> loadVocabularyAndMerges(const std::filesystem::path& folder);

}  // namespace studio
