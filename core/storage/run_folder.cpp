// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_folder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json_fields.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_end.h"
#include "core/storage/run_lock.h"
#include "core/storage/whole_model.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A text, or the "path" or "name" of an object.
std::string nameOf(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    if (!found->is_object()) return {};
    const std::string path = textOf(*found, "path");
    return path.empty() ? textOf(*found, "name") : path;
}

std::optional<RunFailure> failureOf(const OrderedJson& json) {
    const auto found = json.find("error");
    if (found == json.end() || !found->is_object()) return std::nullopt;
    RunFailure failure{textOf(*found, "code"), textOf(*found, "cause"), textOf(*found, "next_step"), {}};
    const auto args = found->find("args");
    if (args != found->end() && args->is_array()) {
        for (const OrderedJson& arg : *args)
            if (arg.is_string()) failure.args.push_back(arg.get<std::string>());
    }
    return failure;
}

std::int64_t fileTime(const fs::path& path) {
    std::error_code error;
    const auto time = fs::last_write_time(path, error);
    if (error) return 0;
    const auto system = std::chrono::file_clock::to_sys(time);
    return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

/// A run without a description is as old as its folder.
std::int64_t createdOf(const OrderedJson& run, const fs::path& file) {
    if (const std::int64_t seconds = integerOf(run, "created")) return seconds;
    std::tm parts{};
    if (::strptime(textOf(run, "created").c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) != nullptr)
        return ::timegm(&parts);
    const std::int64_t written = fileTime(file);
    return written != 0 ? written : fileTime(file.parent_path());
}

/// What is wrong with a run whose run.json is missing or damaged. Empty where it has just begun.
std::string undescribedText(const RunSummary& run, const Error& problem) {
    const bool missing = problem.code() == ErrorCode::FileNotFound;
    if (missing && run.lockHeld && (!run.statusKnown || goesOn(run.status.state))) return {};
    // Why it failed matters more than that the description is missing as well.
    const bool reason = run.status.state == "failed" && !run.status.message.empty();
    return (reason ? run.status.message + " " : std::string()) + problem.what();
}

/// None where the file cannot be read: the run is listed all the same.
std::vector<MetricsLine> readableMetrics(const RunFolder& run) {
    try {
        return run.readMetrics();
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

bool goesOn(const std::string& state) {
    static constexpr std::array kEnded = {"finished", "stopped", "discarded", "failed", ""};
    return std::find(kEnded.begin(), kEnded.end(), state) == kEnded.end();
}

bool processIsGone(const RunStatus& status) {
    return status.processId > 0 && processGone(status.processId, status.processMark);
}

std::string RunSummary::state() const {
    if (damaged && !lockHeld) return "failed";
    if (!statusKnown && lockHeld) return "starting";
    const bool gone = !statusKnown || lockFree || processIsGone(status);
    return goesOn(status.state) && gone ? "interrupted" : status.state;
}

void RunSummary::lookAtLock() {
    lockFree = lockIsFree(folder);
    lockHeld = lockHolder(folder).has_value();
}

bool RunFolder::hasModel() const {
    return missingOfModel(modelFolder()).empty();
}

void RunFolder::writeRun(const OrderedJson& run) const {
    writeJsonFile(m_folder / "run.json", run);
}

OrderedJson RunFolder::readRun() const {
    const std::string file = (m_folder / "run.json").string();
    const auto refuse = [&file](ErrorCode code, const std::string& cause) {
        throw Error(code, cause,
                    "Put back " + file +
                        " from a copy, or start a new run; the checkpoints and the model of this one are not "
                        "touched.",
                    {file});
    };
    OrderedJson run;
    try {
        run = readJsonFile(file);
    } catch (const Error& problem) {
        const ErrorCode code = problem.code();
        if (code == ErrorCode::FileNotFound) refuse(code, "The run's description is missing: " + file + ".");
        if (code != ErrorCode::BadFormat && code != ErrorCode::BadEncoding && code != ErrorCode::EmptyInput)
            throw;
        refuse(ErrorCode::BadFormat, "The run's description is damaged: " + problem.cause());
    }
    if (!run.is_object())
        refuse(ErrorCode::BadFormat, "The run's description is damaged: " + file + " holds no JSON object.");
    return run;
}

void RunFolder::writeStatus(const RunStatus& status) const {
    const std::int64_t processId = status.processId != 0 ? status.processId : ownProcessId();
    OrderedJson json = OrderedJson::object();
    json["state"] = status.state;
    json["step"] = status.step;
    json["total_steps"] = status.totalSteps;
    if (status.learningRate > 0.0) json["learning_rate"] = status.learningRate;
    json["message"] = status.message;
    if (status.failure) {
        const RunFailure& failure = *status.failure;
        json["error"] = {{"code", failure.code},
                         {"cause", failure.cause},
                         {"next_step", failure.nextStep},
                         {"args", failure.args}};
    }
    if (status.secondsLeft && std::isfinite(*status.secondsLeft)) json["seconds_left"] = *status.secondsLeft;
    json["process_id"] = processId;
    json["process_mark"] = status.processMark.empty() ? processMark(processId) : status.processMark;
    json["updated"] = status.updated != 0 ? status.updated : unixTime();
    writeJsonFile(m_folder / "status.json", json);
}

RunDescription RunFolder::readDescription() const {
    RunDescription description;
    try {
        description.run = readRun();
    } catch (const Error& problem) {
        description.problem = problem;
    }
    return description;
}

RunStatus RunFolder::readStatus() const {
    const std::string file = (m_folder / "status.json").string();
    const auto refuse = [&file](ErrorCode code, const std::string& cause) {
        throw Error(code, cause,
                    "A run at work writes it anew as it goes on; the run's other files are not concerned.",
                    {file});
    };
    OrderedJson json;
    try {
        json = readJsonFile(file);
    } catch (const Error& problem) {
        const ErrorCode code = problem.code();
        if (code == ErrorCode::FileNotFound) refuse(code, "The run's state file is missing: " + file + ".");
        refuse(code, "The run's state file cannot be read: " + problem.cause());
    }
    RunStatus status;
    status.state = json.is_object() ? textOf(json, "state") : std::string();
    if (status.state.empty())
        refuse(ErrorCode::BadFormat, "The run's state file is damaged: " + file + " says no state.");
    status.step = integerOf(json, "step");
    status.totalSteps = integerOf(json, "total_steps");
    const double rate = realOf(json, "learning_rate");
    status.learningRate = rate > 0.0 ? rate : 0.0;
    status.message = textOf(json, "message");
    status.failure = failureOf(json);
    if (const double left = realOf(json, "seconds_left"); std::isfinite(left)) status.secondsLeft = left;
    status.processId = integerOf(json, "process_id");
    status.processMark = textOf(json, "process_mark");
    status.updated = integerOf(json, "updated");
    return status;
}

std::vector<MetricsLine> RunFolder::readMetrics() const {
    std::error_code ignored;
    if (!fs::exists(metricsFile(), ignored)) return {};  // a run that has not made a step
    return parseMetrics(readFile(metricsFile())).lines;
}

std::int64_t RunFolder::dropMetricsAfter(std::int64_t step) const {
    std::error_code ignored;
    if (!fs::exists(metricsFile(), ignored)) return 0;
    std::string kept;
    const std::int64_t torn =
        forEachMetricsLine(readFile(metricsFile()), [&](std::string_view text, const MetricsLine& line) {
            if (line.step <= step) (kept += text) += '\n';
        });
    writeFileAtomically(metricsFile(), kept);
    return torn;
}

RunSummary RunFolder::summary() const {
    return summary(RunDescription{readRun(), {}}, readMetrics());
}

RunSummary RunFolder::summary(const RunDescription& description,
                              const std::vector<MetricsLine>& lines) const {
    const OrderedJson& run = description.run;
    RunSummary summary;
    summary.name = m_folder.filename().string();
    summary.folder = m_folder;
    summary.method = nameOf(run, "method");
    summary.baseModel = nameOf(run, "base_model");
    summary.templateName = nameOf(run, "template");
    summary.created = createdOf(run, m_folder / "run.json");
    try {
        summary.status = readStatus();
    } catch (const Error& problem) {
        // The rest of the run is worth showing, and it may tell how it ended.
        summary.statusKnown = false;
        summary.status = endToldElsewhere(*this, run).value_or(RunStatus());
        summary.status.message = problem.what();
    }
    summary.lookAtLock();
    summary.bestEvalLoss = kNaN;
    for (const MetricsLine& line : lines)
        summary.bestEvalLoss = std::fmin(summary.bestEvalLoss, line.evalLoss);
    if (!lines.empty()) summary.last = lines.back();
    summary.hasModel = hasModel();
    if (!description.problem) return summary;
    summary.described = false;
    summary.damaged = description.problem->code() != ErrorCode::FileNotFound;
    summary.problem = undescribedText(summary, *description.problem);
    return summary;
}

std::vector<RunSummary> listRuns(const fs::path& runsFolder) {
    std::vector<RunSummary> runs;
    std::error_code error;
    for (fs::directory_iterator entry(runsFolder, error), end; !error && entry != end;
         entry.increment(error)) {
        const fs::path folder = entry->path();
        if (!isRun(runsFolder, folder.filename().string())) continue;
        const RunFolder run(folder);
        RunSummary& listed = runs.emplace_back(run.summary(run.readDescription(), readableMetrics(run)));
        // One damaged run must not hide the others: it is listed with what is wrong with it.
        if (!listed.described) listed.status.message = listed.problem;
    }
    std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
        return a.created != b.created ? a.created > b.created : a.name > b.name;
    });
    return runs;
}

}  // namespace studio
