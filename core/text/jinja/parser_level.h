// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/jinja/parser.h"

namespace studio::jinja {

/// One level of the parser's own recursion: brackets within brackets make no nodes, but use the stack.
class Parser::Level {
public:
    explicit Level(std::size_t& levels) : m_levels(levels) {
        checkDepth(m_levels + 1);
        ++m_levels;
    }
    ~Level() { --m_levels; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

private:
    std::size_t& m_levels;
};

}  // namespace studio::jinja
