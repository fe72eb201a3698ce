// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a RunView is told beside the figures: events, answers, rows, and the end of the run.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/chart_style.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/small_chart.h"
#include "ui/text/error_text.h"
#include "ui/train/eval_rows_view.h"
#include "ui/train/format_texts.h"
#include "ui/train/run_rows.h"
#include "ui/train/run_view.h"
#include "ui/train/sample_panel.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/progress_line.h"

namespace studio::ui {

void RunView::addLog(const LogEvent& log) {
    const bool warning = log.level == LogEvent::Level::Warning;
    const bool saved = log.rule == "saved";
    if (log.rule == "learning_rate_changed" && log.args.size() > 1) changePeakRate(log.args[1]);
    if (log.rule == "resumed" && !log.args.empty())
        m_resumedAt = QString::fromStdString(log.args[0]).toLongLong();
    addEvent(warning ? Icon::Warning
             : saved ? Icon::Save
                     : Icon::Info,
             warning ? Tone::Warning : Tone::Secondary, [log] { return logText(log); });
}

// What is still to come follows the new peak.
void RunView::changePeakRate(const std::string& text) {
    const double peak = QString::fromStdString(text).toDouble();
    if (!(peak > 0.0)) return;
    m_facts.settings.learningRate = peak;
    planRates();
}

void RunView::addSample(const RunSample& sample) {
    m_samples->add({sample});
    readReferences();
}

// The responses of the prompts' rows as the project has them now.
void RunView::readReferences() {
    const std::vector<std::int64_t> rows = m_samples->model().rowsWithoutReference();
    if (rows.empty() || m_facts.folder.empty()) return;
    using References = std::map<qint64, std::string>;
    m_referenceTask.run<References>(
        [folder = m_facts.folder, rows](const std::stop_token&) { return ui::readReferences(folder, rows); },
        [this](const References& references) { m_samples->model().setReferences(references); },
        [](const Error&) {});  // reported as no reference: the answers are shown all the same
}

void RunView::readStepRows(qint64 step) {
    if (m_facts.folder.empty()) return m_loss->plot().showStepRows(step, {});
    using Rows = QVector<RowOfStep>;
    m_stepTask.run<Rows>(
        [folder = m_facts.folder, step](const std::stop_token&) { return readRowsOfStep(folder, step); },
        [this, step](const Rows& rows) { m_loss->plot().showStepRows(step, rows); },
        [this, step](const Error&) { m_loss->plot().showStepRows(step, {}); });
}

void RunView::readEvalRows() {
    if (m_facts.folder.empty()) return;
    m_evalTask.run<EvaluatedRows>(
        [folder = m_facts.folder](const std::stop_token&) { return readEvaluatedRows(folder); },
        [this](const EvaluatedRows& rows) { m_evalRows->setRows(rows); },
        [this](const Error&) { m_evalRows->setRows({}); });
}

QString RunView::askedChart() const {
    return m_asked == m_rate     ? QStringLiteral("learning-rate")
           : m_asked == m_norm   ? QStringLiteral("gradient-norm")
           : m_asked == m_speed  ? QStringLiteral("tokens-per-second")
           : m_asked == m_memory ? QStringLiteral("memory")
                                 : QStringLiteral("loss");
}

bool RunView::savePng(const QString& path) {
    return m_asked ? m_asked->savePng(path) : m_loss->plot().savePng(path);
}

void RunView::addEvent(Icon icon, Tone tone, const std::function<QString()>& text, double seconds) {
    if (seconds < 0) seconds = elapsed();
    m_events->add({seconds, icon, tone, text});
}

// In a pause nothing else would tell of it until the training goes on.
void RunView::rateAsked(double peak) {
    addEvent(Icon::Info, Tone::Secondary, [peak] {
        return tr("Peak learning rate %1 asked for, from the next step on").arg(rateText(peak));
    });
}

void RunView::end(const JobOutcome& outcome, qint64 discardedAt) {
    const auto* result = std::get_if<TrainResult>(&outcome.value);
    if (outcome.kind == JobOutcome::Kind::Failed) {
        addEvent(Icon::Error, Tone::Error, [] { return tr("Failed"); });
    } else if (!result && discardedAt > 0) {
        addEvent(Icon::Stop, Tone::Secondary,
                 [discardedAt] { return tr("Discarded after step %1").arg(countText(discardedAt)); });
    } else if (!result) {
        addEvent(Icon::Stop, Tone::Secondary, [] { return tr("Stopped before the first step"); });
    } else if (result->stoppedEarly) {
        addEvent(Icon::Stop, Tone::Secondary, [] { return tr("Stopped"); });
    } else {
        addEvent(Icon::Check, Tone::Ok, [] { return tr("Finished"); });
    }
    if (result) m_last.seconds = std::max(m_last.seconds, result->seconds);
    m_running = m_loading = false;
    m_clock->stop();
    m_bar->setIndeterminate(false);
    m_secondsLeft = std::numeric_limits<double>::quiet_NaN();
    m_outcome = outcome;
    m_discardedAt = discardedAt;
    showOutcome();
    showFigures();
}

void RunView::showOutcome() {
    if (!m_outcome) return;
    const auto* result = std::get_if<TrainResult>(&m_outcome->value);
    if (m_outcome->kind == JobOutcome::Kind::Failed) {
        const ErrorText text = errorText(*m_outcome);
        m_note->setNote(NoteKind::Error, sentences(text.cause, text.nextStep), text.details);
    } else if (!result && m_discardedAt > 0) {
        m_note->setNote(
            NoteKind::Info,
            tr("Discarded after step %1; what it had learned is gone.").arg(countText(m_discardedAt)));
    } else if (!result) {
        m_note->setNote(NoteKind::Info, tr("The run was stopped before its first step; no model was saved."));
    } else {
        // One that is stopped early may have been evaluated only once.
        const bool loss = std::isfinite(result->firstEvalLoss) && std::isfinite(result->lastEvalLoss) &&
                          std::isfinite(m_previousEval);
        const QString steps = tr("%Ln step(s)", nullptr, static_cast<int>(result->steps));
        QString text = result->stoppedEarly
                           ? tr("Stopped after %1; what was learned is saved.").arg(steps)
                           : tr("Finished: %1 in %2.").arg(steps, durationText(result->seconds));
        if (loss) {
            text = sentences(text, tr("Eval loss went from %1 to %2.")
                                       .arg(lossText(result->firstEvalLoss), lossText(result->lastEvalLoss)));
        }
        m_note->setNote(result->stoppedEarly ? NoteKind::Info : NoteKind::Ok, text);
    }
}

}  // namespace studio::ui
