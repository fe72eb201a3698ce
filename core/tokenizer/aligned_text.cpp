// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/aligned_text.h"

namespace studio {

AlignedText::AlignedText(const AlignedText& whole, std::size_t begin, std::size_t end)
    : m_text(whole.m_text.substr(begin, end - begin)), m_begin(whole.m_begin), m_tracked(whole.m_tracked) {
    if (whole.m_origins.empty()) {
        m_begin += begin;
    } else {
        m_origins.assign(whole.m_origins.begin() + static_cast<std::ptrdiff_t>(begin),
                         whole.m_origins.begin() + static_cast<std::ptrdiff_t>(end) + 1);
    }
}

void AlignedText::Rewrite::keep(std::size_t end) {
    m_text.append(source(), m_done, end - m_done);
    if (m_target.m_tracked) {
        for (std::size_t place = m_done; place < end; ++place)
            m_origins.push_back(static_cast<std::uint32_t>(place));
    }
    m_done = end;
}

void AlignedText::Rewrite::replace(std::size_t end, std::string_view replacement) {
    m_text += replacement;
    if (m_target.m_tracked) m_origins.resize(m_text.size(), static_cast<std::uint32_t>(m_done));
    m_done = end;
}

void AlignedText::Rewrite::finish() {
    keep(source().size());
    if (m_target.m_tracked) {
        m_origins.push_back(static_cast<std::uint32_t>(source().size()));
        m_origins.front() = 0;
        if (!m_target.m_origins.empty()) {
            for (std::uint32_t& origin : m_origins) origin = m_target.m_origins[origin];
        }
        m_target.m_origins = std::move(m_origins);
    }
    m_target.m_own = std::move(m_text);
    m_target.m_text = m_target.m_own;
}

}  // namespace studio
