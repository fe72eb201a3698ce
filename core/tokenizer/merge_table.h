// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/tokenizer/vocabulary.h"

namespace studio {

/// The merges of a byte pair encoding: which two tokens become which one, and in which order. A pair that is
/// given twice has the later rank (as in Hugging Face's engine). Not thread-safe while it is filled.
class MergeTable {
public:
    static constexpr std::uint32_t kNoRank = ~std::uint32_t{0};
    struct Merge {
        std::uint32_t rank = kNoRank;  ///< smaller ones are made first
        TokenId result = 0;
    };

    void reserve(std::size_t merges) {
        std::size_t slots = 16;
        while (slots < merges * 2) slots *= 2;
        if (slots > m_slots.size()) rehash(slots);
    }

    void set(TokenId left, TokenId right, Merge merge) {
        if (m_size * 2 >= m_slots.size()) rehash(m_slots.empty() ? 16 : m_slots.size() * 2);
        Slot& slot = m_slots[slotOf(keyOf(left, right))];
        if (slot.key == kFree) ++m_size;
        slot = {keyOf(left, right), merge};
    }

    /// Merge::rank is kNoRank where there is none.
    Merge find(TokenId left, TokenId right) const {
        if (m_slots.empty()) return {};
        return m_slots[slotOf(keyOf(left, right))].merge;
    }

private:
    static constexpr std::uint64_t kFree = ~std::uint64_t{0};  // token ids are below 2^22
    struct Slot {
        std::uint64_t key = kFree;
        Merge merge;
    };

    static std::uint64_t keyOf(TokenId left, TokenId right) { return std::uint64_t{left} << 32 | right; }

    std::size_t slotOf(std::uint64_t key) const {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = ((key ^ (key >> 29)) * 0x9E3779B97F4A7C15U >> 32) & mask;
        while (m_slots[slot].key != key && m_slots[slot].key != kFree) slot = (slot + 1) & mask;
        return slot;
    }

    void rehash(std::size_t slots) {
        std::vector<Slot> old(slots);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.key != kFree) m_slots[slotOf(slot.key)] = slot;
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

}  // namespace studio
