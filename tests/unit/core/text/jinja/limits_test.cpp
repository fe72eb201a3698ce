// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Templates that are meant to hang a program, to take its memory or to use up its stack.
#include <QElapsedTimer>

#include "core/base/error.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/text/jinja/rendered.h"

using studio::ErrorCode;
using studio::test::rendered;

namespace {

/// Sanitizers slow a program down by any factor.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsMeasured = false;
#else
constexpr bool kIsMeasured = true;
#endif

QString repeated(const char* part, int times) {
    return QString::fromUtf8(part).repeated(times);
}

}  // namespace

class JinjaLimitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_hostile_endsSoonWithAnError_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("part");
        const auto add = [](const char* name, const QString& source, const char* part) {
            QTest::newRow(name) << source << QString::fromUtf8(part);
        };
        const QString many = QStringLiteral("{% for i in range(100000) %}");
        add("endless loops", repeated("{% for i in range(100000) %}", 5) + "x" + repeated("{% endfor %}", 5),
            "steps");
        add("large range", "{{ range(100001)|list }}", "a \"range\" has more than 100000 numbers");
        add("macro that calls itself", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "levels deep");
        add("two macros",
            "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ g() }}",
            "levels deep");
        add("caller that calls",
            "{% macro f() %}{{ caller() }}{% endmacro %}{% macro g() %}{% call f() %}{{ g() }}"
            "{% endcall %}{% endmacro %}{{ g() }}",
            "levels deep");
        add("recursive loop", "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}", "levels deep");
        add("text that doubles",
            "{% set ns = namespace(x='abcd') %}" + many + "{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "a text of more than");
        add("list that doubles",
            "{% set ns = namespace(x=[1]) %}" + many + "{% set ns.x = ns.x + ns.x %}{% endfor %}", "");
        add("many large texts",
            "{% set ns = namespace(x=[]) %}" + many + "{% set ns.x = ns.x + ['a' * 1000000] %}{% endfor %}",
            "bytes of memory");
        add("repeated text", "{{ 'abc' * 1000000000 }}", "beyond the limit");
        add("repeated list", "{{ [1] * 9000000000000000000 }}", "beyond the limit");
        add("long output", many + many + "{{ s }}{% endfor %}{% endfor %}", "a text of more than");
        add("wide field", "{{ '%2000000d' % 1 }}", "a width beyond the limit");
        add("many decimals", "{{ '%.900f' % 1 }}", "decimals");
        add("wide text", "{{ s.center(99999999999) }}", "a text of more than");
        add("wide indent", "{{ s|indent(9999999999, true) }}", "a text of more than");
        add("wide JSON", "{{ l|tojson(indent=9999999999) }}", "a text of more than");
        add("replacing everything", "{{ ('a' * 1000000).replace('a', 'b' * 1000) }}", "a text of more than");
        add("slow search", "{% set a = 'a' * 4000000 %}{% set b = 'a' * 2000000 ~ 'b' %}{{ b in a }}",
            "steps");
        add("list in list in list",
            "{% set ns = namespace(x=[]) %}" + many + "{% set ns.x = [ns.x] %}{% endfor %}",
            "lists more than 400 levels deep");
        add("comparing what branches",
            "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(60) %}"
            "{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}"
            "{{ ns.x == ns.y }}",
            "steps");
        add("printing what branches",
            "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}"
            "{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
            "");
        add("spread arguments", "{{ dict(*([1] * 100000)) }}", "spreads more than 1000");
        add("brackets", "{{ " + repeated("(", 5000) + "1" + repeated(")", 5000) + " }}", "levels deep");
        add("lists", "{{ " + repeated("[", 5000) + repeated("]", 5000) + " }}", "levels deep");
        add("signs", "{{ " + repeated("- ", 5000) + "1 }}", "levels deep");
        add("not", "{{ " + repeated("not ", 5000) + "1 }}", "levels deep");
        add("sum", "{{ 1" + repeated(" + 1", 5000) + " }}", "levels deep");
        add("filters", "{{ s" + repeated("|upper", 5000) + " }}", "levels deep");
        add("attributes", "{{ d" + repeated(".a", 5000) + " }}", "levels deep");
        add("else ifs", "{{ 1" + repeated(" if 0 else 1", 5000) + " }}", "levels deep");
        add("blocks", repeated("{% if 1 %}", 5000) + repeated("{% endif %}", 5000), "levels deep");
        add("targets", "{% set " + repeated("(", 5000) + "a" + repeated(")", 5000) + " = 1 %}",
            "levels deep");
        add("long template", repeated("abcdefgh", 100000), "bytes, the limit");
    }

    void render_hostile_endsSoonWithAnError() {
        QFETCH(QString, source);
        QFETCH(QString, part);
        QElapsedTimer timer;
        timer.start();
        STUDIO_COMPARE_ERROR_TEXT(rendered(source), ErrorCode::TemplateInvalid, part.toStdString());
        if (kIsMeasured) QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
    }

    void render_limitsOfTheCaller_areKept() {
        studio::ChatLimits limits;
        limits.steps = 2000;
        QCOMPARE(rendered("{% for i in range(100) %}{{ i }}{% endfor %}", limits).size(), 190);
        STUDIO_COMPARE_ERROR_TEXT(rendered("{% for i in range(1000) %}{{ i }}{% endfor %}", limits),
                                  ErrorCode::TemplateInvalid, "more than 2000 steps");
        limits = {};
        limits.textBytes = 20;
        QCOMPARE(rendered("{{ s[:10] }}", limits), "Hello, Wor");
        STUDIO_COMPARE_ERROR_TEXT(rendered("{{ s ~ s ~ s }}", limits), ErrorCode::TemplateInvalid,
                                  "a text of more than 20 bytes");
        limits = {};
        limits.memoryBytes = 100'000;
        STUDIO_COMPARE_ERROR_TEXT(rendered("{{ range(10000)|list|length }}", limits),
                                  ErrorCode::TemplateInvalid, "more than 100000 bytes of memory");
    }

    void render_namespacesThatHoldEachOther_areTakenApart() {
        // Leaks, and a destructor that calls itself a hundred thousand times, show under the sanitizers.
        QCOMPARE(rendered("{% set a = namespace() %}{% set a.b = namespace(a=a) %}{% set a.c = [a] %}{{ "
                          "a.b.a.c|length }}"),
                 "1");
        QCOMPARE(rendered("{% set ns = namespace(n=none) %}{% for i in range(50000) %}"
                          "{% set ns.n = namespace(n=ns.n) %}{% endfor %}x"),
                 "x");
        QCOMPARE(rendered("{% for i in [1] %}{{ loop.changed([loop, loop.changed]) }}{% endfor %}"), "True");
        QCOMPARE(rendered("{% set a = namespace() %}{% set a.a = a %}{{ a }}"),
                 "<Namespace {'a': <Namespace {...}>}>");
    }

    void render_asOftenAsAModelIsAsked_isTheSame() {
        const auto chat =
            studio::ChatTemplate::parse("{% for m in messages %}{{ m.role }}{% endfor %}", "test");
        const std::string once = chat.render(studio::test::chatContext());
        for (int i = 0; i < 100; ++i) QCOMPARE(chat.render(studio::test::chatContext()), once);
    }

    void render_stopAsked_isCancelled() {
        std::stop_source source;
        source.request_stop();
        const auto chat =
            studio::ChatTemplate::parse("{% for i in range(100000) %}{{ i }}{% endfor %}", "test");
        QVERIFY_THROWS_EXCEPTION(studio::Cancelled,
                                 chat.render(studio::test::chatContext(), {}, source.get_token()));
    }
};

STUDIO_TEST(JinjaLimitsTest)
#include "limits_test.moc"
