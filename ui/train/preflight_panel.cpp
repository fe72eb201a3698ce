// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/preflight_panel.h"

#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/chart_style.h"
#include "ui/train/format_texts.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/column_area.h"
#include "ui/widgets/key_figures.h"

namespace studio::ui {

namespace {

enum Figure { Steps, Time, Memory, Disk };
const QString kUnknown = QStringLiteral("–");
constexpr int kPassedShown = 5;
constexpr double kTimeShare = 1.3;  // its caption has two times

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
    m_figures->setShare(Time, kTimeShare);
    stripRow->addWidget(m_figures);
    column->addWidget(strip);
    auto* scroll = new ColumnArea(body);
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
                        timeCaption(plan));
    m_figures->setValue(Memory, tr("about %1").arg(bytesText(found.memory.total())),
                        plan.freeMemoryBytes > 0 ? tr("%1 free").arg(bytesText(plan.freeMemoryBytes))
                                                 : tr("what is free is not known"));
    m_figures->setValue(Disk, bytesText(found.diskBytes), tr("%1 free").arg(bytesText(plan.freeDiskBytes)));
}

QString PreflightPanel::timeCaption(const TrainPlan& plan) const {
    const Preflight& found = plan.found;
    if (found.secondsProbed) return tr("measured on this machine");
    if (found.secondsMeasured) return tr("as fast as %1").arg(QString::fromStdString(plan.measuredRun));
    if (!(found.secondsLeast < found.secondsMost)) return tr("not measured yet");
    return tr("%1 to %2").arg(durationText(found.secondsLeast), durationText(found.secondsMost));
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
    auto* more = new QPushButton(tr("Show %Ln more, all passed", nullptr, static_cast<int>(rows.size())),
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
    m_passedBadge->set(BadgeKind::Ok, passed > 0 ? tr("%Ln passed", nullptr, passed) : QString());
    m_warningBadge->set(BadgeKind::Warning,
                        warnings > 0 ? tr("%Ln warning(s)", nullptr, warnings) : QString());
    m_errorBadge->set(BadgeKind::Error, errors > 0 ? tr("%Ln error(s)", nullptr, errors) : QString());
}

}  // namespace studio::ui
