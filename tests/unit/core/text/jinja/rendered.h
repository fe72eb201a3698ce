// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>
#include <string>

#include "core/text/jinja/chat_template.h"

namespace studio::test {

/// What the templates of these tests are given.
inline ChatContext chatContext() {
    // No raw text here: moc takes what stands behind it for a part of this namespace.
    const auto json = ChatContext::Json::parse(
        "{\"n\": 5, \"f\": 2.5, \"t\": true, \"nn\": null, \"s\": \"Hello, World\", \"u\": \"ÀÉß臺𝄞\", "
        "\"l\": [3, 1, 2], \"nums\": [1, 2, 3, 4, 5, 6, 7], \"words\": [\"b\", \"A\", \"c\", \"a\"], "
        "\"d\": {\"b\": 1, \"a\": {\"x\": [1, {\"y\": \"z\"}]}, \"items\": \"I\"}, \"e\": [], "
        "\"html\": \"<a href='x'>&\\\"\", \"people\": [{\"name\": \"Ann\", \"age\": 30, \"city\": \"x\"}, "
        "{\"name\": \"bob\", \"age\": 25, \"city\": \"Y\"}, {\"name\": \"Cid\", \"age\": 30, \"city\": "
        "\"X\"}]}");
    ChatContext context;
    context.variables = json;
    context.addMessage("system", "Be brief.");
    context.addMessage("user", "Hi");
    context.addMessage("assistant", "Yo");
    return context;
}

inline QString rendered(const QString& source, const ChatLimits& limits = {}) {
    return QString::fromStdString(
        ChatTemplate::parse(source.toStdString(), "test").render(chatContext(), limits));
}

/// One row of a test's table.
inline void row(const char* name, const char* source, const char* expected) {
    QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(expected);
}

}  // namespace studio::test
