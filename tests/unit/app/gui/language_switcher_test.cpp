// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/language_switcher.h"

#include <QApplication>
#include <QLocale>

#include "tests/support/studio_test.h"
#include "ui/theme/theme.h"

using namespace studio::ui;

class LanguageSwitcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void systemLanguages_chineseByPlaceAndScript_areTold_data() {
        QTest::addColumn<QStringList>("system");
        QTest::addColumn<QString>("expected");
        QTest::newRow("Taiwan") << QStringList{"zh-TW"} << "zh_TW";
        QTest::newRow("Taiwan, underscore") << QStringList{"zh_TW"} << "zh_TW";
        QTest::newRow("Hong Kong") << QStringList{"zh-HK"} << "zh_TW";
        QTest::newRow("Macau") << QStringList{"zh-MO"} << "zh_TW";
        QTest::newRow("script") << QStringList{"zh-Hant"} << "zh_TW";
        QTest::newRow("script and place") << QStringList{"zh-Hant-TW", "zh-TW"} << "zh_TW";
        QTest::newRow("simplified in Hong Kong") << QStringList{"zh-Hans-HK"} << "zh_CN";
        QTest::newRow("mainland") << QStringList{"zh-CN"} << "zh_CN";
        QTest::newRow("Singapore") << QStringList{"zh-SG"} << "zh_CN";
        QTest::newRow("no place") << QStringList{"zh"} << "zh_CN";
        QTest::newRow("English first") << QStringList{"en-GB", "zh-TW"} << "en";
        QTest::newRow("first one that we have") << QStringList{"de-AT", "zh-HK", "en-US"} << "zh_TW";
        QTest::newRow("none that we have") << QStringList{"de-AT", "fr"} << "en";
        QTest::newRow("nothing") << QStringList{} << "en";
    }
    void systemLanguages_chineseByPlaceAndScript_areTold() {
        QFETCH(QStringList, system);
        QFETCH(QString, expected);
        QCOMPARE(LanguageSwitcher::languageFor(system), expected);
    }

    void language_chosen_setsLocaleAndTellsOnce() {
        Theme theme(*qApp);
        LanguageSwitcher switcher(theme);
        QSignalSpy changed(&switcher, &LanguageSwitcher::changed);
        switcher.setLanguage(QStringLiteral("zh_TW"));
        switcher.setLanguage(QStringLiteral("zh_TW"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(switcher.language(), QStringLiteral("zh_TW"));
        QCOMPARE(QLocale().territory(), QLocale::Taiwan);
        switcher.setLanguage(QStringLiteral("en"));
        QCOMPARE(QLocale().language(), QLocale::English);
    }

    void language_unknown_followsTheSystem() {
        QVERIFY(!LanguageSwitcher::isKnown(QStringLiteral("de")));
        Theme theme(*qApp);
        LanguageSwitcher switcher(theme);
        switcher.setLanguage(QStringLiteral("de"));
        QCOMPARE(switcher.choice(), QString());
        QCOMPARE(switcher.language(), LanguageSwitcher::languageFor(QLocale::system().uiLanguages()));
        switcher.setLanguage(QStringLiteral("en"));
    }
};

STUDIO_TEST(LanguageSwitcherTest)
#include "language_switcher_test.moc"
