// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>

#include "core/formats/sha256.h"
#include "core/storage/project.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

constexpr SplitSettings kValidationFromTrain{0.05, 0.0, 42};

/// With very few rows the share comes to nothing: then the last row whose prompt stands alone.
std::int64_t lastWithOwnPrompt(const std::vector<Record>& records) {
    std::map<std::pair<std::string, std::string>, int> uses;
    for (const Record& record : records) ++uses[{record.instruction, record.input}];
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        if (uses.size() > 1 && uses[{record->instruction, record->input}] == 1) return record->id;
    }
    return 0;
}

void takeValidationFromTrain(TrainingRecords& result) {
    // Rows without a response cannot be learned from, nor measured with.
    std::vector<Record> answered;
    std::copy_if(result.train.begin(), result.train.end(), std::back_inserter(answered),
                 [](const Record& record) { return !trimmed(record.output).empty(); });
    std::unordered_map<std::int64_t, bool> taken;
    for (const SplitAssignment& assignment : dealSplits(answered, kValidationFromTrain)) {
        if (assignment.split == Split::Validation) taken[assignment.recordId] = true;
    }
    if (taken.empty()) {
        if (const std::int64_t id = lastWithOwnPrompt(answered)) taken[id] = true;
    }
    std::vector<Record> kept;
    for (Record& record : result.train) {
        (taken.count(record.id) != 0 ? result.validation : kept).push_back(std::move(record));
    }
    result.train = std::move(kept);
    result.validationTakenFromTrain = !result.validation.empty();
}

}  // namespace

std::string Project::snapshotHash(const std::vector<Record>& records) {
    Sha256 hash;
    for (const Record& record : records) {
        std::string head = std::to_string(record.id) + " " + studio::name(record.split);
        const std::string* texts[] = {&record.instruction, &record.input, &record.output, &record.system};
        // Lengths part the texts, so that no two snapshots look alike.
        for (const std::string* text : texts) head += " " + std::to_string(text->size());
        hash.update(head + "\n");
        for (const std::string* text : texts) hash.update(*text);
    }
    return hash.finish();
}

TrainingRecords trainingRecords(const Project& project) {
    RecordQuery accepted;
    accepted.status = RecordStatus::Accepted;
    std::vector<Record> records = project.records(accepted);
    std::erase_if(records, [](const Record& record) { return record.kind != RecordKind::Pair; });
    // As long as nobody said which rows are for training, those that are set aside for nothing else are.
    const bool anyTrain =
        std::any_of(records.begin(), records.end(), [](const Record& r) { return r.split == Split::Train; });
    TrainingRecords result;
    for (Record& record : records) {
        if (record.split == Split::Train || (record.split == Split::None && !anyTrain)) {
            result.train.push_back(std::move(record));
        } else if (record.split == Split::Validation) {
            result.validation.push_back(std::move(record));
        } else if (record.split == Split::None) {
            result.leftOut.push_back(record.id);
        }
    }
    if (result.validation.empty()) takeValidationFromTrain(result);
    return result;
}

}  // namespace studio
