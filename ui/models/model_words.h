// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/formats/gguf_types.h"
#include "core/jobs/model_forecast.h"
#include "core/jobs/model_library.h"
#include "ui/widgets/badge.h"

namespace studio::ui {

/// "Built in", "Fine-tuned", "In the project", "Opened".
QString originWord(ModelOrigin origin);
/// "Adapter", or where a model comes from.
QString kindWord(const ModelEntry& model);
QString adapterWord();
/// "8, alpha 16".
QString rankText(const AdapterConfig& adapter);
/// What the list calls a model: the user's name for it, or its own.
QString modelName(const ModelEntry& model);
/// "1.43 M", "6.74 B": weights.
QString weightCountText(qint64 count);
/// "0.3 GB", "14 GB": one decimal below 100.
QString gigabyteText(quint64 bytes);
/// "812 bytes", "34 kB", "166 MB", "1.2 GB": of files, which may be small.
QString fileSizeText(qint64 bytes);
/// "F16: half the size".
QString weightTypeText(GgufType type);
/// "CPU", "GPU 0".
QString deviceWord(const std::string& device);
/// "fits", "tight", "does not fit", "not known".
QString fitWord(MemoryFit fit);
BadgeKind fitBadge(MemoryFit fit);
/// Why no training begins from an adapter, and what to train instead.
QString adapterTrainingText();
/// "Answering", "LoRA", "All weights".
enum class ModelUse { Answering, Lora, Full };
QString useWord(ModelUse use);
/// Whether a forecast tells of it: an adapter only answers.
bool hasUse(const ModelForecast& forecast, ModelUse use);
const MemoryEstimate& memoryOf(const ModelForecast& forecast, ModelUse use);
/// "LoRA: fits, 0.7 of 18.3 GB": for readers of the screen.
QString needText(ModelUse use, const MemoryEstimate& memory, quint64 freeBytes);
/// The sum, part by part, and what is free.
QString sumText(const MemoryEstimate& memory, quint64 freeBytes);
/// "apache-2.0", "see LICENSE", "not stated".
QString licenceText(const ModelLicence& licence);

}  // namespace studio::ui
