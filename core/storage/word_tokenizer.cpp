// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/word_tokenizer.h"

#include <sqlite3.h>

#include <string_view>
#include <vector>

#include "core/storage/database.h"
#include "core/text/unicode.h"

namespace studio {

const char* const kWordTokenizer = "studio_words";

namespace {

// The tokenizer has no state, but FTS5 wants an object.
int createTokenizer(void*, const char**, int, Fts5Tokenizer** tokenizer) {
    static char stateless = 0;
    *tokenizer = reinterpret_cast<Fts5Tokenizer*>(&stateless);
    return SQLITE_OK;
}

void deleteTokenizer(Fts5Tokenizer*) {}

using TokenFunction = int (*)(void*, int, const char*, int, int, int);

int tokenize(Fts5Tokenizer*, void* context, int, const char* text, int length, TokenFunction onToken) {
    try {
        for (const Word& word : searchWords(std::string_view(text, static_cast<std::size_t>(length)))) {
            const int result = onToken(context, 0, word.folded.data(), static_cast<int>(word.folded.size()),
                                       static_cast<int>(word.begin), static_cast<int>(word.end));
            if (result != SQLITE_OK) return result;
        }
        return SQLITE_OK;
    } catch (...) {  // nothing may fly through SQLite's C frames
        return SQLITE_NOMEM;
    }
}

/// Splits at ASCII white space and the ideographic space U+3000.
std::vector<std::string> chunks(const std::string& search) {
    std::vector<std::string> all(1);
    for (std::size_t i = 0; i < search.size(); ++i) {
        const char c = search[i];
        const bool wide = search.compare(i, 3, "\xe3\x80\x80") == 0;
        if (!wide && c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\0') {
            all.back() += c;
            continue;
        }
        if (wide) i += 2;
        if (!all.back().empty()) all.emplace_back();
    }
    return all;  // the last one is empty where the search ends with a space
}

}  // namespace

void registerWordTokenizer(Database& database) {
    // https://www.sqlite.org/fts5.html#extending_fts5
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    int result = sqlite3_prepare_v2(database.handle(), "SELECT fts5(?1)", -1, &statement, nullptr);
    if (result != SQLITE_OK) database.fail(result);
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (api == nullptr) database.fail(SQLITE_ERROR);
    fts5_tokenizer tokenizer{createTokenizer, deleteTokenizer, tokenize};
    result = api->xCreateTokenizer(api, kWordTokenizer, nullptr, &tokenizer, nullptr);
    if (result != SQLITE_OK) database.fail(result);
}

std::string matchQuery(const std::string& search) {
    std::string query;
    const std::vector<std::string> parts = chunks(search);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (searchWords(parts[i]).empty()) continue;  // FTS5 refuses a phrase without a token
        if (!query.empty()) query += " AND ";
        query += '"';
        for (const char c : parts[i]) query += c == '"' ? std::string("\"\"") : std::string(1, c);
        query += '"';
        if (i + 1 == parts.size()) query += '*';
    }
    return query;
}

}  // namespace studio
