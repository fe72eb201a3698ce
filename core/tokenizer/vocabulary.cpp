// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/vocabulary.h"

namespace studio {

/// Where `token` is, or the free slot where it would go.
std::size_t Vocabulary::slotOf(std::string_view token) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = shortHash(token) & mask;
    while (m_slots[slot] != 0 && this->token(m_slots[slot] - 1) != token) slot = (slot + 1) & mask;
    return slot;
}

void Vocabulary::grow() {
    constexpr std::size_t kFirstSlots = 1024;
    m_slots.assign(m_slots.empty() ? kFirstSlots : m_slots.size() * 2, 0);
    for (TokenId id = 0; id < m_entries.size(); ++id) {
        if (has(id)) m_slots[slotOf(token(id))] = id + 1;
    }
}

Vocabulary::Added Vocabulary::add(std::string_view token, TokenId id) {
    if (m_size * 2 >= m_slots.size()) grow();
    const std::size_t slot = slotOf(token);
    if (m_slots[slot] != 0) return Added::TokenIsThere;
    if (has(id)) return Added::IdIsTaken;
    if (id >= m_entries.size()) m_entries.resize(id + std::size_t{1});
    m_entries[id] = {static_cast<std::uint32_t>(m_text.size()), static_cast<std::uint32_t>(token.size())};
    m_text += token;
    m_slots[slot] = id + 1;
    ++m_size;
    return Added::Yes;
}

std::optional<TokenId> Vocabulary::find(std::string_view token) const {
    if (m_slots.empty()) return std::nullopt;
    const TokenId found = m_slots[slotOf(token)];
    if (found == 0) return std::nullopt;
    return found - 1;
}

}  // namespace studio
