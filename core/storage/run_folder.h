// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/storage/metrics_line.h"
#include "core/storage/run_name.h"

namespace studio {

/// Why a run failed, as the error that ended it said: enough to say it again in another process.
struct RunFailure {
    std::string code;  ///< as errorCodeName() gives it
    std::string cause, nextStep;
    std::vector<std::string> args;

    bool operator==(const RunFailure&) const = default;
};

/// What status.json says. state: "starting" | "training" | "evaluating" | "sampling" | "saving" | "paused" |
/// "finished" | "stopped" | "discarded" | "failed". Discarded: as it was asked, nothing is kept of what the
/// run learned but a model that an earlier stop saved; the folder stays as a record.
struct RunStatus {
    std::string state = "starting";
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::string message;  ///< for "failed": the error's line
    std::int64_t processId = 0;
    std::string processMark;    ///< host, boot and start time of that process: ids are given again
    std::int64_t updated = 0;   ///< unix seconds
    double learningRate = 0.0;  ///< the peak in force; 0: not known
    std::optional<RunFailure> failure = {};
    std::optional<double> secondsLeft = {};  ///< while it trains, once there is an estimate
};
/// Whether a state is one of a run at work: "finished", "stopped", "discarded" and "failed" are not.
bool goesOn(const std::string& state);
/// Whether the process that wrote a status is gone for certain. False where that cannot be known from here
/// (it ran on another machine of a cluster).
bool processIsGone(const RunStatus& status);

/// A run as a list shows it. Read from the folder alone, whoever wrote it.
struct RunSummary {
    std::string name;
    std::filesystem::path folder;
    RunStatus status;
    std::optional<MetricsLine> last;
    double bestEvalLoss = 0.0;  ///< NaN when there is none
    std::string method;
    std::filesystem::path baseModel;
    std::string templateName;
    bool hasModel = false;  ///< model/ is complete
    bool described = true;  ///< run.json could be read
    bool damaged = false;   ///< run.json is there and cannot be read
    std::string problem;    ///< what is wrong with run.json, and why the run failed where it did; else empty
    /// status.json is there and says a state. Else `status` says what endToldElsewhere() found, or nothing,
    /// and its message what is wrong with the file.
    bool statusKnown = true;
    bool lockFree = false;  ///< as lockIsFree() finds it: nobody writes this run
    bool lockHeld = false;  ///< as lockHolder() finds it: somebody writes this run
    std::int64_t created =
        0;  ///< unix seconds: "created" of run.json, else the age of that file or of the folder
    /// How the run stands: the one answer for all who show it. A state that goes on ("starting", "training",
    /// …) whose process is gone, or whose lock nobody holds, is "interrupted"; and so is a run without a
    /// status, unless somebody holds its lock or its other files say how it ended. With a damaged run.json a
    /// run that nobody has is "failed": what else it says of itself cannot be relied on.
    std::string state() const;
    /// Finds out anew who holds it.
    void lookAtLock();
};

/// run.json as far as it can be read.
struct RunDescription {
    OrderedJson run = OrderedJson::object();
    std::optional<Error> problem;  ///< what RunFolder::readRun() threw
};

/// Reads and writes one run folder (run.json, metrics.jsonl, status.json, model/). All writes are atomic.
class RunFolder {
public:
    explicit RunFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    const std::filesystem::path& path() const { return m_folder; }
    std::filesystem::path modelFolder() const { return m_folder / "model"; }
    /// Of a LoRA run, beside the model that it is merged into.
    std::filesystem::path adapterFolder() const { return m_folder / "adapter"; }
    std::filesystem::path checkpointsFolder() const { return m_folder / "checkpoints"; }
    /// Whether model/ is complete.
    bool hasModel() const;
    std::filesystem::path metricsFile() const { return m_folder / "metrics.jsonl"; }

    /// run.json is the writer's own; a list reads "method", "base_model" and "template" (each a text, or an
    /// object with "path" or "name") and "created" (unix seconds or ISO text) from it.
    void writeRun(const OrderedJson& run) const;
    /// Throws FileNotFound or BadFormat, naming the file, where it is missing or damaged; the one sentence
    /// for that of all who read a run.
    OrderedJson readRun() const;
    /// The same for one who shows the run however damaged it is.
    RunDescription readDescription() const;
    /// Fills in this process and the time where they are not set.
    void writeStatus(const RunStatus& status) const;
    /// Throws FileNotFound or BadFormat, naming the file, where it is missing, damaged, or says no state.
    RunStatus readStatus() const;
    /// Whole lines only: a half-written last line of a killed process is left out.
    std::vector<MetricsLine> readMetrics() const;
    /// Forgets what was measured after `step`: a run that goes on from there measures it again. The lines
    /// that stay are not changed. Torn lines go as well; returns how many.
    std::int64_t dropMetricsAfter(std::int64_t step) const;
    /// Throws as readRun().
    RunSummary summary() const;
    /// The same for one who has read run.json, as far as it can be read, and the metrics already.
    RunSummary summary(const RunDescription& description, const std::vector<MetricsLine>& lines) const;
    /// How the run stands, however damaged it is, without the figures of its metrics.
    RunSummary look() const { return summary(readDescription(), {}); }

private:
    std::filesystem::path m_folder;
};

/// Newest first. Folders that isRun() does not take for runs are left out; one without a usable run.json is
/// listed with its problem as its message.
std::vector<RunSummary> listRuns(const std::filesystem::path& runsFolder);

}  // namespace studio
