// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaMethodsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_methods_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("strip",
            "{{ ['  a '.strip(), '  a '.lstrip(), '  a '.rstrip(), 'xyaxy'.strip('yx'), "
            "'\\u3000é\\xa0'.strip()] }}",
            "['a', 'a ', '  a', 'a', 'é']");
        row("split",
            "{{ ['a b  c'.split(), 'a b  c'.split(' '), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), ' a b "
            "'.split(none, 1), ''.split(), ''.split(',')] }}",
            "[['a', 'b', 'c'], ['a', 'b', '', 'c'], ['a', 'b,c'], ['a,b', 'c'], ['a', 'b '], [], ['']]");
        row("splitlines and partition",
            "{{ ['a\\nb\\r\\nc\\n'.splitlines(), 'a\\nb'.splitlines(true), 'a=b=c'.partition('='), "
            "'a=b=c'.rpartition('='), 'x'.partition('=')] }}",
            "[['a', 'b', 'c'], ['a\\n', 'b'], ('a', '=', 'b=c'), ('a=b', '=', 'c'), ('x', '', '')]");
        row("startswith and endswith",
            "{{ [s.startswith('He'), s.endswith('ld'), s.startswith(('x', 'H')), s.startswith('e', 1), "
            "s.endswith('lo', 0, 5)] }}",
            "[True, True, True, True, True]");
        row("find, index and count",
            "{{ [s.find('o'), s.rfind('o'), s.find('zz'), s.index('W'), s.count('l'), 'é臺é'.find('臺'), "
            "'abc'.count('')] }}",
            "[4, 8, -1, 7, 3, 1, 4]");
        row("replace and join", "{{ ['aaa'.replace('a', 'b', 2), ','.join(['a', 'b']), '-'.join('abc')] }}",
            "['bba', 'a,b', 'a-b-c']");
        row("case",
            "{{ ['aB'.upper(), 'aB'.lower(), \"they're\".title(), 'aB'.capitalize(), 'aB'.swapcase(), "
            "'ß'.upper(), 'ΑΣ'.lower()] }}",
            "['AB', 'ab', \"They'Re\", 'Ab', 'Ab', 'SS', 'ας']");
        row("questions",
            "{{ ['abc'.isalpha(), '12'.isdigit(), 'a1'.isalnum(), ' '.isspace(), 'A'.isupper(), "
            "'a'.islower(), 'Abc'.istitle(), '½'.isnumeric(), '²'.isdecimal(), ''.isalpha()] }}",
            "[True, True, True, True, True, True, True, True, False, False]");
        row("filling up", "{{ ['ab'.center(7, '*'), 'ab'.ljust(4, '.'), 'ab'.rjust(4), '-7'.zfill(5)] }}",
            "['***ab**', 'ab..', '  ab', '-0007']");
        row("removing",
            "{{ ['foobar'.removeprefix('foo'), 'foobar'.removesuffix('bar'), 'foobar'.removeprefix('x')] }}",
            "['bar', 'foo', 'foobar']");
        row("format",
            "{{ '{} {}'.format(1, 'a') }}{{ '{0}{1}{0}'.format('a', 'b') }}{{ "
            "'{x:>4}|{y:<4}|{y:^4}|'.format(x=1, y='b') }}{{ '{:05d}|{:+d}|{:x}|{:,}'.format(42, 3, 255, "
            "1234567) }}{{ '{:.2f}|{:e}|{:.0%}'.format(3.14159, 12345.678, 0.25) }}{{ "
            "'{0[b]}{{}}{!r}'.format(d, 'x') if false else '{0[b]}{{}}'.format(d) }}",
            "1 aaba   1|b   | b  |00042|+3|ff|1,234,5673.14|1.234568e+04|25%1{}");
        row("percent", "{{ '%s %d %.2f %5s|%-5s|%x %%' % ('a', 3, 2.5, 'b', 'c', 255) }}{{ '%(b)s' % d }}",
            "a 3 2.50     b|c    |ff %1");
        row("lists", "{{ [l.index(2), l.count(1), (1, 2).index(2), l.copy()] }}", "[2, 1, 1, [3, 1, 2]]");
        row("dicts",
            "{{ [d.get('b'), d.get('q'), d.get('q', 3), d.keys()|list, d.values()|first, "
            "d.items()|list|length] }}",
            "[1, None, 3, ['b', 'a', 'items'], 1, 3]");
        row("views", "{{ {'a': 1}.keys() }}{{ {'a': 1}.values() }}{{ {'a': 1}.items() }}",
            "dict_keys(['a'])dict_values([1])dict_items([('a', 1)])");
        row("those that change something are undefined",
            "{{ l.append is defined }}{{ d.update is defined }}{{ d.pop is defined }}", "FalseFalseFalse");
    }

    void render_methods_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaMethodsTest)
#include "methods_test.moc"
