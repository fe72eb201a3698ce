// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training.h"

#include <csignal>

#include "app/cli/interrupt.h"
#include "app/cli/job_display.h"
#include "app/cli/run_texts.h"
#include "core/storage/run_name.h"

namespace studio {
namespace {

/// "; evaluation loss 2.31 → 1.70". A run that was stopped before its second evaluation has only the first to
/// tell, and one without validation rows none.
std::string evaluationText(const TrainResult& result, std::int64_t evaluations, bool wentOn) {
    if (evaluations == 0) return {};
    const std::string first = "; evaluation loss " + numberText(result.firstEvalLoss, 4);
    return first +
           (evaluations == 1 && !wentOn ? " at the start" : " → " + numberText(result.lastEvalLoss, 4));
}

void reportStopped(CommandContext& context, const TrainResult& result, const Job& job) {
    // Interrupted from here, or asked to stop by finetune control.
    std::string text = (context.stop.stop_requested() ? "Interrupted after step " : "Stopped after step ") +
                       std::to_string(result.steps) + "; what was learned is saved" +
                       // For people the folder stands in the line above.
                       (context.output.json() ? " in " + result.modelFolder.string() : "") + ".";
    if (const auto* train = std::get_if<TrainJob>(&job))
        text += " " + resumeCommand(train->runFolder) + " goes on from there.";
    context.output.note(text);
}

std::filesystem::path runFolderOf(const Job& job) {
    if (const auto* train = std::get_if<TrainJob>(&job)) return train->runFolder;
    return std::get<PretrainJob>(job).runFolder;
}

bool goesOnAgain(const Job& job) {
    const auto* train = std::get_if<TrainJob>(&job);
    return train && train->resume;
}

std::string noModelText(const Job& job, bool interrupted, std::optional<std::int64_t> lastStep) {
    const std::filesystem::path folder = runFolderOf(job);
    const bool again = goesOnAgain(job);
    std::error_code ignored;
    if (std::filesystem::exists(again ? folder : folder / "status.json", ignored))
        return endWithoutModel(folder, again && !lastStep);
    // Only a new run that was interrupted from here has never had a folder.
    if (lastStep || again || !interrupted) return runGoneText(folder, lastStep);
    return "Interrupted before the run had begun; nothing is left of it.";
}

/// Nothing was saved: the run was stopped before its first step, handed over, or discarded.
int reportNoModel(CommandContext& context, const Job& job, std::optional<std::int64_t> lastStep) {
    context.output.clearProgress();
    context.output.note(noModelText(job, context.stop.stop_requested(), lastStep));
    return Interrupt::kExitCode;
}

std::string headingOf(const TrainJob& job) {
    if (job.resume) return "Run " + job.runName + " goes on";
    return "Run " + job.runName + ": " + job.modelFolder.string() + " with the template " +
           job.promptTemplate.name;
}

}  // namespace

void reportTraining(CommandContext& context, const TrainResult& result, std::int64_t evaluations,
                    bool wentOn) {
    context.output.clearProgress();
    if (context.output.json()) return;
    context.output.line(std::string(result.stoppedEarly ? "Stopped after " : "Finished after ") +
                        counted(result.steps, "step") + " in " + durationText(result.seconds) + ", " +
                        numberText(result.tokensPerSecond, 0) + " tokens/s" +
                        evaluationText(result, evaluations, wentOn));
    context.output.line("Model: " + result.modelFolder.string());
}

int runTraining(CommandContext& context, const Job& job, const std::string& heading) {
    // Whoever read the output may go away ("| less", then q): the training goes on, and its end says so.
    std::signal(SIGPIPE, SIG_IGN);
    JobDisplay display(context.output);
    display.trainingHeading = heading;
    JobValue value;
    try {
        value = runOrThrow(context.engine(), job, display, context.stop);
    } catch (const Cancelled&) {
        return reportNoModel(context, job, display.lastStep());
    }
    const auto& result = std::get<TrainResult>(value);
    reportTraining(context, result, display.evaluations(), goesOnAgain(job));
    if (!result.stoppedEarly) return kExitOk;
    reportStopped(context, result, job);
    return Interrupt::kExitCode;
}

int runFineTuning(CommandContext& context, TrainJob job, bool anyName) {
    while (true) {
        try {
            return runTraining(context, job, headingOf(job));
        } catch (const Error& problem) {
            if (!anyName || problem.code() != ErrorCode::RunExists) throw;
        }
        job.runName = freeRunName(job.runFolder.parent_path());
        job.runFolder.replace_filename(job.runName);
    }
}

}  // namespace studio
