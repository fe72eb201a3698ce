// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_context.h"

namespace studio {

Engine& CommandContext::engine() {
    if (!m_engine) m_engine = makeEngine();
    return *m_engine;
}

}  // namespace studio
