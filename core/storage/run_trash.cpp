// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_trash.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/progress.h"
#include "core/formats/json.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kTrash = ".trash";
constexpr const char* kMark = ".deleted.json";  // in the run's folder while it lies in the trash

fs::path trashOf(const fs::path& runsFolder) {
    return runsFolder / kTrash;
}

std::int64_t changedAt(const fs::path& path) {
    std::error_code error;
    const auto time = fs::last_write_time(path, error);
    if (error) return unixTime();
    const auto system = std::chrono::file_clock::to_sys(time);
    return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

/// A place in the trash: a run of that name may lie there already.
fs::path freePlace(const fs::path& trash, const std::string& name) {
    std::error_code ignored;
    fs::path place = trash / name;
    for (int number = 2; fs::exists(place, ignored); ++number)
        place = trash / (name + "~" + std::to_string(number));
    return place;
}

void move(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    if (!failed) return;
    throw Error(ErrorCode::FileUnwritable,
                from.string() + " could not be moved to " + to.string() + ": " + failed.message() + ".",
                "Check that the folder can be written.", {from.string()});
}

/// The lock must be ours. Where it decides nothing (a network file system), what status.json says counts.
void throwIfWritten(const fs::path& folder, const RunLock& lock) {
    RunStatus status;
    try {
        status = RunFolder(folder).readStatus();
    } catch (const Error&) {
        status.state.clear();  // missing or damaged: only the lock can tell
    }
    if (!goesOn(status.state)) return;
    const Writer writer =
        writerOf({status.processId, status.processMark}, lock.before(), lockDecides(folder));
    if (writer == Writer::Gone || (writer == Writer::Unknown && lockDecides(folder))) return;
    const std::string name = folder.filename().string();
    throw Error(ErrorCode::RunBusy, "The run " + name + " is at work, or may be on another machine.",
                "Stop it, or wait for its end; then it can be deleted.", {name});
}

/// Before the move: a run that has just come into the trash must never look old, whenever a kill comes.
void writeMark(const fs::path& folder, const TrashedRun& run) {
    try {
        writeJsonFile(folder / kMark, {{"name", run.name}, {"deleted", run.deleted}});
    } catch (const Error&) {
        // A full disk must not keep anybody from deleting: without the mark the folder's own time counts.
        std::error_code ignored;
        fs::remove(folder / kMark, ignored);  // of a deletion that was killed before its move
        fs::last_write_time(folder, fs::file_time_type::clock::now(), ignored);
    }
}

TrashedRun describe(const fs::path& folder) {
    TrashedRun run{folder.filename().string(), folder, 0};
    try {
        const OrderedJson mark = readJsonFile(folder / kMark);
        run.name = mark.at("name").get<std::string>();
        run.deleted = mark.at("deleted").get<std::int64_t>();
    } catch (const std::exception&) {
        // There was no room for the mark: the folder's own time tells enough.
        run.deleted = changedAt(folder);
    }
    return run;
}

}  // namespace

TrashedRun moveRunToTrash(const fs::path& runsFolder, const std::string& name) {
    if (!isRun(runsFolder, name)) {
        throw Error(ErrorCode::FileNotFound,
                    "There is no run \"" + name + "\" in " + runsFolder.string() + ".",
                    "List the runs to see their names.", {name});
    }
    // Held over the move: nobody can take the run up meanwhile.
    const RunLock lock(runsFolder / name);
    return moveRunToTrash(runsFolder, name, lock);
}

TrashedRun moveRunToTrash(const fs::path& runsFolder, const std::string& name, const RunLock& lock) {
    const fs::path folder = runsFolder / name;
    std::error_code ignored;
    throwIfWritten(folder, lock);
    makeFolders(trashOf(runsFolder));
    TrashedRun run{name, freePlace(trashOf(runsFolder), name), unixTime()};
    writeMark(folder, run);
    try {
        move(folder, run.folder);
    } catch (const Error&) {
        fs::remove(folder / kMark, ignored);
        throw;
    }
    return run;
}

std::vector<TrashedRun> listTrash(const fs::path& runsFolder) {
    std::vector<TrashedRun> runs;
    std::error_code error;
    for (fs::directory_iterator entry(trashOf(runsFolder), error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored)) runs.push_back(describe(entry->path()));
    }
    std::sort(runs.begin(), runs.end(), [](const TrashedRun& a, const TrashedRun& b) {
        return a.deleted != b.deleted ? a.deleted > b.deleted : a.folder > b.folder;
    });
    return runs;
}

void restoreRun(const fs::path& runsFolder, const TrashedRun& run, const std::string& name) {
    std::error_code ignored;
    if (!fs::is_directory(run.folder, ignored)) {
        throw Error(ErrorCode::FileNotFound, "The run \"" + run.name + "\" is no longer in the trash.",
                    "It was restored already, or the trash was emptied.", {run.name});
    }
    checkFreeRunName(runsFolder, name);
    move(run.folder, runsFolder / name);
    fs::remove(runsFolder / name / kMark, ignored);
}

std::int64_t emptyTrash(const fs::path& runsFolder, const std::stop_token& stop) {
    return removeOldTrash(runsFolder, std::numeric_limits<std::int64_t>::max(), stop);
}

std::int64_t removeOldTrash(const fs::path& runsFolder, std::int64_t before, const std::stop_token& stop) {
    std::int64_t removed = 0;
    for (const TrashedRun& run : listTrash(runsFolder)) {
        if (run.deleted >= before) continue;
        throwIfStopped(stop);
        std::error_code failed;
        fs::remove_all(run.folder, failed);
        if (failed) {
            throw Error(ErrorCode::FileUnwritable,
                        run.folder.string() + " could not be removed: " + failed.message() + ".",
                        "Remove the folder by hand.", {run.folder.string()});
        }
        ++removed;
    }
    return removed;
}

}  // namespace studio
