// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_facts.h"

namespace studio::ui {

PastRun readPastRun(const RunSummary& run) {
    const RunFolder folder(run.folder);
    PastRun past;
    past.status = run.status;
    past.facts.name = QString::fromStdString(run.name);
    past.facts.folder = run.folder;
    past.facts.baseModel = run.baseModel;
    past.facts.method = QString::fromStdString(run.method);
    const OrderedJson document = folder.readRun();
    if (const auto settings = document.find("settings");
        settings != document.end() && settings->is_object()) {
        // A run of another version may have settings that this one does not know; they are not shown here.
        fromJson(*settings, past.facts.settings);
    }
    for (const MetricsLine& line : folder.readMetrics()) past.metrics.append(line);
    for (const RunSample& sample : readRunSamples(run.folder)) past.samples.append(sample);
    past.facts.plan.totalSteps = run.status.totalSteps;
    // The epoch marks follow from any line that has both figures.
    for (const MetricsLine& line : past.metrics) {
        if (line.step > 0 && line.epoch > 0.0)
            past.facts.plan.stepsPerEpoch = static_cast<double>(line.step) / line.epoch;
    }
    return past;
}

}  // namespace studio::ui
