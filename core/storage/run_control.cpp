// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_control.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/config/settings.h"
#include "core/formats/json.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kFile = "control.json";

const char* stopName(RunControl::Stop stop) {
    switch (stop) {
        case RunControl::Stop::Keep:
            return "keep";
        case RunControl::Stop::Discard:
            return "discard";
        case RunControl::Stop::HandOver:
            return "hand_over";
        case RunControl::Stop::No:
            break;
    }
    return "";
}

bool isLearningRate(double rate) {
    const Field& field = trainField("learning_rate");
    return rate >= field.minimum && rate <= field.maximum;
}

}  // namespace

void writeRunControl(const fs::path& runFolder, const RunControl& control) {
    OrderedJson json = {{"paused", control.paused}};
    if (control.learningRate) json["learning_rate"] = *control.learningRate;
    if (control.stop != RunControl::Stop::No) json["stop"] = stopName(control.stop);
    writeJsonFile(runFolder / kFile, json);
}

std::optional<RunControl> readRunControl(const fs::path& runFolder) {
    RunControl control;
    std::error_code ignored;
    if (!fs::exists(runFolder / kFile, ignored)) return control;
    try {
        const OrderedJson json = readJsonFile(runFolder / kFile);
        if (!json.is_object()) return std::nullopt;
        const auto paused = json.find("paused"), rate = json.find("learning_rate"), stop = json.find("stop");
        if (paused != json.end() && !paused->is_boolean()) return std::nullopt;
        control.paused = paused != json.end() && paused->get<bool>();
        if (rate != json.end() && rate->is_number() && isLearningRate(rate->get<double>()))
            control.learningRate = rate->get<double>();
        for (const auto each :
             {RunControl::Stop::Keep, RunControl::Stop::Discard, RunControl::Stop::HandOver})
            if (stop != json.end() && *stop == stopName(each)) control.stop = each;
    } catch (const Error&) {
        return std::nullopt;
    }
    return control;
}

void changeRunControl(const fs::path& runFolder, const std::function<void(RunControl&)>& change) {
    RunControl control = readRunControl(runFolder).value_or(RunControl());
    change(control);
    writeRunControl(runFolder, control);
}

void clearRunControl(const fs::path& runFolder) {
    std::error_code ignored;
    fs::remove(runFolder / kFile, ignored);
}

bool runIsAtWork(const fs::path& runFolder) {
    std::error_code ignored;
    try {
        const RunStatus status = RunFolder(runFolder).readStatus();
        if (!goesOn(status.state) || processIsGone(status)) return false;
        if (!lockDecides(runFolder)) return onThisHost(status.processMark);
        return fs::exists(runFolder / ".lock", ignored) && !lockIsFree(runFolder);
    } catch (const Error&) {
        return lockHolder(runFolder).has_value();  // missing or damaged: who has the lock is at work
    }
}

std::optional<fs::path> findRunAtWork(const fs::path& runsFolder, const std::stop_token& stop) {
    std::optional<fs::path> newest;
    fs::file_time_type newestTime;
    std::error_code error;
    for (fs::directory_iterator entry(runsFolder, error), end; !error && entry != end;
         entry.increment(error)) {
        throwIfStopped(stop);
        if (entry->path().filename().string().front() == '.' || !runIsAtWork(entry->path())) continue;
        std::error_code ignored;
        const fs::file_time_type time = fs::last_write_time(entry->path() / "run.json", ignored);
        if (newest && !ignored && time <= newestTime) continue;
        newest = entry->path();
        newestTime = ignored ? fs::file_time_type::min() : time;
    }
    return newest;
}

std::int64_t newestCheckpoint(const fs::path& runFolder) {
    constexpr std::string_view kStem = "step-";
    std::int64_t newest = 0;
    std::error_code error;
    for (fs::directory_iterator entry(RunFolder(runFolder).checkpointsFolder(), error), end;
         !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::int64_t step = 0;
        if (!name.starts_with(kStem)) continue;
        const auto read = std::from_chars(name.data() + kStem.size(), name.data() + name.size(), step);
        if (read.ec == std::errc() && read.ptr == name.data() + name.size()) newest = std::max(newest, step);
    }
    return newest;
}

}  // namespace studio
