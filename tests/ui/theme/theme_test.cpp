// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPen>
#include <QPushButton>
#include <tuple>

#include "tests/support/studio_test.h"
#include "ui/theme/icon.h"

using namespace studio::ui;

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokens_bothThemes_textIsReadableOnItsGrounds() {
        for (const ThemeTokens* t : {&lightTokens(), &darkTokens()}) {
            for (const QColor& ground : {t->window, t->base, t->alternate, t->sidebar}) {
                QVERIFY(contrastRatio(t->text, ground) >= 4.5);
                QVERIFY(contrastRatio(t->text2, ground) >= 4.5);
                QVERIFY(contrastRatio(t->text3, ground) >= 4.5);
                QVERIFY(contrastRatio(t->accentText, ground) >= 4.5);
            }
            QVERIFY(contrastRatio(t->text, t->selection) >= 4.5);
            QVERIFY(contrastRatio(t->text2, t->selection) >= 4.5);
            QVERIFY(contrastRatio(t->onAccent, t->accent) >= 4.5);
            QVERIFY(contrastRatio(t->disabled, t->base) >= 3.0);
            for (const ColorPair& pair : {t->ok, t->warning, t->error, t->inserted, t->deleted})
                QVERIFY(contrastRatio(pair.text, pair.fill) >= 4.5);
            for (const TokenStyle& style : {t->tokenPrompt, t->tokenResponse, t->tokenEnd, t->tokenCut})
                QVERIFY(contrastRatio(style.text, style.fill) >= 4.5);
        }
    }

    void tokens_bothThemes_linesAndSeriesStandOut() {
        for (const ThemeTokens* t : {&lightTokens(), &darkTokens()}) {
            QVERIFY(contrastRatio(t->field, t->base) >= 3.0);
            QVERIFY(contrastRatio(t->axis, t->base) >= 3.0);
            for (const SeriesStyle& series : t->series) QVERIFY(contrastRatio(series.color, t->base) >= 3.0);
        }
    }

    void series_everyTwo_differInDash() {
        for (std::size_t i = 0; i + 1 < 5; ++i)
            for (std::size_t j = i + 1; j < 5; ++j)
                QVERIFY(lightTokens().series[i].dash != lightTokens().series[j].dash);
        QCOMPARE(seriesPen(lightTokens().of(Series::EvalLoss), 2.0).dashPattern(), (QList<qreal>{3.5, 2.0}));
    }

    void contrast_blackOnWhite_is21() {
        QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21.0) < 0.001);
        QVERIFY(qAbs(contrastRatio(Qt::white, Qt::white) - 1.0) < 0.001);
    }

    void setMode_dark_changesPaletteStyleSheetAndIcons() {
        Theme theme(*qobject_cast<QApplication*>(qApp));
        theme.setMode(Theme::Mode::Light);
        const QIcon check = icon(Icon::Check);
        const QImage light = check.pixmap(16, 16).toImage();
        const QString lightSheet = qApp->styleSheet();
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Window), darkTokens().window);
        QVERIFY(qApp->styleSheet() != lightSheet);
        QVERIFY(!qApp->styleSheet().contains(u'@'));
        QVERIFY(tokensOf().dark);
        QVERIFY(check.pixmap(16, 16).toImage() != light);
        theme.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
    }

    void setMode_system_followsThePaletteOfThePlatform() {
        Theme theme(*qobject_cast<QApplication*>(qApp));
        theme.setMode(Theme::Mode::Dark);
        theme.setMode(Theme::Mode::System);
        QVERIFY(!theme.isDark());  // the offscreen platform is light
    }

    void roleFont_systemSize_isTheUnit() {
        const QFont before = QApplication::font();
        QFont font = before;
        font.setPointSizeF(20);
        QApplication::setFont(font);
        QCOMPARE(roleFont(TextRole::Title).pointSizeF(), 30.0);
        QCOMPARE(roleFont(TextRole::Secondary).pointSizeF(), 18.0);
        QCOMPARE(roleFont(TextRole::Code).pointSizeF(), 18.0);
        QApplication::setFont(before);
    }

    void largerFont_controlsGrowByALineOfText() {
        const QFont before = QApplication::font();
        const auto heightOf = [](qreal points) {
            QFont font = QApplication::font();
            font.setPointSizeF(points);
            QApplication::setFont(font);
            Theme theme(*qobject_cast<QApplication*>(qApp));
            QPushButton button(QStringLiteral("Start"));
            button.ensurePolished();
            return std::tuple{button.sizeHint().height(), lineRoom(28), wordRoom(100)};
        };
        const auto [small, smallLine, smallWord] = heightOf(10);
        const auto [large, largeLine, largeWord] = heightOf(14);
        const auto [tiny, tinyLine, tinyWord] = heightOf(8);
        QApplication::setFont(before);
        QCOMPARE(small, 28);
        QCOMPARE(std::tuple(smallLine, smallWord), std::tuple(28, 100));
        QVERIFY2(largeLine >= 32, qPrintable(QString::number(largeLine)));
        QCOMPARE(large, largeLine);
        QCOMPARE(largeWord, 140);
        QCOMPARE(std::tuple(tiny, tinyLine, tinyWord), std::tuple(28, 28, 100));
    }

    void icon_everyName_hasAPictureInItsColor() {
        for (int i = 0; i <= static_cast<int>(Icon::Rename); ++i) {
            const QImage image = iconPixmap(static_cast<Icon>(i), Qt::red, 20, 2.0).toImage();
            QCOMPARE(image.width(), 40);
            int inked = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y).alpha() > 200 && image.pixelColor(x, y).red() > 200) ++inked;
            QVERIFY2(inked > 8, qPrintable(QString::number(i)));
        }
    }

    void styleSheet_everyPicture_isInTheResources() {
        Theme theme(*qobject_cast<QApplication*>(qApp));
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            theme.setMode(mode);
            static const QRegularExpression url(QStringLiteral("url\\((:[^)]+)\\)"));
            int found = 0;
            for (auto it = url.globalMatch(qApp->styleSheet()); it.hasNext(); ++found) {
                const QString path = it.next().captured(1);
                QVERIFY2(QFile::exists(path), qPrintable(path));
            }
            QVERIFY(found > 8);
        }
    }
};

STUDIO_TEST(ThemeTest)
#include "theme_test.moc"
