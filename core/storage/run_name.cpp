// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_name.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/storage/run_control.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::size_t kMaxRunName = 80;

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

/// What a run writes before its first step. All else is worth keeping: a model, what people said of the run,
/// or what they put there.
bool holdsOnlyItsBeginning(const fs::path& folder) {
    static constexpr std::array kBeginning = {
        "run.json",       "status.json",  "metrics.jsonl", "events.jsonl", "samples.jsonl", "batches.jsonl",
        "eval_rows.json", "control.json", "process.log",   ".lock",        "checkpoints",   "tokenizer"};
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (std::find(kBeginning.begin(), kBeginning.end(), name) == kBeginning.end()) return false;
    }
    return !error;
}

bool holdsNothing(const fs::path& folder) {
    if (!holdsOnlyItsBeginning(folder)) return false;
    std::error_code ignored;
    const RunFolder run(folder);
    try {
        const std::vector<MetricsLine> lines = run.readMetrics();
        const bool unread = lines.empty() && fs::exists(run.metricsFile(), ignored) &&
                            fs::file_size(run.metricsFile(), ignored) > 0;
        const bool steps =
            std::any_of(lines.begin(), lines.end(), [](const MetricsLine& line) { return line.step > 0; });
        return !unread && !steps && newestCheckpoint(folder) == 0;
    } catch (const Error&) {
        return false;
    }
}

bool isOver(const fs::path& folder) {
    const std::string state = RunFolder(folder).summary(OrderedJson::object(), {}).state();
    return !goesOn(state) || state == "interrupted";
}

bool endedBeforeItsFirstStep(const fs::path& folder) {
    return isRunFolder(folder) && !lockHolder(folder) && isOver(folder) && holdsNothing(folder);
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
    std::error_code error;
    if (endedBeforeItsFirstStep(folder)) {
        try {
            const RunLock lock(folder);  // nobody can take it up meanwhile
            if (holdsNothing(folder)) fs::remove_all(folder, error);
        } catch (const Error&) {
            throwTaken(folder.filename().string());  // somebody was faster
        }
    }
    if (!fs::create_directory(folder, error) && !error) throwTaken(folder.filename().string());
    if (error) makeFolders(folder);  // throws what it is
}

}  // namespace studio
