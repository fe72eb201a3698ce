// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_table_model.h"

#include <QLocale>
#include <algorithm>
#include <utility>

#include "core/formats/model_family.h"
#include "core/formats/model_folders.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

namespace {

const QString kNone = QStringLiteral("–");

QString familyOf(const ModelEntry& model) {
    if (model.adapter) return QString::fromStdString(model.adapter->family);
    return model.summary ? QString::fromLatin1(model.summary->config.family().title) : kNone;
}

QString sizeText(quint64 bytes) {
    const double size = static_cast<double>(bytes) / 1e9;
    return QLocale().toString(size, 'f', size < 0.01 ? 3 : size < 9.995 ? 2 : 1);
}

/// Of what an adapter has of its own.
QString adapterText(const AdapterSummary& adapter, int column) {
    if (column == ModelTableModel::WeightsColumn) return weightCountText(adapter.parameters);
    if (column == ModelTableModel::SizeColumn) return sizeText(adapter.bytes);
    return kNone;
}

QVariant adapterSortValue(const AdapterSummary& adapter, int column) {
    if (column == ModelTableModel::WeightsColumn) return qint64(adapter.parameters);
    if (column == ModelTableModel::SizeColumn) return quint64(adapter.bytes);
    return {};
}

bool isFigure(int column) {
    return column == ModelTableModel::WeightsColumn || column == ModelTableModel::ContextColumn ||
           column == ModelTableModel::SizeColumn;
}

}  // namespace

ModelTableModel::ModelTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void ModelTableModel::setModels(const ModelEntries& models) {
    const bool sameFolders = std::equal(models.begin(), models.end(), m_models.begin(), m_models.end(),
                                        [](const auto& a, const auto& b) { return a->folder == b->folder; });
    if (!sameFolders) {
        beginResetModel();
        m_models = models;
        endResetModel();
        return;
    }
    const ModelEntries before = std::exchange(m_models, models);
    for (std::size_t row = 0; row < m_models.size(); ++row) {
        if (before[row] == m_models[row]) continue;
        const int at = static_cast<int>(row);
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    }
}

void ModelTableModel::setForecasts(const Forecasts& forecasts, quint64 freeBytes) {
    m_forecasts = forecasts;
    m_freeBytes = freeBytes;
    allChanged();
}

void ModelTableModel::setFreeBytes(quint64 freeBytes) {
    if (freeBytes == m_freeBytes) return;
    m_freeBytes = freeBytes;
    allChanged();
}

void ModelTableModel::setBase(const std::filesystem::path& folder) {
    if (folder == m_base) return;
    m_base = folder;
    allChanged();
}

void ModelTableModel::allChanged() {
    if (!m_models.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

std::shared_ptr<const ModelEntry> ModelTableModel::modelAt(int row) const {
    return row >= 0 && row < rowCount() ? m_models[static_cast<std::size_t>(row)] : nullptr;
}

std::optional<ModelForecast> ModelTableModel::forecastOf(const ModelEntry& model) const {
    const auto found = m_forecasts.each.find(&model);
    return found == m_forecasts.each.end() ? std::nullopt : std::optional(found->second);
}

int ModelTableModel::rowOf(const std::filesystem::path& folder) const {
    const auto model = findModel(m_models, folder);
    if (!model) return -1;
    return static_cast<int>(std::find(m_models.begin(), m_models.end(), model) - m_models.begin());
}

std::optional<MemoryEstimate> ModelTableModel::needOf(const ModelEntry& model,
                                                      std::optional<ModelUse> use) const {
    const auto forecast = forecastOf(model);
    if (!use || !forecast || !hasUse(*forecast, *use)) return std::nullopt;
    return memoryOf(*forecast, *use);
}

std::optional<MemoryFit> ModelTableModel::fitOf(const ModelEntry& model, ModelUse use) const {
    const auto need = needOf(model, use);
    if (!need) return std::nullopt;
    return memoryFit(need->total(), m_freeBytes);
}

bool ModelTableModel::isBase(const ModelEntry& model) const {
    return !m_base.empty() && sameFolder(model.folder, m_base);
}

void ModelTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    allChanged();
}

int ModelTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_models.size());
}

int ModelTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<ModelUse> ModelTableModel::useOf(int column) {
    switch (column) {
        case AnsweringColumn:
            return ModelUse::Answering;
        case LoraColumn:
            return ModelUse::Lora;
        case FullColumn:
            return ModelUse::Full;
        default:
            return std::nullopt;
    }
}

QString ModelTableModel::text(const ModelEntry& model, int column) const {
    if (column == NameColumn) return modelName(model);
    if (column == KindColumn) return kindWord(model);
    if (column == FamilyColumn) return familyOf(model);
    if (const auto use = useOf(column)) {
        const auto need = needOf(model, use);
        return need ? gigabyteText(need->total()) : QString();
    }
    if (model.adapter) return adapterText(*model.adapter, column);
    if (!model.summary) return kNone;
    const ModelSummary& summary = *model.summary;
    switch (column) {
        case WeightsColumn:
            return weightCountText(summary.config.parameterCount());
        case ContextColumn:
            return countText(summary.config.contextLength);
        case SizeColumn:
            return sizeText(summary.weightBytes);
        default:
            return {};
    }
}

QVariant ModelTableModel::sortValue(const ModelEntry& model, int column) const {
    if (column <= KindColumn || (column == FamilyColumn && model.canAnswer())) return text(model, column);
    if (const auto use = useOf(column)) {
        const auto need = needOf(model, use);
        return need ? QVariant(quint64(need->total())) : QVariant();
    }
    if (model.adapter) return adapterSortValue(*model.adapter, column);
    if (!model.summary) return {};
    switch (column) {
        case WeightsColumn:
            return qint64(model.summary->config.parameterCount());
        case ContextColumn:
            return qint64(model.summary->config.contextLength);
        case SizeColumn:
            return quint64(model.summary->weightBytes);
        default:
            return text(model, column);
    }
}

QVariant ModelTableModel::toolTip(const ModelEntry& model, int column) const {
    if (column == NameColumn) {
        QString tip = QString::fromStdString(model.folder.string());
        if (model.problem) tip += u'\n' + errorLine(*model.problem);
        if (isBase(model)) tip += u'\n' + tr("The base of this project");
        return tip;
    }
    const auto use = useOf(column);
    if (use && *use != ModelUse::Answering && model.adapter) return adapterTrainingText();
    const auto need = needOf(model, use);
    return need ? QVariant(sumText(*need, m_freeBytes)) : QVariant();
}

QVariant ModelTableModel::badge(const ModelEntry& model, int column) const {
    const auto use = useOf(column);
    if (!use) return {};
    // A model that cannot be used says so where its figures would stand.
    if (model.problem)
        return column == AnsweringColumn
                   ? QVariant::fromValue(BadgeContent{BadgeKind::Error, tr("broken"), {}})
                   : QVariant();
    const auto fit = fitOf(model, *use);
    if (!fit) return {};
    return QVariant::fromValue(BadgeContent{fitBadge(*fit), text(model, column), {}});
}

QVariant ModelTableModel::accessibleText(const ModelEntry& model, int column) const {
    if (model.problem && column == AnsweringColumn) return tr("broken");
    if (column == NameColumn && isBase(model)) return tr("%1, base of this project").arg(modelName(model));
    const auto use = useOf(column);
    const auto need = needOf(model, use);
    return need ? QVariant(needText(*use, *need, m_freeBytes)) : QVariant();
}

QVariant ModelTableModel::data(const QModelIndex& index, int role) const {
    const auto model = index.isValid() ? modelAt(index.row()) : nullptr;
    if (!model) return {};
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return text(*model, column);
        case Qt::ToolTipRole:
            return toolTip(*model, column);
        case Qt::TextAlignmentRole:
            return static_cast<int>((isFigure(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::AccessibleTextRole:
            return accessibleText(*model, column);
        case CellDelegate::kToneRole:
            return column == NameColumn || column == WeightsColumn ? QVariant()
                                                                   : QVariant::fromValue(Tone::Secondary);
        case BadgeDelegate::kBadgeRole:
            return badge(*model, column);
        case kSortRole:
            return sortValue(*model, column);
        default:
            return {};
    }
}

QVariant ModelTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isFigure(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == SizeColumn) return tr("Of the weights on the disk");
    if (role != Qt::DisplayRole) return {};
    if (const auto use = useOf(section)) return useWord(*use);
    switch (section) {
        case NameColumn:
            return tr("Name");
        case KindColumn:
            return tr("Kind");
        case FamilyColumn:
            return tr("Family");
        case WeightsColumn:
            return tr("Weights");
        case ContextColumn:
            return tr("Context");
        case SizeColumn:
            return tr("GB");
        default:
            return {};
    }
}

ModelSortModel::ModelSortModel(ModelTableModel& models, QObject* parent)
    : QSortFilterProxyModel(parent), m_model(models) {
    setSortRole(ModelTableModel::kSortRole);
    setSourceModel(&models);
}

void ModelSortModel::setText(const QString& text) {
    m_text = text.trimmed();
    invalidateFilter();
}

void ModelSortModel::setOrigin(std::optional<ModelOrigin> origin) {
    m_origin = origin;
    invalidateFilter();
}

void ModelSortModel::setOnlyAdapters(bool only) {
    m_onlyAdapters = only;
    invalidateFilter();
}

void ModelSortModel::setOnlyFitting(bool only) {
    m_onlyFitting = only;
    invalidateFilter();
}

std::shared_ptr<const ModelEntry> ModelSortModel::modelAt(int row) const {
    return row >= 0 && row < rowCount() ? m_model.modelAt(mapToSource(index(row, 0)).row()) : nullptr;
}

int ModelSortModel::rowOf(const std::filesystem::path& folder) const {
    const int row = m_model.rowOf(folder);
    return row < 0 ? -1 : mapFromSource(m_model.index(row, 0)).row();
}

bool ModelSortModel::filterAcceptsRow(int row, const QModelIndex&) const {
    const auto model = m_model.modelAt(row);
    if (!model) return false;
    if (m_onlyAdapters && !model->isAdapter) return false;
    if (m_origin && (model->isAdapter || model->origin != *m_origin)) return false;
    if (m_onlyFitting) {
        // While a forecast is being computed its model stays: rows must not come and go with every key.
        const auto fit = m_model.fitOf(*model, ModelUse::Answering);
        if (model->problem || (fit && *fit == MemoryFit::TooLarge)) return false;
    }
    const QStringList fields{modelName(*model), familyOf(*model), kindWord(*model),
                             QString::fromStdString(model->folder.string()),
                             QString::fromStdString(model->licence.name)};
    // Every word must be found somewhere.
    const QStringList words = m_text.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        return std::any_of(fields.begin(), fields.end(),
                           [&](const QString& field) { return field.contains(word, Qt::CaseInsensitive); });
    });
}

bool ModelSortModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(ModelTableModel::kSortRole), b = right.data(ModelTableModel::kSortRole);
    if (a.isValid() != b.isValid()) {
        const bool leftIsFirst = a.isValid();
        return sortOrder() == Qt::AscendingOrder ? leftIsFirst : !leftIsFirst;
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

}  // namespace studio::ui
