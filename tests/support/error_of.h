// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/error.h"

namespace studio::test {

/// The Error that `action` throws, or nothing when it throws none. Any other exception passes through and
/// fails the test.
template <typename Action>
std::optional<Error> errorOf(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

}  // namespace studio::test

/// Compares the code of the Error that `expression` throws, and fails when it throws none.
#define STUDIO_COMPARE_ERROR(expression, expectedCode)                                     \
    do {                                                                                   \
        const auto thrown = studio::test::errorOf([&] { static_cast<void>(expression); }); \
        QVERIFY2(thrown.has_value(), "no error was thrown by " #expression);               \
        QVERIFY2(thrown->code() == (expectedCode), thrown->what());                        \
    } while (false)

/// The Error that `expression` throws has this code, and its message holds `part`.
#define STUDIO_COMPARE_ERROR_TEXT(expression, expectedCode, part)                              \
    do {                                                                                       \
        const auto thrown = studio::test::errorOf([&] { static_cast<void>(expression); });     \
        QVERIFY2(thrown.has_value(), "no error was thrown by " #expression);                   \
        QVERIFY2(thrown->code() == (expectedCode), thrown->what());                            \
        QVERIFY2(std::string(thrown->what()).find(part) != std::string::npos, thrown->what()); \
        QVERIFY2(std::string(thrown->what()).find('\n') == std::string::npos,                  \
                 "the message has more than one line");                                        \
    } while (false)
