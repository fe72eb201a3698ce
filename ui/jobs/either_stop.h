// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

namespace studio::ui {

/// A stop that is asked for when one of two others is: work of a TaskRunner that its user can stop and hear
/// the end of, and that ends with the runner as well. Lives while the work runs.
class EitherStop {
public:
    EitherStop(const std::stop_token& one, const std::stop_token& other)
        : m_one(one, Ask{m_source}), m_other(other, Ask{m_source}) {}

    std::stop_token token() const { return m_source.get_token(); }

private:
    struct Ask {
        std::stop_source source;  // shares its state
        void operator()() { source.request_stop(); }
    };

    std::stop_source m_source;
    std::stop_callback<Ask> m_one, m_other;
};

}  // namespace studio::ui
