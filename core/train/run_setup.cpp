// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_setup.h"

#include <optional>

#include "core/config/lora_targets.h"
#include "core/config/name_patterns.h"

namespace studio {

TrainedPart trainedPartOf(const TrainSettings& settings) {
    TrainedPart part;
    std::optional<std::string> problem;  // validate() has said it already
    if (settings.method == "lora")
        part.lora = LoraSettings{settings.loraRank, settings.loraAlpha,
                                 loraTargetNames(settings.loraTargets, problem), settings.loraRankStabilized};
    else
        part.frozen = commaList(settings.freeze);
    return part;
}

bool trainsApart(const TrainSettings& settings) {
    return settings.method == "lora" || !commaList(settings.freeze).empty();
}

}  // namespace studio
