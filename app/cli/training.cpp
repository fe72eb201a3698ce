// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training.h"

#include "app/cli/interrupt.h"
#include "app/cli/job_display.h"

namespace studio {

int runTraining(CommandContext& context, const Job& job) {
    JobDisplay display(context.output);
    const JobValue value = runOrThrow(context.engine(), job, display, context.stop);
    const auto& result = std::get<TrainResult>(value);
    context.output.clearProgress();
    if (!context.output.json()) {
        context.output.line(std::string(result.stoppedEarly ? "Stopped after " : "Finished after ") +
                            counted(result.steps, "step") + " in " + durationText(result.seconds) + ", " +
                            numberText(result.tokensPerSecond, 0) + " tokens/s; evaluation loss " +
                            numberText(result.firstEvalLoss, 4) + " → " + numberText(result.lastEvalLoss, 4));
        context.output.line("Model: " + result.modelFolder.string());
    }
    if (!result.stoppedEarly) return kExitOk;
    context.output.note("Interrupted; what was learned is saved in " + result.modelFolder.string() + ".");
    return Interrupt::kExitCode;
}

}  // namespace studio
