// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/pair_maker.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/sample/wordings.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/studio_test.h"

namespace {

std::set<std::string> countriesOf(const std::vector<studio::SamplePair>& pairs) {
    std::set<std::string> names;
    for (const auto& pair : pairs) names.insert(pair.country);
    return names;
}

}  // namespace

class PairMakerTest : public QObject {
    Q_OBJECT

    std::vector<studio::Country> m_countries;
    studio::SamplePairs m_pairs;

private Q_SLOTS:
    void initTestCase() {
        m_countries = studio::readFactTable(studio::resourcePath("embedded/facts/countries.tsv"));
        m_pairs = studio::makePairs(m_countries, studio::kDefaultPairSeed);
    }

    void committedFiles_defaultSeed_areWhatTheProgramMakes() {
        QCOMPARE(studio::readFile(studio::resourcePath("sample/countries_train.json")),
                 studio::alpacaJson(m_pairs.train));
        QCOMPARE(studio::readFile(studio::resourcePath("sample/countries_test.json")),
                 studio::alpacaJson(m_pairs.test));
    }

    void pairs_sameSeed_areTheSame() {
        const auto again = studio::makePairs(m_countries, studio::kDefaultPairSeed);
        QCOMPARE(studio::alpacaJson(again.train), studio::alpacaJson(m_pairs.train));
        QCOMPARE(studio::alpacaJson(again.test), studio::alpacaJson(m_pairs.test));
    }

    void pairs_otherSeed_holdOutOthers() {
        const auto other = studio::makePairs(m_countries, studio::kDefaultPairSeed + 1);
        QVERIFY(countriesOf(other.test) != countriesOf(m_pairs.test));
    }

    void countries_trainAndTest_areDisjointAndComplete() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const auto pairs = studio::makePairs(m_countries, seed);
            const auto train = countriesOf(pairs.train);
            const auto test = countriesOf(pairs.test);
            QCOMPARE(train.size(), std::size_t{131});
            QCOMPARE(test.size(), std::size_t{66});
            for (const auto& name : test) QVERIFY2(train.count(name) == 0, name.c_str());
        }
    }

    void pairs_everyCountry_haveTheKindsOfTheirSplit() {
        std::map<std::string, std::size_t> train;
        std::map<std::string, std::size_t> test;
        for (const auto& pair : m_pairs.train) ++train[pair.country];
        for (const auto& pair : m_pairs.test) ++test[pair.country];
        for (const auto& country : m_countries) {
            const bool capitalLeftOut = country.value(studio::FactKind::Capital).empty();
            if (test.count(country.name) > 0) {
                QCOMPARE(test[country.name], std::size_t{capitalLeftOut ? 2u : 3u});
            } else {
                QVERIFY(train[country.name] == 2 || (capitalLeftOut && train[country.name] == 1));
            }
        }
    }

    void trainingPairs_kinds_comeAboutEquallyOften() {
        std::map<std::string, int> kinds;
        for (const auto& pair : m_pairs.train) ++kinds[pair.instruction.substr(0, 16)];
        QCOMPARE(kinds.size(), std::size_t{3});
        for (const auto& [kind, count] : kinds) QVERIFY2(count >= 85 && count <= 88, kind.c_str());
    }

    void instructions_all_areAskedOnceOnly() {
        std::set<std::string> instructions;
        for (const auto* list : {&m_pairs.train, &m_pairs.test}) {
            for (const auto& pair : *list) instructions.insert(pair.instruction);
        }
        QCOMPARE(instructions.size(), m_pairs.train.size() + m_pairs.test.size());
    }

    void json_pair_hasTheAlpacaKeysInOrder() {
        const auto text = studio::alpacaJson({{"Peru", "What?", "Lima \"x\"."}});
        QCOMPARE(text, std::string("[\n  {\n    \"instruction\": \"What?\",\n    \"input\": \"\",\n"
                                   "    \"output\": \"Lima \\\"x\\\".\"\n  }\n]\n"));
        QVERIFY(nlohmann::json::parse(text)[0]["input"] == "");
    }

    void pairs_tooFewCountries_areRefused() {
        QVERIFY_EXCEPTION_THROWN(studio::makePairs({m_countries[0], m_countries[1]}, 1), studio::Error);
    }
};

STUDIO_TEST(PairMakerTest)
#include "pair_maker_test.moc"
