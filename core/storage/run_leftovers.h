// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace studio {

/// Puts right what killed processes left: models and checkpoints that were half-saved, older ones that had
/// stepped aside for them, and the checkpoints of runs that are finished. Runs of a process that lives, or of
/// which that is not known, are not touched.
void removeLeftovers(const std::filesystem::path& runsFolder);

}  // namespace studio
