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

    /// Whoever follows a link of the documentation finds something.
    void documents_linksToFiles_leadSomewhere() {
        static const QRegularExpression kLink(QStringLiteral("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)"));
        const QString root = QStringLiteral(STUDIO_SOURCE_DIR);
        QStringList files{root + "/README.md", root + "/CONTRIBUTING.md"};
        QDirIterator walk(root + "/docs", {"*.md"}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) files.append(walk.next());
        int links = 0;
        for (const QString& path : files) {
            QFile file(path);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
            auto found = kLink.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext()) {
                const QString target = found.next().captured(1);
                QVERIFY2(QFileInfo::exists(QFileInfo(path).dir().filePath(target)),
                         qPrintable(path + QStringLiteral(": ") + target));
                ++links;
            }
        }
        QVERIFY(files.size() > 10 && links > 5);
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
