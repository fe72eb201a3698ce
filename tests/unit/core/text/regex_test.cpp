// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/regex.h"

#include "core/base/error.h"
#include "tests/support/studio_test.h"

using studio::Error;
using studio::ErrorCode;
using studio::Regex;
using studio::TextRange;

namespace {

std::vector<std::string> found(const char* pattern, const std::string& text) {
    std::vector<std::string> words;
    for (const TextRange& range : Regex(pattern).matches(text))
        words.push_back(text.substr(range.begin, range.end - range.begin));
    return words;
}

using Words = std::vector<std::string>;

}  // namespace

class RegexTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matches_byteOffsets_areThoseOfTheUtf8Text() {
        const auto ranges = Regex("\\p{L}+").matches("é 中文 𝄞 x");
        QCOMPARE(ranges, (std::vector<TextRange>{{0, 2}, {3, 9}, {15, 16}}));
        QVERIFY(Regex("a").matches("").empty());
    }

    void matches_rubySyntax_meansWhatOnigurumaMeans() {
        QCOMPARE(found("\\s", "a\vb\u0085c"), (Words{"\v", "\u0085"}));
        QCOMPARE(found("\\h+", "xFf0 g"), (Words{"Ff0"}));
        QCOMPARE(found(".+", "a\rb\u2028c\nd"), (Words{"a\rb\u2028c", "d"}));
        QCOMPARE(found("^.", "ab\ncd\re\n"), (Words{"a", "c"}));
        QCOMPARE(found(".$", "ab\ncd\re"), (Words{"b", "e"}));
        QCOMPARE(found("\\w+", "a_b² x\u0301-\u0903"), (Words{"a_b²", "x\u0301", "\u0903"}));
        QCOMPARE(found("[\\w]+", "a²"), (Words{"a"}));
        QCOMPARE(found("[^\\s\\p{L}]+", "a1 2b,"), (Words{"1", "2", ","}));
        QCOMPARE(found("[a-z&&[^aeiou]]+", "abcde"), (Words{"bcd"}));
        QCOMPARE(found("\\p{^L}+|\\P{N}", "a1"), (Words{"a", "1"}));
        QCOMPARE(found("(?i:'s)", "'S'ſ's"), (Words{"'S", "'ſ", "'s"}));
        QCOMPARE(found("\\p{N}{1,3}", "1234"), (Words{"123", "4"}));
        QCOMPARE(found("\\p{N}{1,3}+", "1234 5"), (Words{"1234", "5"}));  // not possessive: repeated
        QCOMPARE(found("x{2}+", "xxxxx"), (Words{"xxxx"}));
        QCOMPARE(found("x{,2}y", "xxxy"), (Words{"xxy"}));
        QCOMPARE(found("\\u0041|\\x42|\\x{1F600}", "AB😀"), (Words{"A", "B", "😀"}));
        QCOMPARE(found("[-a]|[b\\-]", "-ab"), (Words{"-", "a", "b"}));
        QCOMPARE(found("\\s+(?!\\S)|\\s+", "a   b"), (Words{"  ", " "}));
        QCOMPARE(found("\\p{Han}+", "a漢字か"), (Words{"漢字"}));
        QCOMPARE(found("\\b\\w", "ab ²c-é\u200Dd"), (Words{"a", "²", "é", "d"}));
        QCOMPARE(found("\\Bb\\B|a\\b", "abb ba b"), (Words{"b", "a"}));
    }

    void matches_emptyMatchBehindAnother_isNone() {
        // As the onig crate walks: "aab" has the matches [0, 2), and an empty one at 3.
        QCOMPARE(Regex("a*").matches("aab"), (std::vector<TextRange>{{0, 2}, {3, 3}}));
        QCOMPARE(Regex("x*").matches("é"), (std::vector<TextRange>{{0, 0}, {2, 2}}));
    }

    void construct_whatIsNotExact_isRefusedByName_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("broken");
        for (const char* pattern : {"(a", "a)", "[a", "[z-a]", "*a", "\\p{L", "\\x{", "\\x{110000}", "a\\"})
            QTest::newRow(pattern) << QByteArray(pattern) << true;
        for (const char* pattern :
             {"(a)\\1", "(?<n>a)", "\\Gx", "[[:alpha:]]", "(?m:a)", "(?i:é)", "(?i:ss)", "(?i:\\p{L})",
              "\\p{Foo}", "a{2}?", "a**", "a{", "\\R", "[]a]", "\\xff", "a{1,2000}", "[\\w-z]", "[a-z-9]"})
            QTest::newRow(pattern) << QByteArray(pattern) << false;
    }

    void construct_whatIsNotExact_isRefusedByName() {
        QFETCH(const QByteArray, pattern);
        QFETCH(const bool, broken);
        try {
            const Regex regex(pattern.toStdString());
            QFAIL("the pattern was taken");
        } catch (const Error& e) {
            QCOMPARE(e.code(), broken ? ErrorCode::BadFormat : ErrorCode::UnsupportedFormat);
            QVERIFY2(std::string(e.what()).find("of the pattern") != std::string::npos, e.what());
        }
    }

    void matches_catastrophicPattern_endsWithAnError() {
        const Regex regex("(?:a|a|aa)+$x");
        try {
            regex.matches(std::string(2000, 'a') + "b");
            QFAIL("it ended");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::InvalidArgument);
        }
    }
};

STUDIO_TEST(RegexTest)
#include "regex_test.moc"
