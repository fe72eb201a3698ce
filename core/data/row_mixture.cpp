// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_mixture.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/config/mixture.h"
#include "core/formats/sha256.h"

namespace studio {

namespace {

/// The place of the record's source among those that are named, or behind them.
std::size_t sourceOf(const Record& record, const std::vector<SourceWeight>& weights) {
    const auto found = std::find_if(weights.begin(), weights.end(), [&](const SourceWeight& weight) {
        return weight.source == record.source;
    });
    return static_cast<std::size_t>(found - weights.begin());
}

}  // namespace

RowMixture mixtureOf(const std::vector<Example>& examples, const std::vector<Record>& records,
                     const TrainSettings& settings, std::vector<std::string>& unknown) {
    std::optional<std::string> problem;
    const std::vector<SourceWeight> weights = parseMixture(settings.mixture, problem);
    RowMixture mixture;
    if (weights.empty()) return mixture;
    mixture.weights.assign(weights.size() + 1, 1.0);  // the last one is for all other sources
    for (std::size_t i = 0; i < weights.size(); ++i) mixture.weights[i] = weights[i].weight;
    std::map<std::int64_t, std::size_t> sourceOfRow;
    for (const Record& record : records) sourceOfRow[record.id] = sourceOf(record, weights);
    std::vector<bool> met(weights.size() + 1, false);
    for (const Example& example : examples) {
        const std::size_t source = sourceOfRow.at(example.rowId);
        mixture.sources.push_back(source);
        met[source] = true;
    }
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!met[i]) unknown.push_back(weights[i].source);
    // Nothing that is there is named: every row comes once, in the order of a run without a mixture.
    if (std::none_of(met.begin(), met.end() - 1, [](bool found) { return found; })) return {};
    return mixture;
}

std::string mixtureHash(const std::vector<Record>& records, const TrainSettings& settings) {
    std::optional<std::string> problem;
    const std::vector<SourceWeight> weights = parseMixture(settings.mixture, problem);
    if (weights.empty()) return {};
    Sha256 hash;
    for (const Record& record : records)
        hash.update(std::to_string(record.id) + " " + std::to_string(sourceOf(record, weights)) + "\n");
    return hash.finish();
}

}  // namespace studio
