// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/wordings.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/studio_test.h"

using studio::FactKind;

class WordingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statements_everyKind_haveFiveWordingsWithBothPlaceholders() {
        for (const FactKind kind : studio::kAllFactKinds) {
            const auto& wordings = studio::statementWordings(kind);
            QVERIFY(wordings.size() >= 5);
            QCOMPARE(std::set<std::string>(wordings.begin(), wordings.end()).size(), wordings.size());
            for (const std::string& wording : wordings) {
                QVERIFY(wording.find("{c}") != std::string::npos || wording.find("{C}") != std::string::npos);
                QVERIFY(wording.find("{x}") != std::string::npos || wording.find("{X}") != std::string::npos);
                QVERIFY(wording.find('.') == wording.size() - 1);
            }
        }
    }

    void statements_everyKind_haveValueFirstAndCountryFirst() {
        for (const FactKind kind : studio::kAllFactKinds) {
            int valueFirst = 0;
            int countryFirst = 0;
            for (const std::string& wording : studio::statementWordings(kind)) {
                const auto country = std::min(wording.find("{c}"), wording.find("{C}"));
                const auto value = std::min(wording.find("{x}"), wording.find("{X}"));
                ++(value < country ? valueFirst : countryFirst);
            }
            QVERIFY(valueFirst >= 1 && countryFirst >= 2);
        }
    }

    void statement_countryWithArticle_isGrammatical() {
        const studio::Country country{
            "Gambia", "the Gambia", {"Banjul", "Africa", "dalasi", "English", "Gambian"}};
        QCOMPARE(studio::statementText("{C} uses the {x}.", country, FactKind::Currency),
                 std::string("The Gambia uses the dalasi."));
        QCOMPARE(studio::statementText("{X} is the money of {c}.", country, FactKind::Currency),
                 std::string("Dalasi is the money of the Gambia."));
        QCOMPARE(studio::answerText(country, FactKind::Continent), std::string("The Gambia is in Africa."));
        QCOMPARE(studio::questionText(country, FactKind::Continent),
                 std::string("Which continent is the Gambia in?"));
    }

    void statement_placeholderInAValue_isLeftAlone() {
        const studio::Country country{"A", "{x}", {"{c}", "Asia", "b", "c", "d"}};
        QCOMPARE(studio::answerText(country, FactKind::Capital), std::string("The capital of {x} is {c}."));
    }

    void statement_factLeftOut_throws() {
        const studio::Country country{"A", "A", {"", "Asia", "b", "c", "d"}};
        QVERIFY_EXCEPTION_THROWN(studio::answerText(country, FactKind::Capital), studio::Error);
    }

    void question_everyKindAndCountry_isItsOwn() {
        std::set<std::string> questions;
        const auto countries = studio::readFactTable(studio::resourcePath("embedded/facts/countries.tsv"));
        for (const auto& country : countries) {
            for (const FactKind kind : studio::kAllFactKinds)
                questions.insert(studio::questionText(country, kind));
        }
        QCOMPARE(questions.size(), countries.size() * std::size(studio::kAllFactKinds));
    }
};

STUDIO_TEST(WordingsTest)
#include "wordings_test.moc"
