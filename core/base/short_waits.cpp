// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/short_waits.h"

#include <unistd.h>

#include <cstdlib>

namespace studio {

bool shortenWaits() {
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr) return false;
    return ::setenv("GOMP_SPINCOUNT", "4000", 1) == 0;
}

void restartWithShortWaits(char** arguments) {
    if (shortenWaits()) ::execv("/proc/self/exe", arguments);
}

}  // namespace studio
