// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/text_diff.h"

#include "tests/support/studio_test.h"

using namespace studio::ui;

class TextDiffTest : public QObject {
    Q_OBJECT

private:
    /// "=same -only in the answer +only in the reference"
    static QString shown(const std::string& answer, const std::string& reference,
                         DiffUnit unit = DiffUnit::Words) {
        QStringList parts;
        for (const DiffPart& part : diffTexts(answer, reference, unit)) {
            const QString sign = part.kind == DiffPart::Kind::Equal     ? QStringLiteral("=")
                                 : part.kind == DiffPart::Kind::Deleted ? QStringLiteral("-")
                                                                        : QStringLiteral("+");
            parts.push_back(sign + QString::fromStdString(part.text));
        }
        return parts.join(u'|');
    }

private Q_SLOTS:
    void words_answerHasMore_isDeleted() {
        QCOMPARE(shown("The capital of Mexico is Mexico City.", "Mexico City"),
                 QStringLiteral("-The capital of Mexico is |=Mexico City|-."));
    }

    void words_chinese_areSingleCharacters() {
        QCOMPARE(shown("臺灣最高的山", "臺灣最大的山"), QStringLiteral("=臺灣最|-高|+大|=的山"));
    }

    void words_caseCounts() { QCOMPARE(shown("paris", "Paris"), QStringLiteral("-paris|+Paris")); }

    void characters_withinAWord() {
        QCOMPARE(shown("colour", "color", DiffUnit::Characters), QStringLiteral("=colo|-u|=r"));
    }

    void parts_always_giveBothTextsBack() {
        const std::vector<std::string> texts = {"",        " ",          "a b c",   "a  b\nc d",
                                                "x, y; z", "naïve café", "日本 a b"};
        for (const std::string& answer : texts) {
            for (const std::string& reference : texts) {
                for (const DiffUnit unit : {DiffUnit::Words, DiffUnit::Characters}) {
                    std::string left;
                    std::string right;
                    for (const DiffPart& part : diffTexts(answer, reference, unit)) {
                        if (part.kind != DiffPart::Kind::Inserted) left += part.text;
                        if (part.kind != DiffPart::Kind::Deleted) right += part.text;
                    }
                    QCOMPARE(left, answer);
                    QCOMPARE(right, reference);
                }
            }
        }
    }

    void longTexts_areQuick() {
        std::string one;
        std::string other;
        for (int i = 0; i < 20'000; ++i) {
            one += "word" + std::to_string(i) + ' ';
            other += "other" + std::to_string(i) + ' ';
        }
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!diffTexts(one, other, DiffUnit::Words).empty());
        QVERIFY(clock.elapsed() < 2000);
    }
};

STUDIO_TEST(TextDiffTest)
#include "text_diff_test.moc"
