// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/resume.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/checkpoint/training_checkpoint.h"
#include "core/data/row_mixture.h"
#include "core/storage/run_control.h"
#include "core/storage/run_description.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "core/text/prompt_template.h"
#include "core/train/run_document.h"
#include "core/train/run_setup.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

[[noreturn]] void refuse(const TrainJob& job, const std::string& cause, const std::string& nextStep) {
    throw Error(ErrorCode::InvalidArgument, "The run " + job.runName + " cannot go on: " + cause + ".",
                nextStep, {job.runName});
}

[[noreturn]] void refuseDiscarded(const TrainJob& job, bool hasModel) {
    if (!hasModel)
        refuse(job, "it was discarded, and nothing of what it had learned was kept", "Start a new run.");
    refuse(job, "it was discarded, and only the model that an earlier stop saved was kept",
           "Start a new run, with its model as the base if it shall learn more.");
}

/// A new learning rate where the old one made the run diverge. The order of the rows, the steps and the rows
/// of a batch are what the checkpoint's position stands for, and stay.
void applyChanges(TrainSettings& settings, const std::vector<std::string>& changes) {
    static constexpr std::array kChangeable = {"learning_rate", "clip_norm", "checkpoint_every"};
    for (const std::string& change : changes) {
        const std::string name = change.substr(0, change.find('='));
        if (std::find(kChangeable.begin(), kChangeable.end(), name) == kChangeable.end()) {
            throw Error(ErrorCode::SettingInvalid, "A run that goes on keeps its " + name + ".",
                        "Change learning_rate, clip_norm or checkpoint_every only, or start a new run.",
                        {name});
        }
        applyAssignment(settings, change);
    }
    throwIfAny(validate(settings));
}

bool changesLearningRate(const TrainJob& job) {
    return std::any_of(job.changes.begin(), job.changes.end(),
                       [](const std::string& change) { return change.starts_with("learning_rate="); });
}

/// A peak that a run was asked for which was killed before a step was made with it.
std::optional<double> rateAskedBefore(const fs::path& runFolder, const PeakRates& rates) {
    const std::optional<RunControl> asked = readRunControl(runFolder);
    if (!asked || !asked->learningRate) return std::nullopt;
    const double newest = rates.changes().empty() ? rates.first() : rates.changes().back().rate;
    return *asked->learningRate == newest ? std::nullopt : asked->learningRate;
}

void takeSettings(const OrderedJson& run, const TrainJob& asked, ResumedRun& resumed) {
    TrainSettings& settings = resumed.job.settings;
    settings = {};
    fromJson(run.at("settings"), settings);
    const PeakRates rates = peakRatesOf(run, settings.learningRate);
    applyChanges(settings, asked.changes);
    resumed.newRate =
        changesLearningRate(asked) ? settings.learningRate : rateAskedBefore(asked.runFolder, rates);
    settings.learningRate = rates.first();
    resumed.rateChanges = rates.changes();
}

/// Older runs have none, nor has one that asks the first rows.
void takeSamplePrompts(const OrderedJson& run, TrainJob& job) {
    const auto list = run.find(kSamplePrompts);
    if (list == run.end()) return;
    const auto usable = [](const OrderedJson& one) {
        return one.is_object() && one.contains("row") && one["row"].is_number_integer() &&
               one.contains("title") && one["title"].is_string() && one.contains("prompt") &&
               one["prompt"].is_string();
    };
    if (!list->is_array() || !std::all_of(list->begin(), list->end(), usable)) {
        const fs::path file = job.runFolder / "run.json";
        throwDamagedDescription(file, file.string() + " has no usable " + kSamplePrompts + ".");
    }
    job.samplePrompts.clear();
    for (const OrderedJson& one : *list)
        job.samplePrompts.push_back({one["row"].get<std::int64_t>(), one["title"].get<std::string>(),
                                     one["prompt"].get<std::string>()});
}

/// "changed", "is gone" or "is new" for each file that is not as it was.
std::string differences(const OrderedJson& before, const OrderedJson& now) {
    std::string text;
    const auto add = [&](const std::string& name, const char* what) {
        text += (text.empty() ? "" : ", ") + name + " " + what;
    };
    for (const auto& [name, hash] : before.items()) {
        if (!now.contains(name))
            add(name, "is gone");
        else if (now.at(name) != hash)
            add(name, "has changed");
    }
    for (const auto& [name, hash] : now.items()) {
        if (!before.contains(name)) add(name, "is new");
    }
    return text;
}

/// Where all weights are trained they come from the checkpoint, so that those of the base do not matter.
void checkBaseModel(const OrderedJson& run, const TrainJob& job, const std::stop_token& stop) {
    const std::string folder = job.modelFolder.string();
    std::error_code ignored;
    if (!fs::exists(job.modelFolder / "config.json", ignored))
        refuse(job, "its base model is no longer in " + folder, "Put the model back there.");
    const OrderedJson& base = run.at("base_model");
    const auto files = base.find("files");  // older runs have none
    std::string changed = files != base.end() && files->is_object()
                              ? differences(*files, baseFileHashes(job.modelFolder, stop))
                              : std::string();
    const std::string weights = base.value("sha256", "");
    if (changed.empty() && trainsApart(job.settings) && !weights.empty() &&
        weights != modelHash(job.modelFolder, stop))
        changed = "the weights have changed";
    if (changed.empty()) return;
    refuse(job, "its base model in " + folder + " is not as it was when the run began: " + changed,
           "Put the earlier files back, or start a new run.");
}

/// One that was killed before it had described itself is nothing to go on with.
bool hasBegun(const fs::path& folder) {
    const RunFolder run(folder);
    std::error_code ignored;
    return fs::exists(folder / "run.json", ignored) || fs::exists(run.metricsFile(), ignored) ||
           fs::exists(run.checkpointsFolder(), ignored);
}

}  // namespace

ResumedRun resumedRun(const TrainJob& asked, const std::stop_token& stop) {
    throwIfHeld(asked.runFolder);  // before all else: what is still missing may be on its way
    if (!hasBegun(asked.runFolder)) {
        throw Error(ErrorCode::FileNotFound, "There is no run \"" + asked.runName + "\" to go on with.",
                    "Name a run of this project, or leave --resume out.", {asked.runName});
    }
    const OrderedJson run = RunFolder(asked.runFolder).readRun();
    checkCanGoOn(run, asked.runFolder);
    const RunSummary summary = RunFolder(asked.runFolder).summary(RunDescription{run, {}}, {});
    const std::string state = summary.state();
    if (state == "discarded") refuseDiscarded(asked, summary.hasModel);
    if (state == "finished")
        refuse(asked, "it is finished",
               "Start a new run, with its model as the base if it shall learn more.");
    if (CheckpointStore(RunFolder(asked.runFolder).checkpointsFolder()).steps().empty())
        refuse(asked, "it has no checkpoint",
               "Start a new run; a checkpoint is made every five minutes, or as "
               "often as checkpoint_every says, and when a run is stopped.");
    ResumedRun resumed{asked, {}, {}};
    TrainJob& job = resumed.job;
    takeSettings(run, asked, resumed);
    job.modelFolder = run.at("base_model").at("path").get<std::string>();
    job.promptTemplate =
        parsePromptTemplate(run.at("template").dump(), (asked.runFolder / "run.json").string());
    takeSamplePrompts(run, job);
    if (run.at("data").at("sha256") != asked.dataHash) {
        refuse(asked, "the records of its train and validation splits have changed since it began",
               "Undo the changes, or start a new run.");
    }
    const OrderedJson& data = run.at("data");
    const auto sources = data.find(kMixtureHash);  // older runs have none
    if (sources != data.end() && *sources != mixtureHash(*asked.train, job.settings)) {
        refuse(
            asked,
            "the sources of its train records, by which its mixture counts them, have changed since it began",
            "Undo the changes, or start a new run.");
    }
    checkBaseModel(run, job, stop);
    return resumed;
}

}  // namespace studio
