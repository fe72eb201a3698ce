// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/forecast_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/forecast_bar.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"

namespace studio::ui {

namespace {

constexpr int kDelayMilliseconds = 300;
constexpr const char* kPrecisions[] = {"float32", "bfloat16", "int8"};

void makeSecondary(QLabel* label) {
    setTextRole(label, TextRole::Secondary);
    setTone(label, Tone::Secondary);
}

}  // namespace

ForecastView::ForecastView(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_free(new QLabel(this)),
      m_lengthName(new QLabel(this)),
      m_rowsName(new QLabel(this)),
      m_precisionName(new QLabel(this)),
      m_deviceName(new QLabel(this)),
      m_length(new QSpinBox(this)),
      m_rows(new QSpinBox(this)),
      m_precision(new QComboBox(this)),
      m_device(new QComboBox(this)),
      m_legend(new ForecastLegend(this)),
      m_note(new QLabel(this)),
      m_delay(new QTimer(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    setTextRole(m_title, TextRole::PanelTitle);
    makeSecondary(m_free);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_free);
    column->addLayout(head);
    makeFields(column);
    makeLines(column);
    column->addWidget(m_legend);
    makeSecondary(m_note);
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    m_delay->setSingleShot(true);
    m_delay->setInterval(kDelayMilliseconds);
    connect(m_delay, &QTimer::timeout, this, &ForecastView::takeLoad);
    for (QSpinBox* box : {m_length, m_rows}) {
        connect(box, &QSpinBox::valueChanged, m_delay, qOverload<>(&QTimer::start));
        connect(box, &QSpinBox::editingFinished, this, &ForecastView::takeLoad);
    }
    connect(m_precision, &QComboBox::activated, this, &ForecastView::takeLoad);
    connect(m_device, &QComboBox::activated, this, [this] {
        showForecast();
        Q_EMIT deviceChanged();
    });
    retranslate();
}

void ForecastView::makeFields(QVBoxLayout* column) {
    m_length->setRange(1, static_cast<int>(kMostForecastLength));
    m_length->setSingleStep(64);
    m_length->setGroupSeparatorShown(true);
    m_rows->setRange(1, static_cast<int>(kMostForecastRows));
    for (const char* precision : kPrecisions) m_precision->addItem(QLatin1String(precision));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    const std::pair<QLabel*, QWidget*> fields[] = {{m_lengthName, m_length},
                                                   {m_rowsName, m_rows},
                                                   {m_precisionName, m_precision},
                                                   {m_deviceName, m_device}};
    int row = 0;
    for (const auto& [name, field] : fields) {
        makeSecondary(name);
        name->setBuddy(field);
        grid->addWidget(name, row, 0);
        grid->addWidget(field, row++, 1);
    }
    column->addLayout(grid);
}

void ForecastView::makeLines(QVBoxLayout* column) {
    for (const ModelUse use : kUses) {
        Line& line = lineOf(use);
        auto* all = new QWidget(this);
        line = {all, new QLabel(all), new QLabel(all), new Badge(all), new ForecastBar(all)};
        setTextRole(line.figure, TextRole::PanelTitle);
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(line.name);
        row->addStretch(1);
        row->addWidget(line.figure);
        row->addWidget(line.badge);
        auto* both = new QVBoxLayout(all);
        both->setContentsMargins(0, 0, 0, 0);
        both->setSpacing(4);
        both->addLayout(row);
        both->addWidget(line.bar);
        column->addWidget(all);
    }
}

void ForecastView::setLoad(const ForecastLoad& load) {
    m_delay->stop();
    m_load = load;
    const QSignalBlocker first(m_length), second(m_rows), third(m_precision);
    m_length->setValue(static_cast<int>(std::clamp<std::int64_t>(load.length, 1, kMostForecastLength)));
    m_rows->setValue(static_cast<int>(std::clamp<std::int64_t>(load.rows, 1, kMostForecastRows)));
    m_precision->setCurrentIndex(std::max(0, m_precision->findText(QString::fromStdString(load.precision))));
    showForecast();
}

void ForecastView::takeLoad() {
    m_delay->stop();
    const ForecastLoad load{m_length->value(), m_rows->value(), m_precision->currentText().toStdString()};
    if (load == m_load) return;
    m_load = load;
    showForecast();
    Q_EMIT loadChanged(load);
}

void ForecastView::setDevices(const std::vector<MemoryDevice>& devices) {
    const std::string chosen = device().name;
    m_devices = devices;
    const QSignalBlocker quiet(m_device);
    m_device->clear();
    for (const MemoryDevice& each : m_devices) {
        const QString name = deviceWord(each.name);
        m_device->addItem(each.freeBytes > 0 ? tr("%1, %2 free").arg(name, gigabyteText(each.freeBytes))
                                             : name);
    }
    chooseDevice(chosen);
    // One device is no choice.
    m_device->setVisible(m_devices.size() > 1);
    m_deviceName->setVisible(m_devices.size() > 1);
    showForecast();
}

void ForecastView::chooseDevice(const std::string& name) {
    const auto found = std::find_if(m_devices.begin(), m_devices.end(),
                                    [&](const MemoryDevice& each) { return each.name == name; });
    if (found != m_devices.end()) m_device->setCurrentIndex(static_cast<int>(found - m_devices.begin()));
}

MemoryDevice ForecastView::device() const {
    const int at = m_device->currentIndex();
    return at >= 0 && at < static_cast<int>(m_devices.size()) ? m_devices[static_cast<std::size_t>(at)]
                                                              : MemoryDevice{"cpu", 0};
}

void ForecastView::setForecast(const std::optional<ModelForecast>& forecast) {
    m_forecast = forecast;
    showForecast();
}

/// What a whole bar stands for: what is free, or where that is not known the largest need.
std::uint64_t ForecastView::wholeBytes() const {
    if (device().freeBytes > 0 || !m_forecast) return device().freeBytes;
    std::uint64_t most = 0;
    for (const ModelUse use : kUses)
        if (hasUse(*m_forecast, use)) most = std::max(most, memoryOf(*m_forecast, use).total());
    return most;
}

void ForecastView::showForecast() {
    const std::uint64_t free = device().freeBytes;
    m_free->setText(free > 0 ? tr("of %1 free").arg(gigabyteText(free)) : tr("free memory not known"));
    for (const ModelUse use : kUses) showLine(use, free);
    m_note->setText(loadText());
}

void ForecastView::showLine(ModelUse use, std::uint64_t free) {
    Line& line = lineOf(use);
    line.row->setVisible(!m_forecast || hasUse(*m_forecast, use));
    if (!m_forecast) {
        line.figure->setText(QStringLiteral("–"));
        line.badge->clear();
        line.bar->setForecast(std::nullopt, 0);
        line.bar->setAccessibleName(useWord(use));
        line.bar->setToolTip({});
        return;
    }
    const MemoryEstimate& memory = memoryOf(*m_forecast, use);
    const MemoryFit fit = memoryFit(memory.total(), free);
    line.figure->setText(gigabyteText(memory.total()));
    line.badge->set(fitBadge(fit), fitWord(fit));
    line.bar->setForecast(memory, wholeBytes());
    line.bar->setAccessibleName(needText(use, memory, free));
    line.bar->setToolTip(sumText(memory, free));
}

QString ForecastView::loadText() const {
    const qint64 length = m_forecast ? m_forecast->length : m_load.length;
    const QString rows = tr("%Ln row(s)", nullptr, static_cast<int>(m_load.rows));
    const bool trains = !m_forecast || m_forecast->trains;
    if (length < m_load.length) {
        const QString shorter =
            tr("%1 of at most %2 tokens: this model holds no longer ones.").arg(rows, countText(length));
        return trains ? shorter : sentences(shorter, adapterTrainingText());
    }
    if (!trains)
        return sentences(
            tr("%1 of at most %2 tokens, answered beside the base model.").arg(rows, countText(length)),
            adapterTrainingText());
    return tr("%1 of at most %2 tokens; LoRA of rank 8 on all linear layers.").arg(rows, countText(length));
}

QString ForecastView::figureText(ModelUse use) const {
    return m_lines[static_cast<std::size_t>(use)].figure->text();
}

QString ForecastView::verdictText(ModelUse use) const {
    return m_lines[static_cast<std::size_t>(use)].badge->content().text;
}

bool ForecastView::shows(ModelUse use) const {
    return m_lines[static_cast<std::size_t>(use)].row->isVisible();
}

void ForecastView::retranslate() {
    m_title->setText(tr("Memory forecast"));
    m_lengthName->setText(tr("Length, tokens"));
    m_rowsName->setText(tr("Batch, rows"));
    m_precisionName->setText(tr("Answering in"));
    m_deviceName->setText(tr("Device"));
    m_length->setAccessibleName(tr("Longest row in tokens"));
    m_length->setToolTip(tr("Of a training's rows, or of a prompt with its answer"));
    m_rows->setAccessibleName(tr("Rows of a batch"));
    m_rows->setToolTip(tr("Rows that are computed together, or answers under way at the same time"));
    m_precision->setAccessibleName(tr("Precision of answering"));
    m_precision->setToolTip(tr("Numbers of the weights while the model answers; trainings choose their own"));
    m_device->setAccessibleName(tr("Device"));
    for (const ModelUse use : kUses) lineOf(use).name->setText(useWord(use));
    m_legend->retranslate();
    setDevices(std::vector<MemoryDevice>(m_devices));
}

}  // namespace studio::ui
