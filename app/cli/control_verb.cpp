// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_context.h"
#include "app/cli/run_of_project.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/storage/run_control.h"

namespace studio {
namespace {

struct ControlOptions {
    std::string project, run, what;
    std::optional<double> value;
};

/// What is asked, and how it is said.
struct Wish {
    std::function<void(RunControl&)> change;
    std::string said;
};

Wish wishOf(const ControlOptions& options) {
    const auto stop = [](RunControl::Stop kind) {
        return [kind](RunControl& control) { control.stop = kind; };
    };
    if (options.what == "pause")
        return {[](RunControl& control) { control.paused = true; }, "is asked to pause after its step"};
    if (options.what == "continue")
        return {[](RunControl& control) { control.paused = false; }, "is asked to go on"};
    if (options.what == "stop")
        return {stop(RunControl::Stop::Keep), "is asked to stop; what it has learned is saved"};
    if (options.what == "discard")
        return {
            stop(RunControl::Stop::Discard),
            "is asked to stop and to keep nothing of what it has learned: no model and no checkpoint; a "
            "model "
            "that an earlier stop saved stays, and its folder stays as a record until the run is deleted"};
    return {[rate = *options.value](RunControl& control) { control.learningRate = rate; },
            "is asked to go on with another peak learning rate from its next step"};
}

int runControl(CommandContext& context, const ControlOptions& options) {
    if ((options.what == "rate") != options.value.has_value())
        throw UsageError(options.value ? "Only rate takes a value."
                                       : "rate needs a value: the learning rate.");
    const std::filesystem::path folder = runOfProject(options.project, options.run);
    if (!runIsAtWork(folder)) {
        const std::string state = RunFolder(folder).look().state();
        throw Error(ErrorCode::InvalidArgument,
                    "The run " + options.run + " is not at work: it is " + state + ".",
                    "Only a run that trains now can be asked something.", {options.run});
    }
    const Wish wish = wishOf(options);
    changeRunControl(folder, wish.change);
    if (context.output.json())
        context.output.jsonLine({{"run", options.run}, {"asked", options.what}});
    else
        context.output.line("The run " + options.run + " " + wish.said + ".");
    return kExitOk;
}

}  // namespace

void addControlVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<ControlOptions>();
    CLI::App* verb =
        app.add_subcommand("control", "Ask something of a run that trains now, whoever began it");
    addOption(verb, "project", options->project, "Project folder")->required();
    addOption(verb, "run", options->run, "Name of the run")->required()->check(notEmpty());
    addOption(verb, "what", options->what,
              "pause, continue, rate (with the new peak learning rate), stop (keeps what was learned) or "
              "discard (keeps nothing: no model is saved, the checkpoints go, and the run cannot go on; a "
              "model that "
              "an earlier stop saved stays, and its folder as a record)")
        ->required()
        ->check(CLI::IsMember({"pause", "continue", "rate", "stop", "discard"}));
    const Field& rate = trainField("learning_rate");
    addOption(verb, "value", options->value, "With rate: the learning rate")
        ->check(numberBetween(rate.minimum, rate.maximum));
    verb->footer(
        "The run looks for it between two steps. finetune follow PROJECT RUN shows what comes of it.");
    onVerb(verb, context, options, runControl);
}

}  // namespace studio
