// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <map>
#include <optional>

#include "core/jobs/model_forecast.h"
#include "core/jobs/model_library.h"
#include "ui/models/model_words.h"

namespace studio::ui {

/// The known models as rows, with what each needs of the memory. GUI thread.
class ModelTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        KindColumn,
        FamilyColumn,
        WeightsColumn,
        ContextColumn,
        SizeColumn,
        AnsweringColumn,
        LoraColumn,
        FullColumn,
        ColumnCount
    };
    static constexpr int kSortRole = Qt::UserRole + 1;

    struct Forecasts {
        ModelEntries of;  ///< keeps the keys alive, so that no other model gets the place of one of them
        std::map<const ModelEntry*, ModelForecast> each{};  ///< none for those that cannot be read
    };

    explicit ModelTableModel(QObject* parent = nullptr);

    void setModels(const ModelEntries& models);
    const ModelEntries& models() const { return m_models; }
    /// Forecasts of entries that are not in the list any more are of no matter. `freeBytes`: of the device.
    void setForecasts(const Forecasts& forecasts, quint64 freeBytes);
    void setFreeBytes(quint64 freeBytes);
    quint64 freeBytes() const { return m_freeBytes; }
    /// The base of the project, which is marked.
    void setBase(const std::filesystem::path& folder);

    std::shared_ptr<const ModelEntry> modelAt(int row) const;
    std::optional<ModelForecast> forecastOf(const ModelEntry& model) const;
    int rowOf(const std::filesystem::path& folder) const;
    /// Nothing while its forecast is not computed, and for what it cannot do.
    std::optional<MemoryFit> fitOf(const ModelEntry& model, ModelUse use) const;
    bool isBase(const ModelEntry& model) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    static std::optional<ModelUse> useOf(int column);

private:
    std::optional<MemoryEstimate> needOf(const ModelEntry& model, std::optional<ModelUse> use) const;
    QString text(const ModelEntry& model, int column) const;
    QVariant sortValue(const ModelEntry& model, int column) const;
    QVariant toolTip(const ModelEntry& model, int column) const;
    QVariant badge(const ModelEntry& model, int column) const;
    QVariant accessibleText(const ModelEntry& model, int column) const;
    void allChanged();

    ModelEntries m_models;
    Forecasts m_forecasts;
    quint64 m_freeBytes = 0;
    std::filesystem::path m_base;
};

/// Sorted, and only what was asked for. What has no value stands at the end, whichever way it is sorted.
class ModelSortModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ModelSortModel(ModelTableModel& models, QObject* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return m_text; }
    /// Models from there alone, without adapters.
    void setOrigin(std::optional<ModelOrigin> origin);
    void setOnlyAdapters(bool only);
    /// Only models with which at least answering is possible.
    void setOnlyFitting(bool only);
    bool filters() const { return !m_text.isEmpty() || m_origin || m_onlyAdapters || m_onlyFitting; }
    std::shared_ptr<const ModelEntry> modelAt(int row) const;
    int rowOf(const std::filesystem::path& folder) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    ModelTableModel& m_model;
    QString m_text;
    std::optional<ModelOrigin> m_origin;
    bool m_onlyAdapters = false;
    bool m_onlyFitting = false;
};

}  // namespace studio::ui
