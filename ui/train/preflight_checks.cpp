// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The checks of a PreflightPanel: what a plan says of its rows, of the machine and of itself.
#include <algorithm>

#include "core/jobs/model_forecast.h"
#include "ui/charts/chart_style.h"
#include "ui/text/error_text.h"
#include "ui/train/format_texts.h"
#include "ui/train/preflight_panel.h"

namespace studio::ui {

namespace {

/// Rows that never had a response, and those whose prompt leaves it no room.
std::pair<std::vector<ExampleProblem>, std::vector<ExampleProblem>> byReason(
    const std::vector<ExampleProblem>& rows) {
    std::pair<std::vector<ExampleProblem>, std::vector<ExampleProblem>> parted;
    for (const ExampleProblem& row : rows) (row.cutTokens == 0 ? parted.first : parted.second).push_back(row);
    return parted;
}

}  // namespace

std::vector<Check> PreflightPanel::checksOf(const TrainPlan& plan) {
    std::vector<Check> checks;
    addRowChecks(plan, checks);
    if (plan.found.trainRows > 0) {
        addMachineChecks(plan, checks);
        addPlanChecks(plan, checks);
    }
    return checks;
}

std::function<void()> PreflightPanel::rowsLink(const std::vector<ExampleProblem>& rows, const QString& what) {
    QVector<qint64> ids;
    for (const ExampleProblem& row : rows) ids.push_back(row.rowId);
    return [this, ids, what] { Q_EMIT rowsRequested(ids, what); };
}

void PreflightPanel::addUnusedRowChecks(const TrainPlan& plan, std::vector<Check>& checks) {
    const Preflight& found = plan.found;
    const QString cutoff = countText(found.cutoff);
    const auto [blank, squeezed] = byReason(found.emptyRows);
    if (found.trainRows == 0) {
        checks.push_back(squeezed.empty() ? noResponseCheck() : noRoomCheck(plan));
        return;
    }
    if (!blank.empty()) {
        checks.push_back(
            {Check::Kind::Warning,
             tr("%Ln row(s) without a response are not used", nullptr, static_cast<int>(blank.size())),
             QString(), tr("Show rows"), rowsLink(blank, tr("without a response"))});
    }
    if (!squeezed.empty()) {
        checks.push_back({Check::Kind::Warning,
                          tr("%Ln row(s) have no response left and are not used", nullptr,
                             static_cast<int>(squeezed.size())),
                          tr("The prompt alone reaches the cutoff of %1 tokens.").arg(cutoff),
                          tr("Show rows"),
                          rowsLink(squeezed, tr("nothing left within %1 tokens").arg(cutoff))});
    }
    if (!plan.leftOut.empty()) {
        const QVector<qint64> ids(plan.leftOut.begin(), plan.leftOut.end());
        checks.push_back(
            {Check::Kind::Warning,
             tr("%Ln accepted row(s) in no split are not used", nullptr, static_cast<int>(ids.size())),
             tr("Split on Data deals all rows anew."), tr("Show rows"),
             [this, ids] { Q_EMIT rowsRequested(ids, tr("in no split")); }});
    }
}

Check PreflightPanel::noResponseCheck() {
    return {Check::Kind::Error, tr("No train row has a response"),
            tr("Write responses, or put rows that have one into train."), tr("Open Data"),
            [this] { Q_EMIT dataRequested(); }};
}

Check PreflightPanel::noRoomCheck(const TrainPlan& plan) {
    const QString cutoff = countText(plan.found.cutoff);
    const bool longest = plan.model.contextLength > 0 && plan.found.cutoff >= plan.model.contextLength;
    return {Check::Kind::Error, tr("No row has a response within the cutoff"),
            longest
                ? tr("The base model holds %1 tokens at most. Shorten the prompts, or choose another model.")
                      .arg(cutoff)
                : tr("Cutoff is %1 tokens; raise it.").arg(cutoff),
            tr("Change"), [this] { Q_EMIT fieldRequested(QStringLiteral("cutoff")); }};
}

void PreflightPanel::addRowChecks(const TrainPlan& plan, std::vector<Check>& checks) {
    const Preflight& found = plan.found;
    const QString cutoff = countText(found.cutoff);
    addUnusedRowChecks(plan, checks);
    const int cut = static_cast<int>(found.cutRows.size());
    if (cut > 0) {
        checks.push_back(
            {Check::Kind::Warning, tr("%Ln row(s) lose the end of their response", nullptr, cut),
             tr("Cutoff is %1. The longest row has %2 tokens.").arg(cutoff, countText(found.longestRow)),
             tr("Show rows"), rowsLink(found.cutRows, tr("longer than %1 tokens").arg(cutoff))});
    } else if (found.emptyRows.empty() && found.trainRows > 0) {
        checks.push_back(
            {Check::Kind::Ok, tr("Every row fits into %1 tokens").arg(cutoff), QString(), QString(), {}});
    }
    if (found.trainRows == 0) return;
    checks.push_back({Check::Kind::Ok,
                      tr("%1 train rows, %2 tokens an epoch")
                          .arg(countText(found.trainRows), countText(found.tokensPerEpoch)),
                      paddingText(found),
                      QString(),
                      {}});
    addValidationChecks(plan, checks);
    if (plan.leavesChatFormat) {
        checks.push_back({Check::Kind::Warning, tr("The template is not the model's own chat template"),
                          tr("The model knows how to answer in its own chat template. It first has to learn "
                             "“%1” from your rows.")
                              .arg(QString::fromStdString(plan.job.promptTemplate.title)),
                          tr("Choose a template"), [this] { Q_EMIT promptsRequested(); }});
    }
    if (plan.instructionsUnread) {
        const LogEvent said{LogEvent::Level::Warning, {}, "instructions_unread", {}};
        checks.push_back({Check::Kind::Warning, logText(said),
                          tr("The model does not read them as they were written."), tr("Choose a template"),
                          [this] { Q_EMIT promptsRequested(); }});
    }
    for (const std::string& source : found.unknownSources) {
        const LogEvent said{LogEvent::Level::Warning, source, "mixture_unknown_source", {source}};
        checks.push_back({Check::Kind::Warning, logText(said), QString(), tr("Change"),
                          [this] { Q_EMIT fieldRequested(QStringLiteral("mixture")); }});
    }
}

// What packing saves: padded to the longest row of each batch, so much of the work would be for nothing.
QString PreflightPanel::paddingText(const Preflight& found) const {
    if (found.paddedTokensPerEpoch <= 0) return {};
    const double rows = static_cast<double>(found.tokensPerEpoch);
    const double share = std::max(0.0, 1.0 - rows / static_cast<double>(found.paddedTokensPerEpoch));
    return tr("Packed end to end, nothing is padded; without packing %1 % of each batch would be.")
        .arg(chartNumber(share * 100.0, 1));
}

void PreflightPanel::addValidationChecks(const TrainPlan& plan, std::vector<Check>& checks) {
    const Preflight& found = plan.found;
    const QString cutoff = countText(found.cutoff);
    const int rows = static_cast<int>(found.validationRows);
    if (rows == 0) {
        checks.push_back({Check::Kind::Warning, tr("No row is kept for the evaluation loss"),
                          tr("The chart will show the train loss only."), tr("Open Data"),
                          [this] { Q_EMIT dataRequested(); }});
    } else if (found.validationTakenFromTrain) {
        checks.push_back(
            {Check::Kind::Ok,
             tr("%Ln validation row(s), taken from train by a fixed seed", nullptr, rows),
             tr("No row is in the validation split, so 5 % of train are kept aside and not trained on."),
             QString(),
             {}});
    } else {
        checks.push_back({Check::Kind::Ok,
                          tr("%Ln validation row(s) for the evaluation loss", nullptr, rows),
                          QString(),
                          QString(),
                          {}});
    }
    if (!found.validationCutRows.empty()) {
        checks.push_back({Check::Kind::Warning,
                          tr("%Ln validation row(s) are measured without their end", nullptr,
                             static_cast<int>(found.validationCutRows.size())),
                          tr("Cutoff is %1 tokens.").arg(cutoff), tr("Show rows"),
                          rowsLink(found.validationCutRows, tr("longer than %1 tokens").arg(cutoff))});
    }
    if (!found.validationEmptyRows.empty()) {
        checks.push_back(
            {Check::Kind::Warning,
             tr("%Ln validation row(s) have no response to measure", nullptr,
                static_cast<int>(found.validationEmptyRows.size())),
             QString(), tr("Show rows"),
             rowsLink(found.validationEmptyRows, tr("nothing left within %1 tokens").arg(cutoff))});
    }
}

void PreflightPanel::addMachineChecks(const TrainPlan& plan, std::vector<Check>& checks) {
    const double needed = static_cast<double>(plan.found.memory.total());
    const double free = static_cast<double>(plan.freeMemoryBytes);
    const QString sum = tr("About %1 of %2 free: weights, gradients and optimizer %3, activations %4.")
                            .arg(bytesText(plan.found.memory.total()), bytesText(plan.freeMemoryBytes),
                                 bytesText(plan.found.memory.weights + plan.found.memory.gradients +
                                           plan.found.memory.optimizer),
                                 bytesText(plan.found.memory.activations));
    const QString parts = tr("About %1: weights, gradients and optimizer %2, activations %3.")
                              .arg(bytesText(plan.found.memory.total()),
                                   bytesText(plan.found.memory.weights + plan.found.memory.gradients +
                                             plan.found.memory.optimizer),
                                   bytesText(plan.found.memory.activations));
    const auto toBatch = [this] { Q_EMIT fieldRequested(QStringLiteral("batch_rows")); };
    if (free <= 0) {
        checks.push_back({Check::Kind::Warning, tr("How much memory is free is not known"), parts,
                          tr("Smaller batch"), toBatch});
    } else if (needed > free) {
        checks.push_back({Check::Kind::Warning, tr("The memory may not be enough"), sum, tr("Smaller batch"),
                          toBatch, true});
    } else if (needed > kTightShare * free) {
        checks.push_back(
            {Check::Kind::Warning, tr("The memory is tight"), sum, tr("Smaller batch"), toBatch});
    } else {
        checks.push_back({Check::Kind::Ok, tr("The memory is enough"), sum, QString(), {}});
    }
    if (plan.found.diskBytes > plan.freeDiskBytes) {
        checks.push_back({Check::Kind::Error,
                          tr("The disk has no room for the model"),
                          tr("%1 are needed, %2 are free. Make room first.")
                              .arg(bytesText(plan.found.diskBytes), bytesText(plan.freeDiskBytes)),
                          QString(),
                          {}});
    }
}

void PreflightPanel::addPlanChecks(const TrainPlan& plan, std::vector<Check>& checks) {
    const StepPlan& steps = plan.found.plan;
    const QString schedule = QString::fromStdString(plan.job.settings.schedule);
    checks.push_back(
        {Check::Kind::Ok,
         schedule == QLatin1String("constant")
             ? tr("Warm-up %1 of %2 steps; the rate then stays")
                   .arg(countText(steps.warmupSteps), countText(steps.totalSteps))
             : tr("Warm-up %1 of %2 steps; the rate then falls to %3")
                   .arg(countText(steps.warmupSteps), countText(steps.totalSteps),
                        rateText(plan.job.settings.learningRate * plan.job.settings.minLearningRateShare)),
         QString(),
         QString(),
         {}});
    if (plan.found.validationRows > 0) {
        checks.push_back({Check::Kind::Ok,
                          tr("Evaluated at the start, every %Ln step(s), and at the end", nullptr,
                             static_cast<int>(steps.evaluateEvery)),
                          QString(),
                          QString(),
                          {}});
    }
    // What cannot be started cannot be measured.
    const bool sound = std::none_of(checks.begin(), checks.end(),
                                    [](const Check& check) { return check.kind == Check::Kind::Error; });
    if (!plan.found.secondsProbed) checks.push_back(timeCheck(plan.found, sound));
}

/// How the time is known, and the way to know it better.
Check PreflightPanel::timeCheck(const Preflight& found, bool sound) {
    if (m_measuring) {
        return {Check::Kind::Ok, tr("Measuring a few steps"),
                tr("The model is loaded and trained for some seconds; nothing of it is kept."), tr("Stop"),
                [this] { Q_EMIT measureStopRequested(); }};
    }
    Check check;
    check.title = found.secondsMeasured ? tr("The time is that of an earlier run")
                                        : tr("The time is computed, not measured");
    check.detail = found.secondsMeasured
                       ? tr("Its settings may have been others. A few steps measure these.")
                       : tr("Assumes %1 × 10⁹ operations per second and thread. A few steps measure it.")
                             .arg(countText(static_cast<qint64>(kAssumedFlopsPerThread / 1e9)));
    if (found.secondsLeast < found.secondsMost) {
        check.detail = sentences(tr("It lies between %1 and %2.")
                                     .arg(durationText(found.secondsLeast), durationText(found.secondsMost)),
                                 check.detail);
    }
    if (!m_measurable || !sound) return check;
    check.link = tr("Measure");
    check.follow = [this] { Q_EMIT measureRequested(); };
    return check;
}

}  // namespace studio::ui
