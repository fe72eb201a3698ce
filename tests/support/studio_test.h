// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>
#include <functional>
#include <memory>
#include <vector>

/// Test classes register themselves; test_main.cpp runs each of them in one process.
namespace studio::test {

using TestFactory = std::function<std::unique_ptr<QObject>()>;
std::vector<TestFactory>& registry();

struct Registration {
    explicit Registration(TestFactory factory) { registry().push_back(std::move(factory)); }
};

}  // namespace studio::test

#define STUDIO_TEST(Class)                                     \
    static const studio::test::Registration s_register##Class( \
        [] { return std::unique_ptr<QObject>(new Class); });
