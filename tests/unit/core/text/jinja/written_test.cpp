// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaWrittenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_how_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("constants", "{{ none }}{{ true }}{{ false }}", "NoneTrueFalse");
        row("reals", "{{ [1.0, 0.1 + 0.2, 1e16, 1e15, 1e22, 1.5e-7, 0.0001, 123456.789, -0.0, 5e-324] }}",
            "[1.0, 0.30000000000000004, 1e+16, 1000000000000000.0, 1e+22, 1.5e-07, 0.0001, 123456.789, -0.0, "
            "5e-324]");
        row("quotes", "{{ ['it\\'s', 'say \"a\"', 'it\\'s \"a\"', 'a\\\\b'] }}",
            "[\"it's\", 'say \"a\"', 'it\\'s \"a\"', 'a\\\\b']");
        row("what cannot be printed", "{{ ['\\n\\t\\r\\x00\\x7f\\u200b\\xa0\\u2028', 'é臺'] }}",
            "['\\n\\t\\r\\x00\\x7f\\u200b\\xa0\\u2028', 'é臺']");
        row("ranges and macros", "{{ range(3) }}{{ range(1, 9, 2) }}{% macro m() %}{% endmacro %}",
            "range(0, 3)range(1, 9, 2)");
        row("undefined within a list", "{{ [missing, none] }}", "[Undefined, None]");
    }

    void render_how_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaWrittenTest)
#include "written_test.moc"
