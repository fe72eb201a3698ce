// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The regular expressions that part a text into words in GPT-2, Llama 3, GPT-4, Qwen2 and Qwen3, written out:
// many times as fast as a regular expression, and linear for every text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace studio {

enum class SplitPattern {
    Gpt2,    ///< also GPT-NeoX and Pythia; what ByteLevel means by use_regex
    Llama3,  ///< also cl100k (GPT-4) as Hugging Face writes it: up to three digits a word
    Qwen2    ///< the same with one digit a word
};

/// Which of them a pattern's text is, to the letter; nothing for any other.
std::optional<SplitPattern> knownSplitPattern(std::string_view regex);

/// Appends where each word of `text` ends. Every byte is part of a word; what is no UTF-8 counts as U+FFFD.
void scanWords(SplitPattern pattern, std::string_view text, std::vector<std::uint32_t>& ends);

}  // namespace studio
