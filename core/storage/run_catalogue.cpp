// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_catalogue.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/base/progress.h"
#include "core/formats/json_fields.h"
#include "core/formats/sha256.h"
#include "core/storage/lost_model.h"
#include "core/storage/run_description.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// How the message of LossNotFinite goes on: all that a run says of it whose status has no code.
constexpr const char* kNotFinite = " is not a finite number at step ";

enum Stamped { Document, Status, Metrics, Notes, Score };

std::array<FileStamp, 5> stampsOf(const RunFolder& folder) {
    const fs::path& path = folder.path();
    return {fileStamp(path / "run.json"), fileStamp(path / "status.json"), fileStamp(folder.metricsFile()),
            fileStamp(path / "notes.json"), fileStamp(runScoreFile(path))};
}

std::optional<std::int64_t> countAt(const OrderedJson& json, const char* pointer) {
    const OrderedJson* found = jsonOf(json, pointer);
    if (!found || !found->is_number_integer() || found->get<std::int64_t>() < 0) return std::nullopt;
    return found->get<std::int64_t>();
}

/// As describeRates() of core/train writes them; what is none is left out.
std::vector<RunRateChange> rateChangesOf(const OrderedJson& run) {
    std::vector<RunRateChange> changes;
    const OrderedJson* list = jsonOf(run, "/learning_rate_changes");
    if (!list || !list->is_array()) return changes;
    for (const OrderedJson& each : *list) {
        const auto step = countAt(each, "/step");
        const double from = realOf(each, "/from"), to = realOf(each, "/to");
        if (step && std::isfinite(from) && std::isfinite(to)) changes.push_back({*step, from, to});
    }
    return changes;
}

bool anyCheckpoint(const RunFolder& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder.checkpointsFolder(), error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().filename().string().rfind("step-", 0) == 0) return true;
    }
    return false;
}

void readDocument(const OrderedJson& run, RunEntry& entry) {
    entry.kind = textOf(run, "/kind");
    if (const OrderedJson* settings = jsonOf(run, "/settings"); settings && settings->is_object()) {
        // What another version wrote and this one does not know is left out.
        TrainSettings read;
        fromJson(*settings, read);
        entry.settings = read;
    }
    entry.rateChanges = rateChangesOf(run);
    if (const OrderedJson* used = jsonOf(run, "/template"); used && used->is_object()) {
        entry.templateTitle = used->value("title", std::string());
        entry.templateHash = sha256(used->dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
    }
    entry.baseHash = textOf(run, "/base_model/sha256");
    entry.dataHash = textOf(run, "/data/sha256");
    entry.trainRows = countAt(run, "/data/train/rows");
    entry.validationRows = countAt(run, "/data/validation/rows");
    entry.device = textOf(run, "/environment/device");
    entry.precision = textOf(run, "/environment/precision");
    entry.threads = countAt(run, "/environment/threads");
    entry.peakMemoryBytes = static_cast<std::uint64_t>(countAt(run, "/result/peak_memory").value_or(0));
}

/// The figures of the curves; a run that ended says those of its model itself.
void readFigures(const OrderedJson& run, RunEntry& entry) {
    const std::vector<MetricsLine>& lines = *entry.metrics;
    entry.steps = entry.summary.status.step;
    for (const MetricsLine& line : lines) {
        if (std::isfinite(line.loss)) entry.trainLoss = line.loss;
        entry.peakMemoryBytes = std::max(entry.peakMemoryBytes, line.memoryBytes);
        if (!std::isfinite(line.evalLoss)) continue;
        if (!std::isfinite(entry.firstEvalLoss)) entry.firstEvalLoss = line.evalLoss;
        entry.evalLoss = line.evalLoss;
        entry.evaluatedAfterStart = entry.evaluatedAfterStart || line.step > 0;
        if (std::isfinite(entry.bestEvalLoss) && line.evalLoss >= entry.bestEvalLoss) continue;
        entry.bestEvalLoss = line.evalLoss;
        entry.bestEvalStep = line.step;
    }
    if (!lines.empty()) {
        entry.steps = std::max(entry.steps, lines.back().step);
        entry.seconds = lines.back().seconds;
    }
    if (isAtWork(entry.state)) return;
    // A line is written before the status counts its step.
    const std::int64_t measured = lines.empty() ? 0 : lines.back().step;
    entry.metricsLost = std::max<std::int64_t>(0, entry.summary.status.step - measured);
    if (entry.state != RunState::Finished && entry.state != RunState::Stopped) return;
    // "result" is there from the end on, and again once a run that went on has ended.
    if (const double loss = realOf(run, "/result/last_eval_loss"); std::isfinite(loss)) {
        entry.evalLoss = loss;
        if (entry.metricsLost > 0 && !(entry.bestEvalLoss <= loss)) {
            entry.bestEvalLoss = loss;
            entry.bestEvalStep = countAt(run, "/result/kept_step").value_or(entry.steps);
        }
    }
    if (const double seconds = realOf(run, "/result/seconds"); std::isfinite(seconds))
        entry.seconds = seconds;
}

struct MetricsText {
    std::shared_ptr<const std::vector<MetricsLine>> lines;
    std::uint64_t used = 0;
    std::int64_t torn = 0;
};

std::string readFrom(const fs::path& file, std::uint64_t offset) {
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(offset));
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A file that was only added to keeps its inode; one that was written anew has another.
MetricsText readMetrics(const RunFolder& folder, const FileStamp& stamp, const RunEntry* previous) {
    MetricsText text;
    if (stamp == FileStamp()) {
        text.lines = std::make_shared<const std::vector<MetricsLine>>();
        return text;
    }
    const FileStamp before = previous ? previous->stamps[Metrics] : FileStamp();
    if (previous && before == stamp) return {previous->metrics, previous->metricsRead, previous->metricsTorn};
    const bool grown = previous && before.inode == stamp.inode && before.bytes <= stamp.bytes;
    const std::uint64_t from = grown ? previous->metricsRead : 0;
    ParsedMetrics added = parseMetrics(readFrom(folder.metricsFile(), from));
    text.used = from + added.used;
    text.torn = added.torn + (grown ? previous->metricsTorn : 0);
    if (from == 0) {
        text.lines = std::make_shared<const std::vector<MetricsLine>>(std::move(added.lines));
        return text;
    }
    auto all = std::make_shared<std::vector<MetricsLine>>(*previous->metrics);
    all->insert(all->end(), added.lines.begin(), added.lines.end());
    text.lines = std::move(all);
    return text;
}

RunState stateOf(const RunSummary& summary, const std::string& errorCode) {
    const std::string state = summary.state();
    if (state == "finished") return RunState::Finished;
    if (state == "stopped") return RunState::Stopped;
    if (state == "discarded") return RunState::Discarded;
    if (state == "interrupted") return RunState::Interrupted;
    if (goesOn(state)) return state == "paused" ? RunState::Paused : RunState::Running;
    if (summary.damaged) return RunState::Failed;
    const bool diverged = errorCode == errorCodeName(ErrorCode::LossNotFinite) ||
                          (errorCode.empty() && summary.status.message.find(kNotFinite) != std::string::npos);
    return state == "failed" && diverged ? RunState::Diverged : RunState::Failed;
}

/// The code in "error" of status.json.
std::string codeOfFailure(const RunFolder& folder) {
    try {
        return textOf(readJsonFile(folder.path() / "status.json"), "/error/code");
    } catch (const Error&) {
        return {};  // missing or damaged, which the summary says
    }
}

bool isUsable(const OrderedJson& run, const fs::path& folder) {
    try {
        checkCanGoOn(run, folder);
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Of models that are lost: whether there is anything else to be said of the one now.
bool sameLoss(const std::optional<Error>& before, const std::optional<Error>& now) {
    if (!before || !now) return before.has_value() == now.has_value();
    return before->args() == now->args();
}

std::shared_ptr<const RunEntry> readEntry(const fs::path& path, const RunEntry* previous) {
    const RunFolder folder(path);
    const std::array<FileStamp, 5> stamps = stampsOf(folder);
    if (previous && previous->stamps == stamps) {
        // No file tells of a process that was killed, nor of a model that was removed by hand.
        RunSummary now = previous->summary;
        now.lookAtLock();
        if (stateOf(now, previous->errorCode) == previous->state && folder.hasModel() == now.hasModel &&
            anyCheckpoint(folder) == previous->hasCheckpoints && sameLoss(previous->lost, lostModel(now)))
            return nullptr;
    }
    auto entry = std::make_shared<RunEntry>();
    entry->stamps = stamps;
    const MetricsText metrics = readMetrics(folder, stamps[Metrics], previous);
    entry->metrics = metrics.lines;
    entry->metricsRead = metrics.used;
    entry->metricsTorn = metrics.torn;
    const RunDescription description = folder.readDescription();
    const OrderedJson& run = description.run;
    entry->summary = folder.summary(description, *entry->metrics);
    entry->problem = entry->summary.problem;
    if (entry->summary.status.state == "failed") entry->errorCode = codeOfFailure(folder);
    entry->state = stateOf(entry->summary, entry->errorCode);
    entry->hasCheckpoints = anyCheckpoint(folder);
    entry->lost = lostModel(entry->summary);
    readDocument(run, *entry);
    entry->canGoOn = isUsable(run, path);
    readFigures(run, *entry);
    try {
        entry->notes = readRunNotes(path);
    } catch (const Error& problem) {
        if (entry->problem.empty()) entry->problem = problem.what();
    }
    entry->score = readRunScore(path);
    return entry;
}

}  // namespace

const char* runStateName(RunState state) {
    switch (state) {
        case RunState::Running:
            return "running";
        case RunState::Paused:
            return "paused";
        case RunState::Finished:
            return "finished";
        case RunState::Stopped:
            return "stopped";
        case RunState::Discarded:
            return "discarded";
        case RunState::Interrupted:
            return "interrupted";
        case RunState::Diverged:
            return "diverged";
        case RunState::Failed:
            break;
    }
    return "failed";
}

bool isAtWork(RunState state) {
    return state == RunState::Running || state == RunState::Paused;
}

FileStamp fileStamp(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    return {static_cast<std::uint64_t>(status.st_ino), static_cast<std::uint64_t>(status.st_size),
            static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
}

double RunEntry::learningRate() const {
    return settings ? settings->learningRate : kNaN;
}

ResumeObstacle RunEntry::resumeObstacle() const {
    if (!canGoOn) return ResumeObstacle::NoTraining;
    if (isAtWork(state)) return ResumeObstacle::AtWork;
    if (state == RunState::Finished) return ResumeObstacle::Finished;
    if (state == RunState::Discarded) return ResumeObstacle::Discarded;
    return hasCheckpoints ? ResumeObstacle::None : ResumeObstacle::NoCheckpoint;
}

RunEntries readRunEntries(const fs::path& runsFolder, const RunEntries& previous,
                          const std::stop_token& stop) {
    RunEntries runs;
    std::error_code error;
    for (fs::directory_iterator place(runsFolder, error), end; !error && place != end;
         place.increment(error)) {
        throwIfStopped(stop);
        const fs::path& folder = place->path();
        if (!isRun(runsFolder, folder.filename().string())) continue;
        std::shared_ptr<const RunEntry> before = findRun(previous, folder.filename().string());
        if (before && before->summary.folder != folder) before.reset();
        std::shared_ptr<const RunEntry> entry = readEntry(folder, before.get());
        runs.push_back(entry ? std::move(entry) : std::move(before));
    }
    std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
        return a->summary.created != b->summary.created ? a->summary.created > b->summary.created
                                                        : a->name() > b->name();
    });
    return runs;
}

std::shared_ptr<const RunEntry> findRun(const RunEntries& runs, const std::string& name) {
    const auto found =
        std::find_if(runs.begin(), runs.end(), [&](const auto& run) { return run->name() == name; });
    return found == runs.end() ? nullptr : *found;
}

}  // namespace studio
