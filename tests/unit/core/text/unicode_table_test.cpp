// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode_table.h"

#include "core/text/normalization.h"
#include "tests/support/studio_test.h"

using studio::Category;
using studio::NormalForm;
using studio::UnicodeTable;

class UnicodeTableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void category_countsOfUnicode16_areThoseOfTheStandard() {
        // DerivedGeneralCategory-16.0.0.txt gives these totals.
        const auto count = [](std::uint32_t bits) {
            std::size_t total = 0;
            for (const auto& [first, last] : UnicodeTable::instance().ranges(bits)) total += last - first + 1;
            return total;
        };
        QCOMPARE(count(studio::categoryBit(Category::Lu)), std::size_t{1858});
        QCOMPARE(count(studio::categoryBit(Category::Ll)), std::size_t{2258});
        QCOMPARE(count(studio::categoryBit(Category::Lo)), std::size_t{136477});
        QCOMPARE(count(studio::categoryBit(Category::Mn)), std::size_t{2020});
        QCOMPARE(count(studio::categoryBit(Category::Nd)), std::size_t{760});
        QCOMPARE(count(studio::categoryBit(Category::So)), std::size_t{7376});
        QCOMPARE(count(studio::categoryBit(Category::Cn)), std::size_t{819533});
        QCOMPARE(count(studio::category::kWhiteSpace), std::size_t{25});
        QCOMPARE(count(studio::category::kLetter), std::size_t{141028});
        QCOMPARE(count(studio::category::kNumber), std::size_t{1911});
    }

    void category_singleCharacters() {
        const UnicodeTable& table = UnicodeTable::instance();
        QCOMPARE(table.category('\n'), Category::ControlSpace);
        QCOMPARE(table.category(0x85), Category::ControlSpace);
        QCOMPARE(table.category(0x1C), Category::Cc);
        QCOMPARE(table.category(0x2EBF0), Category::Lo);  // Unicode 15.1
        QCOMPARE(table.category(0x10D50), Category::Lu);  // Unicode 16.0
        QCOMPARE(table.category(0x1171E), Category::Mc);  // Mn until 15.1
        QCOMPARE(table.category(0x10FFFF), Category::Cn);
    }

    void wordCharacters_differByEngine() {
        using studio::WordRule;
        for (const WordRule rule : {WordRule::Oniguruma, WordRule::OnigurumaInBrackets, WordRule::Rust}) {
            QVERIFY(studio::isWordCharacter('_', rule));
            QVERIFY(studio::isWordCharacter(0x24B6, rule));
            QVERIFY(!studio::isWordCharacter('-', rule));
            QCOMPARE(studio::isWordCharacter(0xB2, rule), rule == WordRule::Oniguruma);
            QCOMPARE(studio::isWordCharacter(0x200D, rule), rule == WordRule::Rust);
        }
    }

    void oldTables_leaveOutNewCharacters() {
        QVERIFY(studio::isOldPunctuation('$'));
        QVERIFY(studio::isOldPunctuation(0x3001));
        QVERIFY(!studio::isOldPunctuation(0x2E43));  // Unicode 9.0
        QVERIFY(studio::isOldMark(0x301));
        QVERIFY(!studio::isOldMark(0x898));  // Unicode 14.0
        QVERIFY(studio::isNumeric(0xBD));
        QVERIFY(studio::isNumeric(0x11DE0));  // Unicode 17.0
    }

    void appendLowerCase_specialCases() {
        const auto lower = [](char32_t c) {
            std::string text;
            studio::appendLowerCase(text, c);
            return text;
        };
        QCOMPARE(lower('A'), std::string("a"));
        QCOMPARE(lower(0x130), std::string("i\u0307"));
        QCOMPARE(lower(0x3A3), std::string("σ"));
        QCOMPARE(lower(0xA7DC), std::string("\u019B"));
        QCOMPARE(lower(0x10D50), std::string("\U00010D70"));
    }

    void normalized_forms_changeWhatUnicode9Has() {
        QCOMPARE(studio::normalized("e\u0301", NormalForm::Nfc, nullptr), std::string("é"));
        QCOMPARE(studio::normalized("é", NormalForm::Nfd, nullptr), std::string("e\u0301"));
        QCOMPARE(studio::normalized("ﬁ①", NormalForm::Nfkc, nullptr), std::string("fi1"));
        QCOMPARE(studio::normalized("각", NormalForm::Nfkd, nullptr), std::string("\u1100\u1161\u11a8"));
        QCOMPARE(studio::normalized("\u32FF", NormalForm::Nfkc, nullptr), std::string("\u32FF"));  // 12.1
        QCOMPARE(studio::normalized("a\u0898\u0323", NormalForm::Nfc, nullptr), std::string("a\u0898\u0323"));
        for (const NormalForm form : {NormalForm::Nfc, NormalForm::Nfd, NormalForm::Nfkc, NormalForm::Nfkd}) {
            QVERIFY(studio::isNormalized("plain", form));
            QVERIFY(!studio::isNormalized("\u212B", form));
        }
        QVERIFY(studio::isNormalized("é", NormalForm::Nfc));
        QVERIFY(!studio::isNormalized("é", NormalForm::Nfd));
    }

    void normalized_edits_sayWhatWasReplaced() {
        std::vector<studio::TextEdit> edits;
        const std::string text = studio::normalized("xe\u0301y\u0041\u030A", NormalForm::Nfc, &edits);
        QCOMPARE(text, std::string("xéyÅ"));
        QCOMPARE(edits.size(), std::size_t{2});
        QCOMPARE(edits[0].oldBegin, std::size_t{1});
        QCOMPARE(edits[0].oldEnd, std::size_t{4});
        QCOMPARE(edits[0].newBegin, std::size_t{1});
        QCOMPARE(edits[0].newEnd, std::size_t{3});
        QCOMPARE(edits[1].oldBegin, std::size_t{5});
        QCOMPARE(edits[1].newEnd, std::size_t{6});
    }
};

STUDIO_TEST(UnicodeTableTest)
#include "unicode_table_test.moc"
