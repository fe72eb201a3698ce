// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/bpe_model.h"

#include <cstdio>

#include "core/text/utf8.h"
#include "core/tokenizer/byte_level.h"

namespace studio {

namespace {

constexpr std::string_view kSpace =
    "\xE2\x96\x81";  // U+2581, a space in vocabularies that come from sentencepiece
constexpr char32_t kBasicPlane = 0x10000;

/// Whether `token` has a U+2581 behind another character.
bool hasInnerSpace(std::string_view token) {
    std::size_t at = token.find(kSpace);
    for (; at != std::string_view::npos; at = token.find(kSpace, at + kSpace.size())) {
        if (at > 0 && (at < kSpace.size() || token.substr(at - kSpace.size(), kSpace.size()) != kSpace))
            return true;
    }
    return false;
}

}  // namespace

BpeModel::BpeModel(Vocabulary vocabulary, MergeTable merges, const Settings& settings)
    : m_vocabulary(std::move(vocabulary)), m_merges(std::move(merges)), m_settings(settings) {
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::string spelled;
        appendUtf8(spelled, byteCharacter(static_cast<std::uint8_t>(byte)));
        m_byteTokens[byte] = m_vocabulary.find(spelled).value_or(kNoToken);
        std::array<char, 8> fallback{};
        std::snprintf(fallback.data(), fallback.size(), "<0x%02X>", byte);
        m_byteFallback[byte] = m_vocabulary.find(fallback.data()).value_or(kNoToken);
    }
    if (m_settings.byteLevel) return;
    m_characterTokens.assign(kBasicPlane, kNoToken);
    for (std::size_t id = 0; id < m_vocabulary.idLimit(); ++id) {
        if (!m_vocabulary.has(id)) continue;
        const std::string_view token = m_vocabulary.token(static_cast<TokenId>(id));
        if (token.empty()) continue;
        const Utf8Step step = utf8At(token, 0);
        if (step.state == Utf8::Valid && step.length == token.size() && step.codePoint < kBasicPlane)
            m_characterTokens[step.codePoint] = static_cast<TokenId>(id);
    }
    findOutWordBegin();
}

/// A model without a pre-tokenizer takes a whole text for one word. Where no token has a space behind another
/// character, no merge ever joins what is before such a space to the space: the text can be parted there with
/// the same result, and its parts be cached.
void BpeModel::findOutWordBegin() {
    if (m_settings.ignoreMerges || !m_settings.unknown || !m_vocabulary.find(kSpace)) return;
    for (std::size_t id = 0; id < m_vocabulary.idLimit(); ++id) {
        if (m_vocabulary.has(id) && hasInnerSpace(m_vocabulary.token(static_cast<TokenId>(id)))) return;
    }
    m_splitsBeforeSpace = true;
}

void BpeModel::tokenize(std::string_view word, std::uint32_t offset, WordCache& cache,
                        std::vector<WordToken>& tokens) const {
    if (!m_splitsBeforeSpace) {
        if (!word.empty()) tokenizeOne(word, offset, cache, tokens);
        return;
    }
    for (std::size_t begin = 0; begin < word.size();) {
        std::size_t end = begin;
        while (word.substr(end, kSpace.size()) == kSpace) end += kSpace.size();
        end = std::min(word.find(kSpace, end), word.size());
        tokenizeOne(word.substr(begin, end - begin), offset + static_cast<std::uint32_t>(begin), cache,
                    tokens);
        begin = end;
    }
}

void BpeModel::tokenizeOne(std::string_view word, std::uint32_t offset, WordCache& cache,
                           std::vector<WordToken>& tokens) const {
    if (cache.find(word, offset, tokens)) return;
    std::vector<WordToken>& symbols = cache.scratch();
    symbols.clear();
    if (const auto whole = wholeWord(word)) {
        symbols.push_back({*whole, static_cast<std::uint32_t>(word.size())});
    } else {
        if (m_settings.byteLevel)
            firstByteSymbols(word, symbols);
        else
            firstSymbols(word, symbols);
        mergeSymbols(m_merges, symbols);
    }
    cache.remember(word, symbols);
    for (const WordToken& symbol : symbols) tokens.push_back({symbol.id, offset + symbol.end});
}

std::optional<TokenId> BpeModel::wholeWord(std::string_view word) const {
    if (!m_settings.ignoreMerges) return std::nullopt;
    return m_settings.byteLevel ? m_vocabulary.find(toByteCharacters(word)) : m_vocabulary.find(word);
}

void BpeModel::firstByteSymbols(std::string_view word, std::vector<WordToken>& symbols) const {
    bool previousUnknown = false;
    for (std::size_t at = 0; at < word.size(); ++at) {
        const auto end = static_cast<std::uint32_t>(at + 1);
        const TokenId token = m_byteTokens[static_cast<unsigned char>(word[at])];
        if (token != kNoToken) {
            symbols.push_back({token, end});
            previousUnknown = false;
        } else if (m_settings.unknown && m_settings.fuseUnknown && previousUnknown) {
            symbols.back().end = end;
        } else if (m_settings.unknown) {
            symbols.push_back({*m_settings.unknown, end});
            previousUnknown = true;
        }
    }
}

TokenId BpeModel::tokenOfCharacter(std::string_view character) const {
    const Utf8Step step = utf8At(character, 0);
    if (step.state == Utf8::Valid && step.codePoint < kBasicPlane) return m_characterTokens[step.codePoint];
    return m_vocabulary.find(character).value_or(kNoToken);
}

/// Where each byte of the character has a token.
bool BpeModel::addBytes(std::string_view character, std::uint32_t begin,
                        std::vector<WordToken>& symbols) const {
    for (const char byte : character) {
        if (m_byteFallback[static_cast<unsigned char>(byte)] == kNoToken) return false;
    }
    for (std::size_t i = 0; i < character.size(); ++i) {
        symbols.push_back({m_byteFallback[static_cast<unsigned char>(character[i])],
                           begin + static_cast<std::uint32_t>(i) + 1});
    }
    return true;
}

void BpeModel::firstSymbols(std::string_view word, std::vector<WordToken>& symbols) const {
    bool isPending = false;  // whether there is an unknown token that is not among the symbols yet
    std::uint32_t pendingEnd = 0;
    const auto flush = [&] {
        if (isPending) symbols.push_back({*m_settings.unknown, pendingEnd});
        isPending = false;
    };
    for (std::size_t at = 0; at < word.size();) {
        const std::string_view character = word.substr(at, utf8At(word, at).length);
        const auto begin = static_cast<std::uint32_t>(at);
        at += character.size();
        const auto end = static_cast<std::uint32_t>(at);
        const TokenId token = tokenOfCharacter(character);
        if (token != kNoToken) {
            flush();
            symbols.push_back({token, end});
            continue;
        }
        // The engine leaves an unknown token pending behind bytes, so it comes after them.
        if (m_settings.byteFallback && addBytes(character, begin, symbols)) continue;
        if (!m_settings.unknown) continue;
        if (!m_settings.fuseUnknown) flush();
        isPending = true;
        pendingEnd = end;
    }
    flush();
}

}  // namespace studio
