// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace studio {

class Database;

/// Name of the tokenizer in SQL: fts5(…, tokenize='studio_words').
extern const char* const kWordTokenizer;

/// Makes searchWords() of core/text the tokenizer of this connection's FTS5 tables: words, and every Han,
/// Kana and Hangul character by itself.
void registerWordTokenizer(Database& database);

/// The FTS5 query for what a person typed: every part between white space must occur, each as a phrase (so
/// that Chinese finds any run of characters), the last one as a beginning. Empty when there is no word in it.
std::string matchQuery(const std::string& search);

}  // namespace studio
