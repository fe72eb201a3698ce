// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/tokenizer/text_normalizer.h"
#include "core/tokenizer/vocabulary.h"

namespace studio {

/// A token that is recognised in the text itself, before the text is parted into words.
struct AddedToken {
    std::string content;
    TokenId id = 0;
    bool singleWord = false;  ///< only where no letter or digit stands beside it
    bool leftStrip = false;   ///< takes the white space before it
    bool rightStrip = false;  ///< takes the white space behind it
    bool normalized = false;  ///< looked for in the normalized text, as its own normalized form
    bool special = false;     ///< not a part of the text: left out when decoding, if so wanted
};

/// A part of a text: an added token, or text without any.
struct AddedPart {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<TokenId> id;
};

/// The added tokens of a tokenizer. Of those that begin at the same place the longest is found (Aho and
/// Corasick's "leftmost-longest"). Immutable once made; any thread.
class AddedTokens {
public:
    /// No added token of a published tokenizer is as long; it bounds the time that a text takes.
    static constexpr std::size_t kLongest = 1024;

    AddedTokens() = default;
    AddedTokens(AddedTokens&&) noexcept = default;
    AddedTokens& operator=(AddedTokens&&) noexcept = default;
    /// The contents are unique, not empty and at most kLongest bytes long.
    AddedTokens(std::vector<AddedToken> tokens, const TextNormalizer& normalizer);

    /// Parts `text` at the tokens that are looked for before it is normalized. The parts are not empty (but
    /// for a text that is) and cover it.
    std::vector<AddedPart> splitRaw(std::string_view text) const { return split(m_raw, text); }
    /// The same for the tokens that are looked for in normalized text.
    std::vector<AddedPart> splitNormalized(std::string_view text) const { return split(m_normalized, text); }

    const AddedToken* find(TokenId id) const;
    const AddedToken* find(std::string_view content) const;
    const std::vector<AddedToken>& all() const { return m_tokens; }
    /// Whether the content of some special token is this (how Hugging Face decides what to leave out).
    bool isSpecial(std::string_view content) const;

private:
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};

    /// A trie over the bytes of the contents.
    struct Trie {
        struct Node {
            std::uint32_t sibling = kNone;
            std::uint32_t child = kNone;
            std::uint32_t token = kNone;
            std::uint8_t byte = 0;
        };
        std::vector<Node> nodes;
        std::array<std::uint32_t, 256> first = filled();

        static std::array<std::uint32_t, 256> filled();
        void add(std::string_view content, std::uint32_t token);
        std::uint32_t child(std::uint32_t parent, std::uint8_t byte) const;
        /// The longest content that begins at `begin`, and where it ends.
        std::uint32_t longest(std::string_view text, std::size_t begin, std::size_t& end) const;
    };

    std::vector<AddedPart> split(const Trie& trie, std::string_view text) const;

    std::vector<AddedToken> m_tokens;
    Trie m_raw;
    Trie m_normalized;
    std::unordered_map<TokenId, std::size_t> m_byId;
    std::unordered_map<std::string_view, std::size_t> m_byContent;
};

}  // namespace studio
