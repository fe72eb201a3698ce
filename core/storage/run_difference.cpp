// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_difference.h"

#include <algorithm>
#include <functional>

#include "core/config/field_table.h"

namespace studio {

namespace {

constexpr std::size_t kShortHash = 8;  // hexadecimal digits that tell hashes of one project apart

std::string folderName(const std::filesystem::path& path) {
    std::filesystem::path folder = path.has_filename() ? path : path.parent_path();
    if (folder.filename() == "model" && folder.has_parent_path()) folder = folder.parent_path();
    return folder.filename().string();
}

using Value = std::optional<FieldValue>;

/// Settings that the others make meaningless are no difference.
Value settingOf(const RunEntry& run, const Field& field) {
    if (!run.settings || !fieldApplies(*run.settings, field)) return std::nullopt;
    // A pretraining names its kind where a training names its method.
    if (field.name == "method" && run.kind == "pretrain") return FieldValue(std::string("pretrain"));
    FieldValue set = value(*run.settings, field.name);
    // Nothing frozen and nothing that could be frozen are the same.
    const auto* text = std::get_if<std::string>(&set);
    if (text && text->empty() && !field.onlyWith.always()) return std::nullopt;
    return set;
}

Value textOf(const std::string& text) {
    return text.empty() ? Value() : Value(FieldValue(text));
}

/// As precise as it is worth telling: two runs of one kind never need the very same bytes.
Value memoryOf(std::uint64_t bytes) {
    const std::uint64_t unit = bytes >= 1'000'000'000 ? 100'000'000 : 10'000'000;
    const std::uint64_t rounded = (bytes + unit / 2) / unit * unit;
    return bytes > 0 ? Value(FieldValue(static_cast<std::int64_t>(std::max(rounded, unit)))) : Value();
}

/// Without words: it is shown in every language.
Value rateChangesOf(const RunEntry& run) {
    std::string text;
    for (const RunRateChange& change : run.rateChanges) {
        text += (text.empty() ? "" : ", ") + std::to_string(change.step) + ": " + numberText(change.from) +
                " → " + numberText(change.to);
    }
    return textOf(text);
}

struct Fact {
    const char* name;
    std::function<Value(const RunEntry&)> read;
    /// What decides whether two are the same, where the value shown does not.
    std::function<std::string(const RunEntry&)> identity;
};

const std::vector<Fact>& facts() {
    static const std::vector<Fact> all = {
        {"base_model", [](const RunEntry& run) { return textOf(folderName(run.summary.baseModel)); },
         [](const RunEntry& run) { return run.baseHash; }},
        {"template", [](const RunEntry& run) { return textOf(run.summary.templateName); },
         [](const RunEntry& run) { return run.templateHash; }},
        {"data_snapshot", [](const RunEntry& run) { return textOf(run.dataHash.substr(0, kShortHash)); }, {}},
        {"train_rows",
         [](const RunEntry& run) { return run.trainRows ? Value(FieldValue(*run.trainRows)) : Value(); },
         {}},
        {"validation_rows",
         [](const RunEntry& run) {
             return run.validationRows ? Value(FieldValue(*run.validationRows)) : Value();
         },
         {}},
        {"learning_rate_changes", rateChangesOf, {}},
        {"steps", [](const RunEntry& run) { return Value(FieldValue(run.steps)); }, {}},
        {"peak_memory", [](const RunEntry& run) { return memoryOf(run.peakMemoryBytes); }, {}},
        {"computed_on",
         [](const RunEntry& run) {
             return textOf(run.precision.empty() ? run.device : run.device + " " + run.precision);
         },
         {}},
    };
    return all;
}

/// Two of one name that are not the same (a template that was edited by hand) are told apart by their hash.
void tellApart(RunField& field, const Fact& fact, const RunEntries& runs) {
    if (!fact.identity) return;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::string own = fact.identity(*runs[i]);
        const bool shared =
            field.values[i] && !own.empty() && std::any_of(runs.begin(), runs.end(), [&](const auto& other) {
                const std::string theirs = fact.identity(*other);
                return fact.read(*other) == fact.read(*runs[i]) && !theirs.empty() && theirs != own;
            });
        if (shared)
            field.values[i] = std::get<std::string>(*field.values[i]) + " " + own.substr(0, kShortHash / 2);
    }
}

}  // namespace

bool RunField::differsFromFirst(std::size_t run) const {
    return values[run] != values.front();
}

bool RunField::differs() const {
    return std::any_of(values.begin(), values.end(),
                       [this](const Value& each) { return each != values.front(); });
}

std::int64_t RunDifference::differing() const {
    return std::count_if(fields.begin(), fields.end(), [](const RunField& field) { return field.differs(); });
}

const RunField* RunDifference::find(const std::string& name) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const RunField& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

RunDifference compareRuns(const RunEntries& runs) {
    RunDifference difference;
    const auto add = [&difference](RunField field) {
        const bool known = std::any_of(field.values.begin(), field.values.end(),
                                       [](const Value& each) { return each.has_value(); });
        if (known) difference.fields.push_back(std::move(field));
    };
    for (const Field& setting : trainFields()) {
        RunField field{setting.name, true, {}};
        for (const auto& run : runs) field.values.push_back(settingOf(*run, setting));
        add(std::move(field));
    }
    for (const Fact& fact : facts()) {
        RunField field{fact.name, false, {}};
        for (const auto& run : runs) field.values.push_back(fact.read(*run));
        tellApart(field, fact, runs);
        add(std::move(field));
    }
    return difference;
}

std::vector<std::string> incomparable(const RunDifference& difference) {
    std::vector<std::string> names;
    for (const char* name : {"base_model", "template", "cutoff", "train_on_prompt", "data_snapshot"}) {
        const RunField* field = difference.find(name);
        if (field && field->differs()) names.emplace_back(name);
    }
    return names;
}

}  // namespace studio
