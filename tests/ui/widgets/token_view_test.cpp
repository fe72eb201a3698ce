// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_view.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>

#include "tests/support/studio_test.h"

using namespace studio::ui;

namespace {

TokenChip chip(int id, const QString& text, TokenChip::Kind kind = TokenChip::Kind::Prompt) {
    TokenChip token;
    token.id = id;
    token.text = text;
    token.bytes = text.toUtf8();
    token.kind = kind;
    token.trained = kind == TokenChip::Kind::Response;
    token.byteBegin = id;
    token.byteEnd = id + static_cast<int>(token.bytes.size());
    return token;
}

QVector<TokenChip> many(int count) {
    QVector<TokenChip> tokens;
    for (int i = 0; i < count; ++i)
        tokens.push_back(chip(i, QStringLiteral(" word%1").arg(i % 997),
                              i < count / 2 ? TokenChip::Kind::Prompt : TokenChip::Kind::Response));
    return tokens;
}

}  // namespace

class TokenViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chipLabel_invisibleCharacters_haveMarks() {
        QCOMPARE(chipLabel(chip(1, QStringLiteral(" the\n"))), QStringLiteral("·the⏎"));
        QCOMPARE(chipLabel(chip(1, QStringLiteral("a\tb"))), QStringLiteral("a→b"));
        TokenChip bytes = chip(1, {});
        bytes.bytes = QByteArray("\xE8\x87");
        QCOMPARE(chipLabel(bytes), QStringLiteral("E8 87"));
    }

    void layout_rows_stayInsideTheWidthAndInOrder() {
        TokenLayout layout;
        const QFont font = QApplication::font();
        layout.setFonts(font, font, font);
        layout.measure(many(500), 300);
        layout.flow(400);
        int lastIndex = -1;
        int cutoffs = 0;
        for (const auto& cell : layout.cells()) {
            QVERIFY(cell.rect.right() <= 400);
            if (cell.type == TokenLayout::Cell::Type::Cutoff) {
                ++cutoffs;
                QCOMPARE(lastIndex, 299);
                continue;
            }
            QCOMPARE(cell.index, lastIndex + 1);
            lastIndex = cell.index;
        }
        QCOMPARE(lastIndex, 499);
        QCOMPARE(cutoffs, 1);
        for (int token : {0, 299, 300, 499}) {
            const int cell = layout.cellOfToken(token);
            QVERIFY(cell >= 0);
            QCOMPARE(layout.cells()[static_cast<std::size_t>(cell)].index, token);
            const auto& row = layout.rows()[static_cast<std::size_t>(layout.rowOfCell(cell))];
            QVERIFY(cell >= row.firstCell && cell < row.endCell);
            QCOMPARE(layout.rowAt(row.top), layout.rowOfCell(cell));
        }
    }

    void keys_arrows_moveAndCopy() {
        TokenView view;
        view.resize(400, 200);
        view.setTokens({chip(11, QStringLiteral("Hello")), chip(22, QStringLiteral(" world")),
                        chip(33, QStringLiteral("!"), TokenChip::Kind::Response)});
        QSignalSpy moved(&view, &TokenView::currentTokenChanged);
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentToken(), 1);
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(view.currentToken(), 2);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral(" world!"));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("22, 33"));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentToken(), 2);
        QVERIFY(moved.count() >= 3);
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("id 33")));
    }

    void fold_enterOpensIt_andArrowsPassIt() {
        TokenView view;
        view.resize(600, 300);
        view.setTokens(many(40));
        view.addFold(2, 30, QStringLiteral("28 tokens"));
        view.setCurrentToken(1);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentToken(), 2);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentToken(), 30);
        QTest::keyClick(&view, Qt::Key_Left);
        QTest::keyClick(&view, Qt::Key_Return);
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.currentToken(), 28);
    }

    void foldLongStretches_promptOnly_keepsResponsesOpen() {
        TokenView view;
        view.resize(600, 300);
        view.setTokens(many(400));
        const int open = view.rowCount();
        view.foldLongStretches(60, 8);
        QVERIFY(view.rowCount() < open);
        QVERIFY(view.rowCount() > open / 3);
    }

    void describe_cutToken_saysSo() {
        TokenView view;
        view.setTokens({chip(5, QStringLiteral("x"), TokenChip::Kind::Cut)}, 0);
        QVERIFY(view.describe(0).contains(QStringLiteral("cut off")));
        QVERIFY(view.describe(7).isEmpty());
    }

    void paint_tenThousandTokens_isFast() {
        TokenView view;
        view.resize(900, 400);
        const QVector<TokenChip> tokens = many(10'000);
        QElapsedTimer clock;
        clock.start();
        view.setTokens(tokens, 9'000);
        const qint64 set = clock.restart();
        view.show();
        for (int i = 0; i < 20; ++i) {
            view.verticalScrollBar()->setValue(i * view.verticalScrollBar()->maximum() / 20);
            view.grab();
        }
        const qint64 painted = clock.elapsed();
        QVERIFY2(set < 1000, qPrintable(QString::number(set)));
        QVERIFY2(painted < 20 * 100, qPrintable(QString::number(painted)));
        QVERIFY(view.verticalScrollBar()->maximum() > 1000);
    }
};

STUDIO_TEST(TokenViewTest)
#include "token_view_test.moc"
