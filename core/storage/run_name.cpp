// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_name.h"

#include <algorithm>
#include <array>
#include <functional>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "core/storage/run_trash.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::size_t kMaxRunName = 80;
constexpr const char* kStem = "run";
constexpr const char* kProjectFile = "project.sqlite";  // as core/storage/project.cpp names it

bool isRunNameCharacter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

bool isRunFolder(const fs::path& folder) {
    static constexpr std::array kFiles = {"run.json", "status.json", "metrics.jsonl", ".lock"};
    std::error_code ignored;
    return std::any_of(kFiles.begin(), kFiles.end(),
                       [&](const char* file) { return fs::is_regular_file(folder / file, ignored); });
}

bool allOf(const fs::path& folder, const std::function<bool(const std::string&)>& good) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (!good(entry->path().filename().string())) return false;
    return !error;
}

/// What a run writes before its first step. All else is worth keeping where it is: a model, a tokenizer, what
/// people said of the run, or what they put there.
bool holdsOnlyItsBeginning(const fs::path& folder) {
    static constexpr std::array kBeginning = {
        "run.json",       "status.json",  "metrics.jsonl", "events.jsonl", "samples.jsonl", "batches.jsonl",
        "eval_rows.json", "control.json", "process.log",   ".lock",        "checkpoints"};
    return allOf(folder, [](const std::string& name) {
        return std::find(kBeginning.begin(), kBeginning.end(), name) != kBeginning.end();
    });
}

/// Nothing, or what a process left that was killed while it saved.
bool holdsNoCheckpoint(const fs::path& folder) {
    const fs::path checkpoints = RunFolder(folder).checkpointsFolder();
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(checkpoints, ignored))) return true;
    return fs::is_directory(fs::symlink_status(checkpoints, ignored)) &&
           allOf(checkpoints, [](const std::string& name) {
               return name.starts_with(".step-") || name.starts_with(".best-");
           });
}

/// The name is checked with each key that is typed: a run of many steps must not be read for it.
bool madeNoStep(const fs::path& metrics) {
    constexpr std::uintmax_t kLongestBeginning = 4096;  // the line of step 0 has some 200 bytes
    std::error_code error;
    if (!fs::exists(metrics, error)) return !error;
    if (fs::file_size(metrics, error) > kLongestBeginning || error) return false;
    std::istringstream lines(readFile(metrics));
    for (std::string text; std::getline(lines, text);) {
        const std::optional<MetricsLine> line = metricsLineOf(text);
        if (!line || line->step > 0) return false;  // of which step a torn line was cannot be told
    }
    return true;
}

/// A folder with only a lock in it is that of a run which begins just now.
bool isDescribed(const fs::path& folder) {
    return RunFolder(folder).readRun().contains("kind") && !RunFolder(folder).readStatus().state.empty();
}

bool holdsNothing(const fs::path& folder) {
    try {
        return holdsOnlyItsBeginning(folder) && holdsNoCheckpoint(folder) &&
               madeNoStep(RunFolder(folder).metricsFile()) && isDescribed(folder);
    } catch (const Error&) {
        return false;
    }
}

bool isOver(const fs::path& folder) {
    const std::string state = RunFolder(folder).look().state();
    return !goesOn(state) || state == "interrupted";
}

/// "run-1", "run-2", … were chosen by nobody: the next number is as good.
bool isAutomatic(const std::string& name) {
    const std::string begin = std::string(kStem) + "-";
    return name.starts_with(begin) && name.find_first_not_of("0123456789", begin.size()) == std::string::npos;
}

/// Elsewhere there is no trash, and what lies in the folder is somebody's own.
bool isInProject(const fs::path& folder) {
    const fs::path runs = fs::absolute(folder).lexically_normal().parent_path();
    std::error_code ignored;
    return runs.filename() == "runs" && fs::is_regular_file(runs.parent_path() / kProjectFile, ignored);
}

bool endedBeforeItsFirstStep(const fs::path& folder) {
    return isRunFolder(folder) && !isAutomatic(folder.filename().string()) && isInProject(folder) &&
           holdsNothing(folder) && !lockHolder(folder) && isOver(folder);
}

void checkCharacters(const std::string& name) {
    const bool good = !name.empty() && name.size() <= kMaxRunName && name.front() != '.' &&
                      std::all_of(name.begin(), name.end(), isRunNameCharacter);
    if (good) return;
    throw Error(ErrorCode::InvalidArgument, "\"" + name + "\" cannot be the name of a run.",
                "Use letters, digits, dots, hyphens and underscores, at most 80, not beginning with a dot.",
                {name});
}

[[noreturn]] void throwTaken(const std::string& name) {
    throw Error(ErrorCode::RunExists, "There is a run \"" + name + "\" already.", "Choose another name.",
                {name});
}

/// Nothing is deleted: the old run can be restored from the trash.
void moveAside(const fs::path& folder) {
    const std::string name = folder.filename().string();
    try {
        const RunLock lock(folder);  // nobody can take it up meanwhile
        // What has the name may be another run by now, which begins.
        if (holdsNothing(folder)) moveRunToTrash(folder.parent_path(), name, lock);
    } catch (const Error&) {
        throwTaken(name);  // somebody was faster
    }
}

}  // namespace

bool isRun(const fs::path& runsFolder, const std::string& name) {
    const bool named = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
    return named && isRunFolder(runsFolder / name);
}

void checkRunName(const fs::path& runsFolder, const std::string& name) {
    checkCharacters(name);
    std::error_code ignored;
    if (fs::exists(runsFolder / name, ignored) && !endedBeforeItsFirstStep(runsFolder / name))
        throwTaken(name);
}

void checkFreeRunName(const fs::path& runsFolder, const std::string& name) {
    checkCharacters(name);
    std::error_code ignored;
    if (fs::exists(runsFolder / name, ignored)) throwTaken(name);
}

std::string freeRunName(const fs::path& runsFolder, const std::string& stem) {
    std::error_code ignored;
    for (std::int64_t number = 1;; ++number) {
        std::string name = stem + "-" + std::to_string(number);
        if (!fs::exists(runsFolder / name, ignored)) return name;
    }
}

void makeRunFolder(const fs::path& folder) {
    if (folder.has_parent_path()) makeFolders(folder.parent_path());
    if (endedBeforeItsFirstStep(folder)) moveAside(folder);
    std::error_code error;
    if (!fs::create_directory(folder, error) && !error) throwTaken(folder.filename().string());
    if (error) makeFolders(folder);  // throws what it is
}

}  // namespace studio
