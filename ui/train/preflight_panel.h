// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <functional>
#include <vector>

#include "core/config/field.h"
#include "ui/train/check_row.h"
#include "ui/train/train_request.h"
#include "ui/widgets/panel.h"

class QVBoxLayout;

namespace studio::ui {

class Badge;
class KeyFigures;

/// "Before you start": steps, time, memory, disk and everything that was checked, worst first. Passed checks
/// beyond the first few are folded away.
class PreflightPanel : public Panel {
    Q_OBJECT

public:
    explicit PreflightPanel(QWidget* parent = nullptr);

    void showPlan(const TrainPlan& plan);
    /// Nothing can be computed: the figures are dashes and the checks say why.
    void showProblems(const std::vector<Check>& problems);
    int errorCount() const { return m_errors; }
    int warningCount() const { return m_warnings; }
    /// A warning says that the run may well fail. It can be started all the same; that warning is the first
    /// of the checks then.
    bool hasDoubt() const;
    /// A few steps are being measured: all that can be asked for meanwhile is that it stops.
    void setMeasuring(bool measuring);
    /// False while another job has the processors, or what is shown is not what is set: then nothing can be
    /// measured.
    void setMeasurable(bool measurable);
    QString figure(int index) const;
    const std::vector<Check>& checks() const { return m_checks; }

Q_SIGNALS:
    /// All rows that a check counts, and in a few words what they are.
    void rowsRequested(const QVector<qint64>& ids, const QString& what);
    void dataRequested();
    void promptsRequested();
    void fieldRequested(const QString& field);
    /// The time is to be measured by a few steps.
    void measureRequested();
    void measureStopRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showFigures(const TrainPlan& plan);
    QString timeCaption(const TrainPlan& plan) const;
    std::vector<Check> checksOf(const TrainPlan& plan);
    void addRowChecks(const TrainPlan& plan, std::vector<Check>& checks);
    void addUnusedRowChecks(const TrainPlan& plan, std::vector<Check>& checks);
    void addValidationChecks(const TrainPlan& plan, std::vector<Check>& checks);
    QString paddingText(const Preflight& found) const;
    Check noResponseCheck();
    Check noRoomCheck(const TrainPlan& plan);
    std::function<void()> rowsLink(const std::vector<ExampleProblem>& rows, const QString& what);
    void addMachineChecks(const TrainPlan& plan, std::vector<Check>& checks);
    void addPlanChecks(const TrainPlan& plan, std::vector<Check>& checks);
    Check timeCheck(const Preflight& found, bool sound);
    void showChecks(std::vector<Check> checks);
    void fold(const QVector<QWidget*>& rows);

    KeyFigures* m_figures;
    Badge* m_passedBadge;
    Badge* m_warningBadge;
    Badge* m_errorBadge;
    QVBoxLayout* m_list;
    std::vector<Check> m_checks;
    std::optional<TrainPlan> m_plan;  // for a change of language
    bool m_measuring = false;
    bool m_measurable = true;
    int m_errors = 0;
    int m_warnings = 0;
    bool m_unfolded = false;  // stays so while the settings change
};

}  // namespace studio::ui
