// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "core/tokenizer/merge_symbols.h"

namespace studio {

/// The tokens of words met lately: 16384 places of 64 bytes; a word that comes to another's place takes it.
/// Long words and those of many tokens are left out. One thread at a time.
class WordCache {
public:
    WordCache() : m_entries(kEntries) {}

    /// Appends the word's tokens to `tokens`, their ends moved by `offset`; false where it is not known.
    bool find(std::string_view word, std::uint32_t offset, std::vector<WordToken>& tokens) const {
        if (word.size() > kLongestWord) return false;
        const Entry& entry = m_entries[placeOf(word)];
        if (entry.length != word.size() || std::memcmp(entry.word.data(), word.data(), word.size()) != 0)
            return false;
        for (std::size_t i = 0; i < entry.count; ++i)
            tokens.push_back({entry.ids[i], offset + entry.ends[i]});
        return true;
    }

    void remember(std::string_view word, const std::vector<WordToken>& tokens) {
        if (word.size() > kLongestWord || word.empty() || tokens.size() > kMostTokens) return;
        Entry& entry = m_entries[placeOf(word)];
        entry.length = static_cast<std::uint8_t>(word.size());
        entry.count = static_cast<std::uint8_t>(tokens.size());
        std::memcpy(entry.word.data(), word.data(), word.size());
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            entry.ids[i] = tokens[i].id;
            entry.ends[i] = static_cast<std::uint8_t>(tokens[i].end);
        }
    }

    /// Room for a word that is being tokenized.
    std::vector<WordToken>& scratch() { return m_scratch; }

private:
    static constexpr std::size_t kEntries = 1 << 14;
    static constexpr std::size_t kLongestWord = 27;
    static constexpr std::size_t kMostTokens = 7;
    struct alignas(64) Entry {
        std::array<TokenId, kMostTokens> ids{};
        std::array<std::uint8_t, kMostTokens> ends{};
        std::array<char, kLongestWord> word{};
        std::uint8_t length = 0;  ///< no word is empty: 0 is a free place
        std::uint8_t count = 0;
    };
    static_assert(sizeof(Entry) == 64);

    static std::size_t placeOf(std::string_view word) { return shortHash(word) & (kEntries - 1); }

    std::vector<Entry> m_entries;
    std::vector<WordToken> m_scratch;
};

/// A few caches for all threads that use one tokenizer, so that what one call has found serves the next one
/// while its memory stays bounded. Thread-safe.
class WordCaches {
    struct Slot {
        std::mutex mutex;
        std::unique_ptr<WordCache> cache;
    };

public:
    /// A cache for one call, which goes back when it is destroyed.
    class Lease {
    public:
        WordCache& cache() { return *m_cache; }

    private:
        friend class WordCaches;
        std::unique_lock<std::mutex> m_lock;
        std::unique_ptr<WordCache> m_own;
        WordCache* m_cache = nullptr;
    };

    Lease take() {
        Lease lease;
        for (Slot& slot : m_slots) {
            std::unique_lock lock(slot.mutex, std::try_to_lock);
            if (!lock) continue;
            if (!slot.cache) slot.cache = std::make_unique<WordCache>();
            lease.m_cache = slot.cache.get();
            lease.m_lock = std::move(lock);
            return lease;
        }
        lease.m_own = std::make_unique<WordCache>();
        lease.m_cache = lease.m_own.get();
        return lease;
    }

private:
    std::array<Slot, 4> m_slots;
};

}  // namespace studio
