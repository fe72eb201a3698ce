// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace studio::ui {

/// The newest of many values on its way to another thread: what comes faster than it is taken replaces what
/// waits, so that progress told a thousand times a second is no flood of events. Thread-safe.
template <typename Value>
class LatestValue {
public:
    /// True where nothing waited: the one who takes must be told, once.
    bool put(Value value) {
        const std::lock_guard lock(m_mutex);
        const bool isFirst = !m_value.has_value();
        m_value = std::move(value);
        return isFirst;
    }
    /// Nothing where it was taken already.
    std::optional<Value> take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::optional<Value> m_value;  // guarded by m_mutex
};

}  // namespace studio::ui
