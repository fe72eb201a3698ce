// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/jobs/preflight.h"
#include "ui/theme/theme_tokens.h"

namespace studio::ui {

/// The parts of a forecast and the series whose colour each has, in the order in which they are drawn.
struct ForecastPart {
    Series series;
    std::uint64_t MemoryEstimate::*bytes;
};
const std::vector<ForecastPart>& forecastParts();
QString forecastPartWord(std::size_t part);

/// What is needed as a share of what is free: a bar of parts in a trough. A need beyond what is free fills
/// the trough up to a broken end.
class ForecastBar : public QWidget {
    Q_OBJECT

public:
    explicit ForecastBar(QWidget* parent = nullptr);
    /// `whole`: bytes that the trough stands for.
    void setForecast(const std::optional<MemoryEstimate>& memory, std::uint64_t whole);

    QSize sizeHint() const override { return {160, 10}; }
    QSize minimumSizeHint() const override { return {60, 10}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBrokenEnd(QPainter& painter, const QRectF& trough) const;

    std::optional<MemoryEstimate> m_memory;
    std::uint64_t m_whole = 0;
};

/// What the colours of the bars mean; in as many lines as it needs.
class ForecastLegend : public QWidget {
    Q_OBJECT

public:
    explicit ForecastLegend(QWidget* parent = nullptr);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void retranslate();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QList<QRect> places(int width) const;
};

}  // namespace studio::ui
