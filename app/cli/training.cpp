// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training.h"

#include "app/cli/interrupt.h"
#include "app/cli/job_display.h"

namespace studio {
namespace {

/// "; evaluation loss 2.31 → 1.70". A run that was stopped before its second evaluation has only the first to
/// tell, and one without validation rows none.
std::string evaluationText(const TrainResult& result, std::int64_t evaluations) {
    if (evaluations == 0) return {};
    const std::string first = "; evaluation loss " + numberText(result.firstEvalLoss, 4);
    return first + (evaluations == 1 ? " at the start" : " → " + numberText(result.lastEvalLoss, 4));
}

void reportInterrupted(CommandContext& context, const TrainResult& result, const Job& job) {
    // For people the folder stands in the line above.
    std::string text = "Interrupted; what was learned is saved" +
                       (context.output.json() ? " in " + result.modelFolder.string() : "") + ".";
    if (const auto* train = std::get_if<TrainJob>(&job))
        text += " finetune train --project … --run " + train->runName + " --resume goes on from there.";
    context.output.note(text);
}

}  // namespace

void reportTraining(CommandContext& context, const TrainResult& result, std::int64_t evaluations) {
    context.output.clearProgress();
    if (context.output.json()) return;
    context.output.line(std::string(result.stoppedEarly ? "Stopped after " : "Finished after ") +
                        counted(result.steps, "step") + " in " + durationText(result.seconds) + ", " +
                        numberText(result.tokensPerSecond, 0) + " tokens/s" +
                        evaluationText(result, evaluations));
    context.output.line("Model: " + result.modelFolder.string());
}

int runTraining(CommandContext& context, const Job& job, const std::string& heading) {
    JobDisplay display(context.output);
    display.trainingHeading = heading;
    const JobValue value = runOrThrow(context.engine(), job, display, context.stop);
    const auto& result = std::get<TrainResult>(value);
    reportTraining(context, result, display.evaluations());
    if (!result.stoppedEarly) return kExitOk;
    reportInterrupted(context, result, job);
    return Interrupt::kExitCode;
}

}  // namespace studio
