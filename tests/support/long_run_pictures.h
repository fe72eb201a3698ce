// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "tests/support/studio_driver.h"

namespace studio::test {

/// Draws a real run of more than three minutes as a user has it before them: as it begins and goes on,
/// paused, with another learning rate, stopped with what it has learned, resumed, ended; 1280 × 800, language
/// and look in turn. Prints the step and the sidebar's note of each. False where a state was not reached or a
/// picture not written.
bool photographLongRun(StudioDriver& driver, const QString& folder);

}  // namespace studio::test
