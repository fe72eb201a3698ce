// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_recorder.h"

#include <unistd.h>

#include "core/base/error.h"

namespace studio {

namespace {

/// A file is looked for so rarely that a run of quick steps does not notice.
constexpr std::chrono::milliseconds kControlPause{200};

std::filesystem::path madeFolder(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (std::filesystem::exists(folder, ignored)) {
        throw Error(ErrorCode::RunExists, "There is a run in " + folder.string() + " already.",
                    "Choose another name with --run, or delete that folder.", {folder.filename().string()});
    }
    makeFolders(folder);
    return folder;
}

std::filesystem::path foundFolder(const std::filesystem::path& folder) {
    const RunSummary run = RunFolder(folder).summary();
    const std::string state = run.state();
    if (state != "stopped" && state != "failed" && state != "interrupted") {
        throw Error(ErrorCode::RunExists, "The run in " + folder.string() + " is still going on.",
                    "Wait for its end, or stop it first.", {folder.filename().string()});
    }
    return folder;
}

}  // namespace

RunRecorder::RunRecorder(const std::filesystem::path& folder, JobObserver& observer, Begin begin)
    : m_folder(begin == Begin::New ? madeFolder(folder) : foundFolder(folder)), m_observer(observer) {
    m_status.processId = ::getpid();
    writeStatus();
}

void RunRecorder::onStage(const std::string& stage) {
    m_status.state = stage;
    m_observer.onEvent(StageEvent{stage, m_status.step, m_status.totalSteps});
    // Training and evaluating alternate often in short runs: the once-a-second line is enough for those.
    if (stage != "evaluating" && stage != "training") writeStatus();
}

void RunRecorder::onMetrics(const MetricsLine& line, double secondsLeft) {
    if (!m_metrics) m_metrics = std::make_unique<LineAppender>(m_folder.metricsFile());
    m_metrics->append(metricsJson(line).dump());
    m_status.step = line.step;
    if (line.seconds - m_lastStatusSeconds >= 1.0 || line.step == 0) {
        m_lastStatusSeconds = line.seconds;
        writeStatus();
    }
    m_observer.onEvent(MetricsEvent{line, secondsLeft});
}

void RunRecorder::onRows(const StepRows& rows) {
    if (!m_batches) m_batches = std::make_unique<LineAppender>(batchesFile(m_folder.path()));
    m_batches->append(stepRowsLine(rows));
}

void RunRecorder::onEvaluatedRows(const StepRows& rows) {
    writeEvaluationRows(m_folder.path(), rows);
    m_observer.onEvent(EvaluatedRowsEvent{rows});
}

void RunRecorder::onSampleDue(std::int64_t step) {
    if (m_sample) m_sample(step);
}

void RunRecorder::onNote(const std::string& rule, const std::string& message, std::vector<std::string> args) {
    log(LogEvent::Level::Info, rule, message, std::move(args));
}

RunControl RunRecorder::control() {
    const auto now = std::chrono::steady_clock::now();
    if (now - m_controlRead < kControlPause) return m_control;
    m_controlRead = now;
    m_control = readRunControl(m_folder.path());
    return m_control;
}

void RunRecorder::onCheckpointFailed(const std::string& problem) {
    log(LogEvent::Level::Warning, "checkpoint_failed", "No checkpoint was saved: " + problem, {problem});
}

void RunRecorder::log(LogEvent::Level level, const std::string& rule, const std::string& message,
                      std::vector<std::string> args) {
    m_observer.onEvent(LogEvent{level, message, rule, std::move(args)});
}

void RunRecorder::close(const std::string& state, const std::string& message) {
    m_status.state = state;
    m_status.message = message;
    writeStatus();
}

void RunRecorder::writeStatus() {
    m_status.updated = unixTime();
    m_folder.writeStatus(m_status);
}

}  // namespace studio
