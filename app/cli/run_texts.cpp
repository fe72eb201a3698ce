// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_texts.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "app/cli/output.h"
#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/field_table.h"
#include "core/storage/lost_model.h"
#include "core/storage/run_control.h"
#include "core/storage/run_description.h"

namespace studio {
namespace {

OrderedJson numberOrNull(double value) {
    return std::isfinite(value) ? OrderedJson(value) : OrderedJson();
}

OrderedJson countOrNull(const std::optional<std::int64_t>& count) {
    return count ? OrderedJson(*count) : OrderedJson();
}

OrderedJson textOrNull(const std::string& text) {
    return text.empty() ? OrderedJson() : OrderedJson(text);
}

const char* obstacleName(ResumeObstacle obstacle) {
    switch (obstacle) {
        case ResumeObstacle::None:
            return "";
        case ResumeObstacle::AtWork:
            return "at_work";
        case ResumeObstacle::Finished:
            return "finished";
        case ResumeObstacle::Discarded:
            return "discarded";
        case ResumeObstacle::NoCheckpoint:
            return "no_checkpoint";
        case ResumeObstacle::NoTraining:
            break;
    }
    return "no_training";
}

OrderedJson rateChangesJson(const RunEntry& run) {
    OrderedJson changes = OrderedJson::array();
    for (const RunRateChange& change : run.rateChanges)
        changes.push_back({{"step", change.step}, {"from", change.from}, {"to", change.to}});
    return changes;
}

/// As a shell takes it for one word.
std::string quoted(const std::string& word) {
    static constexpr const char* kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+=:,@%";
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

std::filesystem::path projectOf(const std::filesystem::path& runFolder) {
    return runFolder.parent_path().parent_path();
}

std::string earlierModel(const RunSummary& run) {
    return "the model that an earlier stop saved stays in " + RunFolder(run.folder).modelFolder().string();
}

std::string discardedRest(const RunSummary& run) {
    const std::string kept = run.hasModel ? ": nothing of what it learned since its last stop is kept; " +
                                                earlierModel(run) + ". Its folder"
                                          : ": nothing of what it had learned is kept. Its folder";
    return kept + " stays as a record until finetune runs delete " + quoted(projectOf(run.folder).string()) +
           " " + quoted(run.name) + ".";
}

}  // namespace

std::string runStateText(const std::string& state, std::int64_t step) {
    if (goesOn(state) && state != "interrupted")
        return "is " + state + (step > 0 ? " at step " + std::to_string(step) : " and has made no step yet");
    const std::string when = step > 0 ? " after step " + std::to_string(step) : " before its first step";
    if (state == "failed" || state == "finished") return state + when;
    return "was " + state + when;
}

OrderedJson runEntryJson(const RunEntry& run) {
    OrderedJson json = {{"name", run.name()},
                        {"state", runStateName(run.state)},
                        {"kind", run.kind},
                        {"method", run.summary.method},
                        {"train_rows", countOrNull(run.trainRows)},
                        {"validation_rows", countOrNull(run.validationRows)},
                        {"learning_rate", numberOrNull(run.learningRate())},
                        {"learning_rate_changes", rateChangesJson(run)},
                        {"step", run.steps},
                        {"total_steps", run.summary.status.totalSteps},
                        {"loss", numberOrNull(run.trainLoss)},
                        {"first_eval_loss", numberOrNull(run.firstEvalLoss)},
                        {"eval_loss", numberOrNull(run.evalLoss)},
                        {"best_eval_loss", numberOrNull(run.bestEvalLoss)},
                        {"seconds", numberOrNull(run.seconds)},
                        {"device", textOrNull(run.device)},
                        {"precision", textOrNull(run.precision)},
                        {"threads", countOrNull(run.threads)}};
    json["peak_memory"] = run.peakMemoryBytes > 0 ? OrderedJson(run.peakMemoryBytes) : OrderedJson();
    json["best_eval_step"] = std::isfinite(run.bestEvalLoss) ? OrderedJson(run.bestEvalStep) : OrderedJson();
    json["exact_percent"] = run.score ? OrderedJson(run.score->percent()) : OrderedJson();
    json["started"] = isoTime(run.summary.created);
    json["tags"] = run.notes.tags;
    json["note"] = run.notes.note;
    json["has_model"] = run.summary.hasModel;
    const std::string obstacle = obstacleName(run.resumeObstacle());
    json["cannot_resume"] = obstacle.empty() ? OrderedJson() : OrderedJson(obstacle);
    json["base_model"] = run.summary.baseModel.string();
    json["template"] = run.summary.templateName;
    json["data_snapshot"] = run.dataHash;
    json["folder"] = run.summary.folder.string();
    json["message"] = run.problem.empty() ? run.summary.status.message : run.problem;
    json["problem"] = problemText(run);
    json["torn_metrics_lines"] = run.metricsTorn;
    json["lost_metrics_steps"] = run.metricsLost;
    return json;
}

OrderedJson runFiguresJson(const RunEntries& runs) {
    OrderedJson figures = OrderedJson::object();
    for (const char* name : {"state", "step", "loss", "eval_loss", "best_eval_loss", "best_eval_step",
                             "seconds", "torn_metrics_lines", "lost_metrics_steps"})
        figures[name] = OrderedJson::array();
    for (const auto& run : runs) {
        const OrderedJson all = runEntryJson(*run);
        for (auto& [name, values] : figures.items()) values.push_back(all.at(name));
    }
    return figures;
}

std::vector<std::vector<std::string>> runFigureRows(const RunEntries& runs) {
    std::vector<std::vector<std::string>> rows = {{"state"},           {"steps"},           {"train loss"},
                                                  {"evaluation loss"}, {"best evaluation"}, {"time"}};
    for (const auto& run : runs) {
        const std::string best = numberText(run->bestEvalLoss, 4);
        const std::string at =
            std::isfinite(run->bestEvalLoss) ? " at step " + std::to_string(run->bestEvalStep) : "";
        const std::vector<std::string> column = {runStateName(run->state),
                                                 std::to_string(run->steps),
                                                 numberText(run->trainLoss, 4),
                                                 numberText(run->evalLoss, 4),
                                                 best + at,
                                                 run->seconds >= 0.0 ? durationText(run->seconds) : "–"};
        for (std::size_t row = 0; row < rows.size(); ++row) rows[row].push_back(column[row]);
    }
    return rows;
}

OrderedJson fieldValueJson(const std::optional<FieldValue>& value) {
    if (!value) return {};
    return std::visit([](const auto& each) { return OrderedJson(each); }, *value);
}

std::string fieldValueText(const RunField& field, std::size_t run) {
    const std::optional<FieldValue>& value = field.values[run];
    if (!value) return "–";
    if (const auto* count = std::get_if<std::int64_t>(&*value))
        return field.name == "peak_memory" ? byteText(static_cast<std::uint64_t>(*count))
                                           : std::to_string(*count);
    if (const auto* real = std::get_if<double>(&*value)) return numberText(*real);
    if (const auto* on = std::get_if<bool>(&*value)) return *on ? "true" : "false";
    const std::string& text = std::get<std::string>(*value);
    return text.empty() ? "–" : text;
}

std::string evaluationText(const RunEntry& run) {
    if (!std::isfinite(run.evalLoss)) return "not measured";
    // Where its lines are lost, run.json still has the last one.
    if (!std::isfinite(run.firstEvalLoss)) return numberText(run.evalLoss, 4);
    const std::string before = numberText(run.firstEvalLoss, 4) + " before";
    if (!run.evaluatedAfterStart) return before + "; none since";
    return before + ", " + numberText(run.evalLoss, 4) + " now, " + numberText(run.bestEvalLoss, 4) +
           " at its best";
}

std::string rateChangesText(const RunEntry& run) {
    std::vector<std::string> changes;
    for (const RunRateChange& change : run.rateChanges)
        changes.push_back("from step " + std::to_string(change.step) + " on " + numberText(change.to) +
                          " instead of " + numberText(change.from));
    return joined(changes);
}

Error withCommand(const Error& problem) {
    const std::vector<std::string>& args = problem.args();
    if (args.size() < 2 || args[1] != "run_model_mergeable") return problem;
    return Error(problem.code(), problem.cause(),
                 problem.nextStep() +
                     " The command is finetune model export --model BASE --adapter RUN --merge --to hf "
                     "--out FOLDER.",
                 args);
}

std::string resumeCommand(const std::filesystem::path& runFolder) {
    return "finetune train --project " + quoted(projectOf(runFolder).string()) + " --run " +
           quoted(runFolder.filename().string()) + " --resume";
}

std::string endWithoutModel(const std::filesystem::path& runFolder, bool unchanged) {
    const std::string name = runFolder.filename().string();
    const RunSummary run = RunFolder(runFolder).look();
    if (run.damaged) return "The run " + name + " has ended. " + run.problem;
    if (!run.statusKnown && goesOn(run.status.state))
        return "The run " + name + " has ended; how is not known. " + run.status.message;
    const std::int64_t checkpoint = newestCheckpoint(runFolder);
    const std::string end = runStateText(run.state(), std::max(run.status.step, checkpoint));
    if (run.state() == "discarded") return "The run " + name + " " + end + discardedRest(run);
    const std::string begin = unchanged ? "No step was made, and the run " + name + " is as it was: it " + end
                                        : "The run " + name + " " + end;
    if (checkpoint == 0 && run.status.step == 0 && !run.hasModel) return begin + ": nothing was learned.";
    const std::string model = run.hasModel ? "; " + earlierModel(run) : " and saved no model";
    if (checkpoint == 0) return begin + model + "; there is no checkpoint to go on from.";
    if (const auto problem = resumeProblem(runFolder))
        return begin + model + "; the checkpoint of step " + std::to_string(checkpoint) +
               " is kept, and cannot be gone on from as the run is. " + problem->what();
    return begin + model + "; the checkpoint of step " + std::to_string(checkpoint) + " is kept. " +
           resumeCommand(runFolder) + " goes on from there.";
}

std::string runGoneText(const std::filesystem::path& runFolder, std::optional<std::int64_t> lastStep) {
    const std::string when = lastStep ? ", after step " + std::to_string(*lastStep) : std::string();
    std::string text = "The run " + runFolder.filename().string() + " is no longer there" + when +
                       ": its folder was deleted or moved while it trained.";
    if (runFolder.parent_path().filename() != "runs") return text;  // of no project, which has a trash
    return text + " finetune runs list " + quoted(projectOf(runFolder).string()) +
           " --trash shows deleted ones.";
}

std::string methodText(const RunEntry& run) {
    if (run.kind == "pretrain") return "from random weights";
    if (!run.settings) return run.summary.method;
    return run.settings->method == "lora" ? "LoRA of rank " + std::to_string(run.settings->loraRank)
                                          : "all weights";
}

std::string computedText(const RunEntry& run) {
    std::vector<std::string> parts;
    for (const std::string& part : {run.device, run.precision})
        if (!part.empty()) parts.push_back(part);
    if (run.threads) parts.push_back(counted(*run.threads, "thread"));
    std::string text = joined(parts);
    if (run.peakMemoryBytes == 0) return text.empty() ? "–" : text;
    text += text.empty() ? "" : "; ";
    return text + byteText(run.peakMemoryBytes) + " of memory at the highest";
}

std::string problemText(const RunEntry& run) {
    if (!run.problem.empty()) return run.problem;
    const std::optional<Error> lost = lostModel(run.summary);
    return lost ? withCommand(*lost).what() : "";
}

std::string metricsText(const RunEntry& run) {
    std::vector<std::string> parts;
    if (run.metricsTorn > 0) parts.push_back(counted(run.metricsTorn, "line") + " cannot be read");
    const std::string all = std::to_string(run.steps);
    if (run.metricsLost == 1)
        parts.push_back("the last step of " + all + " is missing");
    else if (run.metricsLost > 1)
        parts.push_back("the last " + std::to_string(run.metricsLost) + " steps of " + all + " are missing");
    return parts.empty() ? ""
                         : "metrics.jsonl is damaged: " + joined(parts) +
                               ". The train loss and the best evaluation are of the lines that are left.";
}

std::string rowsText(const RunEntry& run) {
    if (!run.trainRows) return "–";
    return std::to_string(*run.trainRows) + " train, " +
           (run.validationRows ? std::to_string(*run.validationRows) : "–") + " validation";
}

std::string startedText(const RunEntry& run) {
    const std::time_t time = run.summary.created;
    std::tm parts{};
    char text[32] = "";
    if (::localtime_r(&time, &parts) != nullptr) std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

}  // namespace studio
