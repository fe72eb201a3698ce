// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_text.h"

#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class TerminalTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void displayWidth_hanCountsTwo_combiningNone() {
        QCOMPARE(displayWidth("abc"), 3);
        QCOMPARE(displayWidth("首都是"), 6);
        QCOMPARE(displayWidth("e\xcc\x81"), 1);
        QCOMPARE(displayWidth("\xff\xfe"), 2);
        QCOMPARE(displayWidth("。，ｆ"), 6);
    }

    void withoutControls_escapeSequence_isHarmless() {
        QCOMPARE(withoutControls("a\x1b[31mb\r\n\tc\x7f"), std::string("a\ufffd[31mb\ufffd\n\tc\ufffd"));
        QCOMPARE(withoutControls("é 首"), std::string("é 首"));
    }

    void wrapText_breaksAtSpaces() {
        QCOMPARE(wrapText("one two three", 8), (std::vector<std::string>{"one two", "three"}));
        QCOMPARE(wrapText("one two", 7), (std::vector<std::string>{"one two"}));
        QCOMPARE(wrapText("a\n\nb", 5), (std::vector<std::string>{"a", "", "b"}));
        QCOMPARE(wrapText("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
    }

    void wrapText_han_breaksBetweenCharacters() {
        QCOMPARE(wrapText("墨西哥的首都", 5), (std::vector<std::string>{"墨西", "哥的", "首都"}));
        for (const std::string& line : wrapText("The capital 首都是 Mexico City 墨西哥城。", 9)) {
            QVERIFY2(displayWidth(line) <= 9, line.c_str());
        }
    }

    void wrapText_losesNoCharacter() {
        const std::string text = "Ein langer Satz mit 中文 und Donaudampfschifffahrtsgesellschaft darin";
        for (int columns = 2; columns < 40; ++columns) {
            std::string joined, expected;
            for (const std::string& line : wrapText(text, columns)) joined += line;
            for (const char c : text) {
                if (c != ' ') expected += c;
            }
            std::erase(joined, ' ');
            QCOMPARE(joined, expected);
        }
    }

    void fitted_fillsOrCuts() {
        QCOMPARE(fitted("ab", 4), std::string("ab  "));
        QCOMPARE(fitted("abcdef", 4), std::string("abc…"));
        QCOMPARE(displayWidth(fitted("首都首都", 6)), 6);
        QCOMPARE(fitted("a\nb", 3), std::string("a⏎b"));
    }

    void sideBySide_linesUpColumns() {
        QCOMPARE(sideBySide({"base\nfirst answer that is long", "tuned\nshort"}, 35, 3),
                 std::string("base               tuned\nfirst answer       short\nthat is long"));
    }
};

STUDIO_TEST(TerminalTextTest)

}  // namespace

#include "terminal_text_test.moc"
