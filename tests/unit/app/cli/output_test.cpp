// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <limits>
#include <sstream>

#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class OutputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonLine_brokenBytes_becomeReplacementCharacters() {
        std::ostringstream out, error;
        Output output(out, error, {.json = true});
        output.jsonLine({{"text", "a\xff"}, {"loss", std::numeric_limits<double>::quiet_NaN()}});
        QCOMPARE(out.str(), std::string("{\"text\":\"a\ufffd\",\"loss\":null}\n"));
    }

    void error_isOneLine() {
        std::ostringstream out, error;
        Output output(out, error, {});
        output.error("first\nsecond \x1b[2J");
        QCOMPARE(error.str(), std::string("error: first second \ufffd[2J\n"));
        QCOMPARE(out.str(), std::string());
    }

    void progress_withoutTerminal_writesNothing() {
        std::ostringstream out, error;
        Output output(out, error, {});
        output.progress({"training", 1, 10, "loss 1.0", 5.0});
        QCOMPARE(error.str(), std::string());
    }

    void progress_onTerminal_showsTimeLeftAndIsCleared() {
        std::ostringstream out, error;
        {
            Output output(out, error, {.errorIsTerminal = true, .columns = 100});
            output.progress({"training", 5, 10, "loss 1.0", 65.0});
            QVERIFY(error.str().find("5/10 · 1:05 left · loss 1.0") != std::string::npos);
        }
        QVERIFY(error.str().ends_with("\r\x1b[K"));
    }

    void table_lastColumnGivesWay() {
        std::ostringstream out, error;
        Output output(out, error, {.columns = 24});
        output.table({"row", "text"}, {{"1", "short"}, {"12", "a text that is much too long for this"}});
        QCOMPARE(out.str(), std::string("row  text\n1    short\n12   a text that is muc…\n"));
    }

    void durationText_hoursOnlyWhenNeeded() {
        QCOMPARE(durationText(0.0), std::string("0:00"));
        QCOMPARE(durationText(127.0), std::string("2:07"));
        QCOMPARE(durationText(3909.0), std::string("1:05:09"));
    }

    void numbers_haveFixedDecimals() {
        QCOMPARE(percentText(97.0), std::string("97.0 %"));
        QCOMPARE(numberText(std::numeric_limits<double>::quiet_NaN(), 2), std::string("–"));
        QCOMPARE(counted(1, "row"), std::string("1 row"));
        QCOMPARE(counted(2, "row"), std::string("2 rows"));
    }
};

STUDIO_TEST(OutputTest)

}  // namespace

#include "output_test.moc"
