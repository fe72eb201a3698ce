// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/architecture_rules.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// Shows on small made-up trees (tests/data/architecture) that the rules can fail, each for its own reason.
class ArchitectureRulesTest : public QObject {
    Q_OBJECT

    static QString data(const QString& relative) {
        return QString::fromStdString(testData("architecture").string()) + u'/' + relative;
    }

private Q_SLOTS:
    void goodTree_hasNoViolation() {
        const ArchitectureRules rules(data(QStringLiteral("layers.json")));
        const QList<Violation> found = rules.check(data(QStringLiteral("good")));
        QVERIFY2(found.isEmpty(), found.isEmpty() ? "" : qPrintable(found.front().text()));
    }

    void badTree_hasExactlyTheseViolations() {
        const ArchitectureRules rules(data(QStringLiteral("layers.json")));
        QStringList found;
        for (const Violation& violation : rules.check(data(QStringLiteral("bad")))) {
            found.append(violation.file + u':' + QString::number(violation.line) + u' ' + violation.rule);
        }
        const QStringList expected = {
            QStringLiteral("core/base/includes_right.h:5 layer"),
            QStringLiteral("core/base/includes_ui.cpp:3 layer"),
            QStringLiteral("core/base/long.h:0 long"),
            QStringLiteral("core/base/no_spdx.h:1 spdx"),
            QStringLiteral("core/base/not_rooted.cpp:3 rooted"),
            QStringLiteral("core/base/parent.cpp:3 parent"),
            QStringLiteral("core/base/uses_libraries.cpp:3 library"),
            QStringLiteral("core/base/uses_libraries.cpp:4 library"),
            QStringLiteral("core/base/uses_libraries.cpp:5 library"),
            QStringLiteral("core/base/uses_libraries.cpp:6 library"),
            QStringLiteral("core/base/uses_libraries.cpp:7 library"),
            QStringLiteral("core/unknown/stranger.h:0 unlisted"),
            QStringLiteral("ui/shell/uses_torch.cpp:3 library"),
            QStringLiteral("ui/shell/waits.cpp:6 forbidden"),
            QStringLiteral("ui/shell/waits.cpp:7 forbidden"),
            QStringLiteral("ui/shell/waits.cpp:8 forbidden"),
            QStringLiteral("ui/shell/waits.cpp:9 forbidden"),
            QStringLiteral("tests/unit/no_spdx_test.cpp:1 spdx"),
        };
        QStringList sorted = expected;
        sorted.sort();
        found.sort();
        QCOMPARE(found, sorted);
    }

    void circle_isFound() {
        const ArchitectureRules rules(data(QStringLiteral("circle.json")));
        QCOMPARE(rules.foldersOnCircle(),
                 (QStringList{QStringLiteral("core/left"), QStringLiteral("core/right")}));
    }

    void unlistedNeighbour_isRefused() {
        QVERIFY_EXCEPTION_THROWN(ArchitectureRules(data(QStringLiteral("unlisted_neighbour.json"))),
                                 std::runtime_error);
    }

    void codeOnly_dropsCommentsAndTexts() {
        QCOMPARE(codeOnly(QStringLiteral("a(); // processEvents\nb(\"terminate()\"); /* x\ny */ c('\"');")),
                 QStringLiteral("a(); \nb(); \n c();"));
    }
};

STUDIO_TEST(ArchitectureRulesTest)

}  // namespace

#include "architecture_rules_test.moc"
