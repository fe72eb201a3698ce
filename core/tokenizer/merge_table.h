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
        mark(slot.key);
    }

    /// Merge::rank is kNoRank where there is none.
    Merge find(TokenId left, TokenId right) const {
        const std::uint64_t key = keyOf(left, right);
        const std::size_t bit = hashOf(key) & (m_filter.size() * kFilterBits - 1);
        if (m_slots.empty() || (m_filter[bit / kFilterBits] >> (bit % kFilterBits) & 1) == 0) return {};
        return m_slots[slotOf(key)].merge;
    }

private:
    static constexpr std::uint64_t kFree = ~std::uint64_t{0};  // token ids are below 2^22
    struct Slot {
        std::uint64_t key = kFree;
        Merge merge;
    };

    static std::uint64_t keyOf(TokenId left, TokenId right) { return std::uint64_t{left} << 32 | right; }

    static std::size_t hashOf(std::uint64_t key) { return (key ^ (key >> 29)) * 0x9E3779B97F4A7C15U >> 32; }

    void mark(std::uint64_t key) {
        const std::size_t bit = hashOf(key) & (m_filter.size() * kFilterBits - 1);
        m_filter[bit / kFilterBits] |= std::uint64_t{1} << (bit % kFilterBits);
    }

    std::size_t slotOf(std::uint64_t key) const {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = hashOf(key) & mask;
        while (m_slots[slot].key != key && m_slots[slot].key != kFree) slot = (slot + 1) & mask;
        return slot;
    }

    void rehash(std::size_t slots) {
        std::vector<Slot> old(slots);
        old.swap(m_slots);
        m_filter.assign(slots * kFilterBitsASlot / kFilterBits, 0);
        for (const Slot& slot : old) {
            if (slot.key == kFree) continue;
            m_slots[slotOf(slot.key)] = slot;
            mark(slot.key);
        }
    }

    static constexpr std::size_t kFilterBits = 64;
    static constexpr std::size_t kFilterBitsASlot = 4;

    std::vector<Slot> m_slots;
    /// A bit for each hash that some merge has. Most pairs have no merge, and these few bytes stay in the
    /// processor's cache, which the slots do not.
    std::vector<std::uint64_t> m_filter;
    std::size_t m_size = 0;
};

}  // namespace studio
