// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/preflight_panel.h"

#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/chart_style.h"
#include "ui/train/format_texts.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/key_figures.h"

namespace studio::ui {

namespace {

enum Figure { Steps, Time, Memory, Disk };
const QString kUnknown = QStringLiteral("–");
/// Rows that never had a response, and those whose prompt leaves it no room.
std::pair<std::vector<ExampleProblem>, std::vector<ExampleProblem>> byReason(
    const std::vector<ExampleProblem>& rows) {
    std::pair<std::vector<ExampleProblem>, std::vector<ExampleProblem>> parted;
    for (const ExampleProblem& row : rows) (row.cutTokens == 0 ? parted.first : parted.second).push_back(row);
    return parted;
}

constexpr int kPassedShown = 5;
constexpr double kTight = 0.75;  // above this share of what is free, memory is tight

}  // namespace

PreflightPanel::PreflightPanel(QWidget* parent) : Panel(parent) {
    m_passedBadge = new Badge(this);
    m_warningBadge = new Badge(this);
    m_errorBadge = new Badge(this);
    for (Badge* badge : {m_passedBadge, m_warningBadge, m_errorBadge}) addHeadWidget(badge);
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* strip = new QFrame(body);
    strip->setAttribute(Qt::WA_StyledBackground);
    strip->setProperty("ruleBelow", true);
    auto* stripRow = new QHBoxLayout(strip);
    stripRow->setContentsMargins(0, 0, 0, 1);
    m_figures = new KeyFigures(KeyFigures::Form::Boxes, strip);
    for (int i = 0; i < 4; ++i) m_figures->addFigure(QString());
    stripRow->addWidget(m_figures);
    column->addWidget(strip);
    auto* scroll = new QScrollArea(body);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* list = new QWidget;
    list->setProperty("ground", "panel");
    m_list = new QVBoxLayout(list);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    scroll->setWidget(list);
    column->addWidget(scroll, 1);
    setBodyWidget(body);
    retranslate();
    showProblems({});
}

void PreflightPanel::retranslate() {
    setTitle(tr("Before you start"));
    m_figures->setLabel(Steps, tr("Steps"));
    m_figures->setLabel(Time, tr("Time"));
    m_figures->setLabel(Memory, tr("Memory"));
    m_figures->setLabel(Disk, tr("Disk"));
    if (m_plan) showPlan(TrainPlan(*m_plan));
}

void PreflightPanel::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

QString PreflightPanel::figure(int index) const {
    return m_figures->value(index);
}

void PreflightPanel::showProblems(const std::vector<Check>& problems) {
    m_plan.reset();
    for (int i = Steps; i <= Disk; ++i) m_figures->setValue(i, kUnknown);
    showChecks(problems);
}

void PreflightPanel::showPlan(const TrainPlan& plan) {
    m_plan = plan;
    showFigures(plan);
    showChecks(checksOf(plan));
}

void PreflightPanel::showFigures(const TrainPlan& plan) {
    const Preflight& found = plan.found;
    if (found.trainRows == 0) {
        for (int i = Steps; i <= Disk; ++i) m_figures->setValue(i, kUnknown);
        return;
    }
    m_figures->setValue(
        Steps, countText(found.plan.totalSteps),
        tr("%1 an epoch").arg(chartNumber(found.plan.stepsPerEpoch, found.plan.stepsPerEpoch < 10 ? 1 : 0)));
    const QString time = durationText(found.seconds);
    m_figures->setValue(Time, found.secondsMeasured ? tr("about %1").arg(time) : tr("roughly %1").arg(time),
                        found.secondsProbed ? tr("measured on this machine")
                        : found.secondsMeasured
                            ? tr("as fast as %1").arg(QString::fromStdString(plan.measuredRun))
                            : tr("not measured yet"));
    m_figures->setValue(Memory, tr("about %1").arg(bytesText(found.memory.total())),
                        tr("%1 free").arg(bytesText(plan.freeMemoryBytes)));
    m_figures->setValue(Disk, bytesText(found.diskBytes), tr("%1 free").arg(bytesText(plan.freeDiskBytes)));
}

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
             tr("%n row(s) without a response are not used", nullptr, static_cast<int>(blank.size())),
             QString(), tr("Show rows"), rowsLink(blank, tr("without a response"))});
    }
    if (!squeezed.empty()) {
        checks.push_back({Check::Kind::Warning,
                          tr("%n row(s) have no response left and are not used", nullptr,
                             static_cast<int>(squeezed.size())),
                          tr("The prompt alone reaches the cutoff of %1 tokens.").arg(cutoff),
                          tr("Show rows"),
                          rowsLink(squeezed, tr("nothing left within %1 tokens").arg(cutoff))});
    }
    if (!plan.leftOut.empty()) {
        const QVector<qint64> ids(plan.leftOut.begin(), plan.leftOut.end());
        checks.push_back(
            {Check::Kind::Warning,
             tr("%n accepted row(s) in no split are not used", nullptr, static_cast<int>(ids.size())),
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
            {Check::Kind::Warning, tr("%n row(s) lose the end of their response", nullptr, cut),
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
             tr("%n validation row(s), taken from train by a fixed seed", nullptr, rows),
             tr("No row is in the validation split, so 5 % of train are kept aside and not trained on."),
             QString(),
             {}});
    } else {
        checks.push_back({Check::Kind::Ok,
                          tr("%n validation row(s) for the evaluation loss", nullptr, rows),
                          QString(),
                          QString(),
                          {}});
    }
    if (!found.validationCutRows.empty()) {
        checks.push_back({Check::Kind::Warning,
                          tr("%n validation row(s) are measured without their end", nullptr,
                             static_cast<int>(found.validationCutRows.size())),
                          tr("Cutoff is %1 tokens.").arg(cutoff), tr("Show rows"),
                          rowsLink(found.validationCutRows, tr("longer than %1 tokens").arg(cutoff))});
    }
    if (!found.validationEmptyRows.empty()) {
        checks.push_back(
            {Check::Kind::Warning,
             tr("%n validation row(s) have no response to measure", nullptr,
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
    const auto toBatch = [this] { Q_EMIT fieldRequested(QStringLiteral("batch_rows")); };
    if (free > 0 && needed > free) {
        checks.push_back({Check::Kind::Warning, tr("The memory may not be enough"), sum, tr("Smaller batch"),
                          toBatch, true});
    } else if (free > 0 && needed > kTight * free) {
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
                          tr("Evaluated at the start, every %n step(s), and at the end", nullptr,
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
    check.detail =
        found.secondsMeasured
            ? tr("Its settings may have been others. A few steps measure these.")
            : tr("From %1 thousand million operations a second and thread. A few steps measure it.")
                  .arg(countText(static_cast<qint64>(kAssumedFlopsPerThread / 1e9)));
    if (!m_measurable || !sound) return check;
    check.link = tr("Measure");
    check.follow = [this] { Q_EMIT measureRequested(); };
    return check;
}

void PreflightPanel::setMeasuring(bool measuring) {
    m_measuring = measuring;
    if (m_plan) showPlan(TrainPlan(*m_plan));
}

void PreflightPanel::setMeasurable(bool measurable) {
    if (m_measurable == measurable) return;
    m_measurable = measurable;
    if (m_plan) showPlan(TrainPlan(*m_plan));
}

void PreflightPanel::fold(const QVector<QWidget*>& rows) {
    for (QWidget* row : rows) row->hide();
    auto* more = new QPushButton(tr("Show %n more, all passed", nullptr, static_cast<int>(rows.size())),
                                 m_list->parentWidget());
    setButtonLook(more, ButtonLook::Link);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 6, 8, 6);
    line->addWidget(more);
    line->addStretch(1);
    m_list->addLayout(line);
    connect(more, &QPushButton::clicked, this, [this, more, rows] {
        m_unfolded = true;
        for (QWidget* row : rows) row->show();
        more->hide();
    });
}

bool PreflightPanel::hasDoubt() const {
    return m_errors == 0 && !m_checks.empty() && m_checks.front().doubt;
}

void PreflightPanel::showChecks(std::vector<Check> checks) {
    // What can be done something about comes first among its like.
    const auto rank = [](const Check& check) {
        return static_cast<int>(check.kind) * 4 + check.doubt * 2 + !check.link.isEmpty();
    };
    std::stable_sort(checks.begin(), checks.end(),
                     [&](const Check& a, const Check& b) { return rank(a) > rank(b); });
    m_checks = std::move(checks);
    while (QLayoutItem* item = m_list->takeAt(0)) {
        // Later: the click on a link may be what brought us here.
        if (item->widget()) item->widget()->deleteLater();
        while (QLayoutItem* inner = item->layout() ? item->layout()->takeAt(0) : nullptr) {
            if (inner->widget()) inner->widget()->deleteLater();
            delete inner;
        }
        delete item;
    }
    int counts[3] = {0, 0, 0};
    QVector<QWidget*> folded;
    for (const Check& check : m_checks) {
        const bool beyond = ++counts[static_cast<int>(check.kind)] > kPassedShown;
        auto* row = new CheckRow(check, m_list->parentWidget());
        m_list->addWidget(row);
        if (beyond && check.kind == Check::Kind::Ok && check.link.isEmpty()) folded.append(row);
    }
    // Folding one away would save nothing.
    if (folded.size() > 1 && !m_unfolded) fold(folded);
    m_list->addStretch(1);
    const auto [passed, warnings, errors] = counts;
    m_warnings = warnings;
    m_errors = errors;
    m_passedBadge->set(BadgeKind::Ok, passed > 0 ? tr("%n passed", nullptr, passed) : QString());
    m_warningBadge->set(BadgeKind::Warning,
                        warnings > 0 ? tr("%n warning(s)", nullptr, warnings) : QString());
    m_errorBadge->set(BadgeKind::Error, errors > 0 ? tr("%n error(s)", nullptr, errors) : QString());
}

}  // namespace studio::ui
