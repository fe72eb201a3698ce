// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaExpressionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_operators_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("precedence", "{{ 1 + 2 * 3 - 4 }}", "3");
        row("floor division", "{{ [7 // 2, -7 // 2, 7 // -2, 7.5 // 2, -7.5 // 2] }}",
            "[3, -4, -4, 3.0, -4.0]");
        row("remainder", "{{ [7 % 3, -7 % 3, 7 % -3, 7.5 % 2, -7.5 % 2] }}", "[1, 2, -2, 1.5, 0.5]");
        row("division gives a real", "{{ [6 / 2, 7 / 2, 1 / 3] }}", "[3.0, 3.5, 0.3333333333333333]");
        row("power goes from the left", "{{ [2 ** 3 ** 2, -2 ** 2, 2 ** -1] }}", "[64, 4, 0.5]");
        row("truth values are numbers", "{{ [true + true, t * 3, 1 == true, 0 == false] }}",
            "[2, 3, True, True]");
        row("comparison chain", "{{ [1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2 == 2, 1 == 1.0] }}",
            "[True, False, True, True]");
        row("order of texts and lists", "{{ ['a' < 'b', 'Z' < 'a', [1, 2] < [1, 3], (1,) <= (1, 2)] }}",
            "[True, True, True, True]");
        row("in", "{{ [1 in l, 9 not in l, 'ell' in s, 'b' in d, 1 in range(3), 'x' in missing] }}",
            "[True, True, True, True, True, False]");
        row("logic gives its operands", "{{ [0 or 'x', 1 and 2, [] or none, not e] }}",
            "['x', 2, None, True]");
        row("not binds weaker than in", "{{ not 9 in l }}", "True");
        row("inline if",
            "{{ 'a' if n > 3 else 'b' }}{{ 'c' if n > 9 }}{{ 'd' if e else 'e' if nn else 'f' }}", "af");
        row("concatenation", "{{ 'a' ~ 1 ~ none ~ true ~ 1.5 ~ [1, 'x'] ~ missing }}",
            "a1NoneTrue1.5[1, 'x']");
        row("concatenation binds stronger than plus", "{{ 1 ~ 2 ~ 3 * 4 }}", "1212");
        row("adding and repeating", "{{ ['ab' + 'c', [1] + [2], (1,) + (2,), 'ab' * 2, 2 * [0]] }}",
            "['abc', [1, 2], (1, 2), 'abab', [0, 0]]");
        row("places", "{{ [s[0], s[-1], u[3], u[-1], l[1], l[-1]] }}", "['H', 'd', '臺', '𝄞', 1, 2]");
        row("places beyond the end are undefined",
            "{{ s[99] is undefined }}{{ l[3] is undefined }}{{ d[1] is undefined }}", "TrueTrueTrue");
        row("slices", "{{ [s[1:4], s[:-3], s[-3:], s[::2], l[1:], l[:99]] }}",
            "['ell', 'Hello, Wo', 'rld', 'Hlo ol', [1, 2], [3, 1, 2]]");
        row("slices backwards", "{{ [s[::-1], u[::-1], l[::-1], s[5:1:-2], range(5)[::-1]|list] }}",
            "['dlroW ,olleH', '𝄞臺ßÉÀ', [2, 1, 3], ',l', [4, 3, 2, 1, 0]]");
        row("attributes and keys", "{{ [d.b, d['b'], d.a.x[1].y, d['a']['x'][0], l.0] }}",
            "[1, 1, 'z', 1, 3]");
        row("a method goes before a key", "{{ d.items is callable }}{{ d['items'] }}{{ d.get('items') }}",
            "TrueII");
        row("none has no attributes", "{{ nn.x is undefined }}{{ nn['x'] is undefined }}", "TrueTrue");
        row("undefined prints nothing", "[{{ missing }}{{ d.missing }}{{ l[9] }}]", "[]");
        row("undefined is empty",
            "{{ missing|length }}{{ missing|list }}{{ missing == other }}{{ missing == none }}",
            "0[]TrueFalse");
        row("literals", "{{ [(1, 2), (1,), (), [], {}, {'a': 1, 2: none, (1, 2): 'x'}] }}",
            "[(1, 2), (1,), (), [], {}, {'a': 1, 2: None, (1, 2): 'x'}]");
        row("a key given twice", "{{ {'a': 1, 'b': 2, 'a': 3} }}{{ {1: 'a', true: 'b', 1.0: 'c'} }}",
            "{'a': 3, 'b': 2}{1: 'c'}");
        row("a filter binds stronger than minus", "{{ -2|abs }}{{ (-2)|abs }}", "22");
        row("tests bind stronger than and", "{{ n is number and f is float }}{{ n is not none }}",
            "TrueTrue");
        row("a test with an argument without brackets", "{{ n is divisibleby 5 }}{{ 'a' is in ['a'] }}",
            "TrueTrue");
        row("spread arguments", "{{ range(*[1, 4])|list }}{{ dict(**{'a': 1}) }}", "[1, 2, 3]{'a': 1}");
        row("a tuple without brackets", "{{ 1, 'a' }}", "(1, 'a')");
    }

    void render_operators_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaExpressionsTest)
#include "expressions_test.moc"
