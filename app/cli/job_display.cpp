// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/job_display.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace studio {
namespace {

std::string stageText(const std::string& stage) {
    std::string text = stage;
    for (char& c : text) {
        if (c == '_') c = ' ';
    }
    return text;
}

std::string rateText(double rate) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2e", rate);
    return text;
}

std::string parametersText(const TrainingStarted& event) {
    std::string all = counted(event.parameters, "parameter");
    if (event.trainedParameters == event.parameters || event.trainedParameters == 0) return all;
    return all + ", of which " + std::to_string(event.trainedParameters) + " are trained";
}

std::string oneLine(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

}  // namespace

void JobDisplay::onEvent(const JobEvent& event) {
    std::visit([this](const auto& one) { show(one); }, event);
}

void JobDisplay::show(const StageEvent& event) {
    m_output.progress({stageText(event.stage), event.done, event.total, {}, -1.0});
}

void JobDisplay::show(const TrainingStarted& event) {
    m_totalSteps = event.totalSteps;
    if (m_output.json()) return;
    if (!trainingHeading.empty()) m_output.line(trainingHeading);
    m_output.line(counted(event.trainRows, "train row") + ", " +
                  counted(event.validationRows, "validation row") + ", " +
                  counted(event.trainTokens, "token") + " an epoch; " + counted(event.totalSteps, "step") +
                  "; " + parametersText(event) + "; " + event.device + ", " + event.precision + ", " +
                  counted(event.threads, "thread"));
}

void JobDisplay::show(const MetricsEvent& event) {
    const MetricsLine& line = event.line;
    m_lastStep = line.step;
    if (!std::isnan(line.evalLoss)) ++m_evaluations;
    if (m_output.json()) {
        m_output.jsonLine(metricsJson(line));
    } else if (!std::isnan(line.evalLoss)) {
        std::string text = "step " + std::to_string(line.step) + "/" + std::to_string(m_totalSteps) +
                           "  epoch " + numberText(line.epoch, 2);
        if (!std::isnan(line.loss)) {
            text += "  loss " + numberText(line.loss, 4) + "  learning rate " + rateText(line.learningRate) +
                    "  " + numberText(line.tokensPerSecond, 0) + " tokens/s";
        }
        m_output.line(text + "  evaluation loss " + numberText(line.evalLoss, 4));
    }
    const std::string detail = std::isnan(line.loss) ? "" : "loss " + numberText(line.loss, 3);
    const double left = std::isnan(event.secondsLeft) ? -1.0 : event.secondsLeft;
    m_output.progress({"training", line.step, m_totalSteps, detail, left});
}

void JobDisplay::show(const LogEvent& event) {
    if (event.rule == "saved") return;  // the verb's last line names the folder
    if (event.level == LogEvent::Level::Warning || !m_output.json()) m_output.note(event.message);
}

void JobDisplay::show(const SampleEvent& event) {
    if (m_output.json()) return;  // the lines on stdout are those of metrics.jsonl
    m_output.line("step " + std::to_string(event.sample.step) + "  " + oneLine(event.sample.title) + "  →  " +
                  oneLine(event.sample.text));
}

void JobDisplay::show(const TextEvent& event) {
    if (onText) onText(event);
}

}  // namespace studio
