// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_control.h"

#include <cmath>

#include "core/base/error.h"
#include "core/config/settings.h"
#include "core/formats/json.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kFile = "control.json";

bool isLearningRate(double rate) {
    const Field& field = trainField("learning_rate");
    return rate >= field.minimum && rate <= field.maximum;
}

}  // namespace

void writeRunControl(const fs::path& runFolder, const RunControl& control) {
    OrderedJson json = {{"paused", control.paused}};
    if (control.learningRate) json["learning_rate"] = *control.learningRate;
    if (control.stop != RunControl::Stop::No)
        json["stop"] = control.stop == RunControl::Stop::Keep ? "keep" : "discard";
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
        if (stop != json.end() && *stop == "keep") control.stop = RunControl::Stop::Keep;
        if (stop != json.end() && *stop == "discard") control.stop = RunControl::Stop::Discard;
    } catch (const Error&) {
        return std::nullopt;
    }
    return control;
}

void clearRunControl(const fs::path& runFolder) {
    std::error_code ignored;
    fs::remove(runFolder / kFile, ignored);
}

}  // namespace studio
