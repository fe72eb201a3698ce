// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "core/base/error.h"

namespace studio {

/// How far a long piece of work has come. `total` is 0 while it is not known.
struct Progress {
    std::int64_t done = 0;
    std::int64_t total = 0;
};

/// Called on the thread that does the work, often: receivers must be quick. May be empty.
using ProgressFunction = std::function<void(const Progress&)>;

/// Throws Cancelled when `stop` was asked to stop.
inline void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Cancelled();
}

}  // namespace studio
