// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/formats/model_config.h"
#include "core/jobs/job.h"
#include "core/tokenizer/tokenizer.h"

/// What keeps a training from starting. The plan, the pre-flight of the Studio and the training itself ask
/// here, so that none of them accepts what another refuses, and all say it in the same words.
namespace studio {

/// Names of the machine's devices, as Engine::devices() gives them; asked only where it matters.
using DeviceList = std::function<std::vector<std::string>()>;

/// Settings, tokenizer, the weights' names and shapes, the device and its precision, what is to be frozen of
/// this model, and whether the prompt template can be carried out for the rows. Needs no engine but for a
/// device other than cpu and auto, and for float16. Throws SettingInvalid, DeviceUnavailable,
/// TokenizerInvalid, WeightsInvalid, TemplateInvalid.
void checkStart(const TrainJob& job, const ModelConfig& model, const Tokenizer& tokenizer,
                const DeviceList& devices);

/// So many rows are tried in any case, of those that are trained on and of those that are evaluated on, and
/// more until this time is over; half a second is enough for all rows but of large data sets.
inline constexpr std::size_t kRowsTried = 16;
inline constexpr std::chrono::milliseconds kTrialTime{500};
/// Throws TemplateInvalid, naming the row, where the template cannot be carried out for one of the rows tried
/// (raise_exception of a chat template). In a larger data set a training finds out about the rows behind
/// them.
void checkTemplateFits(const TrainJob& job);

/// Throws DeviceUnavailable or SettingInvalid where the machine has no such device, or the device no such
/// precision.
void checkDevice(const TrainSettings& settings, const DeviceList& devices);

/// Throws SettingInvalid where the patterns of `freeze` do not fit the model.
void checkTrainedPart(const TrainSettings& settings, const ModelConfig& model);

/// Throws TokenizerInvalid where the tokenizer has tokens that the model has no embedding for.
void checkTokenizerFits(const Tokenizer& tokenizer, const ModelConfig& model);

/// The train rows, and what of them can be learned from within the cutoff.
struct UsableRows {
    const std::vector<Record>& all;
    std::int64_t usable = 0;
    std::int64_t cutoff = 0;         ///< tokens; in force
    std::int64_t contextLength = 0;  ///< of the model
};
/// Throws NoTrainingRows or NoLabels, saying why there is nothing to learn from.
void requireRows(const UsableRows& rows);

/// No reason not to start, but a mistake most likely.
std::string unknownSourceText(const std::string& source);
/// The same of a chat template that leaves out the instruction of each train row that is tried, so that the
/// model never reads one: a sentence, or nothing. Throws as checkTemplateFits().
std::string unreadInstructionsText(const TrainJob& job);

}  // namespace studio
