// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each row is a template that is refused, with a part of the message.
#include "core/base/error.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::ErrorCode;
using studio::test::rendered;
using studio::test::row;

class JinjaProblemsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_mistake_saysWhatAndWhere_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("part");
        row("attribute of undefined", "a\n{{ missing.x }}", "line 2: \"missing\" is undefined");
        row("attribute of a missing key", "{{ d.zz.x }}", "a 'dict' has no attribute or key \"zz\"");
        row("undefined in arithmetic", "{{ missing + 1 }}", "\"missing\" is undefined");
        row("undefined is called", "{{ missing() }}", "\"missing\" is undefined");
        row("undefined is ordered", "{{ missing < 1 }}", "\"missing\" is undefined");
        row("undefined as JSON", "{{ missing|tojson }}", "\"missing\" is undefined");
        row("text and number", "{{ 'a' + 1 }}", "\"+\" does not go with a 'str' and a 'int'");
        row("text and none", "{{ s + nn }}", "a 'str' and a 'NoneType'");
        row("no order", "{{ [1, 'a']|sort }}", "there is no order between");
        row("division by zero", "{{ 1 / 0 }}", "divides by zero");
        row("in a number", "{{ 1 in n }}", "\"in\" needs something to look in, not a 'int'");
        row("number in a text", "{{ 1 in s }}", "\"in\" a text needs a text");
        row("for over a number", "{% for x in n %}{% endfor %}", "a 'int' cannot be gone through");
        row("too few to unpack", "{% for a, b in [(1,)] %}{% endfor %}", "unpacks 1 values into 2 names");
        row("length of none", "{{ nn|length }}", "a 'NoneType' has no length");
        row("slice of none", "{{ nn[1:] }}", "cannot be sliced");
        row("step of zero", "{{ l[::0] }}", "the step of a slice is zero");
        row("a list is changed", "{{ l.append(1) }}", "may not change a 'list'");
        row("a dict is changed", "{{ d['update'](d) }}", "may not call \"update\"");
        row("a list as key", "{{ {[1]: 2} }}", "a 'list' can be no key");
        row("a number is called", "{{ n() }}", "a 'int' cannot be called");
        row("attribute of no namespace", "{% set d.x = 1 %}", "is no namespace");
        row("unknown filter", "\n\n{{ s|zap }}", "line 3: the filter \"zap\" is not known");
        row("unknown test", "{{ s is zap }}", "the test \"zap\" is not known");
        row("unknown argument", "{{ s|trim(zap=1) }}", "has no argument named \"zap\"");
        row("too many arguments", "{{ s|upper|length(1, 2) }}", "takes at most 0 arguments");
        row("missing argument", "{{ s|replace('a') }}", "\"replace\" needs its argument \"new\"");
        row("macro with a wrong name", "{% macro f(a) %}{% endmacro %}{{ f(b=1) }}",
            "no argument named \"b\"");
        row("macro with too much", "{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}",
            "takes at most 1 arguments");
        row("caller without one", "{% macro f() %}{{ caller() }}{% endmacro %}{{ f() }}", "no caller");
        row("a loop that is not recursive", "{% for x in l %}{{ loop([1]) }}{% endfor %}",
            "not \"recursive\"");
        row("beyond 64 bits", "{{ 9223372036854775807 + 1 }}", "more than 64 bits");
        row("format lacks arguments", "{{ '%s %s' % 'a' }}", "more fields than arguments");
        row("no time", "{{ strftime_now('%Y') }}", "which it was not given");
        row("unknown tag", "a\n\n{% zap %}", "line 3: the tag \"zap\" is not known");
        row("not closed", "{% if n %}a", "the tag \"endif\" was expected, not the end of the template");
        row("closed by another", "{% if n %}{% endfor %}", "the tag \"endfor\" is not known");
        row("print is not closed", "{{ n", "ends within a tag");
        row("brackets do not match", "{{ (n] }}", "the \"]\" closes nothing");
        row("text is not closed", "{{ 'a }}", "not closed");
        row("comment is not closed", "a {# b", "a comment is not closed");
        row("raw is not closed", "{% raw %}a", "a raw block is not closed");
        row("no expression", "{{ }}", "an expression was expected");
        row("operator at the end", "{{ 1 + }}", "a value was expected, not \"}}\"");
        row("strange character", "{{ n ; }}", "\"}}\" was expected, not \";\"");
        row("unknown character", "{{ n $ }}", "\"$\" has no place in a tag");
        row("constant as target", "{% set none = 1 %}", "nothing can be assigned to \"none\"");
        row("loop as target", "{% for loop in l %}{% endfor %}", "nothing can be assigned to \"loop\"");
        row("break outside", "{% break %}", "stands outside of a loop");
        row("break within a macro", "{% for x in l %}{% macro f() %}{% break %}{% endmacro %}{% endfor %}",
            "stands outside of a loop");
        row("default before none", "{% macro f(a=1, b) %}{% endmacro %}", "a parameter without a default");
        row("surrogate", "{{ '\\ud83d' }}", "stands for no character");
    }

    void render_mistake_saysWhatAndWhere() {
        QFETCH(QString, source);
        QFETCH(QString, part);
        STUDIO_COMPARE_ERROR_TEXT(rendered(source), ErrorCode::TemplateInvalid, part.toStdString());
    }

    void render_unsupported_isNamedWithItsLine_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("part");
        for (const char* tag : {"include 'x'", "import 'x' as y", "from 'x' import y", "extends 'x'",
                                "block b", "autoescape true", "do n", "trans"}) {
            const QString name = QString::fromUtf8(tag).section(u' ', 0, 0);
            QTest::newRow(tag) << QStringLiteral("\n{% %1 %}").arg(QString::fromUtf8(tag))
                               << QStringLiteral("line 2: the tag \"%1\" is not supported").arg(name);
        }
        row("filter", "{{ s|urlize }}", "the filter \"urlize\" is not supported");
        row("function", "{{ lipsum() }}", "the function \"lipsum\" is not supported");
        row("method", "{{ s.encode() }}", "encode");
        row("escape", "{{ '\\N{BULLET}' }}", "the escape \"\\N\"");
        row("several places", "{{ l[1, 2] }}", "a place of several parts");
    }

    void render_unsupported_isNamedWithItsLine() {
        QFETCH(QString, source);
        QFETCH(QString, part);
        STUDIO_COMPARE_ERROR_TEXT(rendered(source), ErrorCode::UnsupportedFormat, part.toStdString());
    }
};

STUDIO_TEST(JinjaProblemsTest)
#include "problems_test.moc"
