// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/runs_look.h"

#include <algorithm>
#include <vector>

#include "core/base/progress.h"
#include "core/storage/lost_model.h"
#include "core/storage/run_control.h"
#include "core/storage/run_description.h"

namespace studio::ui {

namespace {

bool canGoOn(const RunSummary& run, const std::string& state) {
    // One that failed is offered where that brings back its lost model, as Runs and Models say.
    if (state != "interrupted" && (state != "stopped" || run.hasModel) &&
        (state != "failed" || !lostModel(run)))
        return false;
    return newestCheckpoint(run.folder) > 0 && !resumeProblem(run.folder);
}

bool hasEnded(const RunSummary& run, const std::string& state) {
    return run.hasModel && (state == "finished" || state == "stopped");
}

/// As listRuns(), newest first; a stop ends it between two runs. One whose run.json is damaged is left out:
/// there is nothing of it to show here.
std::vector<RunSummary> readableRuns(const std::filesystem::path& runsFolder, const std::stop_token& stop) {
    std::vector<RunSummary> runs;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(runsFolder, error), end; !error && entry != end;
         entry.increment(error)) {
        throwIfStopped(stop);
        std::error_code ignored;
        if (entry->path().filename().string().front() == '.' ||
            !std::filesystem::is_regular_file(entry->path() / "run.json", ignored))
            continue;
        try {
            runs.push_back(RunFolder(entry->path()).summary());
        } catch (const Error&) {
            continue;  // Runs says what is wrong with it
        }
    }
    std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
        return a.created != b.created ? a.created > b.created : a.name > b.name;
    });
    return runs;
}

void findLast(const std::vector<RunSummary>& runs, RunsLook& look, const std::stop_token& stop) {
    for (const RunSummary& run : runs) {
        throwIfStopped(stop);
        if (!run.described) continue;  // neither its curves nor its settings could be shown
        const std::string state = run.state();
        look.lastCanGoOn = &run == &runs.front() && canGoOn(run, state);
        if (!look.lastCanGoOn && !hasEnded(run, state)) continue;
        look.last = readPastRun(run);
        look.last->status.state = state;
        return;
    }
}

}  // namespace

RunsLook lookAtRuns(const std::filesystem::path& runsFolder, const RunsWanted& wanted,
                    const std::stop_token& stop) {
    RunsLook look;
    if (wanted.atWork) look.atWork = findRunAtWork(runsFolder, stop);
    throwIfStopped(stop);
    try {
        const std::vector<RunSummary> runs = readableRuns(runsFolder, stop);
        look.anyModel =
            std::any_of(runs.begin(), runs.end(), [](const RunSummary& run) { return run.hasModel; });
        if (wanted.last && !look.atWork) findLast(runs, look, stop);
    } catch (const Error& error) {
        look.problem = error;
    }
    return look;
}

}  // namespace studio::ui
