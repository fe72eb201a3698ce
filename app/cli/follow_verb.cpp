// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <set>
#include <thread>

#include "app/cli/interrupt.h"
#include "app/cli/job_display.h"
#include "app/cli/run_of_project.h"
#include "app/cli/run_texts.h"
#include "app/cli/training.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/jobs/run_follower.h"
#include "core/storage/run_control.h"

namespace studio {
namespace {

constexpr std::chrono::milliseconds kPollPause{300};

struct FollowOptions {
    std::string project, run;
};

/// What a run that goes on from an earlier step tells anew is shown only where it is other than before.
class FollowedEvents {
public:
    explicit FollowedEvents(JobDisplay& display) : m_display(display) {}

    void show(const RunFollower::Poll& poll) {
        for (const JobEvent& event : poll.events) {
            const std::string text = textOf(event);
            const bool known = !text.empty() && !m_told.insert(text).second;
            if (!known || !poll.restarted) m_display.onEvent(event);
        }
    }

private:
    static std::string textOf(const JobEvent& event) {
        if (const auto* metrics = std::get_if<MetricsEvent>(&event)) return metricsJson(metrics->line).dump();
        if (const auto* sample = std::get_if<SampleEvent>(&event)) return runSampleLine(sample->sample);
        if (const auto* log = std::get_if<LogEvent>(&event)) return log->message;
        return {};
    }

    JobDisplay& m_display;
    std::set<std::string> m_told;
};

void waitForMore(const std::stop_token& stop) {
    constexpr std::chrono::milliseconds kPiece{50};
    for (std::chrono::milliseconds waited{0}; waited < kPollPause && !stop.stop_requested(); waited += kPiece)
        std::this_thread::sleep_for(kPiece);
}

int reportOutcome(CommandContext& context, const std::filesystem::path& folder, const JobOutcome& outcome,
                  const JobDisplay& display) {
    context.output.clearProgress();
    if (outcome.kind == JobOutcome::Kind::Failed)
        throw Error(outcome.code, outcome.cause, outcome.nextStep, outcome.args);
    std::error_code ignored;
    if (!std::filesystem::exists(folder, ignored)) {
        const std::string name = folder.filename().string();
        throw Error(ErrorCode::FileNotFound, "The run " + name + " is no longer there.",
                    "It was deleted or moved; finetune runs list --trash shows deleted ones.", {name});
    }
    if (const auto* result = std::get_if<TrainResult>(&outcome.value))
        reportTraining(context, *result, display.evaluations());
    else if (!context.output.json())
        context.output.line(endWithoutModel(folder));
    return kExitOk;
}

/// The figures of an end would be untrue without run.json; why a run failed is told without.
void requireDescription(const RunFolder& run) {
    try {
        run.readRun();
    } catch (const Error&) {
        if (run.look().status.state != "failed") throw;
    }
}

/// Said at once: without its status there may be nothing else to show for a while.
void tellMissingStatus(CommandContext& context, const RunSummary& run) {
    const bool justBegun = !run.described && run.problem.empty();
    if (run.statusKnown || justBegun) return;
    std::string meaning = "Nobody trains the run now.";
    if (run.lockHeld)
        meaning = "The run is at work all the same, and is shown as it goes on.";
    else if (!goesOn(run.status.state))
        meaning = "Its other files say how it ended: it is " + run.status.state + ".";
    context.output.note(run.status.message + " " + meaning);
}

int runFollow(CommandContext& context, const FollowOptions& options) {
    const std::filesystem::path folder = runOfProject(options.project, options.run);
    if (!runIsAtWork(folder)) requireDescription(RunFolder(folder));
    tellMissingStatus(context, RunFolder(folder).look());
    RunFollower follower(folder);
    JobDisplay display(context.output);
    display.trainingHeading = "Run " + options.run;
    FollowedEvents events(display);
    while (!context.stop.stop_requested()) {
        const RunFollower::Poll poll = follower.poll();
        events.show(poll);
        if (poll.outcome) return reportOutcome(context, folder, *poll.outcome, display);
        waitForMore(context.stop);
    }
    context.output.note("Following has ended; the run " + options.run + " goes on.");
    return Interrupt::kExitCode;
}

}  // namespace

void addFollowVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<FollowOptions>();
    CLI::App* verb =
        app.add_subcommand("follow", "Show a run as it trains, whoever began it, until it has ended");
    addOption(verb, "project", options->project, "Project folder")->required();
    addOption(verb, "run", options->run, "Name of the run")->required()->check(notEmpty());
    verb->footer(
        "All that the run has told so far comes first. Ctrl-C ends the following, never the run. With "
        "--json, "
        "the lines are those of metrics.jsonl.");
    onVerb(verb, context, options, runFollow);
}

}  // namespace studio
