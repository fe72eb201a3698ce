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

RunControl::Stop stopOf(const std::string& what) {
    if (what == "stop") return RunControl::Stop::Keep;
    return what == "discard" ? RunControl::Stop::Discard : RunControl::Stop::No;
}

/// How what is asked is said of the run.
std::string saidOf(const std::string& what) {
    if (what == "pause") return "is asked to pause after its step";
    if (what == "continue") return "is asked to go on";
    if (what == "stop") return "is asked to stop; what it has learned is saved";
    if (what == "discard")
        return "is asked to stop and to keep nothing of what it has learned: no model and no checkpoint; a "
               "model that an earlier stop saved stays, and its folder stays as a record until the run is "
               "deleted";
    return "is asked to go on with another peak learning rate from its next step";
}

/// What was on its way already, and is not any more.
std::string insteadText(RunControl::Stop before, RunControl::Stop now) {
    if (before == RunControl::Stop::No) return {};
    if (before == now) return " It was asked that before, and has not come to it yet.";
    if (before == RunControl::Stop::Discard)
        return " The discard that was asked before is taken back, and the run says so.";
    if (before == RunControl::Stop::HandOver) return " It is not handed over to another process any more.";
    return {};
}

void change(RunControl& control, const ControlOptions& options) {
    if (options.value)
        control.learningRate = options.value;
    else
        control.paused = options.what == "pause";
}

int runControl(CommandContext& context, const ControlOptions& options) {
    if ((options.what == "rate") != options.value.has_value())
        throw UsageError(options.value ? "Only rate takes a value."
                                       : "rate needs a value: the learning rate.");
    const std::filesystem::path folder = runOfProject(options.project, options.run);
    if (!runIsAtWork(folder)) {
        throw Error(
            ErrorCode::InvalidArgument,
            "The run " + options.run + " is not at work: it is " + RunFolder(folder).look().state() + ".",
            "Only a run that trains now can be asked something.", {options.run});
    }
    const RunControl::Stop stop = stopOf(options.what);
    RunControl::Stop before = RunControl::Stop::No;
    if (stop == RunControl::Stop::No)
        askRun(folder, [&](RunControl& control) { change(control, options); });
    else
        before = askToStop(folder, stop);
    if (context.output.json()) {
        OrderedJson json = {{"run", options.run}, {"asked", options.what}};
        if (before != RunControl::Stop::No) json["asked_before"] = runStopName(before);
        context.output.jsonLine(json);
    } else {
        context.output.line("The run " + options.run + " " + saidOf(options.what) + "." +
                            insteadText(before, stop));
    }
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
        "The run looks for it between two steps. finetune follow PROJECT RUN shows what comes of it. Of two "
        "stops the one that keeps what was learned counts: it takes back a discard that the run has not come "
        "to yet, and once it is asked nothing else can be.");
    onVerb(verb, context, options, runControl);
}

}  // namespace studio
