// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/base/random.h"

namespace studio {

/// Draws items without putting them back and shuffles anew when all are gone: every item comes equally often
/// (to within one), which plain random choice would not give the rarer facts. Not thread-safe.
template <typename T>
class Deck {
public:
    /// `items` must not be empty.
    explicit Deck(std::vector<T> items) : m_items(std::move(items)), m_next(m_items.size()) {}

    /// The next item; the reference holds until the following draw.
    const T& draw(Random& random) {
        if (m_next == m_items.size()) {
            random.shuffle(m_items);
            m_next = 0;
        }
        return m_items[m_next++];
    }

private:
    std::vector<T> m_items;
    std::size_t m_next;
};

}  // namespace studio
