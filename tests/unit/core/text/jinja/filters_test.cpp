// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaFiltersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_filters_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("case", "{{ [s|upper, s|lower, s|title, 'aBC'|capitalize, u|upper, u|lower] }}",
            "['HELLO, WORLD', 'hello, world', 'Hello, World', 'Abc', 'ÀÉSS臺𝄞', 'àéß臺𝄞']");
        row("title parts at hyphens and brackets", "{{ \"it's bill-x (foo) [bar]\"|title }}",
            "It's Bill-X (Foo) [Bar]");
        row("trim", "{{ ['  a \\n'|trim, '--a-'|trim('-'), 5|trim] }}", "['a', 'a', '5']");
        row("replace",
            "{{ [s|replace('l', 'L'), s|replace('l', 'L', 1), 'abc'|replace('', '-'), 123|replace(2, 'x')] "
            "}}",
            "['HeLLo, WorLd', 'HeLlo, World', '-a-b-c-', '1x3']");
        row("indent",
            "{{ 'a\\nb\\n\\nc'|indent }}|{{ 'a\\n\\nb'|indent(2, true) }}|{{ 'a\\n\\nb'|indent(1, false, "
            "true) }}|{{ 'a\\nb'|indent('> ') }}",
            "a\n    b\n\n    c|  a\n\n  b|a\n \n b|a\n> b");
        row("truncate",
            "{{ ['foo bar baz qux'|truncate(9), 'foo bar baz qux'|truncate(9, true), 'foo bar'|truncate(3), "
            "'foo bar baz qux'|truncate(11, false, '...', 0)] }}",
            "['foo...', 'foo ba...', 'foo bar', 'foo bar...']");
        row("center and wordcount", "{{ ['ab'|center(7), 'a b-c d_e é'|wordcount] }}", "['   ab  ', 5]");
        row("format", "{{ '%s|%05d|%.2f'|format('a', 42, 2.5) }}{{ '%(x)s'|format(x=3) }}", "a|00042|2.503");
        row("length", "{{ [l|length, u|length, d|count, range(4)|length] }}", "[3, 5, 3, 4]");
        row("first and last",
            "{{ [l|first, l|last, s|first, s|last, d|first, range(3)|last] }}{{ e|first is undefined }}",
            "[3, 2, 'H', 'd', 'b', 2]True");
        row("join", "{{ [l|join, l|join(', '), people|join('+', attribute='name'), 'abc'|join('-')] }}",
            "['312', '3, 1, 2', 'Ann+bob+Cid', 'a-b-c']");
        row("list", "{{ ['aé'|list, d|list, range(3)|list, (1, 2)|list] }}",
            "[['a', 'é'], ['b', 'a', 'items'], [0, 1, 2], [1, 2]]");
        row("sort", "{{ [l|sort, words|sort, words|sort(case_sensitive=true), l|sort(reverse=true)] }}",
            "[[1, 2, 3], ['A', 'a', 'b', 'c'], ['A', 'a', 'b', 'c'], [3, 2, 1]]");
        row("sort by attributes",
            "{{ people|sort(attribute='age,name')|map(attribute='name')|join(',') }}{{ people|sort(true, "
            "attribute='age')|map(attribute='name')|join(',') }}",
            "bob,Ann,CidAnn,Cid,bob");
        row("dictsort",
            "{{ {'b': 1, 'A': 2, 'c': 0}|dictsort }}{{ {'b': 1, 'A': 2}|dictsort(true) }}{{ {'b': 1, 'A': "
            "2}|dictsort(by='value') }}",
            "[('A', 2), ('b', 1), ('c', 0)][('A', 2), ('b', 1)][('b', 1), ('A', 2)]");
        row("unique",
            "{{ words|unique|list }}{{ words|unique(true)|list }}{{ "
            "people|unique(attribute='age')|map(attribute='name')|list }}",
            "['b', 'A', 'c']['b', 'A', 'c', 'a']['Ann', 'bob']");
        row("reverse", "{{ l|reverse|list }}{{ s|reverse }}", "[2, 1, 3]dlroW ,olleH");
        row("map",
            "{{ words|map('upper')|list }}{{ people|map(attribute='city')|list }}{{ "
            "people|map(attribute='zip', default='?')|join }}{{ words|map('replace', 'a', 'x')|join }}",
            "['B', 'A', 'C', 'A']['x', 'Y', 'X']???bAcx");
        row("select and reject",
            "{{ nums|select('odd')|list }}{{ nums|reject('odd')|list }}{{ nums|select('>', 4)|list }}{{ [0, "
            "1, '', 'a']|select|list }}",
            "[1, 3, 5, 7][2, 4, 6][5, 6, 7][1, 'a']");
        row("selectattr and rejectattr",
            "{{ people|selectattr('age', 'equalto', 30)|map(attribute='name')|list }}{{ "
            "people|rejectattr('age', 'gt', 26)|map(attribute='name')|list }}{{ people|selectattr('zip', "
            "'defined')|list }}{{ people|selectattr('name')|list|length }}",
            "['Ann', 'Cid']['bob'][]3");
        row("an iterator is true though it gives nothing",
            "{{ 'y' if e|select else 'n' }}{{ 'y' if e|select|list else 'n' }}", "yn");
        row("groupby",
            "{% for city, all in people|groupby('city') %}{{ city }}:{{ all|map(attribute='name')|join('+') "
            "}};{% endfor %}{{ (people|groupby('age')|first).grouper }}",
            "x:Ann+Cid;Y:bob;25");
        row("batch and slice", "{{ nums|batch(3)|list }}{{ nums|batch(3, 0)|list }}{{ nums|slice(3)|list }}",
            "[[1, 2, 3], [4, 5, 6], [7]][[1, 2, 3], [4, 5, 6], [7, 0, 0]][[1, 2, 3], [4, 5], [6, 7]]");
        row("sum, min and max",
            "{{ [l|sum, people|sum(attribute='age'), e|sum(start=5), l|min, l|max, words|min, words|max] "
            "}}{{ (people|max(attribute='age')).name }}",
            "[6, 85, 5, 1, 3, 'A', 'c']Ann");
        row("items", "{{ d|items|list }}{{ missing|items|list }}",
            "[('b', 1), ('a', {'x': [1, {'y': 'z'}]}), ('items', 'I')][]");
        row("default", "{{ missing|default('a') }}{{ ''|d('b', true) }}{{ ''|d('c') }}{{ nn|default('d') }}",
            "abNone");
        row("int",
            "{{ ['5'|int, '5.7'|int, 'x'|int, 'x'|int(3), '0x1f'|int(0, 16), ' 7 '|int, -5.9|int, true|int, "
            "nn|int, '1_000'|int, '٣'|int] }}",
            "[5, 5, 0, 3, 31, 7, -5, 1, 0, 1000, 3]");
        row("float", "{{ ['5.5'|float, 'x'|float, 'x'|float(1.5), 3|float, '-1e-3'|float] }}",
            "[5.5, 0.0, 1.5, 3.0, -0.001]");
        row("round",
            "{{ [2.5|round, 3.5|round, 2.675|round(2), 42.55|round(1, 'floor'), 42.51|round(0, 'ceil'), "
            "5|round, 1250|round(-2), 1350|round(-2)] }}",
            "[2.0, 4.0, 2.67, 42.5, 43.0, 5, 1200, 1400]");
        row("abs and string", "{{ [(-5)|abs, (-5.5)|abs, true|abs, n|string + 'a', nn|string] }}",
            "[5, 5.5, 1, '5a', 'None']");
        row("attr", "{{ d|attr('get') is callable }}{{ d|attr('b') is undefined }}", "TrueTrue");
        row("tojson", "{{ d|tojson }}{{ [1, 1.0, 1e100, true, none, 'é\"\\\\\\n\\x01/']|tojson }}",
            "{\"b\": 1, \"a\": {\"x\": [1, {\"y\": \"z\"}]}, \"items\": \"I\"}[1, 1.0, 1e+100, true, null, "
            "\"é\\\"\\\\\\n\\u0001/\"]");
        row("tojson does not escape for HTML", "{{ html|tojson }}", "\"<a href='x'>&\\\"\"");
        row("tojson with indent", "{{ {'a': [1, {}], 'b': []}|tojson(indent=2) }}",
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
        row("tojson with its other arguments",
            "{{ u|tojson(ensure_ascii=true) }}{{ {'b': 1, 'a': 2}|tojson(sort_keys=true) }}{{ {'b': [1, "
            "2]}|tojson(separators=(',', ':')) }}",
            "\"\\u00c0\\u00c9\\u00df\\u81fa\\ud834\\udd1e\"{\"a\": 2, \"b\": 1}{\"b\":[1,2]}");
        row("tojson of keys that are no texts", "{{ {1: 2, none: 3, true: 4, 1.5: 5}|tojson }}",
            "{\"1\": 4, \"null\": 3, \"1.5\": 5}");
        row("escape and safe",
            "{{ html|e }}{{ (html|e) + '<' }}{{ '<' + ('<'|safe) }}{{ html|safe }}{{ ['<'|e] }}",
            "&lt;a href=&#39;x&#39;&gt;&amp;&#34;&lt;a href=&#39;x&#39;&gt;&amp;&#34;&lt;&lt;<<a "
            "href='x'>&\"[Markup('&lt;')]");
    }

    void render_filters_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaFiltersTest)
#include "filters_test.moc"
