// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaTestsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_tests_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("kinds",
            "{{ [n is number, f is float, n is integer, t is integer, t is boolean, s is string, nn is none, "
            "d is mapping] }}",
            "[True, True, True, False, True, True, True, True]");
        row("sequences",
            "{{ [l is sequence, s is sequence, d is sequence, n is iterable, missing is iterable, l is "
            "iterable] }}",
            "[True, True, True, False, True, True]");
        row("defined",
            "{{ [n is defined, missing is defined, d.zz is undefined, messages[0].tools is defined] }}",
            "[True, False, True, False]");
        row("truth", "{{ [t is true, t is false, 1 is true] }}", "[True, False, False]");
        row("numbers", "{{ [n is odd, n is even, n is divisibleby(5)] }}", "[True, False, True]");
        row("comparisons",
            "{{ [n is eq 5, n is equalto 4, n is ne 5, n is gt 3, n is lt 3, n is ge 5, n is le 4, n is "
            "greaterthan 4, n is lessthan 4] }}",
            "[True, False, False, True, False, True, False, True, False]");
        row("in and sameas", "{{ [n is in [5], 'x' is not in ['y'], nn is sameas none, t is sameas 1] }}",
            "[True, True, True, False]");
        row("case", "{{ ['abc' is lower, 'ABC' is upper, 'aBc' is lower] }}", "[True, True, False]");
        row("callable, escaped, filter and test",
            "{{ [range is callable, s is callable, (s|e) is escaped, s is escaped, 'upper' is filter, 'zz' "
            "is filter, 'odd' is test] }}",
            "[True, False, True, False, True, False, True]");
    }

    void render_tests_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaTestsTest)
#include "tests_test.moc"
