// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_recorder.h"

#include <algorithm>
#include <cmath>

#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "core/storage/run_events.h"
#include "core/train/run_document.h"

namespace studio {

namespace {

/// A file is looked for so rarely that a run of quick steps does not notice.
constexpr std::chrono::milliseconds kControlPause{200};

std::filesystem::path madeFolder(const std::filesystem::path& folder) {
    makeRunFolder(folder);
    return folder;
}

}  // namespace

RunRecorder::RunRecorder(const std::filesystem::path& folder, JobObserver& observer, Begin begin)
    : m_folder(begin == Begin::New ? madeFolder(folder) : folder), m_lock(folder), m_observer(observer) {
    if (begin != Begin::New) takeUp(begin);
    m_status.state = "starting";
    m_status.processId = m_status.updated = 0;
    m_status.processMark.clear();
    m_status.message.clear();
    m_status.failure.reset();
    m_status.secondsLeft.reset();
    writeStatus();
}

// The lock is ours. What remains is a process that took none: of an older version, or on another machine.
void RunRecorder::takeUp(Begin begin) {
    try {
        m_foundRun = readFile(m_folder.path() / "run.json");
    } catch (const Error&) {
        // Whoever goes on reads it, too, and says what is wrong.
    }
    try {
        m_found = m_folder.readStatus();
        m_status = *m_found;
    } catch (const Error&) {
        // Missing or damaged: the lock file tells who was here last.
    }
    if (m_found && !goesOn(m_found->state)) return;
    const RunWriter said{m_status.processId, m_status.processMark};
    const bool decides = lockDecides(m_folder.path());
    const Writer writer = writerOf(said, m_lock.before(), decides);
    const std::string name = m_folder.path().filename().string();
    if (writer == Writer::Alive) {
        throw Error(ErrorCode::RunBusy, "The run " + name + " is in the hands of " + said.text() + ".",
                    "Wait for its end, or stop it; then the run can go on.", {name});
    }
    if (writer == Writer::Gone || decides || begin == Begin::TakeOver) return;
    const RunWriter& last = said.processId != 0 ? said : m_lock.before();
    throw Error(ErrorCode::RunBusy,
                "The run " + name + " was last written by " + last.text() +
                    ", and from here it cannot be known whether that goes on: " + m_folder.path().string() +
                    " may be shared with other machines.",
                "Make sure that it has ended, then go on with --resume --take-over.", {name});
}

void RunRecorder::onStage(const std::string& stage) {
    const bool goesOnAgain = m_status.state == "paused";
    m_status.state = stage;
    m_observer.onEvent(StageEvent{stage, m_status.step, m_status.totalSteps});
    try {
        // A checkpoint must not outlive the lines of the steps before it.
        if (stage == "saving" && m_metrics) m_metrics->sync();
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
    if (stage == "saving") checkDisk();
    // Training and evaluating alternate often in short runs: the once-a-second line is enough for those.
    // Only whoever follows the run from outside waits to hear that a pause is over.
    if ((stage != "evaluating" && stage != "training") || goesOnAgain) writeStatus();
}

void RunRecorder::onMetrics(const MetricsLine& given, double secondsLeft) {
    forgetLater();
    const MetricsLine line = m_goOnAfter ? joined(given) : given;
    writeMetrics(line);
    m_found.reset();
    m_foundRun.reset();
    m_status.step = line.step;
    m_status.secondsLeft = secondsLeft;
    if (line.seconds - m_lastStatusSeconds >= 1.0 || line.step == 0) {
        m_lastStatusSeconds = line.seconds;
        writeStatus();
        checkDisk();
    }
    m_observer.onEvent(MetricsEvent{line, secondsLeft});
}

// A stop within an evaluation leaves the line of its step without it. The evaluation that is made up for then
// belongs to that line, as in a run that was not stopped.
MetricsLine RunRecorder::joined(const MetricsLine& line) {
    const std::int64_t after = *m_goOnAfter;
    m_goOnAfter.reset();
    if (line.step != after) {
        dropMetricsAfter(after);
        return line;
    }
    const std::vector<MetricsLine> lines = m_folder.readMetrics();
    const auto same = std::find_if(lines.rbegin(), lines.rend(),
                                   [&](const MetricsLine& one) { return one.step == line.step; });
    dropMetricsAfter(after - 1);
    if (same == lines.rend() || !std::isnan(line.loss)) return line;
    MetricsLine whole = *same;
    whole.evalLoss = line.evalLoss;
    return whole;
}

void RunRecorder::dropMetricsAfter(std::int64_t step) {
    const std::int64_t torn = m_folder.dropMetricsAfter(step);
    if (torn == 0) return;
    const std::string count = std::to_string(torn);
    log(LogEvent::Level::Warning, "metrics_torn",
        (torn == 1 ? "1 torn line of metrics.jsonl was" : count + " torn lines of metrics.jsonl were") +
            " dropped: a process ended while it wrote.",
        {count});
}

// The lines of metrics.jsonl are joined() with the first new one; rows and answers only lose what is beyond.
void RunRecorder::forgetLater() {
    if (!m_forgetAfter) return;
    const std::int64_t after = *m_forgetAfter;
    m_forgetAfter.reset();
    try {
        dropStepRowsAfter(m_folder.path(), after);
        dropRunSamplesAfter(m_folder.path(), m_forgetSamplesAfter);
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
}

void RunRecorder::writeMetrics(const MetricsLine& line) {
    m_unwritten.push_back(metricsJson(line).dump());
    std::size_t written = 0;
    try {
        if (!m_metrics) m_metrics = std::make_unique<LineAppender>(m_folder.metricsFile());
        for (; written < m_unwritten.size(); ++written) m_metrics->append(m_unwritten[written]);
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
    m_unwritten.erase(m_unwritten.begin(), m_unwritten.begin() + static_cast<std::ptrdiff_t>(written));
}

void RunRecorder::onRows(const StepRows& rows) {
    forgetLater();
    try {
        if (!m_batches) m_batches = std::make_unique<LineAppender>(batchesFile(m_folder.path()));
        m_batches->append(stepRowsLine(rows));
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
}

void RunRecorder::onEvaluatedRows(const StepRows& rows) {
    forgetLater();
    try {
        writeEvaluationRows(m_folder.path(), rows);
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
    m_observer.onEvent(EvaluatedRowsEvent{rows});
}

void RunRecorder::onPeakRates(const PeakRates& rates) {
    m_status.learningRate = rates.last();
    try {
        if (m_describeRates) m_describeRates(rates);
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
    writeStatus();
}

void RunRecorder::onSampleDue(std::int64_t step) {
    forgetLater();
    try {
        if (m_sample) m_sample(step);
    } catch (const Error& problem) {
        // The training does not hang on them: a prompt may be too long, or the disk full.
        if (!m_warnedOfSamples)
            log(LogEvent::Level::Warning, "sample_failed",
                "A prompt was not answered: " + std::string(problem.what()), {problem.cause()});
        m_warnedOfSamples = true;
    }
}

void RunRecorder::onNote(const std::string& rule, const std::string& message, std::vector<std::string> args) {
    log(LogEvent::Level::Info, rule, message, std::move(args));
    if (rule != "hand_over_failed") return;
    withdrawHandOver(m_folder.path());
    m_control = readRunControl(m_folder.path()).value_or(RunControl());
}

RunControl RunRecorder::settleHandOver() {
    return m_control = studio::settleHandOver(m_folder.path());
}

RunControl RunRecorder::control() {
    const auto now = std::chrono::steady_clock::now();
    if (now - m_controlRead < kControlPause) return m_control;
    m_controlRead = now;
    if (const auto asked = readRunControl(m_folder.path())) m_control = *asked;
    return m_control;
}

bool RunRecorder::settleEnd(bool discard) {
    const RunControl settled = settleRunEnd(m_folder.path(), discard);
    if (settled.discardWithdrawn && !m_toldOfDiscard)
        onNote("discard_withdrawn",
               "The run was asked to keep nothing of what it has learned as well; it is kept, as a stop that "
               "keeps it, or the end of the run, goes before.",
               {});
    m_toldOfDiscard = settled.discardWithdrawn;
    return settled.stop == RunControl::Stop::Discard;
}

void RunRecorder::onCheckpointFailed(const std::string& problem) {
    log(LogEvent::Level::Warning, "checkpoint_failed", "No checkpoint was saved: " + problem, {problem});
}

void RunRecorder::log(LogEvent::Level level, const std::string& rule, const std::string& message,
                      std::vector<std::string> args) {
    try {
        if (!m_events) m_events = std::make_unique<LineAppender>(eventsFile(m_folder.path()));
        m_events->append(
            runEventLine({m_status.step, level == LogEvent::Level::Warning, rule, message, args}));
    } catch (const Error&) {
        // It is for those who follow from outside; a full disk is said by what matters more.
    }
    m_observer.onEvent(LogEvent{level, message, rule, std::move(args)});
}

void RunRecorder::close(const std::string& state, const std::string& message) {
    m_status.state = state;
    m_status.message = message;
    m_status.secondsLeft.reset();
    m_status.updated = unixTime();
    m_folder.writeStatus(m_status);
}

void RunRecorder::fail(const std::exception& error) noexcept {
    if (const auto* known = dynamic_cast<const Error*>(&error)) {
        m_status.failure =
            RunFailure{errorCodeName(known->code()), known->cause(), known->nextStep(), known->args()};
    }
    abandon("failed", error.what());
}

void RunRecorder::abandon(const std::string& state, const std::string& message) noexcept {
    if (m_discarded) return;
    try {
        if (m_foundRun) writeFileAtomically(m_folder.path() / "run.json", *m_foundRun);
        if (m_found)
            m_folder.writeStatus(*m_found);
        else
            close(state, message);
    } catch (const std::exception& problem) {
        // Where the status cannot be written, the lock that goes with this process says the same.
        try {
            log(LogEvent::Level::Warning, "status_not_written",
                std::string("The end of the run is not in its status.json: ") + problem.what(),
                {problem.what()});
        } catch (const std::exception&) {
            return;  // an observer must not throw; the first error counts
        }
    }
}

// The status first: where this process is killed now, nobody goes on with what is still there. On a full disk
// what is removed makes room for it.
void RunRecorder::discard() noexcept {
    if (m_discarded) return;
    m_discarded = true;
    const auto told = [this] {
        try {
            tellDiscarded();
            return std::string();
        } catch (const std::exception& problem) {
            return std::string(problem.what());
        }
    };
    const std::string first = told();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder.checkpointsFolder(), ignored);
    const std::string problem = first.empty() ? first : told();
    if (problem.empty()) return;
    try {
        log(LogEvent::Level::Warning, "status_not_written",
            "The end of the run is not in its status.json: " + problem, {problem});
    } catch (const std::exception&) {
        return;  // an observer must not throw
    }
}

void RunRecorder::tellDiscarded() {
    close("discarded");
    std::error_code ignored;
    if (!std::filesystem::exists(m_folder.path() / "run.json", ignored)) return;  // it had just begun
    OrderedJson run = m_folder.readRun();
    keepResultBefore(run);  // it describes the model of an earlier stop, which stays
    run["result"] = {{"steps", m_status.step}, {"discarded", true}};
    m_folder.writeRun(run);
}

void RunRecorder::writeStatus() {
    m_status.updated = unixTime();
    try {
        m_folder.writeStatus(m_status);
    } catch (const Error& problem) {
        warnOfFullDisk(problem);
    }
}

// Rethrows what is no full disk. To be called while `problem` is handled.
void RunRecorder::warnOfFullDisk(const Error& problem) {
    if (problem.code() != ErrorCode::DiskFull) throw;
    if (m_warnedOfFullDisk) return;
    m_warnedOfFullDisk = true;
    log(LogEvent::Level::Warning, "disk_full",
        "The disk is full: the training goes on, and its figures are written when there is room again.");
}

void RunRecorder::watchDisk(std::uint64_t bytes) {
    m_bytesNeeded = bytes;
    checkDisk();
}

void RunRecorder::checkDisk() {
    const std::uint64_t free = freeDiskBytes(m_folder.path());
    const bool low = free < m_bytesNeeded;
    if (low && !m_warnedOfLowDisk) {
        log(LogEvent::Level::Warning, "disk_low",
            "Only " + byteText(free) + " are free on the disk; the next checkpoint and the model need " +
                byteText(m_bytesNeeded) + ".",
            {byteText(free), byteText(m_bytesNeeded)});
    }
    m_warnedOfLowDisk = low;
}

}  // namespace studio
