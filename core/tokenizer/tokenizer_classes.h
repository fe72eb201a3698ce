// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace studio {

/// What a tokenizer class of Hugging Face's transformers takes for granted where a folder's files say
/// nothing: GPT-2's folder, as it is published, names no special token at all.
struct TokenizerClass {
    std::string_view name;  ///< without "Fast" at its end
    std::string_view bos;   ///< empty: none
    std::string_view eos;
    bool addsBos = false;  ///< puts BOS before a text unless it is told not to
};

/// nullptr for a class without habits of its own.
const TokenizerClass* tokenizerClassNamed(std::string_view name);

/// The class that transformers takes for a model of this `model_type` (config.json) where
/// tokenizer_config.json names none; nullptr for other models.
const TokenizerClass* tokenizerClassOfModel(std::string_view modelType);

}  // namespace studio
