// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/split.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/random.h"

namespace studio {

namespace {

/// The positions of the records that share one prompt.
struct PromptGroup {
    std::int64_t smallestId = 0;
    std::vector<std::size_t> members;
};

std::string promptKey(const Record& record) {
    // Lengths part the fields, so that no text can imitate another pair of fields.
    return std::to_string(record.instruction.size()) + ":" + std::to_string(record.input.size()) + ":" +
           std::to_string(record.system.size()) + ":" + record.instruction + record.input + record.system +
           record.messages;
}

void checkShare(double share, const char* what) {
    if (share >= 0.0 && share < 1.0) return;  // false for NaN
    char text[40];
    std::snprintf(text, sizeof text, "%g", share);
    throw Error(ErrorCode::SettingInvalid, std::string("The ") + what + " share is " + text + ".",
                "Give a share of at least 0 and below 1, for example 0.1.", {what});
}

/// Rows for a share: to the nearest, but one where a share was asked for and there are rows enough.
std::size_t shareOf(std::size_t rows, double share) {
    if (share <= 0.0 || rows < 3) return 0;
    return std::max<std::size_t>(1,
                                 static_cast<std::size_t>(std::llround(static_cast<double>(rows) * share)));
}

std::vector<PromptGroup> groupByPrompt(const std::vector<Record>& records) {
    std::vector<PromptGroup> groups;
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto [entry, isNew] = known.try_emplace(promptKey(records[i]), groups.size());
        if (isNew) groups.push_back({records[i].id, {}});
        PromptGroup& group = groups[entry->second];
        group.smallestId = std::min(group.smallestId, records[i].id);
        group.members.push_back(i);
    }
    std::sort(groups.begin(), groups.end(),
              [](const PromptGroup& a, const PromptGroup& b) { return a.smallestId < b.smallestId; });
    return groups;
}

}  // namespace

std::vector<SplitAssignment> dealSplits(const std::vector<Record>& records, const SplitSettings& settings) {
    checkShare(settings.validationShare, "validation");
    checkShare(settings.testShare, "test");
    if (settings.validationShare + settings.testShare >= 1.0) {
        throw Error(ErrorCode::SettingInvalid, "The validation and test shares leave nothing to train on.",
                    "Make the two shares add up to less than 1.");
    }
    std::vector<PromptGroup> groups = groupByPrompt(records);
    Random random(settings.seed);
    random.shuffle(groups);

    std::vector<SplitAssignment> assignments(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) assignments[i] = {records[i].id, Split::Train};
    std::size_t testLeft = shareOf(records.size(), settings.testShare);
    std::size_t validationLeft = shareOf(records.size(), settings.validationShare);
    // Shares are rounded apart: together they must leave a row to train on.
    const std::size_t most = records.empty() ? 0 : records.size() - 1;
    testLeft = std::min(testLeft, most);
    validationLeft = std::min(validationLeft, most - testLeft);
    for (const PromptGroup& group : groups) {
        const std::size_t size = group.members.size();
        Split split = Split::Train;  // also for a group that is larger than what a share still has room for
        if (size <= testLeft) {
            split = Split::Test;
            testLeft -= size;
        } else if (size <= validationLeft) {
            split = Split::Validation;
            validationLeft -= size;
        }
        for (const std::size_t member : group.members) assignments[member].split = split;
    }
    return assignments;
}

}  // namespace studio
