// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace studio {

/// Asks for short waits of OpenMP's threads for each other. They stay awake for a while before they sleep: by
/// libgomp's default for 300,000 looks, some milliseconds. Where another program has one of the CPUs, the one
/// that waits then keeps the CPU that the late one could have: generating becomes ten times slower
/// (docs/decisions/0008-decoding.md). libgomp reads this once, when it is loaded. What the user set stays.
/// Returns whether anything was changed. Changes the environment: no other thread may read it meanwhile.
bool shortenWaits();
/// For a program that libgomp is loaded with: starts it anew in place of itself where shortenWaits() changes
/// anything. Returns where it does not, or where that fails.
void restartWithShortWaits(char** arguments);

}  // namespace studio
