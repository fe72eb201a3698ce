// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/template_text.h"

#include <QPlainTextEdit>

#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;

class TemplateTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void separator_anyText_survivesTheLine() {
        for (const std::string text : {"\n", "", "\\n", "a\tb\\", "\r\n", "=>"})
            QCOMPARE(separatorFromLine(separatorToLine(text)), text);
    }

    void editorText_noBreakSpace_isKept() {
        QPlainTextEdit edit;
        edit.setPlainText(QStringLiteral("a\u00A0b\nc"));
        QCOMPARE(editorText(edit), std::string("a\u00A0b\nc"));
    }

    void spans_behindChinese_areInUtf16() {
        const QString text = QStringLiteral("指令：{instruction}，{inptu}");
        const QVector<CodeSpan> spans = templateSpans(text);
        QCOMPARE(spans.size(), 2);
        QCOMPARE(text.mid(spans[0].begin, spans[0].length), QStringLiteral("{instruction}"));
        QCOMPARE(spans[0].look, CodeSpan::Look::Field);
        QCOMPARE(text.mid(spans[1].begin, spans[1].length), QStringLiteral("{inptu}"));
        QCOMPARE(spans[1].look, CodeSpan::Look::Unknown);
    }
};

STUDIO_TEST(TemplateTextTest)
#include "template_text_test.moc"
