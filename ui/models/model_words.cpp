// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_words.h"

#include <QCoreApplication>
#include <QLocale>

#include "core/formats/model_folders.h"
#include "ui/text/format_texts.h"

namespace studio::ui {

namespace {

struct Models {
    Q_DECLARE_TR_FUNCTIONS(Models)
};

}  // namespace

QString originWord(ModelOrigin origin) {
    switch (origin) {
        case ModelOrigin::Embedded:
            return Models::tr("Built in");
        case ModelOrigin::Run:
            return Models::tr("Fine-tuned");
        case ModelOrigin::Project:
            return Models::tr("In the project");
        case ModelOrigin::Opened:
            break;
    }
    return Models::tr("Opened");
}

QString kindWord(const ModelEntry& model) {
    return model.isAdapter ? adapterWord() : originWord(model.origin);
}

QString adapterWord() {
    return Models::tr("Adapter");
}

QString adapterTrainingText() {
    return Models::tr(
        "An adapter is no base. Train its base model, or a model that it is merged into: a run "
        "keeps one, Export writes one.");
}

QString rankText(const AdapterConfig& adapter) {
    const QLocale locale;
    const QString rank = locale.toString(qint64(adapter.rank)), alpha = locale.toString(adapter.alpha);
    const QString text =
        (adapter.rankStabilized ? Models::tr("%1, alpha %2 (rsLoRA)") : Models::tr("%1, alpha %2"))
            .arg(rank, alpha);
    const bool differs = !adapter.ranks.empty() || !adapter.alphas.empty();
    return differs ? Models::tr("%1; others in some modules").arg(text) : text;
}

QString modelName(const ModelEntry& model) {
    if (model.givenName.empty() && model.origin == ModelOrigin::Embedded)
        return Models::tr("Embedded base model");
    return QString::fromStdString(model.name());
}

QString weightCountText(qint64 count) {
    const auto number = static_cast<double>(count);
    const QLocale locale;
    if (count >= 1'000'000'000) return Models::tr("%1 B").arg(locale.toString(number / 1e9, 'f', 2));
    if (count >= 10'000'000) return Models::tr("%1 M").arg(locale.toString(number / 1e6, 'f', 0));
    if (count >= 1'000'000) return Models::tr("%1 M").arg(locale.toString(number / 1e6, 'f', 2));
    return countText(count);
}

QString gigabyteText(quint64 bytes) {
    const double value = static_cast<double>(bytes) / 1e9;
    return Models::tr("%1 GB").arg(QLocale().toString(value, 'f', value < 99.95 ? 1 : 0));
}

QString fileSizeText(qint64 bytes) {
    if (bytes >= 1'000'000) return bytesText(static_cast<quint64>(bytes));
    if (bytes >= 1'000) return Models::tr("%1 kB").arg(countText((bytes + 500) / 1'000));
    return Models::tr("%Ln byte(s)", nullptr, static_cast<int>(bytes));
}

QString weightTypeText(GgufType type) {
    switch (type) {
        case GgufType::Float16:
            return Models::tr("F16: half the size of F32");
        case GgufType::BFloat16:
            return Models::tr("BF16: half the size, with the range of F32");
        case GgufType::Q8_0:
            return Models::tr("Q8_0: 8 bits, about a quarter of F32");
        case GgufType::Float32:
            break;
    }
    return Models::tr("F32: exact, the largest");
}

QString deviceWord(const std::string& device) {
    const QString name = QString::fromStdString(device);
    const QString cuda = QStringLiteral("cuda:");
    return name.startsWith(cuda) ? Models::tr("GPU %1").arg(name.mid(cuda.size())) : name.toUpper();
}

QString fitWord(MemoryFit fit) {
    switch (fit) {
        case MemoryFit::Fits:
            return Models::tr("fits");
        case MemoryFit::Tight:
            return Models::tr("tight");
        case MemoryFit::TooLarge:
            return Models::tr("does not fit");
        case MemoryFit::Unknown:
            break;
    }
    return Models::tr("not known");
}

BadgeKind fitBadge(MemoryFit fit) {
    switch (fit) {
        case MemoryFit::Fits:
            return BadgeKind::Ok;
        case MemoryFit::Tight:
            return BadgeKind::Warning;
        case MemoryFit::TooLarge:
            return BadgeKind::Error;
        case MemoryFit::Unknown:
            break;
    }
    return BadgeKind::Neutral;
}

QString useWord(ModelUse use) {
    switch (use) {
        case ModelUse::Answering:
            return Models::tr("Answering");
        case ModelUse::Lora:
            return Models::tr("LoRA");
        case ModelUse::Full:
            break;
    }
    return Models::tr("All weights");
}

bool hasUse(const ModelForecast& forecast, ModelUse use) {
    return use == ModelUse::Answering || forecast.trains;
}

const MemoryEstimate& memoryOf(const ModelForecast& forecast, ModelUse use) {
    if (use == ModelUse::Answering) return forecast.answering.memory;
    return use == ModelUse::Lora ? forecast.lora.memory : forecast.full.memory;
}

QString needText(ModelUse use, const MemoryEstimate& memory, quint64 freeBytes) {
    const QString need = gigabyteText(memory.total());
    if (freeBytes == 0) return Models::tr("%1: %2").arg(useWord(use), need);
    return Models::tr("%1: %2, %3 of %4")
        .arg(useWord(use), fitWord(memoryFit(memory.total(), freeBytes)), need, gigabyteText(freeBytes));
}

QString sumText(const MemoryEstimate& memory, quint64 freeBytes) {
    QStringList parts{Models::tr("weights %1").arg(bytesText(memory.weights))};
    if (memory.gradients > 0) parts << Models::tr("gradients %1").arg(bytesText(memory.gradients));
    if (memory.optimizer > 0) parts << Models::tr("optimiser %1").arg(bytesText(memory.optimizer));
    parts << Models::tr("batch %1").arg(bytesText(memory.activations))
          << Models::tr("program %1").arg(bytesText(memory.program));
    const QString sum =
        QStringLiteral("%1 = %2").arg(parts.join(QStringLiteral(" + ")), bytesText(memory.total()));
    return freeBytes > 0 ? sum + u'\n' + Models::tr("%1 are free.").arg(bytesText(freeBytes)) : sum;
}

QString licenceText(const ModelLicence& licence) {
    if (!licence.name.empty()) return QString::fromStdString(licence.name);
    return licence.file.empty() ? Models::tr("not stated")
                                : Models::tr("see %1").arg(QString::fromStdString(licence.file));
}

}  // namespace studio::ui
