// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/pretraining.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/error.h"

namespace studio {

namespace {

/// A model from nothing has nothing to put adapters beside, to freeze, to mix or to ask.
constexpr std::array kRefused = {"method", "freeze", "mixture", "sample_every"};

bool isRefused(const std::string& name) {
    return std::find(kRefused.begin(), kRefused.end(), name) != kRefused.end();
}

}  // namespace

std::vector<Field> pretrainFields() {
    std::vector<Field> fields = trainFields();
    std::erase_if(fields, [](const Field& field) {
        const bool isLost = isRefused(field.onlyWith.field) && !fieldApplies(TrainSettings(), field);
        return isRefused(field.name) || isLost;
    });
    return fields;
}

void checkPretraining(const TrainSettings& settings) {
    std::string without;
    for (const char* name : kRefused) {
        if (value(settings, name) != value(TrainSettings(), name))
            without += (without.empty() ? "" : ", ") + std::string(name);
    }
    if (without.empty()) return;
    throw Error(ErrorCode::SettingInvalid, "Pretraining has no use for " + without + ".",
                "Leave it out, or set it back to its default.", {without});
}

}  // namespace studio
