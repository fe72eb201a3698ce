// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/fact_table.h"

#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/studio_test.h"

namespace {

const std::string kHeader = "country\tin_text\tcapital\tcontinent\tcurrency\tlanguage\tdemonym\n";

std::vector<studio::Country> table() {
    return studio::readFactTable(studio::resourcePath("embedded/facts/countries.tsv"));
}

/// What readFactTable says about a broken table, or an empty string where it says nothing.
std::string complaint(const std::string& bytes) {
    try {
        studio::parseFactTable(bytes, "facts.tsv");
    } catch (const studio::Error& error) {
        return error.code() == studio::ErrorCode::BadFormat ? error.cause() : std::string("another code");
    }
    return {};
}

}  // namespace

class FactTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table_ownFile_holdsEveryCountryOnce() {
        const auto countries = table();
        QCOMPARE(countries.size(), std::size_t{197});
        std::set<std::string> names;
        std::set<std::string> inText;
        for (const auto& country : countries) {
            names.insert(country.name);
            inText.insert(country.inText);
        }
        QCOMPARE(names.size(), countries.size());
        QCOMPARE(inText.size(), countries.size());
    }

    void table_ownFile_isSortedAndPlainAscii() {
        const auto countries = table();
        for (std::size_t i = 1; i < countries.size(); ++i) QVERIFY(countries[i - 1].name < countries[i].name);
        for (const char c : studio::readFile(studio::resourcePath("embedded/facts/countries.tsv"))) {
            QVERIFY(c == '\t' || c == '\n' || (c >= ' ' && c <= '~'));
        }
    }

    void inText_ownFile_isNameWithOrWithoutArticle() {
        for (const auto& country : table()) {
            QVERIFY2(country.inText == country.name || country.inText == "the " + country.name,
                     country.name.c_str());
        }
    }

    void continents_ownFile_haveTheKnownSizes() {
        std::map<std::string, int> count;
        for (const auto& country : table()) ++count[country.value(studio::FactKind::Continent)];
        const std::map<std::string, int> expected = {{"Africa", 54},        {"Asia", 49},
                                                     {"Europe", 45},        {"Oceania", 14},
                                                     {"North America", 23}, {"South America", 12}};
        QVERIFY(count == expected);
    }

    void capitals_ownFile_areDistinct() {
        std::set<std::string> capitals;
        std::size_t told = 0;
        for (const auto& country : table()) {
            if (country.value(studio::FactKind::Capital).empty()) continue;
            capitals.insert(country.value(studio::FactKind::Capital));
            ++told;
        }
        QCOMPARE(capitals.size(), told);
    }

    void leftOutFacts_ownFile_areTheThreeThatTheReadmeNames() {
        std::set<std::string> leftOut;
        for (const auto& country : table()) {
            for (const auto kind : studio::kAllFactKinds) {
                if (country.value(kind).empty())
                    leftOut.insert(country.name + " " + std::to_string(int(kind)));
            }
        }
        const std::set<std::string> expected = {"Israel 0", "Palestine 0", "Vatican City 4"};
        QVERIFY(leftOut == expected);
    }

    void parse_goodLine_givesTheCells() {
        const auto countries =
            studio::parseFactTable(kHeader + "Gambia\tthe Gambia\tBanjul\tAfrica\tdalasi\tEnglish\t-\n", "f");
        QCOMPARE(countries.size(), std::size_t{1});
        QCOMPARE(countries[0].inText, std::string("the Gambia"));
        QCOMPARE(countries[0].value(studio::FactKind::Currency), std::string("dalasi"));
        QVERIFY(countries[0].value(studio::FactKind::Demonym).empty());
    }

    void parse_badTable_isRefusedWithItsLine_data() {
        QTest::addColumn<QString>("bytes");
        QTest::addColumn<QString>("place");
        const QString header = QString::fromStdString(kHeader);
        const QString good = "Peru\tPeru\tLima\tSouth America\tsol\tSpanish\tPeruvian\n";
        QTest::newRow("nothing") << QString() << "line 1";
        QTest::newRow("no country") << header << "line 1";
        QTest::newRow("other columns") << QString("country\tcapital\n") << "line 1";
        QTest::newRow("too few cells") << header + good + "Chile\tChile\tSantiago\n"
                                       << "line 3: it has 3 cells";
        QTest::newRow("empty cell") << header + "Chile\tChile\t\tSouth America\tpeso\tSpanish\tChilean\n"
                                    << "line 2";
        QTest::newRow("space at edge")
            << header + "Chile\tChile\t Lima\tSouth America\tpeso\tSpanish\tChilean\n"
            << "line 2";
        QTest::newRow("full stop") << header + "Chile\tChile\tSt. X\tSouth America\tpeso\tSpanish\tChilean\n"
                                   << "'St. X'";
        QTest::newRow("brace") << header + "Chile\tChile\t{x}\tSouth America\tpeso\tSpanish\tChilean\n"
                               << "'{x}'";
        QTest::newRow("twice") << header + good + good << "line 3: the country Peru is there twice";
        QTest::newRow("empty line") << header + good + "\n" + good << "line 3";
    }

    void parse_badTable_isRefusedWithItsLine() {
        QFETCH(QString, bytes);
        QFETCH(QString, place);
        const QString said = QString::fromStdString(complaint(bytes.toStdString()));
        QVERIFY2(said.startsWith("facts.tsv, ") && said.contains(place), qPrintable(said));
    }

    void read_missingFile_isFileNotFound() {
        try {
            studio::readFactTable("/nonexistent/facts.tsv");
            QFAIL("a missing table was accepted");
        } catch (const studio::Error& error) {
            QCOMPARE(error.code(), studio::ErrorCode::FileNotFound);
        }
    }
};

STUDIO_TEST(FactTableTest)
#include "fact_table_test.moc"
