// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/value_checks.h"

#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class ValueChecksTest : public QObject {
    Q_OBJECT

    /// The problem with `text`, empty when it is taken.
    static std::string problemOf(const CLI::Validator& check, const std::string& text) {
        std::string changed = text;
        return check(changed);
    }

private Q_SLOTS:
    void wholeNumber_noUpperBound_saysAtLeast() {
        const CLI::Validator check = wholeNumber(1);
        for (const char* text : {"1", "42", "9223372036854775807"})
            QCOMPARE(problemOf(check, text), std::string());
        QCOMPARE(problemOf(check, "-1"), std::string("\"-1\" is not a whole number of at least 1"));
        for (const char* text :
             {"0", "", "abc", "1.5", "1e3", " 1", "1x", "0x1", "nan", "-99999999999999999999"}) {
            const std::string problem = problemOf(check, text);
            QVERIFY2(problem.ends_with("is not a whole number of at least 1"), text);
        }
    }

    void wholeNumber_tooLarge_repeatsWhatWasTyped() {
        QCOMPARE(
            problemOf(wholeNumber(1), "99999999999999999999"),
            std::string("\"99999999999999999999\" is too large; the largest number is 9223372036854775807"));
    }

    void wholeNumber_twoBounds_namesBoth() {
        QCOMPARE(problemOf(wholeNumber(1, 1024), "1024"), std::string());
        QCOMPARE(problemOf(wholeNumber(1, 1024), "2000"),
                 std::string("\"2000\" is not a whole number from 1 to 1024"));
    }

    void wholeNumber_leadingZeros_staysDecimal() {
        std::int64_t row = 0;
        CLI::App app;
        app.add_option("--row", row)->transform(wholeNumber(1));
        app.parse("--row 010");
        QCOMPARE(row, std::int64_t(10));
    }

    void numberBetween_nanAndInfinity_areRefused() {
        const CLI::Validator check = numberBetween(0.0, 0.99);
        for (const char* text : {"0", "0.99", ".5", "1e-3"}) QCOMPARE(problemOf(check, text), std::string());
        for (const char* text : {"nan", "-nan", "inf", "2", "-0.1", "", "half", "0.1x"}) {
            const std::string problem = problemOf(check, text);
            QVERIFY2(problem.ends_with("is not a number from 0 to 0.99"), text);
        }
    }

    void help_namesTheBounds() {
        std::int64_t limit = 0;
        double share = 0.0;
        CLI::App app;
        app.add_option("--limit", limit)->transform(wholeNumber(1));
        app.add_option("--share", share)->check(numberBetween(0.0, 0.5));
        QVERIFY2(app.help().find("1 or more") != std::string::npos, app.help().c_str());
        QVERIFY2(app.help().find("0 to 0.5") != std::string::npos, app.help().c_str());
    }

    void notEmpty_refusesOnlyTheEmptyText() {
        QVERIFY(!problemOf(notEmpty(), "").empty());
        QCOMPARE(problemOf(notEmpty(), " "), std::string());
    }
};

STUDIO_TEST(ValueChecksTest)

}  // namespace

#include "value_checks_test.moc"
