// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loss_chart.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <functional>

#include "ui/charts/chart_style.h"
#include "ui/charts/legend_entry.h"
#include "ui/charts/loss_plot.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr int kLeastWidth = 450;  // of a head that has given up all it can

}  // namespace

LossChart::LossChart(QWidget* parent) : Panel(parent), m_plot(new LossPlot(this)) {
    makeHead();
    bodyLayout()->setContentsMargins(8, 8, 12, 4);
    bodyLayout()->addWidget(m_plot, 1);
    connect(m_slider, &QSlider::valueChanged, this, [this](int hundredths) {
        m_plot->setSmoothing(hundredths / 100.0);
        m_smoothingValue->setText(chartNumber(hundredths / 100.0));
    });
    connect(m_log, &QCheckBox::toggled, m_plot, &LossPlot::setLogAxis);
    connect(m_follow, &QCheckBox::toggled, m_plot, &LossPlot::setFollow);
    connect(m_plot, &LossPlot::followChanged, this, [this](bool on) {
        const QSignalBlocker quiet(m_follow);
        m_follow->setChecked(on);
    });
    connect(m_plot, &LossPlot::menuRequested, this, &LossChart::openMenu);
    m_slider->setValue(qRound(m_plot->smoothing() * 100));
    retranslate();
}

void LossChart::makeHead() {
    m_trainLegend = new LegendEntry(Series::TrainLoss, this);
    m_evalLegend = new LegendEntry(Series::EvalLoss, this);
    addHeadLeading(m_trainLegend);
    addHeadLeading(m_evalLegend);
    m_smoothingLabel = new QLabel(this);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setRange(0, 99);
    m_slider->setFixedWidth(72);
    m_smoothingLabel->setBuddy(m_slider);
    m_smoothingValue = new QLabel(this);
    m_smoothingValue->setText(chartNumber(0.85));
    m_log = new QCheckBox(this);
    m_follow = new QCheckBox(this);
    m_follow->setChecked(true);
    for (QWidget* text : {static_cast<QWidget*>(m_smoothingLabel), static_cast<QWidget*>(m_smoothingValue),
                          static_cast<QWidget*>(m_log), static_cast<QWidget*>(m_follow)}) {
        setTextRole(text, TextRole::Secondary);
        setTone(text, Tone::Secondary);
    }
    for (QWidget* widget : {static_cast<QWidget*>(m_smoothingLabel), static_cast<QWidget*>(m_slider),
                            static_cast<QWidget*>(m_smoothingValue), static_cast<QWidget*>(m_log),
                            static_cast<QWidget*>(m_follow)}) {
        addHeadWidget(widget);
    }
}

void LossChart::retranslate() {
    setTitle(tr("Loss"));
    m_trainLegend->setText(tr("train"));
    m_smoothingLabel->setText(tr("Smoothing"));
    m_slider->setAccessibleName(tr("Smoothing"));
    m_slider->setToolTip(tr("Smoothing"));
    m_log->setText(tr("Log axis"));
    m_follow->setText(tr("Follow"));
    setValidationRows(m_validationRows);
}

void LossChart::setValidationRows(qint64 rows) {
    m_validationRows = rows;
    m_evalLegend->setVisible(rows != 0);
    fitHead();
}

void LossChart::showEvalLegend(bool whole) {
    const auto rows = static_cast<int>(m_validationRows);
    m_evalLegend->setText(whole && rows > 0 ? tr("eval, %Ln validation row(s)", nullptr, rows) : tr("eval"));
}

// With a large font or in a narrow window the head has not room for everything: what can be read elsewhere
// goes first, so that nothing is cut in the middle of a word.
void LossChart::fitHead() {
    showEvalLegend(true);
    const std::function<void()> sacrifices[] = {[this] { showEvalLegend(false); },
                                                [this] { m_smoothingValue->hide(); },
                                                [this] { m_smoothingLabel->hide(); }};
    m_smoothingValue->show();
    m_smoothingLabel->show();
    for (const auto& sacrifice : sacrifices) {
        if (headWidth() <= width()) return;
        sacrifice();
    }
}

QSize LossChart::minimumSizeHint() const {
    return {wordRoom(kLeastWidth), Panel::minimumSizeHint().height()};
}

void LossChart::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    fitHead();
}

void LossChart::openMenu(const QPoint& globalPosition) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Fit the whole run"), m_plot, &LossPlot::fit);
    for (QCheckBox* box : {m_log, m_follow}) {
        QAction* action = menu->addAction(box->text());
        action->setCheckable(true);
        action->setChecked(box->isChecked());
        connect(action, &QAction::toggled, box, &QCheckBox::setChecked);
    }
    QAction* clip = menu->addAction(tr("Clip spikes"));
    clip->setCheckable(true);
    clip->setChecked(m_plot->isClipped());
    connect(clip, &QAction::toggled, m_plot, &LossPlot::setClip);
    QMenu* smoothing = menu->addMenu(tr("Smoothing"));
    for (const int hundredths : {0, 60, 85, 95}) {
        QAction* action = smoothing->addAction(hundredths == 0 ? tr("Off") : chartNumber(hundredths / 100.0));
        connect(action, &QAction::triggered, m_slider,
                [this, hundredths] { m_slider->setValue(hundredths); });
    }
    menu->addSeparator();
    menu->addAction(tr("Copy as table"), this,
                    [this] { QApplication::clipboard()->setText(m_plot->table(QLatin1Char('\t'))); });
    menu->addAction(tr("Save as PNG…"), this, &LossChart::pngRequested);
    menu->addAction(tr("Save as CSV…"), this, &LossChart::csvRequested);
    menu->popup(globalPosition);
}

void LossChart::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace studio::ui
