// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a LossPlot says in words and figures: read-out, description for screen readers, table.
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/charts/loss_plot.h"

namespace studio::ui {

QString LossPlot::readoutText(const MetricsLine& line) const {
    QStringList rows;
    rows << QStringLiteral("<b>%1</b>")
                .arg(tr("Step %1 · epoch %2")
                         .arg(QLocale().toString(qlonglong(line.step)), chartNumber(line.epoch)));
    QString losses = tr("Train loss %1").arg(QStringLiteral("<b>%1</b>").arg(chartNumber(line.loss, 3)));
    if (const auto smooth = m_smoothed.nearest(static_cast<double>(line.step)); smooth && m_smoothing > 0.0) {
        losses += QStringLiteral(" · ") + tr("smoothed %1").arg(chartNumber(smooth->y(), 3));
    }
    rows << losses;
    if (std::isfinite(line.evalLoss)) rows << tr("Eval loss %1").arg(chartNumber(line.evalLoss, 3));
    rows << tr("Learning rate %1").arg(rateText(line.learningRate)) + QStringLiteral(" · ") +
                tr("gradient norm %1").arg(chartNumber(line.gradNorm));
    return rows.join(QStringLiteral("<br>"));
}

// What a screen reader says; the numbers change with an evaluation, so that it does not talk all the time.
QString LossPlot::describe() const {
    if (m_lines.isEmpty()) return tr("Loss chart, no steps yet");
    if (m_eval.isEmpty()) {
        return tr("Loss chart, %1 steps planned").arg(QLocale().toString(qlonglong(m_totalSteps)));
    }
    const QPointF eval = m_eval.points().back();
    const auto train = m_smoothed.nearest(eval.x());
    const bool best = std::all_of(m_eval.points().begin(), m_eval.points().end(),
                                  [&](const QPointF& point) { return point.y() >= eval.y(); });
    QString text =
        tr("Loss, step %1 of %2, train %3, eval %4")
            .arg(QLocale().toString(qlonglong(eval.x())), QLocale().toString(qlonglong(m_totalSteps)),
                 train ? chartNumber(train->y()) : QStringLiteral("–"), chartNumber(eval.y()));
    return best ? tr("%1, best so far").arg(text) : text;
}

QString LossPlot::table(QChar separator) const {
    static const char* const kColumns[] = {"step",          "epoch",       "loss",
                                           "loss_smoothed", "eval_loss",   "learning_rate",
                                           "grad_norm",     "tokens",      "tokens_per_second",
                                           "seconds",       "memory_bytes"};
    QStringList head;
    for (const char* column : kColumns) head << QString::fromLatin1(column);
    QString text = head.join(separator) + QLatin1Char('\n');
    // The C locale: these numbers are read by programs. Nothing stands for a figure that the line has not
    // got.
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 9) : QString();
    };
    for (const MetricsLine& line : m_lines) {
        const auto smooth =
            std::isfinite(line.loss) ? m_smoothed.nearest(static_cast<double>(line.step)) : std::nullopt;
        const QStringList cells{QString::number(line.step),
                                number(line.epoch),
                                number(line.loss),
                                smooth ? number(smooth->y()) : QString(),
                                number(line.evalLoss),
                                number(line.learningRate),
                                number(line.gradNorm),
                                QString::number(line.tokens),
                                number(line.tokensPerSecond),
                                number(line.seconds),
                                line.memoryBytes > 0 ? QString::number(line.memoryBytes) : QString()};
        text += cells.join(separator) + QLatin1Char('\n');
    }
    return text;
}

}  // namespace studio::ui
