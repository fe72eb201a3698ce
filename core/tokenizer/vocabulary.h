// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

using TokenId = std::uint32_t;

/// A hash for short texts. Not for tables whose keys an adversary may choose to collide: here a collision
/// only costs a few steps of a table that is at most half full.
inline std::uint64_t shortHash(std::string_view text) {
    std::uint64_t hash = 0x9E3779B97F4A7C15U ^ text.size();
    std::size_t at = 0;
    const auto mix = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
        hash ^= hash >> 32;
    };
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        __builtin_memcpy(&word, text.data() + at, 8);
        mix(word);
    }
    std::uint64_t word = 0;
    if (at < text.size()) __builtin_memcpy(&word, text.data() + at, text.size() - at);
    mix(word);
    return hash ^ (hash >> 29);
}

/// Tokens and their ids, both unique. There may be ids without a token. Not thread-safe while it is filled.
class Vocabulary {
public:
    /// No published vocabulary has a tenth of this; it bounds what a hostile file can make us reserve.
    static constexpr TokenId kMostIds = TokenId{1} << 22;

    enum class Added { Yes, TokenIsThere, IdIsTaken };
    /// `id` is below kMostIds; the token's text is copied.
    Added add(std::string_view token, TokenId id);

    std::optional<TokenId> find(std::string_view token) const;
    bool has(std::size_t id) const { return id < m_entries.size() && m_entries[id].offset != kNoEntry; }
    /// The token of an id that there is.
    std::string_view token(TokenId id) const {
        const Entry& entry = m_entries[id];
        return std::string_view(m_text).substr(entry.offset, entry.length);
    }
    /// Number of tokens.
    std::size_t size() const { return m_size; }
    /// One more than the largest id.
    std::size_t idLimit() const { return m_entries.size(); }

private:
    static constexpr std::uint32_t kNoEntry = ~std::uint32_t{0};
    struct Entry {
        std::uint32_t offset = kNoEntry;
        std::uint32_t length = 0;
    };

    std::size_t slotOf(std::string_view token) const;
    void grow();

    std::string m_text;            ///< all tokens, one behind the other
    std::vector<Entry> m_entries;  ///< by id
    std::vector<TokenId> m_slots;  ///< open addressing, id + 1; 0 is free
    std::size_t m_size = 0;
};

}  // namespace studio
