// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generate/stop_watcher.h"

#include <algorithm>
#include <utility>

namespace studio {

StopWatcher::StopWatcher(std::vector<std::string> stops) : m_stops(std::move(stops)) {
    std::erase_if(m_stops, [](const std::string& stop) { return stop.empty(); });
}

std::string StopWatcher::push(const std::string& text) {
    if (m_stopped) return {};
    m_held += text;
    std::size_t first = std::string::npos;
    for (const std::string& stop : m_stops) first = std::min(first, m_held.find(stop));
    if (first != std::string::npos) {
        m_stopped = true;
        return std::exchange(m_held, {}).substr(0, first);
    }
    std::size_t keep = 0;  // longest end of the text that begins a stop string
    for (const std::string& stop : m_stops) {
        for (std::size_t n = std::min(stop.size() - 1, m_held.size()); n > keep; --n) {
            if (m_held.compare(m_held.size() - n, n, stop, 0, n) == 0) keep = n;
        }
    }
    const std::string safe = m_held.substr(0, m_held.size() - keep);
    m_held.erase(0, safe.size());
    return safe;
}

std::string StopWatcher::finish() {
    return m_stopped ? std::string() : std::exchange(m_held, {});
}

}  // namespace studio
