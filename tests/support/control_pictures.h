// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "tests/support/studio_driver.h"

namespace studio::test {

/// Draws what a run at work can be asked, and what is seen of one that another process does: paused, the
/// learning rate, the queue, the question about closing, an attached and an interrupted run; light and dark,
/// English and 繁體中文. False where a state was not reached or a picture not written.
bool photographControl(StudioDriver& driver, const QString& folder);

}  // namespace studio::test
