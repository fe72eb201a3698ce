// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/studio_test.h"

#ifdef STUDIO_TEST_GUI
#include <QApplication>
using TestApplication = QApplication;
#else
using TestApplication = QCoreApplication;
#endif

namespace studio::test {

std::vector<TestFactory>& registry() {
    static std::vector<TestFactory> factories;
    return factories;
}

}  // namespace studio::test

int main(int argc, char** argv) {
    TestApplication application(argc, argv);
    int failed = 0;
    for (const auto& factory : studio::test::registry()) {
        const auto test = factory();
        failed += QTest::qExec(test.get(), argc, argv);
    }
    return failed == 0 && !studio::test::registry().empty() ? 0 : 1;
}
