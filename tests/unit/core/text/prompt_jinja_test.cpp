// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/prompt_jinja.h"

#include "tests/support/studio_test.h"

using namespace studio;

class PromptJinjaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chatTemplateOf_instructionBetweenTexts_isOneExpression() {
        PromptTemplate given;
        given.withoutInput = "Do:\n{instruction}\n\nA:";
        given.separator = "\n";
        QCOMPARE(chatTemplateOf(given),
                 std::string("{% for message in messages %}{% if message['role'] == 'user' %}"
                             "{{ 'Do:\\n' + message['content'] + '\\n\\nA:' + '\\n' }}"
                             "{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}"
                             "{% endif %}{% endfor %}"));
    }

    void chatTemplateOf_quotesAndBraces_areLiteral() {
        PromptTemplate given;
        given.withoutInput = "it's {{x}} {% a %} \\ {instruction}{input}";
        given.appendEos = false;
        QCOMPARE(chatTemplateOf(given),
                 std::string("{% for message in messages %}{% if message['role'] == 'user' %}"
                             "{{ 'it\\'s {x} {% a %} \\\\ ' + message['content'] }}"
                             "{% elif message['role'] == 'assistant' %}{{ message['content'] }}"
                             "{% endif %}{% endfor %}"));
    }
};

STUDIO_TEST(PromptJinjaTest)
#include "prompt_jinja_test.moc"
