// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <optional>
#include <vector>

#include "core/jobs/model_forecast.h"
#include "ui/models/model_words.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QTimer;
class QVBoxLayout;

namespace studio::ui {

class Badge;
class ForecastBar;
class ForecastLegend;

/// What one model needs of the memory of a device, for rows of a length and a number of them. What is typed
/// is told after a moment. GUI thread.
class ForecastView : public QWidget {
    Q_OBJECT

public:
    explicit ForecastView(QWidget* parent = nullptr);

    void setLoad(const ForecastLoad& load);
    const ForecastLoad& load() const { return m_load; }
    /// The chosen one stays chosen where it is still there.
    void setDevices(const std::vector<MemoryDevice>& devices);
    void chooseDevice(const std::string& name);
    MemoryDevice device() const;
    /// Nothing: it is not known (yet).
    void setForecast(const std::optional<ModelForecast>& forecast);
    void retranslate();

    QSpinBox* lengthBox() const { return m_length; }
    QSpinBox* rowsBox() const { return m_rows; }
    QComboBox* precisionBox() const { return m_precision; }
    QComboBox* deviceBox() const { return m_device; }
    /// What stands beside a use: its figure, its verdict.
    QString figureText(ModelUse use) const;
    QString verdictText(ModelUse use) const;
    bool shows(ModelUse use) const;
    /// What the figures are of; for an adapter also why it has no more of them.
    QString loadText() const;

Q_SIGNALS:
    void loadChanged(const studio::ForecastLoad& load);
    void deviceChanged();

private:
    struct Line {
        QWidget* row;  ///< all of it
        QLabel* name;
        QLabel* figure;
        Badge* badge;
        ForecastBar* bar;
    };
    static constexpr std::array kUses = {ModelUse::Answering, ModelUse::Lora, ModelUse::Full};

    void makeFields(QVBoxLayout* column);
    void makeLines(QVBoxLayout* column);
    void takeLoad();
    void showForecast();
    void showLine(ModelUse use, std::uint64_t free);
    std::uint64_t wholeBytes() const;
    Line& lineOf(ModelUse use) { return m_lines[static_cast<std::size_t>(use)]; }

    ForecastLoad m_load;
    std::vector<MemoryDevice> m_devices;
    std::optional<ModelForecast> m_forecast;
    QLabel* m_title;
    QLabel* m_free;
    QLabel* m_lengthName;
    QLabel* m_rowsName;
    QLabel* m_precisionName;
    QLabel* m_deviceName;
    QSpinBox* m_length;
    QSpinBox* m_rows;
    QComboBox* m_precision;
    QComboBox* m_device;
    std::array<Line, 3> m_lines{};
    ForecastLegend* m_legend;
    QLabel* m_note;
    QTimer* m_delay;
};

}  // namespace studio::ui
