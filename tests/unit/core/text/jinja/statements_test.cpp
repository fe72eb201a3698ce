// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaStatementsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_statements_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("if elif else", "{% if n == 1 %}a{% elif n == 5 %}b{% else %}c{% endif %}", "b");
        row("for with else",
            "{% for x in e %}a{% else %}b{% endfor %}{% for x in l %}{{ x }}{% else %}c{% endfor %}", "b312");
        row("for with a filter",
            "{% for x in nums if x is odd %}{{ x }}{{ ',' if not loop.last }}{% endfor %}", "1,3,5,7");
        row("for over keys, characters and numbers",
            "{% for k in d %}{{ k }}{% endfor %}{% for c in 'aé' %}{{ c }}.{% endfor %}{% for i in range(3) "
            "%}{{ i }}{% endfor %}",
            "baitemsa.é.012");
        row("for unpacks",
            "{% for k, v in d.items() %}{{ k }};{% endfor %}{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b "
            "}}{{ c }}{% endfor %}",
            "b;a;items;123");
        row("loop variables",
            "{% for m in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length "
            "}}{{ loop.revindex }}{{ loop.revindex0 }} {% endfor %}",
            "10TrueFalse332 21FalseFalse321 32FalseTrue310 ");
        row("neighbours", "{% for m in l %}[{{ loop.previtem }}<{{ m }}>{{ loop.nextitem }}]{% endfor %}",
            "[<3>1][3<1>2][1<2>]");
        row("cycle and changed",
            "{% for m in [1, 1, 2] %}{{ loop.cycle('a', 'b') }}{{ loop.changed(m) }}{% endfor %}",
            "aTruebFalseaTrue");
        row("loops within loops",
            "{% for i in [1, 2] %}{% for j in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor "
            "%}",
            "121122");
        row("recursive loop",
            "{% for i in [1, [2, [3]]] recursive %}{% if i is iterable %}[{{ loop(i) }}]{% else %}{{ i }}{{ "
            "loop.depth }}{% endif %}{% endfor %}",
            "11[22[33]]");
        row("break and continue",
            "{% for x in nums %}{% if x is odd %}{% continue %}{% endif %}{% if x > 5 %}{% break %}{% endif "
            "%}{{ x }}{% endfor %}",
            "24");
        row("a round that is broken off does not count for else",
            "{% for x in l %}{% break %}{% else %}a{% endfor %}{% for x in l %}{% continue %}{% else %}b{% "
            "endfor %}",
            "ab");
        row("the filter of a loop sees what its body does",
            "{% set ns = namespace(go=true) %}{% for i in nums if ns.go %}{{ i }}{% if i == 3 %}{% set ns.go "
            "= false %}{% endif %}{% endfor %}",
            "123");
        row("the length of a filtered loop",
            "{% for i in nums if i > 4 %}{{ i }}/{{ loop.length }} {% endfor %}", "5/3 6/3 7/3 ");
        row("set within a loop stays there",
            "{% set x = 1 %}{% for i in l %}{{ x }}{% set x = i %}{{ x }} {% endfor %}{{ x }}", "13 11 12 1");
        row("set within if goes on", "{% if true %}{% set x = 1 %}{% endif %}{{ x }}", "1");
        row("set of several",
            "{% set a, b = 1, 2 %}{% set a, b = b, a %}{{ a }}{{ b }}{% set (p, q) = 'xy' %}{{ p }}{{ q }}",
            "21xy");
        row("set of a tuple", "{% set x = 1, 2 %}{{ x }}", "(1, 2)");
        row("set block", "{% set x %}a{{ n }}\nb{% endset %}[{{ x }}]", "[a5\nb]");
        row("set block with filters", "{% set y | upper | trim %}  q {{ n }} {% endset %}[{{ y }}]", "[Q 5]");
        row("namespace",
            "{% set ns = namespace(x=1) %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}{% "
            "set ns.y = 'n' %}{{ ns.y }}{{ ns['x'] }}{{ ns }}",
            "7n7<Namespace {'x': 7, 'y': 'n'}>");
        row("macro with defaults",
            "{% macro f(a, b=2, c=a) %}[{{ a }},{{ b }},{{ c }}]{% endmacro %}{{ f(1) }}{{ f(1, c=9) }}{{ "
            "f(a=5) }}{{ f() }}",
            "[1,2,1][1,2,9][5,2,5][,2,]");
        row("macro that calls itself",
            "{% macro f(k) %}{% if k <= 1 %}1{% else %}{{ k * (f(k - 1)|int) }}{% endif %}{% endmacro %}{{ "
            "f(10) }}",
            "3628800");
        row("macro sees later values",
            "{% macro f() %}{{ x }}{% endmacro %}{% set x = 3 %}{{ f() }}{% set x = 4 %}{{ f() }}", "34");
        row("macro keeps its names",
            "{% macro f() %}{% set y = 5 %}{{ y }}{% endmacro %}{{ f() }}{{ y is defined }}", "5False");
        row("macro with further arguments",
            "{% macro f(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, 3, x=4) }}",
            "1(2, 3){'x': 4}");
        row("macro does not see the loop that calls it",
            "{% macro f() %}{{ loop is defined }}{% endmacro %}{% for i in [1] %}{{ f() }}{% endfor %}",
            "False");
        row("call block",
            "{% macro f(xs) %}{% for x in xs %}<{{ caller(x, loop.index) }}>{% endfor %}{% endmacro %}{% "
            "call(v, i) f(l) %}{{ v }}:{{ i }}{{ n }}{% endcall %}",
            "<3:15><1:25><2:35>");
        row("a macro kept in a namespace",
            "{% set ns = namespace() %}{% for i in [7] %}{% macro m() %}z{{ n }}{% endmacro %}{% set ns.m = "
            "m %}{% endfor %}{{ ns.m() }}",
            "z5");
        row("with",
            "{% set a = 9 %}{% with a = 1, b = a %}{{ a }}{{ b }}{% set c = 3 %}{% endwith %}{{ a }}{{ c is "
            "defined }}",
            "199False");
        row("filter block",
            "{% filter upper|replace('L', '-') %}abc {{ s }}{% set v = 1 %}{% endfilter %}{{ v is defined }}",
            "ABC HE--O, WOR-DFalse");
        row("generation",
            "{% for m in messages %}{% generation %}{{ loop.index }}{{ m.role }}{% set v = 1 %}{% "
            "endgeneration %}{% endfor %}{{ v is defined }}",
            "1system2user3assistantFalse");
        row("print statement", "{% print n, s %}", "5Hello, World");
        row("colon behind a head", "{% if true: %}a{% endif %}", "a");
        row("cycler and joiner",
            "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set j "
            "= joiner('|') %}{{ j() }}x{{ j() }}y",
            "ababx|y");
        row("an iterator gives its items once",
            "{% set g = l|map('string') %}{% for i in g %}{{ i }}{% endfor %}-{% for i in g %}{{ i }}{% "
            "endfor %}",
            "312-");
        row("a call within a later line", "{{ s\n  .upper()\n}}", "HELLO, WORLD");
    }

    void render_statements_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaStatementsTest)
#include "statements_test.moc"
