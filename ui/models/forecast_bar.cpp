// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/forecast_bar.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

struct Models {
    Q_DECLARE_TR_FUNCTIONS(Models)
};

constexpr int kSwatch = 8, kGap = 6, kBetween = 14;

int legendLine() {
    return std::max(QFontMetrics(roleFont(TextRole::Secondary)).height(), lineRoom(18));
}

}  // namespace

const std::vector<ForecastPart>& forecastParts() {
    static const std::vector<ForecastPart> parts{{Series::TrainLoss, &MemoryEstimate::weights},
                                                 {Series::EvalLoss, &MemoryEstimate::gradients},
                                                 {Series::LearningRate, &MemoryEstimate::optimizer},
                                                 {Series::TokensPerSecond, &MemoryEstimate::activations},
                                                 {Series::BaseModel, &MemoryEstimate::program}};
    return parts;
}

QString forecastPartWord(std::size_t part) {
    switch (part) {
        case 0:
            return Models::tr("weights");
        case 1:
            return Models::tr("gradients");
        case 2:
            return Models::tr("optimiser");
        case 3:
            return Models::tr("batch");
        default:
            return Models::tr("program");
    }
}

ForecastBar::ForecastBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ForecastBar::setForecast(const std::optional<MemoryEstimate>& memory, std::uint64_t whole) {
    m_memory = memory;
    m_whole = whole;
    update();
}

void ForecastBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens& tokens = tokensOf(this);
    const QRectF trough = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(trough, 2, 2);
    painter.fillPath(shape, tokens.head);
    if (m_memory && m_whole > 0) {
        painter.save();
        painter.setClipPath(shape);
        double x = trough.left();
        for (const ForecastPart& part : forecastParts()) {
            const double width =
                static_cast<double>((*m_memory).*part.bytes) / static_cast<double>(m_whole) * trough.width();
            painter.fillRect(QRectF(x, trough.top(), std::min(width, trough.right() - x), trough.height()),
                             tokens.of(part.series).color);
            x = std::min(x + width, trough.right());
        }
        if (m_memory->total() > m_whole) paintBrokenEnd(painter, trough);
        painter.restore();
    }
    painter.setPen(QPen(tokens.border, 1));
    painter.drawPath(shape);
}

// A zigzag in the colour of the ground says that the bar goes on.
void ForecastBar::paintBrokenEnd(QPainter& painter, const QRectF& trough) const {
    constexpr double kFromEnd = 12, kTooth = 3;
    QPainterPath gap;
    const double steps = 4;
    for (const double offset : {0.0, 4.0}) {
        for (int i = 0; i <= static_cast<int>(steps); ++i) {
            const int step = offset > 0 ? static_cast<int>(steps) - i : i;
            const QPointF point(trough.right() - kFromEnd + offset + (step % 2 ? kTooth : 0.0),
                                trough.top() + trough.height() * step / steps);
            gap.elementCount() == 0 ? gap.moveTo(point) : gap.lineTo(point);
        }
    }
    gap.closeSubpath();
    painter.fillPath(gap, tokensOf(this).base);
}

ForecastLegend::ForecastLegend(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    retranslate();
}

void ForecastLegend::retranslate() {
    QStringList words;
    for (std::size_t i = 0; i < forecastParts().size(); ++i) words << forecastPartWord(i);
    setAccessibleName(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QList<QRect> ForecastLegend::places(int width) const {
    const QFontMetrics metrics(roleFont(TextRole::Secondary));
    QList<QRect> all;
    int x = 0, y = 0;
    for (std::size_t i = 0; i < forecastParts().size(); ++i) {
        const int wide = kSwatch + kGap + metrics.horizontalAdvance(forecastPartWord(i)) + 1;
        if (x > 0 && x + wide > width) x = 0, y += legendLine();
        all << QRect(x, y, wide, legendLine());
        x += wide + kBetween;
    }
    return all;
}

int ForecastLegend::heightForWidth(int width) const {
    const QList<QRect> all = places(width);
    return all.isEmpty() ? 0 : all.last().bottom() + 1;
}

QSize ForecastLegend::sizeHint() const {
    return {240, heightForWidth(width() > 0 ? width() : 240)};
}

QSize ForecastLegend::minimumSizeHint() const {
    return {100, legendLine()};
}

void ForecastLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeTokens& tokens = tokensOf(this);
    painter.setFont(roleFont(TextRole::Secondary));
    const QList<QRect> all = places(width());
    for (int i = 0; i < all.size(); ++i) {
        const QRect& place = all[i];
        const auto part = static_cast<std::size_t>(i);
        painter.fillRect(QRect(place.left(), place.center().y() - kSwatch / 2 + 1, kSwatch, kSwatch),
                         tokens.of(forecastParts()[part].series).color);
        painter.setPen(tokens.text2);
        painter.drawText(place.adjusted(kSwatch + kGap, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, forecastPartWord(part));
    }
}

void ForecastLegend::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

}  // namespace studio::ui
