// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/small_chart.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/charts/qcustomplot_header.h"
#include "ui/charts/step_ticker.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

/// 0 and one round number near the top.
class LevelTicker : public QCPAxisTicker {
public:
    explicit LevelTicker(SmallChart::Format format) : m_format(std::move(format)) {}

protected:
    QVector<double> createTickVector(double, const QCPRange& range) override {
        const double top = range.upper / 1.1;
        if (!(top > 0.0)) return {0.0};
        const double unit = std::pow(10.0, std::floor(std::log10(top)));
        return {0.0, std::floor(top / unit + 1e-9) * unit};
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        return tick == std::floor(tick) ? chartNumber(tick, 0) : m_format(tick);
    }

private:
    SmallChart::Format m_format;
};

}  // namespace

struct SmallChart::Parts {
    QCustomPlot* plot = nullptr;
    QCPGraph* line = nullptr;
    QCPGraph* planned = nullptr;
    QCPItemStraightLine* level = nullptr;
    QCPItemText* levelText = nullptr;
    QSharedPointer<StepTicker> steps{new StepTicker};
};

SmallChart::SmallChart(Series series, Format format, QWidget* parent)
    : QFrame(parent),
      m_parts(std::make_unique<Parts>()),
      m_style(series),
      m_format(std::move(format)),
      m_title(new QLabel(this)),
      m_value(new QLabel(this)) {
    setProperty("panel", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 8, 4);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 4, 0);
    setTextRole(m_title, TextRole::Secondary);
    setTone(m_title, Tone::Secondary);
    setTextRole(m_value, TextRole::PanelTitle);
    head->addWidget(m_title, 1);
    head->addWidget(m_value);
    column->addLayout(head);
    Parts& p = *m_parts;
    p.plot = new QCustomPlot(this);
    p.plot->setFocusPolicy(Qt::NoFocus);
    p.plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    column->addWidget(p.plot, 1);
    p.steps->setEndsOnly(true);
    p.plot->xAxis->setTicker(p.steps);
    p.plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new LevelTicker(m_format)));
    p.planned = p.plot->addGraph();
    p.line = p.plot->addGraph();
    p.level = new QCPItemStraightLine(p.plot);
    p.level->setVisible(false);
    p.levelText = new QCPItemText(p.plot);
    p.levelText->setVisible(false);
    p.levelText->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    p.levelText->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    restyle();
    reset(0);
}

SmallChart::~SmallChart() = default;

void SmallChart::setTitle(const QString& title) {
    m_title->setText(title);
}

QString SmallChart::valueText() const {
    return m_value->text();
}

void SmallChart::reset(qint64 totalSteps) {
    m_series.clear();
    m_planned.clear();
    m_totalSteps = totalSteps;
    m_value->setText(QStringLiteral("–"));
    m_parts->steps->setLastStep(static_cast<double>(std::max<qint64>(totalSteps, 1)));
    refresh();
}

void SmallChart::append(const QVector<QPointF>& points) {
    for (const QPointF& point : points) m_series.append(point.x(), point.y());
    if (const auto last = m_series.lastY()) m_value->setText(m_format(*last));
    setAccessibleName(m_title->text() + QLatin1Char(' ') + m_value->text());
    refresh();
}

void SmallChart::setPlanned(const MetricSeries& planned) {
    m_planned = planned;
    refresh();
}

void SmallChart::setLevel(double level, const QString& word) {
    m_level = level;
    Parts& p = *m_parts;
    const bool visible = level > 0.0;
    p.level->setVisible(visible);
    p.levelText->setVisible(visible);
    p.level->point1->setCoords(0, level);
    p.level->point2->setCoords(1, level);
    p.levelText->position->setCoords(1.0, level);
    p.levelText->setText(word);
    refresh();
}

void SmallChart::refresh() {
    Parts& p = *m_parts;
    const double last = std::max({static_cast<double>(m_totalSteps), m_series.lastX(), 1.0});
    p.plot->xAxis->setRange(0, last);
    double top = 0.0;
    for (const MetricSeries* series : {&m_series, &m_planned}) {
        if (const auto range = series->yRange(0, last)) top = std::max(top, range->y());
    }
    // The word of the level stands above its line.
    const double least = m_level > 0.0 ? m_level * 1.4 : top > 0.0 ? 0.0 : 1.0;
    p.plot->yAxis->setRange(0, std::max(top * 1.1, least));
    showSeries(*p.line, m_series);
    MetricSeries rest;
    for (const QPointF& point : m_planned.points()) {
        if (point.x() >= m_series.lastX()) rest.append(point.x(), point.y());
    }
    showSeries(*p.planned, rest);
    requestReplot(*p.plot);
}

void SmallChart::restyle() {
    const ThemeTokens& tokens = tokensOf(this);
    Parts& p = *m_parts;
    applyChartStyle(*p.plot, tokens);
    p.plot->yAxis->grid()->setVisible(true);
    SeriesStyle style = tokens.of(m_style);
    style.dash.clear();  // alone in its chart; dotted is what is still to come
    p.line->setPen(seriesPen(style, 1.5));
    style.dash = {2, 3};
    p.planned->setPen(seriesPen(style, 1.25));
    QPen level(tokens.text3, 1);
    level.setDashPattern({4, 3});
    p.level->setPen(level);
    p.levelText->setColor(tokens.text2);
    p.levelText->setFont(roleFont(TextRole::Caption));
}

void SmallChart::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (!m_parts->line) return;
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::PaletteChange) {
        restyle();
        requestReplot(*m_parts->plot);
    }
}

void SmallChart::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    refresh();
}

void SmallChart::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy as table"), this, [this] {
        QString text = QStringLiteral("step\t") + m_title->text() + QLatin1Char('\n');
        for (const QPointF& point : m_series.points()) {
            text += QStringLiteral("%1\t%2\n").arg(qRound64(point.x())).arg(point.y(), 0, 'g', 9);
        }
        QApplication::clipboard()->setText(text);
    });
    menu->popup(event->globalPos());
}

}  // namespace studio::ui
