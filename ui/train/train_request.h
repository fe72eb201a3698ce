// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <memory>
#include <stop_token>

#include "core/jobs/preflight.h"
#include "core/jobs/start_checks.h"

namespace studio::ui {

/// What the pre-flight is computed from: values only, so that it can be handed to another thread.
struct TrainRequest {
    std::filesystem::path projectFolder;
    std::filesystem::path modelFolder;
    std::string runName;
    TrainSettings settings;
    PromptTemplate promptTemplate;
    std::shared_ptr<const Tokenizer> tokenizer;
    std::string recipe;              ///< its name; empty: the defaults
    TrainSettings recipeSettings{};  ///< what the command need not say
    std::vector<std::int64_t> sampleRows{};
    /// Asked, on the worker thread, where a device is named or float16.
    DeviceList devices = [] { return makeEngine()->devices(); };
};

/// A training that is ready to start, and what is known about it.
struct TrainPlan {
    TrainJob job;
    Preflight found;
    ModelConfig model;
    std::vector<std::int64_t> leftOut;  ///< accepted rows in no split, not used
    std::string measuredRun;            ///< whose speed the time estimate comes from; empty: computed
    std::uint64_t freeMemoryBytes = 0;
    std::uint64_t freeDiskBytes = 0;
    bool leavesChatFormat = false;  ///< the model has a chat template, and the rows are put into another one
    bool instructionsUnread = false;  ///< as unreadInstructionsText() finds it
};

/// Reads the project through a connection of its own and computes everything. For a worker thread: no Qt
/// objects, and not short. Throws Error and Cancelled.
TrainPlan makeTrainPlan(const TrainRequest& request, const std::stop_token& stop);

/// The command that starts the same training, broken with backslashes: the recipe, and what is not the
/// recipe's; every argument quoted where a shell needs it.
QString trainCommand(const TrainRequest& request);

/// An argument as a POSIX shell reads it back.
QString shellQuoted(const QString& argument);

}  // namespace studio::ui
