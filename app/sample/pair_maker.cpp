// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/pair_maker.h"

#include <array>
#include <nlohmann/json.hpp>

#include "app/sample/wordings.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace studio {

namespace {

constexpr std::array kAskedKinds = {FactKind::Capital, FactKind::Continent, FactKind::Currency};

void addPair(std::vector<SamplePair>& pairs, const Country& country, FactKind kind) {
    if (country.value(kind).empty()) return;
    pairs.push_back({country.name, questionText(country, kind), answerText(country, kind)});
}

}  // namespace

SamplePairs makePairs(const std::vector<Country>& countries, std::uint64_t seed) {
    if (countries.size() < 3) {
        throw Error(ErrorCode::InvalidArgument, "Pairs need at least three countries in the fact table.",
                    "Add countries to the table.");
    }
    Random random(seed);
    std::vector<Country> order = countries;
    random.shuffle(order);
    const std::size_t trained = order.size() * 2 / 3;

    SamplePairs pairs;
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t k = 0; k < kAskedKinds.size(); ++k) {
            // A training country leaves one kind out, another one for each country in turn.
            if (i >= trained) {
                addPair(pairs.test, order[i], kAskedKinds[k]);
            } else if (k != i % kAskedKinds.size()) {
                addPair(pairs.train, order[i], kAskedKinds[k]);
            }
        }
    }
    return pairs;
}

std::string alpacaJson(const std::vector<SamplePair>& pairs) {
    nlohmann::ordered_json array = nlohmann::ordered_json::array();
    for (const SamplePair& pair : pairs) {
        array.push_back({{"instruction", pair.instruction}, {"input", ""}, {"output", pair.output}});
    }
    return array.dump(2) + "\n";
}

}  // namespace studio
