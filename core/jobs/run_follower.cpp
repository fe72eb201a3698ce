// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_follower.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/formats/json_fields.h"
#include "core/storage/run_control.h"
#include "core/storage/run_description.h"
#include "core/storage/run_events.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::int64_t countAt(const OrderedJson& json, const char* pointer) {
    const OrderedJson* found = jsonOf(json, pointer);
    return found && found->is_array() ? static_cast<std::int64_t>(found->size()) : 0;
}

JobOutcome failed(ErrorCode code, std::string cause, std::string nextStep, std::vector<std::string> args) {
    JobOutcome outcome;
    outcome.kind = JobOutcome::Kind::Failed;
    outcome.code = code;
    outcome.cause = std::move(cause);
    outcome.nextStep = std::move(nextStep);
    outcome.args = std::move(args);
    return outcome;
}

ErrorCode codeOf(const std::string& name) {
    for (int code = 0; code < static_cast<int>(ErrorCode::Internal); ++code) {
        if (errorCodeName(static_cast<ErrorCode>(code)) == name) return static_cast<ErrorCode>(code);
    }
    return ErrorCode::Internal;
}

JobOutcome failureOf(const RunStatus& status) {
    if (!status.failure) return failed(ErrorCode::Internal, status.message, {}, {});
    const RunFailure& failure = *status.failure;
    return failed(codeOf(failure.code), failure.cause, failure.nextStep, failure.args);
}

/// What can be done with a run that nobody trains: what a resume would refuse is not advised.
std::string wayOn(const fs::path& folder) {
    if (newestCheckpoint(folder) == 0) return "Start a new run.";
    if (const auto problem = resumeProblem(folder))
        return std::string("It cannot go on from its checkpoint as it is. ") + problem->what();
    return "Go on with --run " + folder.filename().string() + " --resume.";
}

JobOutcome interruptedAt(const fs::path& folder, std::int64_t step) {
    const std::string name = folder.filename().string();
    return failed(ErrorCode::Internal,
                  "The process that trained the run " + name + " is gone: interrupted " +
                      (step > 0 ? "at step " + std::to_string(step) : "before its first step") + ".",
                  wayOn(folder), {std::to_string(step)});
}

/// Nobody trains it, and nothing says how it ended.
JobOutcome leftWithoutStatus(const fs::path& folder) {
    const std::string name = folder.filename().string(), file = (folder / "status.json").string();
    std::error_code ignored;
    const bool there = fs::exists(folder / "status.json", ignored);
    return failed(there ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound,
                  "Nobody trains the run " + name + " now, and how it ended is not known: " + file +
                      (there ? " cannot be read." : " is missing."),
                  wayOn(folder), {file});
}

JobOutcome failureOf(const Error& problem) {
    return failed(problem.code(), problem.cause(), problem.nextStep(), problem.args());
}

bool isThere(const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder, error) || error;  // what cannot be told is not gone
}

}  // namespace

RunFollower::RunFollower(fs::path runFolder, std::chrono::steady_clock::duration handOverWait)
    : m_folder(std::move(runFolder)),
      m_metrics(RunFolder(m_folder).metricsFile()),
      m_samples(samplesFile(m_folder)),
      m_events(eventsFile(m_folder)),
      m_secondsLeft(kNone),
      m_wasThere(isThere(m_folder)),
      m_handOverWait(handOverWait) {}

RunFollower::Poll RunFollower::poll() {
    Poll poll;
    if (m_ended) return poll;
    // The status first: what it says of the end was written after the last line.
    const std::optional<RunStatus> status = readStatus();
    if (m_metrics.wasRewritten() || m_samples.wasRewritten() || m_events.wasRewritten()) {
        for (LineTail* tail : {&m_metrics, &m_samples, &m_events}) tail->rewind();
        m_started = false;
        m_stage.clear();
        poll.restarted = true;
    }
    if (status) readStage(poll, *status);
    if (status || lockHolder(m_folder)) {
        readStart(poll);
        readLines(poll);
    }
    if (status)
        readEnd(poll, *status);
    else
        endWithoutStatus(poll);
    m_ended = poll.outcome.has_value();
    return poll;
}

void RunFollower::readStage(Poll& poll, const RunStatus& status) {
    m_wasThere = true;
    m_left.reset();
    if (status.secondsLeft) m_secondsLeft = *status.secondsLeft;
    const std::string stage = status.state == "starting" ? "loading" : status.state;
    if (!goesOn(status.state) || stage == m_stage) return;
    m_stage = stage;
    poll.events.push_back(StageEvent{stage, status.step, status.totalSteps});
}

// The lock tells whether anybody is at work. It is let go after the last status was written.
void RunFollower::endWithoutStatus(Poll& poll) {
    const bool there = isThere(m_folder);
    // Deleted, or moved to the trash.
    if (m_wasThere && !there) poll.outcome.emplace().kind = JobOutcome::Kind::Cancelled;
    m_wasThere = there;
    if (!there || lockHolder(m_folder)) {
        m_left.reset();
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (!m_left) m_left = now;
    if (now - *m_left < kStatusWait || readStatus()) return;
    const RunSummary run = RunFolder(m_folder).look();
    if (run.statusKnown) return;
    readStart(poll);
    readLines(poll);
    if (!goesOn(run.status.state)) return tellEnd(poll, run.status);
    poll.interrupted = true;
    poll.outcome = leftWithoutStatus(m_folder);
}

void RunFollower::readStart(Poll& poll) {
    if (m_started) return;
    const std::optional<OrderedJson> found = readRun();
    // The plan is the last that is known before the first step; the lines can be followed without it.
    if (!found || !jsonOf(*found, "/plan/total_steps")) return;
    const OrderedJson& run = *found;
    TrainingStarted started;
    started.totalSteps = integerOf(run, "/plan/total_steps");
    started.trainRows = integerOf(run, "/data/train/rows");
    started.validationRows = integerOf(run, "/data/validation/rows");
    started.cutRows = countAt(run, "/data/train/cut_rows");
    started.emptyRows = countAt(run, "/data/train/rows_without_label");
    started.trainTokens = integerOf(run, "/data/train/tokens");
    started.parameters = integerOf(run, "/environment/parameters");
    started.trainedParameters = integerOf(run, "/environment/trained_parameters");
    started.device = textOf(run, "/environment/device");
    started.precision = textOf(run, "/environment/precision");
    started.threads = static_cast<int>(integerOf(run, "/environment/threads"));
    poll.events.push_back(started);
    m_started = true;
}

// Three files become one story: what was said after a step stands behind that step's line.
void RunFollower::readLines(Poll& poll) {
    std::vector<MetricsLine> lines;
    std::vector<std::pair<std::int64_t, JobEvent>> said;
    m_metrics.read([&](std::string_view text) {
        if (const auto line = metricsLineOf(text)) lines.push_back(*line);
    });
    m_samples.read([&](std::string_view text) {
        if (const auto sample = runSampleOf(text)) said.emplace_back(sample->step, SampleEvent{*sample});
    });
    m_events.read([&](std::string_view text) {
        const auto event = runEventOf(text);
        if (!event) return;
        const auto level = event->warning ? LogEvent::Level::Warning : LogEvent::Level::Info;
        said.emplace_back(event->step, LogEvent{level, event->message, event->rule, event->args});
    });
    std::stable_sort(said.begin(), said.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    auto next = said.begin();
    for (const MetricsLine& line : lines) {
        for (; next != said.end() && next->first < line.step; ++next)
            poll.events.push_back(std::move(next->second));
        m_last = line;
        poll.events.push_back(MetricsEvent{line, m_secondsLeft});
    }
    for (; next != said.end(); ++next) poll.events.push_back(std::move(next->second));
}

std::optional<RunStatus> RunFollower::readStatus() const {
    try {
        return RunFolder(m_folder).readStatus();
    } catch (const Error&) {
        return std::nullopt;  // not there yet
    }
}

std::optional<OrderedJson> RunFollower::readRun() const {
    try {
        return RunFolder(m_folder).readRun();
    } catch (const Error&) {
        return std::nullopt;  // not there yet, or damaged
    }
}

void RunFollower::readEnd(Poll& poll, const RunStatus& status) {
    if (!goesOn(status.state)) {
        if (isBetweenProcesses(status)) return;
        // Another process may have taken it up between the two looks.
        const std::optional<RunStatus> now = readStatus();
        if (now && now->state == status.state) tellEnd(poll, status);
        return;
    }
    m_handedOver.reset();
    if (runIsAtWork(m_folder)) return;
    // It may have ended between the two looks.
    const std::optional<RunStatus> now = readStatus();
    if (!now || now->state != status.state || now->step != status.step) return;
    poll.interrupted = true;
    poll.outcome = interruptedAt(m_folder, std::max(status.step, m_last.step));
}

// The wish to hand over stands until another process has taken the run up.
bool RunFollower::isBetweenProcesses(const RunStatus& status) {
    if (status.state != "stopped") return false;
    const std::optional<RunControl> asked = readRunControl(m_folder);
    if (!asked || asked->stop != RunControl::Stop::HandOver) return false;
    const auto now = std::chrono::steady_clock::now();
    if (!m_handedOver) m_handedOver = now;
    return now - *m_handedOver < m_handOverWait;
}

void RunFollower::tellEnd(Poll& poll, const RunStatus& status) const {
    if (status.state == "failed") {
        poll.outcome = failureOf(status);
        return;
    }
    JobOutcome& outcome = poll.outcome.emplace();
    outcome.kind = JobOutcome::Kind::Cancelled;
    if (status.state == "discarded") return;
    try {
        const OrderedJson run = RunFolder(m_folder).readRun();
        std::error_code ignored;
        // Where a run was stopped, the model may be that of an earlier part of it.
        const bool saved = fs::exists(RunFolder(m_folder).modelFolder() / "config.json", ignored) &&
                           (status.state == "finished" || jsonOf(run, "/result"));
        if (!saved) return;
        outcome.kind = JobOutcome::Kind::Finished;
        outcome.value = resultOf(status, run);
    } catch (const Error& problem) {
        outcome = failureOf(problem);  // what the model's figures are is not known
    }
}

TrainResult RunFollower::resultOf(const RunStatus& status, const OrderedJson& run) const {
    TrainResult result;
    result.modelFolder = RunFolder(m_folder).modelFolder();
    result.steps = result.keptStep = status.step;
    result.stoppedEarly = status.state == "stopped";
    result.lastLoss = m_last.loss;
    result.seconds = m_last.seconds;
    result.tokensPerSecond = m_last.tokensPerSecond;
    result.firstEvalLoss = result.lastEvalLoss = kNone;
    if (!jsonOf(run, "/result")) return result;  // the lines say what there is to say
    result.steps = integerOf(run, "/result/steps");
    result.keptStep = integerOf(run, "/result/kept_step");
    result.patienceOver = flagOf(run, "/result/patience_over");
    result.lastLoss = realOf(run, "/result/last_loss");
    result.firstEvalLoss = realOf(run, "/result/first_eval_loss");
    result.lastEvalLoss = realOf(run, "/result/last_eval_loss");
    result.seconds = realOf(run, "/result/seconds");
    result.tokensPerSecond = realOf(run, "/result/tokens_per_second");
    result.peakMemoryBytes = static_cast<std::uint64_t>(integerOf(run, "/result/peak_memory"));
    return result;
}

}  // namespace studio
