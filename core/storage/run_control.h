// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace studio {

/// What is asked of a run while it goes on, whoever runs it: control.json in its folder. The run reads it
/// between steps.
struct RunControl {
    enum class Stop { No, Keep, Discard };
    bool paused = false;
    std::optional<double> learningRate;  ///< another peak from the next step on; the schedule's shape stays
    Stop stop = Stop::No;

    bool operator==(const RunControl&) const = default;
};

/// Written as a whole or not at all. Throws FileUnwritable.
void writeRunControl(const std::filesystem::path& runFolder, const RunControl& control);
/// Where there is no such file nothing is asked; no answer where it cannot be read as this: then what was
/// asked before counts. A learning rate outside the setting's range is not asked.
std::optional<RunControl> readRunControl(const std::filesystem::path& runFolder);
/// A run that begins, or goes on, is not to obey what an earlier part of it was asked.
void clearRunControl(const std::filesystem::path& runFolder);

}  // namespace studio
