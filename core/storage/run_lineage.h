// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/storage/run_catalogue.h"

namespace studio {

/// Where the weights of a run come from and where they went.
struct RunLineage {
    RunEntries ancestors;  ///< the run whose model was the base, that one's, …
    std::filesystem::path
        root;             ///< the base of the eldest: a model that no run of the project made; may be empty
    RunEntries children;  ///< runs that began with this run's model
};

/// `runs` is the project's catalogue. A run is known by its folder, also where the project was moved since.
RunLineage lineageOf(const RunEntry& run, const RunEntries& runs);

}  // namespace studio
