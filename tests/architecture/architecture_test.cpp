// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/architecture_rules.h"
#include "tests/support/studio_test.h"

namespace {

using studio::test::ArchitectureRules;
using studio::test::Violation;

/// The rules against this source tree.
class ArchitectureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sourceTree_obeysTheRules() {
        const ArchitectureRules rules(QStringLiteral(STUDIO_SOURCE_DIR "/tests/architecture/layers.json"));
        const QList<Violation> found = rules.check(QStringLiteral(STUDIO_SOURCE_DIR));
        for (const Violation& violation : found) qWarning().noquote() << violation.text();
        QVERIFY2(found.isEmpty(),
                 qPrintable(QString::number(found.size()) + QStringLiteral(" violations, listed above")));
    }

    void allowedEdges_haveNoCircle() {
        const ArchitectureRules rules(QStringLiteral(STUDIO_SOURCE_DIR "/tests/architecture/layers.json"));
        QCOMPARE(rules.foldersOnCircle(), QStringList());
    }

    void listedFolders_exist() {
        const ArchitectureRules rules(QStringLiteral(STUDIO_SOURCE_DIR "/tests/architecture/layers.json"));
        for (const QString& folder : rules.folders()) {
            QVERIFY2(QFileInfo(QStringLiteral(STUDIO_SOURCE_DIR "/") + folder).isDir(), qPrintable(folder));
        }
    }
};

STUDIO_TEST(ArchitectureTest)

}  // namespace

#include "architecture_test.moc"
