// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/text/prompt_template.h"

namespace studio {

/// A training that waits for its turn: model, settings and template as they were when it was queued. The rows
/// are those that the project has when it starts.
struct QueuedRun {
    std::string name;
    std::filesystem::path modelFolder;
    TrainSettings settings;
    PromptTemplate promptTemplate;
    std::vector<std::int64_t> sampleRows;  ///< answered as the model learns; none: the run's own choice
    std::int64_t queued = 0;               ///< unix seconds
    std::string problem;                   ///< why it could not be started; empty: its turn has not come
};

/// runs/queue.json, in the order in which they are to start. Nothing where there is no such file. Throws
/// BadFormat naming the file where it cannot be read as this.
std::vector<QueuedRun> readRunQueue(const std::filesystem::path& runsFolder);
/// Written as a whole or not at all; an empty queue has no file. Throws FileUnwritable, DiskFull.
void writeRunQueue(const std::filesystem::path& runsFolder, const std::vector<QueuedRun>& queue);

}  // namespace studio
