// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/split_scanner.h"

#include <random>

#include "core/text/regex.h"
#include "core/text/utf8.h"
#include "tests/support/studio_test.h"

using studio::SplitPattern;

namespace {

struct Known {
    SplitPattern pattern;
    const char* regex;
};

// As tokenizer.json files have them, once more, so that the scanners' own copies are checked, too.
const Known kPatterns[] = {
    {SplitPattern::Gpt2, R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)"},
    {SplitPattern::Llama3,
     R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"},
    {SplitPattern::Qwen2,
     R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"}};

std::string randomText(std::mt19937& random) {
    static const std::vector<std::string> pieces = {"a",          "Z",
                                                    "é",          "中",
                                                    "ſ",          "ß",
                                                    "1",          "42",
                                                    "Ⅷ",          "½",
                                                    "٣",          "'",
                                                    "'s",         "'LL",
                                                    "'Re",        "'ſ",
                                                    "'v",         "'VE",
                                                    " ",          "  ",
                                                    "\t",         "\n",
                                                    "\r\n",       "\r",
                                                    "\v",         "\x85",
                                                    "\u0085",     "\u00a0",
                                                    "\u3000",     "\u2028",
                                                    ".",          "-",
                                                    "…",          "👍",
                                                    "\u0301",     "_",
                                                    "\x1f",       std::string(1, '\0'),
                                                    "\U0001F1F9", "\U00016EA0"};
    std::string text;
    for (unsigned count = random() % 20; count > 0; --count) {
        if (random() % 12 == 0) {
            char32_t c = random() % 0x110000;
            if (c >= 0xD800 && c < 0xE000) c = '?';
            studio::appendUtf8(text, c);
        } else {
            const std::string& piece = pieces[random() % pieces.size()];
            if (piece != "\x85") text += piece;
        }
    }
    return text;
}

std::vector<std::string> scanned(SplitPattern pattern, const std::string& text) {
    std::vector<std::uint32_t> ends;
    studio::scanWords(pattern, text, ends);
    std::vector<std::string> words;
    std::size_t begin = 0;
    for (const std::uint32_t end : ends) {
        words.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

std::vector<std::string> matched(const studio::Regex& regex, const std::string& text) {
    std::vector<std::string> words;
    for (const studio::TextRange& range : regex.matches(text))
        words.push_back(text.substr(range.begin, range.end - range.begin));
    return words;
}

}  // namespace

class SplitScannerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scanWords_randomTexts_equalsTheRegularExpression() {
        std::mt19937 random(11);
        for (const Known& known : kPatterns) {
            QCOMPARE(studio::knownSplitPattern(known.regex), std::optional(known.pattern));
            const studio::Regex regex(known.regex);
            for (int i = 0; i < 3000; ++i) {
                const std::string text = randomText(random);
                QVERIFY2(scanned(known.pattern, text) == matched(regex, text),
                         QByteArray::fromStdString(text).toHex().constData());
            }
        }
    }

    void scanWords_gpt2_partsAsPublished() {
        using Words = std::vector<std::string>;
        QCOMPARE(scanned(SplitPattern::Gpt2, "It's  12 o'clock\n\n now!"),
                 (Words{"It", "'s", " ", " 12", " o", "'", "clock", "\n\n", " now", "!"}));
        QCOMPARE(scanned(SplitPattern::Llama3, "I'LL pay 12345\n \nok"),
                 (Words{"I", "'LL", " pay", " ", "123", "45", "\n \n", "ok"}));
        QCOMPARE(scanned(SplitPattern::Qwen2, "a12 !\n"), (Words{"a", "1", "2", " !\n"}));
    }

    void scanWords_invalidUtf8_coversEveryByte() {
        const std::string text = "ab\xFF\xC3 \xE4\xB8x\xF0\x9F";
        for (const Known& known : kPatterns) {
            std::string joined;
            for (const std::string& word : scanned(known.pattern, text)) {
                QVERIFY(!word.empty());
                joined += word;
            }
            QCOMPARE(joined, text);
        }
    }

    void knownSplitPattern_otherSpelling_isNone() {
        QVERIFY(!studio::knownSplitPattern(R"(\p{L}+)"));
        QVERIFY(!studio::knownSplitPattern(std::string(kPatterns[0].regex) + "|x"));
    }
};

STUDIO_TEST(SplitScannerTest)
#include "split_scanner_test.moc"
