// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_description.h"

#include <string>

#include "core/config/settings.h"
#include "core/storage/run_folder.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

using Kind = bool (OrderedJson::*)() const noexcept;

/// The value at "/a/b".
const OrderedJson& partOf(const OrderedJson& run, const char* pointer, Kind kind, const fs::path& file) {
    const OrderedJson::json_pointer place(pointer);
    if (!run.contains(place) || !(run.at(place).*kind)())
        throwDamagedDescription(file, file.string() + " has no usable " + (pointer + 1) + ".");
    return run.at(place);
}

[[noreturn]] void refuse(const fs::path& runFolder, const std::string& cause) {
    const std::string name = runFolder.filename().string();
    throw Error(ErrorCode::InvalidArgument, "The run " + name + " cannot go on: " + cause + ".",
                "Start a new run.", {name});
}

}  // namespace

void throwDamagedDescription(const fs::path& file, const std::string& what) {
    throw Error(
        ErrorCode::BadFormat, "The run's description is damaged: " + what,
        "Put back " + file.string() +
            " from a copy, or start a new run; the checkpoints and the model of this one are not touched.",
        {file.string()});
}

void checkCanGoOn(const OrderedJson& run, const fs::path& runFolder) {
    const fs::path file = runFolder / "run.json";
    if (partOf(run, "/kind", &OrderedJson::is_string, file) != "train")
        refuse(runFolder, "it is no fine-tuning");
    TrainSettings settings;
    if (!fromJson(partOf(run, "/settings", &OrderedJson::is_object, file), settings).empty())
        refuse(runFolder, "its run.json has settings that this version does not know");
    partOf(run, "/base_model/path", &OrderedJson::is_string, file);
    partOf(run, "/template", &OrderedJson::is_object, file);
    partOf(run, "/data/sha256", &OrderedJson::is_string, file);
}

std::optional<Error> resumeProblem(const fs::path& runFolder) {
    try {
        checkCanGoOn(RunFolder(runFolder).readRun(), runFolder);
    } catch (const Error& problem) {
        return problem;
    }
    return std::nullopt;
}

}  // namespace studio
