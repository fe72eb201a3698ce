// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/tokenizer/tokenizer.h"

namespace studio {

/// Ids of a text in which special tokens are spelled out, as chat templates do: each of them is read as the
/// token it is, also by tokenizers whose encode() takes it for text. What stands between two of them is
/// encoded by itself, so that sentencepiece puts its space before each piece, as Hugging Face's tokenizers do
/// in their `legacy` way. No token is added.
std::vector<TokenSpan> encodeMarked(const Tokenizer& tokenizer, std::string_view text);

}  // namespace studio
