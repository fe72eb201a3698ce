// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template and what Jinja 3.1 makes of it, set up as Hugging Face Transformers does.
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::test::rendered;
using studio::test::row;

class JinjaLexerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_whitespace_asJinja_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        row("block on its own line", "a\n  {% if true %}\n    b\n  {% endif %}\nc", "a\n    b\nc");
        row("block within a line", "a {% if true %} b {% endif %} c", "a  b  c");
        row("minus strips both sides", "a \n {%- if true -%} \n b \n {%- endif -%} \n c", "abc");
        row("plus keeps what is before", "a\n  {%+ if true %}\nb\n  {% endif %}", "a\n  b\n");
        row("plus keeps the line break", "{% if true +%}\nb{% endif %}", "\nb");
        row("print keeps its line", "a\n  {{ n }}\nb", "a\n  5\nb");
        row("print strips", "a \n {{- n -}} \n b", "a5b");
        row("comment on its own line", "a\n  {# c #}\nb", "a\nb");
        row("comment strips", "a {#- c -#} b", "ab");
        row("comment keeps", "a\n  {#+ c +#}\nb", "a\n  \nb");
        row("comment of signs only", "a{#--#}b{##}c", "abc");
        row("raw", "{% raw %}{{ x }}{% if %}{% endraw %}", "{{ x }}{% if %}");
        row("raw on its own lines", "a\n  {% raw %}\n  {{ b }}\n  {% endraw %}\nc", "a\n\n  {{ b }}\nc");
        row("raw strips", "a {%- raw -%} {{ b }} {%- endraw -%} c", "a{{ b }}c");
        row("last line break goes", "a\n\n", "a\n");
        row("Windows line breaks", "a\r\n{% if true %}\r\nb\r\n{% endif %}\r\nc\r\n", "a\nb\nc");
        row("old Mac line breaks", "a\rb\r", "a\nb");
        row("tabs before a block", "\t{% if true %}\t\n\ta\n\t{% endif %}", "\t\n\ta\n");
        row("braces within a print", "{{ {'a':{'b':{}}} }}", "{'a': {'b': {}}}");
        row("ends of tags within texts", "{{ '%}' ~ '}}' ~ \"{{\" }}", "%}}}{{");
        row("escapes", "{{ 'a\\n\\t\\\\\\'\\\"\\x41\\u00e9\\101\\q' }}", "a\n\t\\'\"AéA\\q");
        row("escaped line break", "{{ 'a\\\nb' }}", "ab");
        row("texts side by side", "{{ 'a' \"b\" 'c' }}", "abc");
        row("numbers", "{{ [1_000, 0x1F, 0b101, 0o17, 1.5, 2e3, 1_0.5_0, 00] }}",
            "[1000, 31, 5, 15, 1.5, 2000.0, 10.5, 0]");
        row("constants in both spellings", "{{ [true, True, false, False, none, None] }}",
            "[True, True, False, False, None, None]");
        row("minus behind the opening", "{{-n}}", "5");
        row("no spaces at all", "{%if true%}a{%endif%}{{n}}", "a5");
        row("one brace is text", "a { b } {x} {", "a { b } {x} {");
    }

    void render_whitespace_asJinja() {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(rendered(source), expected);
    }
};

STUDIO_TEST(JinjaLexerTest)
#include "lexer_test.moc"
