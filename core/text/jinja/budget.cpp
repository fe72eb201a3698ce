// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/budget.h"

#include <algorithm>
#include <string>

#include "core/text/jinja/problem.h"

namespace studio::jinja {

void Budget::check() {
    if (m_stop.stop_requested()) throw Cancelled();
    if (m_spent > m_limits.steps)
        exceeded("it takes more than " + std::to_string(m_limits.steps) + " steps, the limit");
    m_nextCheck = std::min(m_spent + kStepsACheck, m_limits.steps + 1);
}

void Budget::textTooLong() const {
    exceeded("it makes a text of more than " + std::to_string(m_limits.textBytes) + " bytes, the limit");
}

void Budget::memoryExceeded() const {
    exceeded("it takes more than " + std::to_string(m_limits.memoryBytes) + " bytes of memory, the limit");
}

void Budget::depthExceeded() const {
    exceeded("it nests or calls itself more than " + std::to_string(m_limits.depth) +
             " levels deep, the limit");
}

}  // namespace studio::jinja
