// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenizer.h"

namespace studio {

/// trainSentencePiece() of core/tokenizer/tokenizer.h, on the library's side of the border.
void trainWithSentencePiece(const std::vector<std::filesystem::path>& texts,
                            const TokenizerTraining& settings, const std::filesystem::path& folder);

}  // namespace studio
