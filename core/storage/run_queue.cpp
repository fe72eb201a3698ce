// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_queue.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

fs::path queueFile(const fs::path& runsFolder) {
    return runsFolder / "queue.json";
}

[[noreturn]] void throwDamaged(const fs::path& file, const std::string& what) {
    throw Error(ErrorCode::BadFormat, "The queue of runs in " + file.string() + " is damaged: " + what + ".",
                "Delete the file and queue the runs again; runs that have started are not concerned.",
                {file.string()});
}

std::string textOf(const OrderedJson& json, const char* key, const fs::path& file) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string())
        throwDamaged(file, std::string("no text \"") + key + "\"");
    return found->get<std::string>();
}

QueuedRun runOf(const OrderedJson& json, const fs::path& file) {
    if (!json.is_object()) throwDamaged(file, "an entry is no object");
    QueuedRun run;
    run.name = textOf(json, "name", file);
    run.modelFolder = textOf(json, "model", file);
    run.problem = json.contains("problem") ? textOf(json, "problem", file) : std::string();
    if (json.contains("queued") && json["queued"].is_number_integer())
        run.queued = json["queued"].get<std::int64_t>();
    if (json.contains("sample_rows")) {
        for (const OrderedJson& row : json["sample_rows"]) {
            if (!row.is_number_integer())
                throwDamaged(file, run.name + " has a sample row that is no number");
            run.sampleRows.push_back(row.get<std::int64_t>());
        }
    }
    if (!json.contains("settings") || !json.contains("template"))
        throwDamaged(file, run.name + " has no settings or no template");
    if (!fromJson(json["settings"], run.settings).empty())
        throwDamaged(file, run.name + " has settings that this version does not know");
    run.promptTemplate = parsePromptTemplate(json["template"].dump(), file.string());
    return run;
}

}  // namespace

std::vector<QueuedRun> readRunQueue(const fs::path& runsFolder) {
    const fs::path file = queueFile(runsFolder);
    std::vector<QueuedRun> queue;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return queue;
    const OrderedJson json = readJsonFile(file);
    if (!json.is_object() || !json.contains("runs") || !json["runs"].is_array())
        throwDamaged(file, "it holds no list of runs");
    for (const OrderedJson& run : json["runs"]) queue.push_back(runOf(run, file));
    return queue;
}

void writeRunQueue(const fs::path& runsFolder, const std::vector<QueuedRun>& queue) {
    if (queue.empty()) {
        std::error_code ignored;
        fs::remove(queueFile(runsFolder), ignored);
        return;
    }
    OrderedJson list = OrderedJson::array();
    for (const QueuedRun& run : queue) {
        OrderedJson json = {{"name", run.name},
                            {"model", run.modelFolder.string()},
                            {"queued", run.queued},
                            {"settings", toJson(run.settings)},
                            {"template", OrderedJson::parse(promptTemplateJson(run.promptTemplate))}};
        if (!run.sampleRows.empty()) json["sample_rows"] = run.sampleRows;
        if (!run.problem.empty()) json["problem"] = run.problem;
        list.push_back(std::move(json));
    }
    makeFolders(runsFolder);
    writeJsonFile(queueFile(runsFolder), {{"format", 1}, {"runs", std::move(list)}});
}

}  // namespace studio
