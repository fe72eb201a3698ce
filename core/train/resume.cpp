// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/resume.h"

#include "core/base/error.h"
#include "core/checkpoint/training_checkpoint.h"
#include "core/text/prompt_template.h"

namespace studio {

namespace {

[[noreturn]] void refuse(const TrainJob& job, const std::string& cause, const std::string& nextStep) {
    throw Error(ErrorCode::InvalidArgument, "The run " + job.runName + " cannot go on: " + cause + ".",
                nextStep, {job.runName});
}

TrainSettings settingsOf(const OrderedJson& run, const TrainJob& job) {
    TrainSettings settings;
    const auto found = run.find("settings");
    if (found == run.end() || !fromJson(*found, settings).empty())
        refuse(job, "its run.json has settings that this version does not know", "Start a new run.");
    return settings;
}

}  // namespace

TrainJob resumedJob(const TrainJob& asked) {
    std::error_code ignored;
    if (!std::filesystem::exists(asked.runFolder / "run.json", ignored)) {
        throw Error(ErrorCode::FileNotFound, "There is no run \"" + asked.runName + "\" to go on with.",
                    "Name a run of this project, or leave --resume out.", {asked.runName});
    }
    const OrderedJson run = RunFolder(asked.runFolder).readRun();
    if (run.value("kind", "") != "train") refuse(asked, "it is no fine-tuning", "Start a new run.");
    if (RunFolder(asked.runFolder).summary().state() == "finished")
        refuse(asked, "it is finished",
               "Start a new run, with its model as the base if it shall learn more.");
    if (CheckpointStore(RunFolder(asked.runFolder).checkpointsFolder()).steps().empty())
        refuse(asked, "it has no checkpoint",
               "Start a new run; a checkpoint is made every five minutes, or as "
               "often as checkpoint_every says, and when a run is stopped.");
    TrainJob job = asked;
    job.settings = settingsOf(run, asked);
    job.modelFolder = run.at("base_model").at("path").get<std::string>();
    job.promptTemplate =
        parsePromptTemplate(run.at("template").dump(), (asked.runFolder / "run.json").string());
    if (run.at("data").value("sha256", "") != asked.dataHash) {
        refuse(asked, "the records of its train and validation splits have changed since it began",
               "Undo the changes, or start a new run.");
    }
    return job;
}

}  // namespace studio
