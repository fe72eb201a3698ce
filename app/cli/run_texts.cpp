// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_texts.h"

#include <cmath>
#include <ctime>

#include "core/base/byte_text.h"
#include "core/base/files.h"
#include "core/config/field_table.h"

namespace studio {
namespace {

OrderedJson numberOrNull(double value) {
    return std::isfinite(value) ? OrderedJson(value) : OrderedJson();
}

OrderedJson countOrNull(const std::optional<std::int64_t>& count) {
    return count ? OrderedJson(*count) : OrderedJson();
}

const char* obstacleName(ResumeObstacle obstacle) {
    switch (obstacle) {
        case ResumeObstacle::None:
            return "";
        case ResumeObstacle::AtWork:
            return "at_work";
        case ResumeObstacle::Finished:
            return "finished";
        case ResumeObstacle::NoCheckpoint:
            return "no_checkpoint";
        case ResumeObstacle::NoTraining:
            break;
    }
    return "no_training";
}

}  // namespace

OrderedJson runEntryJson(const RunEntry& run) {
    OrderedJson json = {{"name", run.name()},
                        {"state", runStateName(run.state)},
                        {"kind", run.kind},
                        {"method", run.summary.method},
                        {"train_rows", countOrNull(run.trainRows)},
                        {"validation_rows", countOrNull(run.validationRows)},
                        {"learning_rate", numberOrNull(run.learningRate())},
                        {"step", run.steps},
                        {"total_steps", run.summary.status.totalSteps},
                        {"loss", numberOrNull(run.trainLoss)},
                        {"first_eval_loss", numberOrNull(run.firstEvalLoss)},
                        {"eval_loss", numberOrNull(run.evalLoss)},
                        {"best_eval_loss", numberOrNull(run.bestEvalLoss)},
                        {"seconds", numberOrNull(run.seconds)}};
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
    json["message"] = run.summary.status.message;
    json["problem"] = run.problem;
    return json;
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

std::string methodText(const RunEntry& run) {
    if (run.kind == "pretrain") return "from random weights";
    if (!run.settings) return run.summary.method;
    return run.settings->method == "lora" ? "LoRA of rank " + std::to_string(run.settings->loraRank)
                                          : "all weights";
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
