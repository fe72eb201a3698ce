// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/adapter_opening.h"

#include <QCoreApplication>
#include <QWidget>

#include "core/base/error.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_folders.h"
#include "ui/dialogs/dialogs.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

struct Adapters {
    Q_DECLARE_TR_FUNCTIONS(Adapters)
};

/// One that was chosen before may have gone: then it is asked for anew.
bool isModel(const fs::path& folder) {
    std::error_code ignored;
    return !folder.empty() && fs::exists(folder / "config.json", ignored);
}

/// The model of a run folder, or the folder itself.
fs::path modelIn(const fs::path& chosen) {
    std::error_code ignored;
    const fs::path folder = resolvedFolder(chosen);
    if (!fs::exists(folder / "config.json", ignored) && fs::exists(folder / "model" / "config.json", ignored))
        return folder / "model";
    return folder;
}

void openOver(const fs::path& adapter, const fs::path& base, const AdapterOpening& opening) {
    try {
        summarizeAdapter(adapter, base);
    } catch (const Error& error) {
        return opening.failed(error);
    }
    opening.opened(adapter, base);
}

}  // namespace

fs::path adapterIn(const fs::path& chosen) {
    const fs::path folder = resolvedFolder(chosen);
    for (const fs::path& each : {folder, folder / "adapter"})
        if (isAdapterFolder(each)) return each;
    return {};
}

void openAdapter(QWidget* parent, Dialogs& dialogs, const fs::path& chosen, const fs::path& knownBase,
                 const AdapterOpening& opening) {
    const fs::path adapter = adapterIn(chosen);
    AdapterConfig config;
    try {
        config = readAdapterConfig(adapter.empty() ? resolvedFolder(chosen) : adapter);
    } catch (const Error& error) {
        return opening.failed(error);
    }
    const fs::path base = isModel(knownBase) ? knownBase : adapterBase(adapter, config);
    if (!base.empty()) return openOver(adapter, resolvedFolder(base), opening);
    FileRequest request;
    const QString name = QString::fromStdString(modelFolderName(adapter));
    request.title = config.baseModel.empty()
                        ? Adapters::tr("Choose the base model of the adapter %1").arg(name)
                        : Adapters::tr("Choose the base model of the adapter %1: %2")
                              .arg(name, QString::fromStdString(config.baseModel));
    dialogs.openFolder(parent, request, [adapter, opening](const QString& folder) {
        openOver(adapter, modelIn(fs::path(folder.toStdString())), opening);
    });
}

}  // namespace studio::ui
