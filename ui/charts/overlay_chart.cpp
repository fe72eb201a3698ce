// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/overlay_chart.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/segmented_control.h"

namespace studio::ui {

OverlayChart::OverlayChart(QWidget* parent)
    : Panel(parent),
      m_plot(new OverlayPlot(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(Icon::Chart, this)),
      m_metric(new SegmentedControl(this)),
      m_axis(new SegmentedControl(this)) {
    m_metric->setSmall(true);
    m_axis->setSmall(true);
    for (int i = 0; i < 4; ++i) m_metric->addSegment({});
    for (int i = 0; i < 3; ++i) m_axis->addSegment({});
    addHeadLeading(m_metric);
    addHeadWidget(m_axis);
    setHeadWraps(true);
    bodyLayout()->setContentsMargins(8, 4, 4, 4);
    bodyLayout()->addWidget(m_stack, 1);
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_empty);
    connect(m_metric, &SegmentedControl::currentChanged, this, [this](int index) {
        m_plot->setMetric(static_cast<OverlayPlot::Metric>(index));
        showPlot();
        Q_EMIT viewChanged();
    });
    connect(m_axis, &SegmentedControl::currentChanged, this, [this](int index) {
        m_plot->setAxis(static_cast<OverlayPlot::Axis>(index));
        Q_EMIT viewChanged();
    });
    connect(m_plot, &OverlayPlot::menuRequested, this, &OverlayChart::openMenu);
    retranslate();
}

void OverlayChart::setCurves(const QVector<OverlayCurve>& curves) {
    m_plot->setCurves(curves);
    showPlot();
}

void OverlayChart::showPlot() {
    if (m_plot->curveCount() == 0)
        m_emptyText = tr("The curves of the runs that are ticked in the list will be drawn here.");
    else if (!m_plot->hasData())
        m_emptyText = tr("None of the ticked runs has measured this figure yet.");
    else
        m_emptyText.clear();
    m_empty->setSentence(m_emptyText);
    m_stack->setCurrentWidget(m_emptyText.isEmpty() ? static_cast<QWidget*>(m_plot) : m_empty);
}

QString OverlayChart::emptyText() const {
    return m_emptyText;
}

void OverlayChart::retranslate() {
    setAccessibleName(tr("Curves of the runs"));
    m_metric->setSegmentText(0, tr("Eval loss"));
    m_metric->setSegmentText(1, tr("Train loss"));
    m_metric->setSegmentText(2, tr("Learning rate"));
    m_metric->setSegmentText(3, tr("Gradient norm"));
    m_metric->setAccessibleName(tr("Figure of the chart"));
    m_metric->setToolTip(tr("Train loss and gradient norm are smoothed"));
    m_axis->setSegmentText(0, tr("Steps"));
    m_axis->setSegmentText(1, tr("Epochs"));
    m_axis->setSegmentText(2, tr("Time"));
    m_axis->setAccessibleName(tr("Axis of the chart"));
    showPlot();
}

void OverlayChart::openMenu(const QPoint& globalPosition) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Fit all runs"), m_plot, &OverlayPlot::fit);
    QAction* log = menu->addAction(tr("Log axis"));
    log->setCheckable(true);
    log->setChecked(m_plot->isLogAxis());
    connect(log, &QAction::toggled, m_plot, &OverlayPlot::setLogAxis);
    menu->addSeparator();
    menu->addAction(tr("Copy as table"), this,
                    [this] { QApplication::clipboard()->setText(m_plot->table(QLatin1Char('\t'))); });
    menu->addAction(tr("Save as PNG…"), this, &OverlayChart::pngRequested);
    menu->addAction(tr("Save as CSV…"), this, &OverlayChart::csvRequested);
    menu->popup(globalPosition);
}

void OverlayChart::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace studio::ui
