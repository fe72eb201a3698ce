// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/sample_project.h"

#include <QStandardPaths>
#include <system_error>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/settings.h"
#include "core/data/import.h"
#include "core/formats/json.h"
#include "core/storage/project.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

void addRows(Project& project, const std::string& file, Split split) {
    std::vector<Record> records = importRecords(resourcePath("sample/" + file), "auto").records;
    for (Record& record : records) record.split = split;
    project.add(records, "import");
}

/// A quarter of a minute more than the defaults take, and the answers about held-out countries come out
/// right.
void addSettings(Project& project) {
    TrainSettings settings;
    throwIfAny(fromJson(readJsonFile(resourcePath("sample/train_settings.json")), settings));
    project.setSetting("train_settings", toJson(settings).dump());
    project.setSetting("cutoff", std::to_string(settings.cutoff));
}

}  // namespace

fs::path sampleProjectFolder() {
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return fs::path(data.toStdString()) / "finetune-studio" / "Countries.ftproj";
}

void makeSampleProject(const fs::path& folder) {
    std::error_code failed;
    if (fs::exists(folder, failed)) {
        throw Error(ErrorCode::InvalidArgument, "The sample project " + folder.string() + " exists already.",
                    "Open it, or move it away first.", {folder.string()});
    }
    const fs::path partial = folder.parent_path() / ("." + folder.filename().string() + ".partial");
    fs::remove_all(partial, failed);
    fs::create_directories(folder.parent_path(), failed);
    {
        const auto project = Project::create(partial);
        addRows(*project, "countries_train.json", Split::Train);
        addRows(*project, "countries_test.json", Split::Test);
        addSettings(*project);
    }  // the database is closed: nothing of it is left outside its file
    fs::rename(partial, folder, failed);
    if (failed) {
        throw Error(
            ErrorCode::FileUnwritable,
            "The sample project could not be moved to " + folder.string() + ": " + failed.message() + ".",
            "Check that the folder can be written.", {folder.string(), failed.message()});
    }
}

}  // namespace studio::ui
