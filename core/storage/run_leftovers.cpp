// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_leftovers.h"

#include <string>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kCheckpointStem = "step-";
constexpr const char* kBestStem = "best-";

/// The end of a run clears its checkpoints, unless it is killed before.
bool needsNoCheckpoint(const RunFolder& folder, const RunStatus& status) {
    return status.state == "discarded" || (status.state == "finished" && folder.hasModel());
}

/// Without taking the lock: few runs have any.
bool hasLeftovers(const RunFolder& folder) {
    std::error_code error;
    const auto any = [&](const fs::path& parent, const std::string& begin) {
        for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
             entry.increment(error)) {
            if (entry->path().filename().string().rfind(begin, 0) == 0) return true;
        }
        return false;
    };
    // As AtomicFolder names them.
    if (any(folder.path(), ".model.")) return true;
    for (const char* stem : {kCheckpointStem, kBestStem})
        if (any(folder.checkpointsFolder(), std::string(".") + stem)) return true;
    try {
        return fs::exists(folder.checkpointsFolder(), error) &&
               needsNoCheckpoint(folder, folder.readStatus());
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

void removeLeftovers(const fs::path& runsFolder) {
    std::error_code error;
    for (fs::directory_iterator run(runsFolder, error), end; !error && run != end; run.increment(error)) {
        const RunFolder folder(run->path());
        if (!hasLeftovers(folder)) continue;
        try {
            const RunLock lock(folder.path());
            const RunStatus status = folder.readStatus();
            const Writer writer =
                writerOf({status.processId, status.processMark}, lock.before(), lockDecides(folder.path()));
            if (writer != Writer::Gone && goesOn(status.state)) continue;
            AtomicFolder::cleanUp(folder.path(), "model");
            for (const char* stem : {kCheckpointStem, kBestStem})
                AtomicFolder::cleanUp(folder.checkpointsFolder(), stem);
            if (needsNoCheckpoint(folder, status)) fs::remove_all(folder.checkpointsFolder(), error);
        } catch (const Error&) {
            continue;  // another process has it, or whose it is cannot be told
        }
    }
}

}  // namespace studio
