// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/adapter_opening.h"

#include <QCoreApplication>
#include <QWidget>
#include <stop_token>
#include <string>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_folders.h"
#include "ui/dialogs/dialogs.h"
#include "ui/jobs/task_runner.h"

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

struct Opened {
    fs::path adapter, base;  ///< no base: it has to be asked for
    std::string baseModel;   ///< as the adapter calls it
};

Opened overBase(Opened opened, const fs::path& base, const std::stop_token& stop) {
    throwIfStopped(stop);
    opened.base = base;
    summarizeAdapter(opened.adapter, opened.base);
    return opened;
}

Opened openHere(const fs::path& chosen, const fs::path& knownBase, const std::stop_token& stop) {
    Opened opened{adapterIn(chosen), {}, {}};
    const AdapterConfig config =
        readAdapterConfig(opened.adapter.empty() ? resolvedFolder(chosen) : opened.adapter);
    opened.baseModel = config.baseModel;
    const fs::path base = isModel(knownBase) ? knownBase : adapterBase(opened.adapter, config);
    return base.empty() ? opened : overBase(opened, resolvedFolder(base), stop);
}

}  // namespace

fs::path adapterIn(const fs::path& chosen) {
    const fs::path folder = resolvedFolder(chosen);
    for (const fs::path& each : {folder, folder / "adapter"})
        if (isAdapterFolder(each)) return each;
    return {};
}

void openAdapter(QWidget* parent, Dialogs& dialogs, TaskRunner& runner, const fs::path& chosen,
                 const fs::path& knownBase, const AdapterOpening& opening) {
    const auto askForBase = [parent, &dialogs, &runner, opening](const Opened& found) {
        FileRequest request;
        const QString name = QString::fromStdString(modelFolderName(found.adapter));
        request.title = found.baseModel.empty()
                            ? Adapters::tr("Choose the base model of the adapter %1").arg(name)
                            : Adapters::tr("Choose the base model of the adapter %1: %2")
                                  .arg(name, QString::fromStdString(found.baseModel));
        dialogs.openFolder(parent, request, [&runner, found, opening](const QString& folder) {
            runner.run<Opened>(
                [found, folder = fs::path(folder.toStdString())](const std::stop_token& stop) {
                    return overBase(found, modelIn(folder), stop);
                },
                [opening](const Opened& opened) { opening.opened(opened.adapter, opened.base); },
                opening.failed);
        });
    };
    runner.run<Opened>(
        [chosen, knownBase](const std::stop_token& stop) { return openHere(chosen, knownBase, stop); },
        [askForBase, opening](const Opened& opened) {
            if (opened.base.empty()) return askForBase(opened);
            opening.opened(opened.adapter, opened.base);
        },
        opening.failed);
}

}  // namespace studio::ui
