// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/tokenizer/added_tokens.h"

namespace studio {

struct TokenizerDraft;

/// What tokenizer_config.json, special_tokens_map.json and added_tokens.json say about a tokenizer.
struct TokenizerSettings {
    std::string file;            ///< the path of tokenizer_config.json, for messages
    std::string tokenizerClass;  ///< without "Fast" at its end; may be empty
    std::optional<bool> addsBos;
    std::optional<bool> addsEos;
    std::optional<bool> addsPrefixSpace;
    struct Named {
        std::string content;
        JsonPlace place;
    };
    std::optional<Named> bos;
    std::optional<Named> eos;
    /// Tokens with a special role (bos, eos, unk, pad and additional ones), by content.
    std::vector<std::string> specials;
    /// added_tokens_decoder, or added_tokens.json where there is none (folders of before 2023), by id.
    std::vector<AddedToken> addedTokens;
    JsonPlace addedTokensPlace;
};

/// Reads these files where they are there. Throws TokenizerInvalid naming file and field.
TokenizerSettings readTokenizerSettings(const std::filesystem::path& folder);

/// Adds the tokens that only the settings know, and sets BOS and EOS: which tokens they are, and whether
/// texts get them. What the settings say about that goes before tokenizer.json's post-processor, as in
/// Hugging Face's transformers. Throws TokenizerInvalid.
void applySettings(const TokenizerSettings& settings, TokenizerDraft& draft);

}  // namespace studio
