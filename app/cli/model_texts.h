// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "core/jobs/model_forecast.h"
#include "core/jobs/model_library.h"

namespace studio {

/// What config.json and the weights' headers say, as `finetune model info --json` prints it.
OrderedJson summaryJson(const ModelSummary& model);

/// The "chat_template" and "prompt_template" of `finetune model info --json`: where the model's chat template
/// stands ({"source": "chat_template.jinja"}, with the "names" where there are several; null: none), and the
/// name of the prompt template that it was trained with, or null. What is wrong with either is added to
/// `problems`.
OrderedJson templatesJson(const std::filesystem::path& folder, std::vector<std::string>& problems);
/// "chat_template.jinja", "tokenizer_config.json (default, tool_use)"; empty where there is none.
std::string chatTemplateText(const OrderedJson& chatTemplate);

/// What a model of the list needs on a device, or an adapter beside its base; nothing where it cannot answer.
std::optional<ModelForecast> forecastOf(const ModelEntry& model, const ForecastLoad& load,
                                        const MemoryDevice& device);
/// A device's forecast by what is done: "answering", "lora" and "full" with bytes by part and the verdict; of
/// an adapter, which no training begins from, the last two are null.
OrderedJson forecastJson(const ModelForecast& forecast, const MemoryDevice& device);

/// A line of `finetune model list --json`. What is not known is null.
OrderedJson modelEntryJson(const ModelEntry& model, const ForecastLoad& load,
                           const std::vector<MemoryDevice>& devices);

/// The same as a row for people: name, origin, family, weights, licence, and what answering, LoRA and
/// training all weights need. What is not known, or cannot be done, is "–".
std::vector<std::string> modelEntryRow(const ModelEntry& model, const std::optional<ModelForecast>& need);

/// "run", "opened, adapter".
std::string originText(const ModelEntry& model);
/// "1.43 M", "6.74 B".
std::string parameterText(std::int64_t count);
/// "0.7 GB, fits".
std::string needText(const UseForecast& use);
/// "0.7 GB", and where it does not fit well how it does: for a narrow table.
std::string shortNeedText(const UseForecast& use);
/// "apache-2.0", "see LICENSE"; empty where none is stated.
std::string licenceText(const ModelLicence& licence);

}  // namespace studio
