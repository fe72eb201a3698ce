// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode.h"

#include "tests/support/studio_test.h"

namespace {

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (const auto& word : studio::searchWords(text)) words.push_back(word.folded);
    return words;
}

using Strings = std::vector<std::string>;

}  // namespace

class UnicodeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstInvalidUtf8_wellFormedText_isNothing() {
        QVERIFY(!studio::firstInvalidUtf8(""));
        QVERIFY(!studio::firstInvalidUtf8("aé臺𝄞"));
        QVERIFY(!studio::firstInvalidUtf8("\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
    }

    void firstInvalidUtf8_malformedText_givesTheOffset() {
        QCOMPARE(studio::firstInvalidUtf8("ab\xFF").value(), std::size_t{2});
        QCOMPARE(studio::firstInvalidUtf8("\xC0\x80").value(), std::size_t{0});          // overlong
        QCOMPARE(studio::firstInvalidUtf8("\xE0\x9F\xBF").value(), std::size_t{0});      // overlong
        QCOMPARE(studio::firstInvalidUtf8("x\xED\xA0\x80").value(), std::size_t{1});     // surrogate
        QCOMPARE(studio::firstInvalidUtf8("\xF4\x90\x80\x80").value(), std::size_t{0});  // above U+10FFFF
        QCOMPARE(studio::firstInvalidUtf8("é\xE8\x87").value(), std::size_t{2});         // unfinished
    }

    void completeUtf8Prefix_everyCut_leavesOutUnfinishedCharactersOnly() {
        const std::string text = "aé臺𝄞";
        const std::vector<std::size_t> complete = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
        for (std::size_t size = 0; size <= text.size(); ++size) {
            QCOMPARE(studio::completeUtf8Prefix(text.substr(0, size)), complete[size]);
        }
        QCOMPARE(studio::completeUtf8Prefix("a\xFF"), std::size_t{2});
        QCOMPARE(studio::completeUtf8Prefix("\x80\x80\x80"), std::size_t{3});
        QCOMPARE(studio::completeUtf8Prefix("\xED\xA0"), std::size_t{2});
    }

    void replaceInvalidUtf8_brokenBytes_becomeOneReplacementEach() {
        QCOMPARE(studio::replaceInvalidUtf8("é臺"), std::string("é臺"));
        QCOMPARE(studio::replaceInvalidUtf8("\xF0\x9F\x91"), std::string("\uFFFD\uFFFD\uFFFD"));
        QCOMPARE(studio::replaceInvalidUtf8("\xE8\x87z\xFF"), std::string("\uFFFD\uFFFDz\uFFFD"));
    }

    void utf16ToUtf8_bothByteOrders_agree() {
        const std::string little("a\0\x3A\x81\x34\xD8\x1E\xDD", 8);
        const std::string big("\0a\x81\x3A\xD8\x34\xDD\x1E", 8);
        QCOMPARE(studio::utf16ToUtf8(little, false).value(), std::string("a\u813A𝄞"));
        QCOMPARE(studio::utf16ToUtf8(big, true).value(), std::string("a\u813A𝄞"));
        QVERIFY(!studio::utf16ToUtf8("a", false));
        QVERIFY(!studio::utf16ToUtf8(big.substr(0, 6), true));
        QVERIFY(!studio::utf16ToUtf8(std::string("\xDD\x1E", 2), true));
    }

    void codePointCount_mixedText_countsCharacters() {
        QCOMPARE(studio::codePointCount("aé臺𝄞"), std::size_t{4});
    }

    void searchWords_latin_isFoldedAndWithoutPunctuation() {
        QCOMPARE(wordsOf("Hello, WORLD! It's 3.14."), (Strings{"hello", "world", "it's", "3.14"}));
        QCOMPARE(wordsOf("Straße ÉCOLE"), (Strings{"strasse", "école"}));
        QCOMPARE(wordsOf(" \n—…"), Strings{});
    }

    void searchWords_eastAsian_isOneWordACharacter() {
        QCOMPARE(wordsOf("臺北市GPT模型"), (Strings{"臺", "北", "市", "gpt", "模", "型"}));
        QCOMPARE(wordsOf("ひらカナ한국"), (Strings{"ひ", "ら", "カ", "ナ", "한", "국"}));
    }

    void searchWords_offsets_pointIntoTheText() {
        const std::string text = "«Ça» 首都!";
        const auto words = studio::searchWords(text);
        QCOMPARE(words.size(), std::size_t{3});
        QCOMPARE(text.substr(words[0].begin, words[0].end - words[0].begin), std::string("Ça"));
        QCOMPARE(text.substr(words[2].begin, words[2].end - words[2].begin), std::string("都"));
    }

    void trimmed_whiteSpace_goesAtBothEndsOnly() {
        QCOMPARE(studio::trimmed(" \t a b\r\n"), std::string_view("a b"));
        QCOMPARE(studio::trimmed(" \n"), std::string_view());
    }

    void nearest_misspelling_isFound() {
        QCOMPARE(studio::editDistance("kitten", "sitting"), std::size_t{3});
        QCOMPARE(studio::editDistance("臺北", "台北"), std::size_t{1});
        QCOMPARE(studio::nearest("instrucion", {"input", "instruction"}).value(), std::string("instruction"));
        QVERIFY(!studio::nearest("output", {"instruction"}));
    }
};

STUDIO_TEST(UnicodeTest)
#include "unicode_test.moc"
