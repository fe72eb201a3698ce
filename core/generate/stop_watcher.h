// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace studio {

/// Holds back text that may turn out to be the beginning of a stop string, and ends it before the first one.
class StopWatcher {
public:
    explicit StopWatcher(std::vector<std::string> stops);
    /// Text that is safe to show. After stopped() nothing more comes.
    std::string push(const std::string& text);
    /// What was held back, at the end of an answer that met no stop string.
    std::string finish();
    bool stopped() const { return m_stopped; }

private:
    std::vector<std::string> m_stops;
    std::string m_held;
    bool m_stopped = false;
};

}  // namespace studio
