// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/added_tokens.h"

#include <algorithm>

#include "core/text/unicode_table.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

char32_t characterAt(std::string_view text, std::size_t at) {
    return utf8At(text, at).codePoint;
}

/// Where the character that ends at `end` begins.
std::size_t characterBefore(std::string_view text, std::size_t end) {
    std::size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return begin;
}

bool isWhiteSpace(char32_t c) {
    return (UnicodeTable::instance().bit(c) & category::kWhiteSpace) != 0;
}

bool standsAlone(std::string_view text, std::size_t begin, std::size_t end) {
    const bool before =
        begin > 0 && isWordCharacter(characterAt(text, characterBefore(text, begin)), WordRule::Rust);
    const bool behind = end < text.size() && isWordCharacter(characterAt(text, end), WordRule::Rust);
    return !before && !behind;
}

}  // namespace

std::array<std::uint32_t, 256> AddedTokens::Trie::filled() {
    std::array<std::uint32_t, 256> none{};
    none.fill(kNone);
    return none;
}

std::uint32_t AddedTokens::Trie::child(std::uint32_t parent, std::uint8_t byte) const {
    std::uint32_t node = nodes[parent].child;
    while (node != kNone && nodes[node].byte != byte) node = nodes[node].sibling;
    return node;
}

void AddedTokens::Trie::add(std::string_view content, std::uint32_t token) {
    if (content.empty()) return;
    std::uint32_t at = kNone;
    for (const char c : content) {
        const auto byte = static_cast<std::uint8_t>(c);
        std::uint32_t next = at == kNone ? first[byte] : child(at, byte);
        if (next == kNone) {
            next = static_cast<std::uint32_t>(nodes.size());
            Node made;
            made.byte = byte;
            if (at != kNone) {
                made.sibling = nodes[at].child;
                nodes[at].child = next;
            } else {
                first[byte] = next;
            }
            nodes.push_back(made);
        }
        at = next;
    }
    // Two tokens may have the same normalized form: the first one is found.
    if (nodes[at].token == kNone) nodes[at].token = token;
}

std::uint32_t AddedTokens::Trie::longest(std::string_view text, std::size_t begin, std::size_t& end) const {
    std::uint32_t found = kNone;
    std::uint32_t node = first[static_cast<std::uint8_t>(text[begin])];
    for (std::size_t at = begin + 1; node != kNone; ++at) {
        if (nodes[node].token != kNone) {
            found = nodes[node].token;
            end = at;
        }
        if (at == text.size()) break;
        node = child(node, static_cast<std::uint8_t>(text[at]));
    }
    return found;
}

AddedTokens::AddedTokens(std::vector<AddedToken> tokens, const TextNormalizer& normalizer)
    : m_tokens(std::move(tokens)) {
    for (const bool special : {true, false}) {
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            const AddedToken& token = m_tokens[i];
            if (token.special != special) continue;
            const auto index = static_cast<std::uint32_t>(i);
            if (token.normalized)
                m_normalized.add(normalizer.applied(token.content), index);
            else
                m_raw.add(token.content, index);
        }
    }
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        m_byId.emplace(m_tokens[i].id, i);
        m_byContent.emplace(m_tokens[i].content, i);
    }
}

const AddedToken* AddedTokens::find(TokenId id) const {
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : &m_tokens[found->second];
}

const AddedToken* AddedTokens::find(std::string_view content) const {
    const auto found = m_byContent.find(content);
    return found == m_byContent.end() ? nullptr : &m_tokens[found->second];
}

bool AddedTokens::isSpecial(std::string_view content) const {
    const AddedToken* token = find(content);
    return token && token->special;
}

std::vector<AddedPart> AddedTokens::split(const Trie& trie, std::string_view text) const {
    std::vector<AddedPart> parts;
    std::size_t done = 0;
    if (!trie.nodes.empty()) {
        for (std::size_t at = 0; at < text.size();) {
            if (trie.first[static_cast<std::uint8_t>(text[at])] == kNone) {
                ++at;
                continue;
            }
            std::size_t begin = at;
            std::size_t end = at;
            const std::uint32_t index = trie.longest(text, at, end);
            if (index == kNone) {
                ++at;
                continue;
            }
            at = end;
            const AddedToken& token = m_tokens[index];
            if (token.singleWord && !standsAlone(text, begin, end)) continue;
            if (token.leftStrip) {
                while (begin > done && isWhiteSpace(characterAt(text, characterBefore(text, begin))))
                    begin = characterBefore(text, begin);
                begin = std::max(begin, done);
            }
            if (token.rightStrip) {
                while (end < text.size() && isWhiteSpace(characterAt(text, end)))
                    end += utf8At(text, end).length;
            }
            if (done < begin) parts.push_back({done, begin, std::nullopt});
            // White space that is a token itself may have been taken by the token before it.
            if (begin < end) parts.push_back({begin, end, token.id});
            done = std::max(done, end);
        }
    }
    if (done < text.size() || text.empty()) parts.push_back({done, text.size(), std::nullopt});
    return parts;
}

}  // namespace studio
